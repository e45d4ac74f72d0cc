"""One row says everything about the site; it is checked, read once for each request, and never needed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.accounts.models import User
from gazetteer.pages import actions, contrast
from gazetteer.pages.look import DESIGNED, check_colours
from gazetteer.pages.models import SiteSettings
from gazetteer.pages.wording import totals_line

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_a_site_without_settings_shows_its_pages(client, db):
    assert client.get("/search/").status_code == 200
    assert not SiteSettings.objects.exists()


def test_the_settings_cost_one_query_for_each_request(client, db, django_assert_num_queries):
    actions.change_settings(name="The Herald")
    with django_assert_num_queries(3):  # the others count listings and categories, and look for breaking news
        assert "The Herald" in client.get("/search/").content.decode()


def test_a_change_is_seen_by_the_very_next_request(client, db):
    actions.change_settings(name="The Herald")
    client.get("/search/")
    actions.change_settings(name="The Courier")
    assert "The Courier" in client.get("/search/").content.decode()


def test_text_too_pale_to_read_is_refused_with_the_nearest_colour_that_passes(db):
    with pytest.raises(ValidationError) as refused:
        actions.change_settings(accent="#9adcf0")
    [message] = refused.value.message_dict["accent"]
    proposal = message.removesuffix(".").rpartition(" ")[2]
    assert "#9adcf0" in message
    assert contrast.ratio(proposal, DESIGNED["light"]["paper"]) >= 4.5
    actions.change_settings(accent=proposal)


def test_dark_colours_are_checked_against_the_dark_background(db):
    with pytest.raises(ValidationError) as refused:
        actions.change_settings(accent_dark="#0b3040")
    assert list(refused.value.message_dict) == ["accent_dark"]


def test_a_background_that_swallows_the_designed_text_is_named_itself(db):
    assert set(check_colours({"paper": "#222222"}, "light")) == {"paper"}


def test_the_designed_colours_pass():
    assert check_colours({}, "light") == check_colours({}, "dark") == {}


@given(colours, colours)
def test_a_proposed_colour_always_passes(colour, ground):
    assert contrast.ratio(contrast.nearest_passing(colour, ground), ground) >= contrast.AA_TEXT


@given(colours)
def test_there_is_always_an_ink_for_a_button(colour):
    assert contrast.ratio(contrast.ink_on(colour), colour) >= contrast.AA_TEXT


def test_black_on_white_has_the_greatest_contrast():
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)


def test_chosen_colours_and_type_stand_in_the_page(client, db):
    actions.change_settings(accent="#7a1f2b", headline_font="slab")
    page = client.get("/search/").content.decode()
    assert "--accent:#7a1f2b;" in page
    assert "--accent-ink:#ffffff;" in page
    assert "Rockwell" in page


@pytest.mark.parametrize("bad", ["red", "#12345", "#12345g", "#0a5c7d;}body{display:none"])
def test_what_is_no_colour_is_refused(db, bad):
    with pytest.raises(ValidationError):
        actions.change_settings(accent=bad)


@pytest.mark.parametrize("wording", ["{listings.__class__} here", "{nobody} here", "{0}", "{", "{listings!r:{x}}"])
def test_the_totals_line_may_have_no_other_gaps(db, wording):
    with pytest.raises(ValidationError):
        actions.change_settings(totals=wording)


def test_the_totals_line_writes_numbers_as_the_language_does(settings):
    from django.utils.translation import override

    with override("de"):
        assert totals_line("{listings} in {categories}", 30953, 922) == "30.953 in 922"
    with override("en-gb"):
        assert totals_line("{listings} in {categories}", 30953, 922) == "30,953 in 922"


def test_an_unknown_zone_is_refused(db):
    with pytest.raises(ValidationError):
        actions.change_settings(time_zone="Mars/Olympus")


def test_who_has_no_right_to_it_changes_nothing(db):
    reporter = User.objects.create_user("ben")
    with pytest.raises(PermissionDenied):
        actions.change_settings(name="Ben's", by=reporter)
    assert not SiteSettings.objects.exists()


def test_contact_is_shown_with_links_and_nothing_of_it_is_markup(client, db):
    actions.change_settings(address="1 Mill Lane\n<b>Leeds</b>", email="desk@example.org", phone="+44 113 496 0000")
    page = client.get("/search/").content.decode()
    assert "&lt;b&gt;Leeds" in page
    assert 'href="mailto:desk@example.org"' in page
    assert 'href="tel:+441134960000"' in page
