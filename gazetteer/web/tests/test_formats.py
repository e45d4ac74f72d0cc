"""Dates and numbers as each language writes them, in the zone of the site."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import timezone, translation

from gazetteer.web import formats

MOMENT = datetime.datetime(2019, 4, 13, 7, 47, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en-gb", "Saturday, 13 April 2019 07:47"),
        ("de", "Samstag, 13. April 2019 07:47"),
        ("fr", "samedi 13 avril 2019 07:47"),
        ("es", "sábado, 13 de abril de 2019 07:47"),
        ("ar", "السبت، 13 أبريل 2019 07:47"),
    ],
)
def test_a_moment_in_full(language, shown):
    with translation.override(language):
        assert formats.full_moment(MOMENT) == shown


def test_a_moment_is_shown_in_the_zone_of_the_site_and_says_so_to_machines():
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert formats.full_moment(MOMENT).endswith("16:47")
        assert formats.iso(MOMENT) == "2019-04-13T16:47:00+09:00"


def test_near_midnight_the_zone_decides_the_day():
    late = MOMENT.replace(hour=23)
    with timezone.override(ZoneInfo("Asia/Tokyo")), translation.override("en-gb"):
        assert formats.long_date(late) == "14 April 2019"


@pytest.mark.parametrize(("language", "shown"), [("en-gb", "30,953"), ("de", "30.953"), ("fr", "30\u202f953")])
def test_numbers_are_grouped_as_the_language_does(language, shown):
    with translation.override(language):
        assert formats.number(30953) == shown


def test_months_stand_alone_or_with_their_year():
    with translation.override("de"):
        assert formats.month_name(4) == formats.month_name(MOMENT) == "April"
        assert formats.month_and_year(MOMENT) == "April 2019"


@pytest.mark.parametrize("name", ["iso", "long_date", "short_date", "full_date", "month_name", "month_and_year"])
def test_a_plain_day_has_every_form_too(name):
    assert formats.FILTERS[name](datetime.date(2019, 4, 13))


@pytest.mark.parametrize(("code", "shown"), [("gb", "United Kingdom"), ("DE", "Germany"), ("zz", "ZZ"), ("", "")])
def test_countries_have_names_and_unknown_codes_stay(code, shown):
    with translation.override("en-gb"):
        assert formats.country_name(code) in {shown, "Unknown Region"}


def test_a_language_calls_itself_by_its_own_name():
    assert [formats.language_name(code) for code in ("en-gb", "de", "ar")] == ["English", "Deutsch", "العربية"]


def test_templates_have_the_filters_and_translations():
    template = engines["jinja2"].from_string("{{ when|full_moment }} {{ 1234|number }} {{ _('Search') }}")
    with translation.override("en-gb"):
        assert template.render({"when": MOMENT}) == "Saturday, 13 April 2019 07:47 1,234 Search"


def test_templates_escape_what_is_put_into_a_translated_sentence():
    template = engines["jinja2"].from_string("{{ _('Found %(words)s', words=words) }}")
    assert template.render({"words": "<script>"}) == "Found &lt;script&gt;"
