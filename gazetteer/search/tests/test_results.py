"""Results over several kinds: one kind after another, page by page, each row read once."""

import re

import pytest

pytestmark = pytest.mark.django_db


def titles(page: str) -> list[str]:
    return re.findall(r'<h2 class="listing-name"><a href="[^"]+">([^<]+)</a>', page)


def ask(client, query: str) -> str:
    return client.get(f"/search/{query}").content.decode()


def test_a_page_has_twenty_results_and_the_next_goes_on_into_the_next_kind(client, two_sources):
    assert titles(ask(client, "?q=alpha")) == [f"Alpha {number:02}" for number in range(20)]
    assert titles(ask(client, "?q=alpha&page=2")) == [
        *(f"Alpha {number}" for number in range(20, 25)),
        "Alphabet soup",
        "Alpha decays",
    ]


def test_a_page_reads_no_more_rows_than_it_shows(client, two_sources):
    firms, stories = two_sources
    ask(client, "?q=alpha&page=2")
    assert (firms.read, stories.read) == ([(20, 40)], [(0, 15)])


def test_one_kind_alone_can_be_asked_for(client, two_sources):
    assert titles(ask(client, "?q=alpha&type=article")) == ["Alphabet soup", "Alpha decays"]


def test_the_numbers_of_each_kind_are_offered(client, two_sources):
    page = ask(client, "?q=alpha")
    assert "27 results" in page
    assert 'href="?q=alpha&amp;type=article"' in page


def test_beyond_the_last_page_is_an_empty_page_not_an_error(client, two_sources):
    page = ask(client, "?q=alpha&page=9")
    assert titles(page) == []
    assert "nothing on this page" in page


def test_nothing_found_says_what_to_do(client, two_sources):
    page = ask(client, "?q=zebra")
    assert "Nothing begins with “zebra”." in page
    assert 'href="/directory/"' in page


def test_an_empty_question_finds_nothing_and_asks_nothing(client, two_sources):
    firms, _stories = two_sources
    assert titles(ask(client, "")) == []
    assert firms.read == []


STRANGE = ['"', "'", "%", "_", "\\", "<script>alert(1)</script>", "&", "%00", "%ff", "😀" * 300, "*:*"]


@pytest.mark.parametrize("typed", STRANGE)
def test_whatever_is_typed_is_answered_and_never_becomes_markup(client, typed):
    page = ask(client, f"?q={typed}")
    assert "<script>alert" not in page
    assert client.get("/search/suggest/", {"q": typed}).status_code == 200


def test_results_are_kept_from_search_engines(client, two_sources):
    assert '<meta name="robots" content="noindex">' in ask(client, "?q=alpha")


def test_suggestions_name_title_address_and_kind(client, two_sources):
    found = client.get("/search/suggest/", {"q": "alpha d"}).json()
    assert found == {
        "query": "alpha d",
        "suggestions": [{"title": "Alpha decays", "url": "/article/alpha-decays/", "type": "article", "about": ""}],
    }


def test_suggestions_are_few(client, two_sources):
    assert len(client.get("/search/suggest/", {"q": "alpha"}).json()["suggestions"]) == 8


def test_a_form_cannot_be_sent_there(client):
    assert client.post("/search/").status_code == 405
