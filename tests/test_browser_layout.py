"""What every kind of page promises a visitor's browser: no sideways scrolling, one host, little to fetch, no script."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

from tests import browser as b
from tests import pages
from tests.served import PASSWORD, Site

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
"""Of a first visit, compressed, without pictures."""
COUNTED = frozenset({"document", "stylesheet", "script", "font"})
NARROW = b.Look("narrow", 320, 640)  # what WCAG's reflow asks for: 1280 wide, enlarged four times
ON_PHONE = b.Look("phone in daylight", 375, 812)

# What stands outside of the window, and is not inside of something that scrolls by itself.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (one) => one && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  return document.documentElement.scrollWidth <= width ? [] : [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !scrolls(one.parentElement))
    .map((one) => one.outerHTML.slice(0, 120)).concat(`${document.documentElement.scrollWidth} px wide`);
}"""


@dataclass
class Visit:
    """What a first visit to one address fetched, and what went wrong in the browser."""

    elsewhere: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page, own: str) -> None:
        """Notes what `page` does from now on; `own` is the host and port that it may ask."""
        page.on("request", lambda one: self.note_host(one, own))
        page.on("requestfailed", lambda one: self.failed.append(f"{one.url}: {one.failure}"))
        page.on("response", lambda one: self.responses.append(one))
        page.on("console", self.note_message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def note_host(self, request: Request, own: str) -> None:
        if urlsplit(request.url).netloc not in {own, ""}:
            self.elsewhere.append(request.url)

    def note_message(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def weigh(self, response: Response) -> None:
        if response.request.resource_type in COUNTED:
            body = response.body()
            # A font is compressed in itself, and would only grow.
            self.weights[response.url] = min(len(body), len(gzip.compress(body)))


def first_visit(page: Page, address: str, site: Site) -> Visit:
    """Goes there and to the foot of the page, so that pictures further down are fetched too."""
    visit = Visit()
    visit.watch(page, urlsplit(site.url).netloc)
    page.goto(address)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    for response in visit.responses:
        visit.weigh(response)
    visit.failed += [f"{one.url}: {one.status}" for one in visit.responses[1:] if one.status >= 400]
    return visit


@pytest.fixture(scope="module")
def visit(site: Site, addresses: dict[str, str], browser: Browser) -> Callable[[str], Visit]:
    """The first visit to a kind of page, made once."""
    made: dict[str, Visit] = {}

    def visit(kind: str) -> Visit:
        if kind not in made:
            with b.visitor(browser, site.url) as page:
                made[kind] = first_visit(page, addresses[kind], site)
        return made[kind]

    return visit


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_a_page_asks_its_own_host_only_and_gets_everything(kind: str, visit: Callable[[str], Visit]) -> None:
    made = visit(kind)
    assert made.weights
    assert made.elsewhere == []
    assert made.failed == []


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_the_browser_has_nothing_to_complain_of(kind: str, visit: Callable[[str], Visit]) -> None:
    expected = {"Failed to load resource: the server responded with a status of 404 (Not Found)"}
    complaints = set(visit(kind).complaints)
    assert complaints - (expected if pages.STATUS.get(kind) == 404 else set()) == set()


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_a_first_visit_fetches_little(kind: str, visit: Callable[[str], Visit]) -> None:
    weights = visit(kind).weights
    # An error page works without a script, so it has none.
    expected = {"css", "woff2"} if pages.STATUS.get(kind) == 404 else {"css", "js", "woff2"}
    assert {urlsplit(address).path.rpartition(".")[2] for address in weights} >= expected
    assert sum(weights.values()) < MOST_BYTES, weights


@pytest.mark.parametrize("prefix", ["", "/ar"], ids=["english", "arabic"])
@pytest.mark.parametrize("look", [ON_PHONE, NARROW], ids=lambda look: look.name)
def test_no_page_scrolls_sideways(
    look: b.Look, prefix: str, site: Site, addresses: dict[str, str], browser: Browser
) -> None:
    with b.visitor(browser, site.url, look) as page:
        found = {}
        for kind, address in addresses.items():
            page.goto(prefix + address if kind != "sign_in" else address)
            found[kind] = page.evaluate(STICKING_OUT)
    assert {kind: what for kind, what in found.items() if what} == {}


@pytest.fixture
def plain(site: Site, browser: Browser) -> Iterator[Page]:
    """A browser that runs no script."""
    with b.visitor(browser, site.url, java_script_enabled=False) as page:
        yield page


def names(page: Page) -> list[str]:
    return page.locator("main .listing-name a").all_inner_texts()


def test_without_script_one_searches(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("search").get_by_role("searchbox").first.fill("the ferry")
    plain.keyboard.press("Enter")
    expect(plain).to_have_url(re.compile(r"/search/\?q=the\+ferry"))
    assert names(plain) == [
        "The Ferry House",
        "The Ferryman's Rest",
        "Council votes to give the weir its bell back",  # these two tell of the ferry in their texts
        "Six walks that end at a door with a handle",
    ]


def test_without_script_one_looks_among_stories_only(plain: Page) -> None:
    plain.goto("/search/?q=the")
    plain.get_by_role("navigation", name="Kinds of results").get_by_role("link", name="Stories").click()
    expect(plain).to_have_url(re.compile("type=article"))
    found = plain.locator("main ol.hits a").evaluate_all("links => links.map(link => link.pathname)")
    assert found
    assert all(address.startswith("/news/") for address in found)


def test_without_script_one_pages_through_all_listings_and_meets_each_once(plain: Page) -> None:
    plain.goto("/directory/")
    total, met = int(plain.locator("h2 .count").last.inner_text()), names(plain)
    featured = met[:2]
    while (following := plain.locator("a[rel=next]")).count():
        following.click()
        met += [name for name in names(plain) if name not in featured]
    assert len(met) == len(set(met)) == total


def test_without_script_one_goes_by_first_letter(plain: Page) -> None:
    plain.goto("/directory/")
    plain.get_by_role("navigation", name="By first letter").get_by_role("link", name="B", exact=True).click()
    found = names(plain)
    assert found
    assert all(name.startswith("B") for name in found)


def test_without_script_one_changes_the_order(plain: Page) -> None:
    plain.goto("/directory/")
    plain.get_by_role("link", name="A–Z").click()
    assert names(plain) == sorted(names(plain), key=str.casefold)


def test_without_script_one_signs_in(plain: Page) -> None:
    plain.goto("/admin/")
    expect(plain).to_have_url(re.compile("/account/login/"))
    b.sign_in(plain, "editor@example.org", "not the password")
    expect(plain.get_by_role("alert")).to_be_visible()
    expect(plain.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    b.sign_in(plain, "editor@example.org", PASSWORD)
    expect(plain).to_have_url(re.compile("/admin/$"))
    expect(plain).to_have_title(re.compile("^Dashboard"))


def test_without_script_one_changes_the_language(plain: Page) -> None:
    plain.goto("/directory/")
    plain.get_by_role("link", name="العربية").click()
    assert "/ar/directory/" in plain.url
    assert plain.locator("html").get_attribute("dir") == "rtl"
