"""Which addresses have kept pages, and how each is written in one way.

The query of an address keeps only the parameters that pages read (`PARAMETERS`), in order: `?utm_source=…` makes no
page of its own. Django sees the same query, so nothing that is left out can be on a kept page.
"""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host

PARAMETERS = frozenset({"after", "letter", "order"})
"""What the kept kinds of pages read from their query."""

NOT_KEPT = frozenset(("account", "admin", "api", "healthz", "media", "search", "setup", "static", "submit", "-"))
"""First segments of addresses whose pages are never kept: forms, results, signed-in people's, files, parts."""

LONGEST = 2_000


def keeps(path: str) -> bool:
    """Whether the page at the path may be kept. A language before the path does not matter."""
    first, _slash, rest = path[1:].partition("/")
    if first in NOT_KEPT:
        return False
    return not (first in language_codes() and rest.partition("/")[0] in NOT_KEPT)


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


@lru_cache(maxsize=4096)
def tidy_query(query: str) -> str:
    """The query in the one way that it is written; raises nothing, whatever was sent."""
    pairs = sorted((name, value) for name, value in parse_qsl(query[:LONGEST]) if name in PARAMETERS)
    return urlencode(dict(pairs))


@lru_cache(maxsize=1024)
def is_ours(host: str) -> bool:
    """Whether the `Host` header names this site, by Django's own rule."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS or [".localhost", "127.0.0.1", "[::1]"])


def address(scheme: str, host: str, path: str, query: str) -> str:
    tidied = tidy_query(query) if query else ""
    return f"{scheme}://{host}{path}?{tidied}" if tidied else f"{scheme}://{host}{path}"
