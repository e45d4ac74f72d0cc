"""Old addresses lead on, for ever or for now, in the visitor's language, and never in the way of a page."""

import pytest
from django.core.exceptions import ValidationError

from gazetteer.pages import actions

pytestmark = pytest.mark.django_db


def test_an_old_address_leads_to_the_new_one_for_good(client):
    actions.add_redirect("/old/page.html", "/search/")
    response = client.get("/old/page.html")
    assert (response.status_code, response.headers["Location"]) == (301, "/search/")


def test_for_now_is_another_status(client):
    actions.add_redirect("/sale", "https://shop.example/", permanent=False)
    response = client.get("/sale/")
    assert (response.status_code, response.headers["Location"]) == (302, "https://shop.example/")


@pytest.mark.parametrize("asked", ["/old", "/old/"])
def test_the_last_slash_does_not_matter(client, asked):
    actions.add_redirect("https://www.herald.example/old/", "/search/")
    assert client.get(asked, follow=True).redirect_chain[-1] == ("/search/", 301)


def test_old_programs_kept_the_page_in_the_query(client):
    actions.add_redirect("/index.php?id=7", "/search/?q=seven")
    assert client.get("/index.php?id=7").headers["Location"] == "/search/?q=seven"
    assert client.get("/index.php?id=8").status_code == 404


def test_old_addresses_may_be_in_any_script(client):
    actions.add_redirect("/%C3%BCber/alt.html", "/search/")
    assert client.get("/über/alt.html").status_code == 301


def test_the_visitor_s_language_is_kept(client):
    actions.change_settings(other_languages=["de"])
    actions.add_redirect("/old.html", "/search/")
    assert client.get("/de/old.html").headers["Location"] == "/de/search/"


def test_a_page_that_exists_wins(client):
    actions.add_redirect("/search/extra", "/somewhere/")
    assert client.get("/search/").status_code == 200


def test_a_form_sent_to_an_old_address_is_not_led_on(client):
    actions.add_redirect("/old.html", "/search/")
    assert client.post("/old.html").status_code == 404


def test_setting_it_again_changes_the_target(client):
    actions.add_redirect("/old.html", "/search/")
    actions.add_redirect("/old.html", "/directory/")
    assert client.get("/old.html").headers["Location"] == "/directory/"


@pytest.mark.parametrize("new", ["javascript:alert(1)", "//evil.example/", "", "old.html"])
def test_it_leads_nowhere_strange(new):
    with pytest.raises(ValidationError):
        actions.add_redirect("/old.html", new)


@pytest.mark.parametrize(("old", "new"), [("/a/", "/a"), ("/admin", "/x/"), ("/news/", "/x/")])
def test_it_neither_turns_in_a_circle_nor_hides_the_program(old, new):
    with pytest.raises(ValidationError):
        actions.add_redirect(old, new)
