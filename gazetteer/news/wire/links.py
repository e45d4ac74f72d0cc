"""Web addresses in one form, so that the same page is known again behind trackers and small differences."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKERS = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|cmpid|ns_\w+|ocid|ito|smid"
    r"|ref|ref_src|source|feature|wt\.\w+|at_\w+|xtor|spm|rss|output|outputtype|amp|_hs\w+|vero_id|__twitter_impression)$",
    re.I,
)
AMP = re.compile(r"(?:/amp/?|\.amp(?:\.html)?)$", re.I)
INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)


def normal(url: str) -> str:
    """The address without scheme, `www.`, trackers, fragment, AMP's ending and a slash at the end; "" for none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    path = INDEX.sub("/", AMP.sub("", parts.path)).rstrip("/")
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not TRACKERS.match(name)]
    netloc = host if port in {None, 80, 443} else f"{host}:{port}"
    return urlunsplit(("", netloc, path, urlencode(sorted(asked)), ""))[:1000]
