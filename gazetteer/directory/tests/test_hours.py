from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.directory.hours import OpenState, check_hours, describe_state, open_state, suggest_hours, zone_at
from gazetteer.directory.hours_grammar import Hours, HoursError, stretches
from gazetteer.directory.week import opening_hours_specification, week_of

BERLIN = "Europe/Berlin"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def at(zone: str, *when: int, fold: int = 0) -> datetime:
    return datetime(*when, fold=fold, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type, misc]


# ---- the grammar


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "24/7",
        "Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off",
        "Mo-Fr  9:00-12:00, 13:00-17:30",
        "Mo–Fr 09:00–18:00",
        'Mo-Fr 08:00-19:00 || "on appointment"',
        'Su "by appointment | ; || only"',
        "sunrise-sunset",
        "Mo[1] 10:00-12:00; easter -2 days off; week 1-53/2 We 10:00-12:00",
        "Feb 29 10:00-12:00",
    ],
)
def test_what_the_grammar_allows_is_accepted(text):
    assert check_hours(text) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Mo-Fr 9-17", "“9-17”"),
        ("Mon - Fri 11am - 11pm", "“n - Fri 11am - 11pm”"),
        ("10am-3pm 5pm-10:30 / 7 days", "Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off"),
        ("+423 232 48 18", "cannot be read"),
        ("<script>alert(1)</script>", "cannot be read"),
        ("Mo 25:00-26:00", "cannot be read"),
        ("Feb 30 10:00-12:00", "no such date: Feb 30"),
        ('Mo 10:00-12:00 "unclosed', "cannot be read"),
        ("Mo 10:00-12:00 || || Tu", "cannot be read"),
        ("||", "cannot be read"),
        ("Mo 10:00-12:00;" * 200, "1000 characters at most"),
        ("\x00", "cannot be read"),
        ("📅", "cannot be read"),
    ],
)
def test_rubbish_gets_a_message_that_says_where_and_how(text, says):
    assert says in check_hours(text)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Mo-fr 9-17", "Mo-Fr 09:00-17:00"),
        ("Mon - Fri 11am - 11pm, Sat 12am - 11pm, Sun 2pm - 10pm", "Mo-Fr 11:00-23:00; Sa 00:00-23:00; Su 14:00-22:00"),
        ("mon to fri 9-5.30pm", "Mo-Fr 09:00-17:30"),
        ("Mo: Closed;Tu-Sat: 10:00-18:00;Su: 12:00-16:00", "Mo Closed; Tu-Sa 10:00-18:00; Su 12:00-16:00"),
        ("Mo-Fr 09:00-12:00 & 14:00-18:00", "Mo-Fr 09:00-12:00,14:00-18:00"),
        ("Mo-sa 11am-12am", "Mo-Sa 11:00-24:00"),
        ("We-Fr 13-18 Sa 12-18", "We-Fr 13:00-18:00; Sa 12:00-18:00"),
        ('Mo-Fr 9-17 "ring 9-10"', 'Mo-Fr 09:00-17:00 "ring 9-10"'),
        ("+423 232 48 18", ""),
        ("ask at the bar", ""),
    ],
)
def test_what_people_write_gets_a_suggestion(text, better):
    assert suggest_hours(text) == better
    assert (f"Did you mean: {better}?" in check_hours(text)) == bool(better)


ALPHABET = st.sampled_from([
    *DAYS, "PH", "SH", "Jan", "Feb 30", "2026", "week", "easter", "24/7", "off", "open", "unknown", "sunrise",
    "sunset", "09:00-17:00", "22:00-02:00", "00:00-00:00", "20:00-48:00", "10:00+", "(sunset-01:00)",
    '"note"', '"', "||", ";", ",", "-", " ", "[1]", "/2", "+", "[-1]", "\n", "é", "0", "99999999999999999999",
])  # fmt: skip


@given(st.lists(ALPHABET, max_size=12).map(lambda parts: " ".join(parts)) | st.text(max_size=60))
def test_nothing_ever_raises_whatever_the_text(text):
    now = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
    message = check_hours(text)
    state = open_state(text, BERLIN, "DE", now, (52.5, 13.4))
    week = week_of(Hours(text, BERLIN, "DE", (52.5, 13.4)), "en-gb", date(2026, 3, 28))
    specification = opening_hours_specification(Hours(text, BERLIN, "DE"), date(2026, 3, 28))
    if message or not text.strip():
        assert (state, week, specification) == (OpenState("unknown"), None, [])
    else:
        assert week is not None
    assert state.until is None or state.until > now


@pytest.mark.parametrize("country", ["", "XX", "de", "IN", "../etc", "🇩🇪"])
@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "/etc/passwd", "../../etc/passwd", "Europe", "a\x00b"])
def test_rubbish_for_zone_and_country_means_unknown(zone, country):
    assert open_state("24/7", zone, country, datetime(2026, 1, 1, tzinfo=UTC)) == OpenState("unknown")


# ---- against a slow and simple model of a week

CLOCK = st.integers(0, 47).map(lambda half: half * 30)
OPENING = st.tuples(CLOCK, st.integers(1, 20).map(lambda half: half * 30))
WEEK = st.lists(st.one_of(st.none(), OPENING), min_size=7, max_size=7)


def clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def as_text(week: list[tuple[int, int] | None]) -> str:
    rules = [
        f"{day} {clock(o[0])}-{clock(o[0] + o[1])}" if o else f"{day} off" for day, o in zip(DAYS, week, strict=True)
    ]
    return "; ".join(rules)


def is_open_by_hand(week: list[tuple[int, int] | None], moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    today, yesterday = week[moment.weekday()], week[moment.weekday() - 1]
    open_today = today is not None and today[0] <= minute < sum(today)
    return open_today or (yesterday is not None and minute + 1440 < sum(yesterday))


@given(WEEK, st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)))
def test_any_week_is_read_as_a_person_would_nights_included(week, moment):
    moment = moment.replace(tzinfo=UTC)
    state = open_state(as_text(week), "UTC", "", moment)
    assert (state.state == "open") == is_open_by_hand(week, moment)
    if state.until:
        just_before = state.until - timedelta(minutes=1)
        assert is_open_by_hand(week, max(just_before, moment)) == (state.state == "open")
        assert is_open_by_hand(week, state.until) != (state.state == "open")


# ---- open now


@pytest.mark.parametrize(
    ("text", "now", "state", "until"),
    [
        ("Mo-Fr 09:00-18:00", (2026, 3, 25, 9, 0), "open", (2026, 3, 25, 18, 0)),
        ("Mo-Fr 09:00-18:00", (2026, 3, 25, 18, 0), "closed", (2026, 3, 26, 9, 0)),
        ("Mo-Fr 09:00-18:00", (2026, 3, 27, 18, 0), "closed", (2026, 3, 30, 9, 0)),
        ("24/7", (2026, 3, 25, 9, 0), "open", None),
        ("off", (2026, 3, 25, 9, 0), "closed", None),
        ("Jul-Aug 10:00-12:00", (2026, 3, 25, 9, 0), "closed", (2026, 7, 1, 10, 0)),
        ("Fr 20:00-02:00; Sa 11:00-15:00", (2026, 3, 28, 1, 0), "open", (2026, 3, 28, 2, 0)),
        ("Fr 18:00-02:00; PH off", (2026, 4, 4, 1, 0), "closed", (2026, 4, 10, 18, 0)),  # the Friday was Good Friday
        ("Th 18:00-02:00; PH off", (2026, 4, 3, 1, 0), "open", (2026, 4, 3, 2, 0)),
        ("Mo-Fr 22:00-26:00", (2026, 3, 26, 1, 59), "open", (2026, 3, 26, 2, 0)),
        ("Mo-Fr 09:00-18:00; PH off", (2026, 4, 3, 12, 0), "closed", (2026, 4, 7, 9, 0)),  # Easter
        ("Mo-Fr 09:00-18:00; PH 10:00-12:00", (2026, 4, 6, 11, 0), "open", (2026, 4, 6, 12, 0)),
        ("Mo-Su 11:00+", (2026, 3, 25, 12, 0), "open", None),
        ("Mo-Su 11:00+", (2026, 3, 25, 10, 0), "closed", (2026, 3, 25, 11, 0)),
        ('Mo-Fr "by appointment"', (2026, 3, 25, 10, 0), "unknown", (2026, 3, 28, 0, 0)),
        ('Mo-Fr 10:00-12:00 open "ring"', (2026, 3, 25, 10, 0), "open", (2026, 3, 25, 12, 0)),
        ('Mo-Fr 08:00-19:00 || "on appointment"', (2026, 3, 25, 20, 0), "unknown", (2026, 3, 26, 8, 0)),
        ('Mo-Fr 08:00-19:00 || "on appointment"', (2026, 3, 25, 10, 0), "open", (2026, 3, 25, 19, 0)),
    ],
)
def test_open_now_and_until_when(text, now, state, until):
    found = open_state(text, BERLIN, "DE", at(BERLIN, *now))
    assert found.state == state
    assert found.until == (at(BERLIN, *until) if until else None)


def test_the_clock_is_the_places_own():
    now = datetime(2026, 1, 15, 8, 30, tzinfo=UTC)
    states = {zone: open_state("Mo-Fr 09:00-17:00", zone, "", now).state for zone in ("UTC", BERLIN, "Asia/Tokyo")}
    assert states == {"UTC": "closed", BERLIN: "open", "Asia/Tokyo": "closed"}


@pytest.mark.parametrize("country", ["US", "FR", "GB", "NZ"])
def test_holidays_are_those_of_the_listings_country(country):
    independence_day = datetime(2025, 7, 4, 12, tzinfo=UTC)
    state = open_state("Mo-Fr 09:00-18:00; PH off", "UTC", country, independence_day).state
    assert state == ("closed" if country == "US" else "open")


@pytest.mark.parametrize(
    ("zone", "before", "until", "hours_left"),
    [
        (BERLIN, (2026, 3, 28, 22, 0), (2026, 3, 29, 5, 0), 6),  # an hour is leapt over
        (BERLIN, (2026, 10, 24, 22, 0), (2026, 10, 25, 5, 0), 8),  # an hour comes twice
        ("America/New_York", (2026, 3, 7, 22, 0), (2026, 3, 8, 5, 0), 6),
        ("Australia/Lord_Howe", (2026, 4, 4, 22, 0), (2026, 4, 5, 5, 0), 7.5),  # half an hour
        ("Africa/Cairo", (2026, 4, 23, 22, 0), (2026, 4, 24, 5, 0), 6),  # at midnight itself
        ("Asia/Kolkata", (2026, 3, 28, 22, 0), (2026, 3, 29, 5, 0), 7),  # never changes
    ],
)
def test_a_night_in_which_the_clock_changes_ends_by_the_clock(zone, before, until, hours_left):
    now = at(zone, *before)
    found = open_state("Mo-Su 20:00-05:00", zone, "", now)
    assert found.until == at(zone, *until)
    assert found.until.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=hours_left)


@pytest.mark.parametrize("zone", ["Africa/Cairo", "Asia/Beirut", "America/Santiago", "America/St_Johns", BERLIN])
def test_no_day_of_the_year_and_no_missing_midnight_is_too_odd(zone):
    for day in range(365):
        now = datetime(2026, 1, 1, 7, 30, tzinfo=UTC) + timedelta(days=day)
        assert open_state("Mo-Su 10:00-11:00", zone, "", now).until is not None
        assert week_of(Hours("Mo-Su 10:00-11:00", zone), "en-gb", now.date()) is not None


def test_an_hour_that_comes_twice_does_not_open_twice():
    early, late = at(BERLIN, 2026, 10, 25, 2, 45), at(BERLIN, 2026, 10, 25, 2, 15, fold=1)
    after = at(BERLIN, 2026, 10, 25, 2, 45, fold=1)
    states = [open_state("Mo-Su 20:00-02:30", BERLIN, "", moment).state for moment in (early, late, after)]
    assert states == ["open", "open", "closed"]


def test_a_closing_time_that_the_clock_leaps_over_still_comes():
    found = open_state("Mo-Su 20:00-02:30", BERLIN, "", at(BERLIN, 2026, 3, 28, 23, 0))
    assert found.state == "open"
    assert found.until is not None
    assert found.until.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@example(datetime(2026, 2, 28, 6, tzinfo=UTC), "America/St_Johns")  # eight days later that hour does not exist
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC)),
    st.sampled_from([BERLIN, "America/St_Johns"]),
)
def test_what_is_promised_comes_true_at_that_moment_and_not_before(now, zone):
    text = "Mo-Th 10:00-01:00; Fr 10:00-02:30; Sa 00:30-05:00; PH off"
    found = open_state(text, zone, "DE", now)
    assert found.until is not None
    moment = found.until.astimezone(UTC)
    assert open_state(text, zone, "DE", moment).state != found.state
    assert open_state(text, zone, "DE", max(now, moment - timedelta(seconds=1))).state == found.state


def test_the_sun_needs_to_know_where_the_place_is():
    now = at(BERLIN, 2026, 6, 20, 21, 0)
    assert open_state("sunrise-sunset", BERLIN, "DE", now) == OpenState("unknown")
    found = open_state("sunrise-sunset", BERLIN, "DE", now, (52.5, 13.4))
    assert found.state == "open"
    assert found.until is not None
    assert time(21, 25) < found.until.time() < time(21, 40)


@pytest.mark.parametrize(
    ("text", "now", "words"),
    [
        ("Mo-Fr 09:00-18:00", (2026, 3, 25, 12, 0), "Open now, closes at 18:00"),
        ("Mo-Fr 09:00-18:00", (2026, 3, 25, 8, 0), "Closed, opens at 09:00"),
        ("Mo-Fr 09:00-18:00", (2026, 3, 27, 20, 0), "Closed, opens Monday at 09:00"),
        ("Mo-Su 20:00-05:00", (2026, 3, 25, 23, 0), "Open now, closes at 05:00"),
        ("Jul-Aug 10:00-12:00", (2026, 3, 25, 12, 0), "Closed, opens 1 July 2026"),
        ("24/7", (2026, 3, 25, 12, 0), "Open now"),
        ("off", (2026, 3, 25, 12, 0), "Closed"),
        ('"call first"', (2026, 3, 25, 12, 0), "call first"),
        ("nonsense", (2026, 3, 25, 12, 0), ""),
    ],
)
def test_the_state_in_one_line(text, now, words):
    moment = at(BERLIN, *now)
    assert describe_state(open_state(text, BERLIN, "DE", moment), moment, "en-gb") == words


def test_the_line_writes_times_as_the_language_does():
    moment = at("America/New_York", 2026, 3, 25, 12, 0)
    state = open_state("Mo-Fr 09:00-18:00", "America/New_York", "US", moment)
    assert describe_state(state, moment, "en-us").replace("\u202f", " ") == "Open now, closes at 6:00 PM"


def test_unreadable_hours_have_no_stretches():
    with pytest.raises(HoursError, match="cannot be read"):
        stretches(Hours("nonsense"), datetime(2026, 1, 1), datetime(2026, 1, 2))


@pytest.mark.parametrize(
    ("position", "zone"),
    [
        ((48.85, 2.35), "Europe/Paris"),
        ((-36.85, 174.76), "Pacific/Auckland"),
        ((1000.0, 0.0), ""),
        ((float("nan"), 0.0), ""),
    ],
)
def test_the_zone_of_a_position(position, zone):
    assert zone_at(position) == zone
