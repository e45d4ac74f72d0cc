from datetime import date

import pytest
from django.utils import translation

from gazetteer.directory.hours_grammar import Hours
from gazetteer.directory.week import Week, opening_hours_specification, week_of

WEDNESDAY = date(2026, 3, 25)  # ten days before Easter
MONDAY, FRIDAY = 0, 4


def week(text: str, country: str = "DE", language: str = "en-gb", today: date = WEDNESDAY) -> Week:
    found = week_of(Hours(text, "Europe/Berlin", country, (52.5, 13.4)), language, today)
    assert found is not None
    return found


def texts(text: str) -> dict[str, tuple[str, ...]]:
    return {row.name: row.texts for row in week(text).rows}


@pytest.mark.parametrize(
    ("text", "monday", "friday"),
    [
        ("24/7", ("Open 24 hours",), ("Open 24 hours",)),
        ("Mo-Th 09:00-12:00,14:00-18:00", ("09:00–12:00", "14:00–18:00"), ("Closed",)),
        ("Mo 09:00-12:00; Fr 20:00-05:00; Sa 11:00-12:00", ("09:00–12:00",), ("20:00–05:00",)),
        ("Fr 10:00-24:00; Sa 00:00-02:00", ("Closed",), ("10:00–02:00",)),
        ("Fr 10:00-24:00; Sa 00:00-24:00", ("Closed",), ("10:00–00:00",)),
        ("Mo-Fr 11:00+", ("from 11:00",), ("from 11:00",)),
        ('Mo "by appointment"; Fr off "rest day"', ("by appointment",), ("Closed (rest day)",)),
        ('Mo 10:00-12:00 "ring"; Fr 10:00-12:00 unknown', ("10:00–12:00 (ring)",), ("10:00–12:00 (not certain)",)),
        ('Mo 10:00-12:00; Mo 14:00-16:00; Fr open "self service"', ("14:00–16:00",), ("Open 24 hours (self service)",)),
    ],
)
def test_a_day_in_words(text, monday, friday):
    assert (texts(text)["Monday"], texts(text)["Friday"]) == (monday, friday)


@pytest.mark.parametrize(
    ("language", "first"),
    [("en-gb", "Monday"), ("en-us", "Sunday"), ("de", "Montag"), ("fr", "lundi"), ("ar-eg", "السبت"), ("xx", "Monday")],
)
def test_the_week_begins_as_the_language_has_it(language, first):
    rows = week("Mo-Fr 09:00-18:00", language=language).rows
    assert rows[0].name == first
    assert sorted(row.weekday for row in rows if row.weekday is not None) == list(range(7))


def test_today_is_marked_once():
    assert [row.name for row in week("24/7").rows if row.is_today] == ["Wednesday"]


def test_public_holidays_have_a_row_of_their_own_and_their_dates_ahead():
    found = week("Mo-Fr 09:00-18:00; PH 10:00-12:00")
    assert (found.rows[-1].name, found.rows[-1].texts) == ("Public holidays", ("10:00–12:00",))
    assert [(row.on, row.texts, row.is_holiday) for row in found.special] == [
        (date(2026, 4, 3), ("10:00–12:00",), True),
        (date(2026, 4, 6), ("10:00–12:00",), True),
    ]


@pytest.mark.parametrize("rule", ["PH off", "Su,PH off", "PH,Su off", "PH closed", "Su-Su,PH off"])
def test_the_rule_for_holidays_is_found_however_it_is_written(rule):
    row = week(f"Mo-Fr 09:00-18:00; {rule}").rows[-1]
    assert (row.name, row.texts) == ("Public holidays", ("Closed",))


def test_where_no_rule_speaks_of_a_holiday_visitors_are_warned():
    special = week("Mo-Fr 09:00-18:00").special
    assert [row.name for row in special] == ["Fri 3 Apr", "Mon 6 Apr"]
    assert all(row.note == "Hours may differ on this public holiday." for row in special)
    assert week("24/7").special == ()
    assert week("Sa 09:00-18:00").special == ()


def test_a_country_without_a_known_calendar_says_so_and_shows_the_rule():
    found = week("Mo-Fr 09:00-18:00; PH off", country="IN")
    assert not found.holidays_known
    assert found.special == ()
    assert found.rows[-1].name == "Public holidays"


def test_a_dated_exception_is_special_and_the_usual_week_stays():
    found = week('Mo-Fr 09:00-18:00; 2026 Mar 30 off "stocktaking"; PH off')
    assert found.rows[0].texts == ("09:00–18:00",)
    assert found.special[0].on == date(2026, 3, 30)
    assert found.special[0].texts == ("Closed (stocktaking)",)


def test_special_days_reach_a_fortnight_and_no_further():
    text = "Mo-Fr 09:00-18:00; 2026 Apr 07 off; 2026 Apr 08 off; PH 09:00-18:00"
    assert [row.on for row in week(text).special if row.on and row.on.month == 4] == [date(2026, 4, 7)]


def test_hours_by_the_sun_are_not_special_every_day():
    found = week("sunrise-sunset; PH off")
    assert [row.on for row in found.special] == [date(2026, 4, 3), date(2026, 4, 6)]


def test_a_remark_about_all_other_times_stands_apart():
    found = week('Mo-Fr 08:00-19:00 || "by appointment"')
    assert found.otherwise == "by appointment"
    assert found.rows[-1].texts == ("Closed",)


@pytest.mark.parametrize("text", ["", " ", "nonsense"])
def test_without_readable_hours_there_is_no_week(text):
    assert week_of(Hours(text), "en-gb", WEDNESDAY) is None
    assert opening_hours_specification(Hours(text), WEDNESDAY) == []


def test_a_listing_without_a_zone_has_a_week_all_the_same():
    found = week_of(Hours("Mo-Fr 09:00-18:00"), "en-gb", WEDNESDAY)
    assert found is not None
    assert found.rows[0].texts == ("09:00–18:00",)


def test_a_change_of_the_clock_does_not_show_in_the_week():
    autumn = week("Mo-Su 00:00-03:30,22:00-24:00", today=date(2026, 10, 24))
    assert {row.texts for row in autumn.rows} == {("22:00–03:30",)}


def test_the_words_are_translated_with_the_names():
    with translation.override("de"):
        assert week("off", language="de").rows[0].name == "Montag"


def test_search_engines_get_the_week_and_its_exceptions():
    found = opening_hours_specification(
        Hours("Mo-Fr 09:00-18:00; Fr 20:00-02:00; Sa 00:00-24:00; PH off", "Europe/Berlin", "DE"), WEDNESDAY
    )
    day = "https://schema.org/{}".format
    assert found == [
        {
            "@type": "OpeningHoursSpecification",
            "opens": "09:00",
            "closes": "18:00",
            "dayOfWeek": [day("Monday"), day("Tuesday"), day("Wednesday"), day("Thursday")],
        },
        {"@type": "OpeningHoursSpecification", "opens": "20:00", "closes": "23:59", "dayOfWeek": [day("Friday")]},
        {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "23:59", "dayOfWeek": [day("Saturday")]},
        {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00",
            "closes": "00:00",
            "validFrom": "2026-04-03",
            "validThrough": "2026-04-03",
        },
        {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00",
            "closes": "00:00",
            "validFrom": "2026-04-06",
            "validThrough": "2026-04-06",
        },
    ]


def test_appointments_are_not_told_to_search_engines_as_hours():
    assert opening_hours_specification(Hours('Mo "by appointment"'), WEDNESDAY) == []
