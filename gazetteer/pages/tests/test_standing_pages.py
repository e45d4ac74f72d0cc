"""Standing pages: composed from templates with gaps, last in the address map, taking no address of the program."""

import pytest
from django.core.exceptions import ValidationError

from gazetteer.pages import actions
from gazetteer.pages.addresses import RESERVED, is_reserved
from gazetteer.pages.models import HomePage, StandingPage
from gazetteer.pages.standing import TEMPLATES

pytestmark = pytest.mark.django_db


def make_page(slug: str, parent=None, **facts) -> StandingPage:
    parent = parent or actions.compose_default_home()
    page = StandingPage(title=facts.pop("title", slug), slug=slug, **facts)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    return page


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.slug)
def test_each_template_becomes_a_page_linked_at_the_foot(client, template):
    actions.compose_standing_pages()
    page = client.get(f"/{template.slug}/").content.decode()
    assert f"<h1>{template.title}</h1>" in page
    assert f'<a href="/{template.slug}/">' in client.get("/").content.decode()


def test_what_is_still_to_complete_is_known():
    actions.compose_standing_pages()
    gaps = {page.slug: page.gaps for page in StandingPage.objects.all()}
    assert gaps["contact"] == []
    assert "[name and postal address of the person responsible]" in gaps["imprint"]
    assert all(gaps[slug] for slug in ("imprint", "privacy", "terms", "accessibility"))


def test_a_completed_page_has_no_gaps_left():
    page = make_page("imprint", body="<p>Published by the Herald Ltd. <em>[</em>not one<em>]</em></p>")
    assert StandingPage(body="<p>Published by the Herald Ltd.</p>").gaps == []
    assert page.gaps == ["[not one]"]


def test_composing_again_leaves_completed_pages_alone():
    make_page("imprint", body="<p>Mine</p>")
    made = actions.compose_standing_pages()
    assert "imprint" not in {page.slug for page in made}
    assert StandingPage.objects.get(slug="imprint").body == "<p>Mine</p>"


def test_pages_may_stand_below_pages_and_in_any_script(client):
    about = make_page("über-uns", title="Über uns")
    make_page("команда", parent=about, title="Команда")
    assert "Команда" in client.get("/über-uns/команда/").content.decode()


def test_a_page_that_is_not_live_is_no_page(client):
    make_page("secret", live=False)
    assert client.get("/secret/").status_code == 404


@pytest.mark.parametrize("slug", [*sorted(word for word in RESERVED if "." not in word), "de", "en-gb", "2019"])
def test_no_page_may_take_an_address_of_the_program(slug):
    with pytest.raises(ValidationError) as refused:
        make_page(slug)
    assert "used by the program" in str(refused.value)


def test_below_another_page_such_a_word_is_free(client):
    make_page("news", parent=make_page("about"), title="News about us")
    assert "News about us" in client.get("/about/news/").content.decode()


def test_every_first_word_of_our_own_addresses_is_reserved():
    from gazetteer.urls import urlpatterns

    found = {str(getattr(entry, "pattern", "")).lstrip("^").partition("/")[0] for entry in urlpatterns}
    assert {word for word in found if word and not is_reserved(word)} == set()


def test_the_home_page_s_address_cannot_be_changed():
    home = actions.compose_default_home()
    home.slug = "elsewhere"
    home.full_clean()
    assert home.slug == "home"
    assert HomePage.max_count == 1


def test_contact_is_shown_where_asked(client):
    actions.change_settings(email="desk@example.org", footer=[])
    make_page("contact", shows_contact=True)
    main = client.get("/contact/").content.decode().partition("<main")[2].partition("</main>")[0]
    assert "mailto:desk@example.org" in main
