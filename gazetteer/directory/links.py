"""Links that leave the site: read as people type them, refused unless plain web addresses, told by their host."""

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import idna
from django.utils.translation import gettext as _

LONGEST = 2000  # characters; browsers and the wire take no more with certainty
REL = "nofollow noopener external"
SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):(?!\d+(?:/|$))", re.IGNORECASE)
# What a browser drops or trims in silence, so that "java\nscript:" would pass another check than it runs by.
INVISIBLE = re.compile("[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
HANDLE = re.compile(r"^@?[\w.\-]{1,100}$")

NETWORKS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}", ("bsky.app",)),
    "discord": ("Discord", "https://discord.gg/{}", ("discord.gg", "discord.com")),
    "facebook": ("Facebook", "https://www.facebook.com/{}", ("facebook.com", "fb.com", "fb.me")),
    "github": ("GitHub", "https://github.com/{}", ("github.com",)),
    "instagram": ("Instagram", "https://www.instagram.com/{}", ("instagram.com", "instagr.am")),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/company/{}", ("linkedin.com", "lnkd.in")),
    "mastodon": ("Mastodon", "", ("mastodon.social", "mastodon.online", "mstdn.social")),
    "pinterest": ("Pinterest", "https://www.pinterest.com/{}", ("pinterest.com", "pin.it")),
    "snapchat": ("Snapchat", "https://www.snapchat.com/add/{}", ("snapchat.com",)),
    "telegram": ("Telegram", "https://t.me/{}", ("t.me", "telegram.me")),
    "threads": ("Threads", "https://www.threads.net/@{}", ("threads.net", "threads.com")),
    "tiktok": ("TikTok", "https://www.tiktok.com/@{}", ("tiktok.com",)),
    "tripadvisor": ("Tripadvisor", "", ("tripadvisor.com", "tripadvisor.co.uk", "tripadvisor.de", "tripadvisor.fr")),
    "twitch": ("Twitch", "https://www.twitch.tv/{}", ("twitch.tv",)),
    "twitter": ("X (Twitter)", "https://x.com/{}", ("x.com", "twitter.com")),
    "vimeo": ("Vimeo", "https://vimeo.com/{}", ("vimeo.com",)),
    "vk": ("VK", "https://vk.com/{}", ("vk.com", "vkontakte.ru")),
    "wechat": ("WeChat", "", ("wechat.com", "weixin.qq.com")),
    "weibo": ("Weibo", "https://weibo.com/{}", ("weibo.com", "weibo.cn")),
    "whatsapp": ("WhatsApp", "", ("wa.me", "whatsapp.com")),
    "wikipedia": ("Wikipedia", "", ("wikipedia.org",)),
    "yelp": ("Yelp", "", ("yelp.com",)),
    "youtube": ("YouTube", "https://www.youtube.com/@{}", ("youtube.com", "youtu.be")),
}
"""By the key that imports use: label, address of an account by its name (empty: none can be made), hosts."""

ALIASES = {"x": "twitter", "fb": "facebook", "vkontakte": "vk", "google_youtube": "youtube", "bsky": "bluesky"}


class LinkError(ValueError):
    """The text is no web address that may be linked to; the message says what to do."""


@dataclass(frozen=True)
class Link:
    """One outbound link: where it leads, what is shown, and its `rel`."""

    url: str
    label: str
    rel: str = REL
    network: str = ""  # a key of NETWORKS, or empty


def normalise_url(raw: str) -> str:
    """A safe absolute http(s) address; `example.org` gains https, a host in any script is written in ASCII.

    Raises LinkError with a message for people.
    """
    text = raw.strip()
    check_text(text)
    scheme = SCHEME.match(text)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        raise LinkError(_("Only web addresses (http, https) can be linked, not “%(scheme)s:”.") % {"scheme": scheme[1]})
    try:
        parts = urlsplit(text if scheme else f"https://{text.lstrip('/')}")
        port = parts.port
    except ValueError:
        raise LinkError(not_an_address(text)) from None
    if parts.username is not None or parts.password is not None:
        raise LinkError(_("Leave the name and password out of the web address."))
    return rebuilt(parts, ascii_host(parts.hostname or "", text), port)


def check_text(text: str) -> None:
    if not text:
        raise LinkError(_("No web address is given."))
    if len(text) > LONGEST:
        raise LinkError(_("A web address may have %(most)d characters at most.") % {"most": LONGEST})
    if INVISIBLE.search(text) or "\\" in text:
        raise LinkError(_("“%(text)s” has spaces or invisible characters in it: type it anew.") % {"text": shown(text)})


def not_an_address(text: str) -> str:
    return _("“%(text)s” is not a web address. Write it like https://www.example.org/.") % {"text": shown(text)}


def shown(text: str) -> str:
    return INVISIBLE.sub("·", text)[:80]


def ascii_host(host: str, text: str) -> str:
    """The host as the name system knows it; LinkError for what can be no public host."""
    if ":" in host or host.replace(".", "").isdigit():
        return ip_host(host, text)
    try:
        name = idna.encode(unicodedata.normalize("NFKC", host), uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        raise LinkError(not_an_address(text)) from None
    if "." not in name.strip(".") or not re.search("[a-z]", name.rpartition(".")[2]):
        raise LinkError(not_an_address(text))
    return name


def ip_host(host: str, text: str) -> str:
    """A bare address of a machine is allowed if it is public: one of ours must not be advertised by a listing."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise LinkError(not_an_address(text)) from None
    if not address.is_global:
        raise LinkError(not_an_address(text))
    return f"[{address}]" if address.version == 6 else str(address)


def rebuilt(parts: SplitResult, host: str, port: int | None) -> str:
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    place = host if port in (None, default) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme.lower(), place, path, query, quote(parts.fragment, safe="/%:@!$&'()*+,;=~-._?")))


def check_url(raw: str) -> str:
    """What is wrong with the address, for people; empty when nothing is. None at all is right too."""
    try:
        if raw.strip():
            normalise_url(raw)
    except LinkError as error:
        return str(error)
    return ""


def display_host(url: str) -> str:
    """The host as people know it, without `www.`, in its own script where that cannot mislead."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    try:
        readable = idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host
    return readable if is_plain(readable) else host


def is_plain(host: str) -> bool:
    """Whether no label mixes scripts or writes a Latin word in another one's lookalikes; else punycode is shown."""
    return all(len(scripts(label)) <= 1 and not imitates_latin(label) for label in host.split("."))


def scripts(label: str) -> set[str]:
    """The scripts of its letters, by Unicode's names for them; Japanese, which writes with three at once, has one."""
    names = {unicodedata.name(c, "?").split(" ")[0] for c in label if c.isalpha()}
    return {"CJK" if name in {"HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA"} else name for name in names}


LOOKALIKES = set("асԁеһіјӏорԛѕԝхуѵԍɡαοκινρτυхᴄᴏѕᴜᴠᴡᴢո")


def imitates_latin(label: str) -> bool:
    letters = [c for c in label if c.isalpha()]
    return bool(letters) and all(c in LOOKALIKES for c in letters)


def website_link(raw: str) -> Link | None:
    """The listing's website as its page shows it; None where the address on record is not one that may be linked."""
    try:
        url = normalise_url(raw)
    except LinkError:
        return None
    return Link(url, display_host(url), REL, network_of(url))


def social_links(accounts: Mapping[str, Any]) -> list[Link]:
    """The accounts by network, each an address or an account's name (`@example`); what cannot be linked is left out."""
    links = [social_link(key, value) for key, value in accounts.items() if isinstance(value, str)]
    return sorted((link for link in links if link), key=lambda link: link.label.casefold())


def social_link(key: str, value: str) -> Link | None:
    try:
        url = social_url(key, value)
    except LinkError:
        return None
    network = network_of(url)
    return Link(url, NETWORKS[network][0] if network else display_host(url), f"{REL} me", network)


def social_url(key: str, value: str) -> str:
    """The address of the account; LinkError when `value` is neither an address nor the name of an account there."""
    name = key.strip().lower()
    _label, pattern, _hosts = NETWORKS.get(ALIASES.get(name, name), ("", "", ()))
    text = value.strip()
    if pattern and HANDLE.match(text) and not text.lower().endswith((".com", ".org", ".net")):
        return pattern.format(text.removeprefix("@"))
    return normalise_url(text)


def network_of(url: str) -> str:
    """The key of the network that the address belongs to, by its host; empty for any other."""
    host = urlsplit(url).hostname or ""
    for key, (_label, _pattern, hosts) in NETWORKS.items():
        if any(host == known or host.endswith(f".{known}") for known in hosts):
            return key
    return ""
