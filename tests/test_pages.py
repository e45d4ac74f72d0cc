"""Every kind of page of the public site: it answers, asks no other host for anything, and costs little."""

import gzip

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

# Bytes after gzip of the page itself; what comes with it on a first visit is weighed in the browser tests.
MOST_BYTES = 40_000
# A page that shows ten times as much must not ask ten times as often: these are limits for any size of site.
MOST_QUERIES = {"listing": 42}  # facts, custom fields, nearby and similar ones each have theirs
MOST_QUERIES_ELSE = 24


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_a_page_answers_in_html(kind: str, kinds: dict[str, str], client: Client) -> None:
    response = client.get(kinds[kind])
    assert response.status_code == pages.STATUS.get(kind, 200)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    html = response.content.decode()
    assert html.count("<h1") == 1
    assert "<title>" in html
    assert '<html lang="en' in html


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_a_page_makes_the_browser_ask_no_other_host(kind: str, kinds: dict[str, str], client: Client) -> None:
    parsed = pages.parse(client.get(kinds[kind]).content.decode())
    assert parsed.fetched, "the stylesheet at least"
    assert [address for address in parsed.fetched if pages.is_elsewhere(address)] == []


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_a_page_is_light(kind: str, kinds: dict[str, str], client: Client) -> None:
    assert len(gzip.compress(client.get(kinds[kind]).content)) < MOST_BYTES


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_a_page_takes_few_queries(
    kind: str, kinds: dict[str, str], client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(kinds[kind])  # what is remembered for the whole process (site, content types) is asked once
    with django_assert_max_num_queries(MOST_QUERIES.get(kind, MOST_QUERIES_ELSE)):
        client.get(kinds[kind])


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_links_of_a_page_lead_to_something(kind: str, kinds: dict[str, str], client: Client) -> None:
    page = kinds[kind]
    links = {link for link in pages.local_links(page, client.get(page).content.decode()) if link != page}
    assert links
    answers = {link: client.get(link).status_code for link in sorted(links)[:25]}
    assert {link: status for link, status in answers.items() if status >= 400} == {}


@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_an_id_stands_once_on_a_page(kind: str, kinds: dict[str, str], client: Client) -> None:
    ids = pages.parse(client.get(kinds[kind]).content.decode()).ids
    assert sorted(set(ids)) == sorted(ids)


def test_lists_link_an_item_by_its_name_and_once(kinds: dict[str, str], client: Client) -> None:
    html = client.get(kinds["category"]).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    listed = [link for link in pages.parse(main).links if link.startswith("/listing/")]
    assert listed
    assert len(listed) == len(set(listed))
