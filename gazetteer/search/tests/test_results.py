"""The page with the results: what is found, narrowed, counted, sorted, marked, and what to do when nothing is."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.html import strip_tags

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("little_world", "counted")]


def ask(client, query: str) -> str:
    return client.get(f"/search/{query}").content.decode()


def part(page: str, pattern: str) -> str:
    """The first part of the page like that; empty where there is none."""
    found = re.search(pattern, page, re.DOTALL)
    return found[0] if found else ""


def titles(page: str) -> list[str]:
    found = re.findall(r'<h2 class="listing-name"><a href="[^"]+">(.*?)</a>', page)
    return [html.unescape(strip_tags(name)) for name in found]


def filters(page: str, name: str) -> dict[str, tuple[str, str]]:
    """Label → number and address of the values of a filter."""
    group = part(page, rf'<section class="filter" id="filter-{name}".*?</section>')
    values = re.findall(r'<a href="([^"]+)"[^>]*><bdi>(.*?)</bdi>.*?</a> (?:<span class="count">(\d+))?', group)
    return {label: (count, html.unescape(url)) for url, label, count in values}


def counts(page: str, name: str) -> dict[str, str]:
    return {label: count for label, (count, _url) in filters(page, name).items()}


def test_a_page_has_twenty_results_and_the_next_the_others(client):
    first, second = ask(client, "?q=crust"), ask(client, "?q=crust&page=2")
    assert len(titles(first)) == 20
    assert len(titles(second)) == 6
    assert set(titles(first)).isdisjoint(titles(second))
    assert "26 results" in first


def test_the_link_to_an_item_holds_its_name_alone_and_marks(client):
    page = ask(client, "?q=bank")
    assert '<a href="/listing/32/a/">River <mark>Bank</mark></a>' in page
    assert page.count('href="/listing/32/a/"') == 1


def test_no_listing_is_linked_before_the_results(client):
    page = ask(client, "?q=bank&near=wellington")
    assert "/listing/" not in page[: page.index('<ol class="listings hits"')]


def test_what_documents_say_never_becomes_markup_and_is_marked(client):
    page = ask(client, "?q=creme+bread")
    assert "Pastry &amp; &lt;b&gt;<mark>bread</mark>&lt;/b&gt; on the square." in page
    assert "<mark>Crème</mark>" in page


def test_kinds_are_counted_whichever_is_chosen(client):
    for query in ("?q=bank", "?q=bank&type=article"):
        tabs = part(ask(client, query), r'<nav class="tabs" aria-label="Kinds of results">.*?</nav>')
        assert re.findall(r'>(\w+) <span class="count">(\d+)</span></a>', tabs) == [
            ("All", "4"), ("Listings", "2"), ("Stories", "2"),
        ]  # fmt: skip


def test_counts_of_a_filter_follow_the_other_filters_and_not_its_own(client):
    page = ask(client, "?category=banks")
    assert counts(page, "country") == {"France": "1", "New Zealand": "1"}
    page = ask(client, "?q=bank&country=fr")
    assert counts(page, "country") == {"France": "1", "New Zealand": "1"}


def test_following_a_filter_finds_as_many_as_it_said(client):
    for count, url in filters(ask(client, "?type=listing&q=crust+creme+bank"), "country").values():
        assert f"{count} result" in strip_tags(ask(client, url)).replace("One result", "1 result")


def test_several_values_of_one_filter_are_alternatives(client):
    page = ask(client, "?category=banks&country=fr&country=nz")
    assert sorted(titles(page)) == ["River Bank", "Savings Bank"]


def test_a_step_down_the_tree_takes_the_place_of_the_one_above(client):
    _count, url = filters(ask(client, "?category=shops"), "category")["Bakeries"]
    assert parse_qs(urlsplit(url).query) == {"category": ["shops/bakeries"]}


def test_what_is_set_can_be_taken_off_one_by_one(client):
    page = ask(client, "?q=crust&country=nz&near=wellington&radius=10&type=listing")
    chips = part(page, r'<ul class="chips set".*?</ul>')
    found = {html.unescape(url) for url in re.findall(r'href="([^"]+)"', chips)}
    assert found == {"?q=crust&type=listing&near=wellington&radius=10", "?q=crust&type=listing&country=nz"}


def test_near_a_place_what_is_nearest_comes_first_with_its_distance(client):
    page = ask(client, "?near=Wellington&radius=5")
    assert titles(page)[:3] == ["Crust 01", "Crust 02", "Crust 03"]
    assert "840 m" in page
    assert "Crust 25" not in page


def test_near_is_a_position_too_and_an_unknown_place_is_said_to_be_one(client):
    assert titles(ask(client, "?near=48.85,2.35&radius=1")) == ["Café Crème"]
    assert "No place called “Atlantis” is known" in ask(client, "?q=crust&near=Atlantis")


def test_a_box_of_the_map_narrows(client):
    assert titles(ask(client, "?box=40,-10,60,10")) == ["Café Crème"]


def test_results_are_sorted_by_name_and_by_date(client):
    assert titles(ask(client, "?q=bank&sort=name&type=listing")) == ["River Bank", "Savings Bank"]
    assert titles(ask(client, "?q=bank&sort=newest"))[-1] == "Bank holiday"


def test_the_query_language_narrows(client):
    assert titles(ask(client, '?q="bank holiday"')) == ["Bank holiday"]
    assert titles(ask(client, "?q=bank+-river+-holiday+-robbed")) == ["Savings Bank"]
    assert titles(ask(client, "?q=bank+in:france")) == ["Savings Bank"]
    assert titles(ask(client, "?q=bank+before:2019")) == ["Bank holiday"]
    assert titles(ask(client, "?q=bank+category:banks+-in:france")) == ["River Bank"]


def test_a_narrowing_to_nothing_known_is_words(client):
    assert "in:atlantis" in html.unescape(ask(client, "?q=bank+in:atlantis"))
    assert "River Bank" in titles(ask(client, "?q=bank+in:atlantis"))


def test_a_misspelt_word_is_found_and_put_right(client):
    page = ask(client, "?q=savingz")
    assert titles(page) == ["Savings Bank"]
    assert 'Did you mean <a href="?q=savings"><bdi>savings</bdi></a>?' in page


def test_nothing_found_offers_what_finds_something_with_its_number(client):
    page = ask(client, "?q=robbed&country=nz")
    assert "Nothing was found for “robbed”." in page
    assert re.search(r'<a href="\?q=robbed">Without “Country: New Zealand”</a> <span class="count">1</span>', page)
    assert "Bank robbed" in titles(page)


def test_nothing_near_offers_a_wider_circle(client):
    page = ask(client, "?q=creme&near=48.9,2.7&radius=5")
    assert re.search(r'<a href="\?q=creme&amp;near=48.9%2C2.7&amp;radius=50">Within 50 km</a>', page)


def test_where_giving_up_one_thing_is_not_enough_all_filters_go(client):
    page = ask(client, "?q=zzzyx+robbed&country=nz&type=listing")
    assert re.search(
        r'<a href="\?q=zzzyx\+robbed">The same words without any filter</a> <span class="count">1</span>', page
    )
    assert "Bank robbed" in titles(page)


def test_nothing_at_all_still_leads_on(client):
    page = ask(client, "?q=zzzyx")
    assert "Nothing was found for “zzzyx”." in page
    assert 'href="/directory/"' in page


def test_beyond_the_last_page_is_an_empty_page_not_an_error(client):
    page = ask(client, "?q=crust&page=9")
    assert titles(page) == []
    assert "nothing on this page" in page


def test_an_empty_question_shows_the_form_alone(client):
    page = ask(client, "")
    assert titles(page) == []
    assert 'role="search"' in page


STRANGE = [
    '"',
    "'",
    "%",
    "_",
    "\\",
    "<script>alert(1)</script>",
    "&",
    "%00",
    "%ff",
    "😀" * 300,
    "*:*",
    "in:",
    "-",
    "a:b",
]


@pytest.mark.parametrize("typed", STRANGE)
def test_whatever_is_typed_is_answered_and_never_becomes_markup(client, typed):
    response = client.get("/search/", {"q": typed, "near": typed, "box": typed, "category": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert client.get("/search/suggest/", {"q": typed}).status_code == 200


def test_results_are_kept_from_search_engines(client):
    assert '<meta name="robots" content="noindex">' in ask(client, "?q=crust")


def test_suggestions_name_title_address_and_kind(client):
    found = client.get("/search/suggest/", {"q": "crust fo"}).json()
    assert found["query"] == "crust fo"
    first = found["suggestions"][0]
    assert (first["title"], first["url"], first["type"], first["label"]) == (
        "Crust found on the moon", "/news/2019/04/13/1/", "article", "Story",
    )  # fmt: skip
    assert "".join(text for text, _mark in first["parts"]) == first["title"]


def test_suggestions_are_few(client):
    assert len(client.get("/search/suggest/", {"q": "crust"}).json()["suggestions"]) == 8


def test_a_search_has_feeds_newest_first(client):
    page = ask(client, "?q=bank&type=article")
    assert 'href="/search/feed.rss?q=bank&amp;type=article"' in page
    feed = client.get("/search/feed.json?q=bank&type=article").json()
    assert [item["title"] for item in feed["items"]] == ["Bank robbed", "Bank holiday"]
    assert feed["home_page_url"].endswith("/search/?q=bank&type=article")
    for format in ("rss", "atom"):
        assert b"Bank robbed" in client.get(f"/search/feed.{format}?q=bank").content


def test_a_search_for_nothing_has_no_feed(client):
    assert client.get("/search/feed.rss").status_code == 404


def test_a_form_cannot_be_sent_there(client):
    assert client.post("/search/").status_code == 405
