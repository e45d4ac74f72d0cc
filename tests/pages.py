"""Every kind of page that a visitor can come to, found by following links as a visitor would.

A kind is the name of an address in `urls.py`. Whoever adds one adds it here, and every check of pages reads it: HTML,
accessibility, weight, queries, other hosts.
"""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

LINKED_KINDS = frozenset(
    "home news section article archive archive_year archive_month author tag corrections directory category places "
    "place listing wagtail_serve".split()
)
# No link leads to these, or none that says what it shows.
BY_HAND = {
    "search": "/search/?q=the",
    "search_listings": "/search/?q=the&type=listing&sort=name",
    "search_narrowed": "/search/?type=listing&country=gb",
    "search_near": "/search/?near=51.5,-0.1&radius=500",
    "search_empty": "/search/",
    "search_nothing": "/search/?q=zzzyx+qwv",
    "sign_in": "/account/login/",
    "not_found": "/no-such-page/",
}
STATUS = {"not_found": 404}
ALL_KINDS = LINKED_KINDS | {"place_category"} | BY_HAND.keys()
MOST_PAGES = 400

# Elements whose address is fetched by the browser itself, or to which it sends what was typed.
FETCHED = {
    ("img", "src"), ("img", "srcset"), ("source", "src"), ("source", "srcset"), ("script", "src"), ("iframe", "src"),
    ("video", "src"), ("video", "poster"), ("audio", "src"), ("track", "src"), ("embed", "src"), ("object", "data"),
    ("input", "src"), ("form", "action"), ("button", "formaction"), ("body", "background"), ("use", "href"),
    ("image", "href"),
}  # fmt: skip
NOT_FETCHED_LINKS = {"canonical", "alternate", "author", "license", "me", "next", "prev", "help", "search", "up"}


@dataclass
class Parsed(HTMLParser):
    """What tests ask of a page: its links, what it makes a browser fetch, and its visible words."""

    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    hidden: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.hidden += tag in {"script", "style", "template", "svg"}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and not set(values.get("rel", "").split()) <= NOT_FETCHED_LINKS:
            self.fetched.append(values.get("href", ""))
        for name, value in values.items():
            if (tag, name) in FETCHED:
                self.fetched += self.addresses(name, value)
            if name in {"title", "aria-label", "placeholder", "alt"}:
                self.words.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style", "template", "svg"}

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.words.append(data.strip())

    @staticmethod
    def addresses(name: str, value: str) -> list[str]:
        return [part.split()[0] for part in value.split(",") if part.split()] if name == "srcset" else [value]


def parse(html: str) -> Parsed:
    parsed = Parsed()
    parsed.feed(html)
    return parsed


def is_elsewhere(address: str) -> bool:
    """Whether a browser would ask another host for it."""
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in {"", "data"}


def kind_of(path: str) -> str:
    """The name of its address; "" where nothing answers."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    name = match.url_name or ""
    return "place_category" if name == "place" and "/in/" in path else name


def local_links(page: str, html: str) -> list[str]:
    """Addresses on this site that the page links to, without their fragments."""
    whole = (urlsplit(urljoin(page, link)) for link in parse(html).links)
    return [
        part.path + (f"?{part.query}" if part.query else "") for part in whole if not part.netloc and not part.scheme
    ]


def find(fetch: Callable[[str], str], wanted: frozenset[str] = ALL_KINDS, start: str = "/") -> dict[str, str]:
    """One address for each kind, found breadth first from `start`; raises AssertionError naming kinds not found."""
    found = dict(BY_HAND)
    seen, queue = {start}, deque([start])
    for _ in range(MOST_PAGES):
        if not queue or wanted <= found.keys():
            break
        page = queue.popleft()
        html = fetch(page)
        found.setdefault(kind_of(urlsplit(page).path), page)
        fresh = [link for link in dict.fromkeys(local_links(page, html)) if link not in seen and visitable(link)]
        seen.update(fresh)
        # Kinds not met yet go first, so that the walk is short.
        queue.extendleft(link for link in fresh if kind_of(urlsplit(link).path) not in found)
        queue.extend(link for link in fresh if kind_of(urlsplit(link).path) in found)
    missing = wanted - found.keys()
    assert not missing, f"no link leads to {sorted(missing)}; {len(seen)} addresses seen"
    return {kind: found[kind] for kind in sorted(wanted)}


def visitable(link: str) -> bool:
    """Whether it may lead to a new kind of page: not the desk, not a file, not the same in another language."""
    languages = "|".join(code for code, _name in settings.LANGUAGES)
    return not re.match(rf"/(admin|media|static|account|{languages})/", link) and not re.search(r"feed\.|\?", link)
