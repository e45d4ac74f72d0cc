"""The first language has no prefix, the others have theirs, and every address comes out right in each."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from gazetteer.pages import actions
from gazetteer.pages.models import SiteSettings
from gazetteer.pages.tests.world import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site_in_three_languages():
    actions.change_settings(language="en-gb", other_languages=["de", "ar"])


def test_the_first_language_stands_without_a_prefix(client):
    assert '<html lang="en-GB" dir="ltr">' in client.get("/search/").content.decode()


def test_another_language_stands_under_its_own_prefix(client):
    page = client.get("/de/search/").content.decode()
    assert '<html lang="de" dir="ltr">' in page
    assert 'href="/de/directory/"' in page


def test_arabic_is_written_from_right_to_left(client):
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/search/").content.decode()


def test_a_page_links_to_itself_in_the_other_languages(client):
    german = client.get("/de/search/").content.decode()
    assert '<a href="/search/" lang="en-gb"' in german
    assert '<a href="/ar/search/" lang="ar"' in german


@pytest.mark.parametrize("path", ["/fr/search/", "/en-gb/search/", "/xx/search/"])
def test_a_language_that_the_site_does_not_speak_is_no_page(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/de/admin/", "/de/media/x.png", "/de/setup/"])
def test_what_exists_once_has_no_address_for_each_language(client, path):
    assert client.get(path).status_code == 404


def test_a_missing_slash_is_added_behind_the_prefix_too(client):
    assert client.get("/de/search").headers["Location"] == "/de/search/"


def test_after_the_request_language_zone_and_prefix_are_as_before(client):
    actions.change_settings(time_zone="Asia/Tokyo")
    before = translation.get_language()
    client.get("/ar/search/")
    assert translation.get_language() == before
    assert timezone.get_current_timezone_name() == "UTC"
    assert reverse("search") == "/search/"


def test_the_site_may_begin_with_any_of_its_languages(client):
    SiteSettings.objects.update(language="ar", other_languages=["en-gb"])
    assert 'lang="ar"' in client.get("/search/").content.decode()[:200]
    assert 'lang="en-GB"' in client.get("/en-gb/search/").content.decode()[:200]


def test_a_picture_is_served_without_asking_for_the_settings(client, django_assert_num_queries):
    address = make_picture().file.url
    with django_assert_num_queries(0):
        response = client.get(address)
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
