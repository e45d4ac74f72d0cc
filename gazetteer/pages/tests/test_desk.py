"""The desk of pages: every form opens and saves, in plain words, for those who may."""

import re

import pytest
from django.urls import reverse

from gazetteer.accounts.models import User
from gazetteer.pages import actions
from gazetteer.pages.models import HomePage, Redirect, SideColumn, SiteSettings
from gazetteer.pages.tests.world import make_admin

FRAMEWORK_WORDS = re.compile(r"\b(snippets?|slug|streamfield|renditions?|viewset|wagtail)\b", re.IGNORECASE)


@pytest.fixture
def desk(client, world):
    actions.compose_default_home()
    actions.compose_standing_pages()
    actions.compose_side_columns()
    client.force_login(make_admin())
    return client


def words(page: str) -> str:
    """What a person reads: no tags, scripts, styles or code."""
    bare = re.sub(r"<(script|style|template|noscript)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", bare).split())


def addresses() -> dict[str, str]:
    home = HomePage.objects.get()
    return {
        "dashboard": reverse("wagtailadmin_home"),
        "the site": reverse("wagtailsettings:edit", args=["pages", "sitesettings"]),
        "front page": reverse("wagtailadmin_pages:edit", args=[home.pk]),
        "pages": reverse("wagtailadmin_explore", args=[home.pk]),
        "a new page": reverse("wagtailadmin_pages:add", args=["pages", "standingpage", home.pk]),
        "side columns": reverse("side_columns:index"),
        "a new side column": reverse("side_columns:add"),
        "redirects": reverse("redirects:index"),
        "a new redirect": reverse("redirects:add"),
    }


PLACES = ("dashboard", "the site", "front page", "pages", "a new page", "side columns", "redirects", "a new redirect")


@pytest.mark.parametrize("place", [*PLACES, "a new side column"])
def test_every_form_opens_and_speaks_plainly(desk, place):
    response = desk.get(addresses()[place], follow=True)
    assert response.status_code == 200
    assert FRAMEWORK_WORDS.findall(words(response.content.decode())) == []


def test_the_dashboard_says_what_is_to_complete_and_how_much_there_is(desk):
    said = words(desk.get(reverse("wagtailadmin_home")).content.decode())
    assert "To complete before you go live" in said
    assert "3 listings · 3 categories · 12 stories" in said


def test_drafts_wait_on_the_dashboard(desk, world):
    type(world.stories[0]).objects.filter(pk=world.stories[3].pk).update(has_unpublished_changes=True)
    said = words(desk.get(reverse("wagtailadmin_home")).content.decode())
    assert "Drafts not yet published Story 3" in said


def test_a_redirect_is_made_in_the_form(desk):
    desk.post(reverse("redirects:add"), {"old": "/old.html", "new": "/search/", "is_permanent": "on"})
    assert desk.get("/old.html").status_code == 301


def test_a_bad_redirect_is_refused_in_the_form(desk):
    page = desk.post(reverse("redirects:add"), {"old": "/old.html", "new": "javascript:alert(1)"})
    assert "Write an address within the site" in page.content.decode()
    assert not Redirect.objects.exists()


def settings_form(**changes):
    site = SiteSettings.current()
    values = {
        "name": site.name, "tagline": "", "totals": site.totals, "language": "en-gb", "time_zone": "UTC",
        "accent": "", "paper": "", "ink": "", "accent_dark": "", "paper_dark": "", "ink_dark": "",
        "headline_font": "", "text_font": "", "address": "", "email": "", "phone": "", "fine_print": "", "logo": "",
        "wordings-count": "0", "navigation-count": "0", "footer-count": "0",
        **changes,
    }  # fmt: skip
    return values


def save_settings(desk, **changes):
    address = reverse("wagtailsettings:edit", args=["pages", "sitesettings"])
    return desk.post(desk.get(address, follow=True).request["PATH_INFO"], settings_form(**changes))


def test_the_settings_are_saved_in_the_form(desk):
    save_settings(desk, name="The Herald", other_languages=["de", "en-gb"])
    site = SiteSettings.current()
    assert (site.name, site.languages) == ("The Herald", ["en-gb", "de"])
    assert "The Herald" in desk.get("/de/").content.decode()


def test_a_pale_colour_is_refused_beside_its_field_with_a_better_one(desk):
    page = save_settings(desk, accent="#ffe680").content.decode()
    assert "The nearest colour that passes is #" in page
    assert SiteSettings.current().accent == ""


def test_the_front_page_is_saved_and_published_from_its_form(desk):
    home = HomePage.objects.get()
    address = reverse("wagtailadmin_pages:edit", args=[home.pk])
    block = {
        "main-0-deleted": "", "main-0-order": "0", "main-0-type": "text", "main-0-id": "",
        "main-0-value-title": "From the editor", "main-0-value-language": "",
        "main-0-value-text": '{"blocks":[{"key":"a","text":"Good morning","type":"unstyled"}],"entityMap":{}}',
    }  # fmt: skip
    counts = {"top-count": "0", "main-count": "1", "side-count": "0", "below-count": "0"}
    titles = {"title": home.title, "seo_title": "", "search_description": ""}
    desk.post(address, {**titles, **counts, **block, "action-publish": "1"})
    page = desk.get("/").content.decode()
    assert "From the editor" in page
    assert "Good morning" in page


@pytest.mark.parametrize("chooser", ["choose_story", "choose_section", "choose_category"])
def test_choosers_find_by_how_a_name_begins(desk, chooser):
    typed = {"choose_story": "story 1", "choose_section": "wor", "choose_category": "bak"}[chooser]
    found = desk.get(reverse(f"{chooser}:choose_results"), {"q": typed}).content.decode()
    expected = {"choose_story": "Story 11", "choose_section": "World News", "choose_category": "Bakeries"}[chooser]
    assert expected in found
    assert "Story 2" not in found
    assert "Sport" not in found


def test_a_column_whose_section_has_gone_can_still_be_edited(desk, world):
    from gazetteer.pages.default_home import stories

    column = SideColumn.objects.create(name="Old", blocks=[("section_stories", stories(world.sport, 3, "text"))])
    world.sport.delete()
    assert desk.get(reverse("side_columns:edit", args=[column.pk])).status_code == 200


def test_who_is_not_signed_in_sees_nothing_of_it(client, world):
    actions.compose_default_home()
    for address in addresses().values():
        assert client.get(address).status_code == 302


def test_a_reporter_is_not_offered_the_settings_of_the_site(client, world):
    actions.compose_default_home()
    ben = User.objects.create_user("ben", password="x")
    from django.contrib.auth.models import Group

    ben.groups.add(Group.objects.get(name="Reporters"))
    client.force_login(ben)
    assert "/admin/settings/pages/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("wagtailsettings:edit", args=["pages", "sitesettings"])).status_code in {302, 403}
