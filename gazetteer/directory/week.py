"""Opening hours as visitors read them: a table of the week, the special days ahead, and schema.org's list.

A table shows the usual week: for each weekday what holds most often in the five weeks from the day asked for (the
nearest wins a tie, so a season's change shows when it has come). Days of the next fortnight that differ, and public
holidays, are listed after it with their dates.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import opening_hours
from babel.dates import format_date, format_time, get_day_names
from django.utils.translation import gettext as _

from gazetteer.directory.hours import OPEN_END
from gazetteer.directory.hours_grammar import (
    DAY,
    MIDNIGHT,
    SUN,
    Hours,
    HoursError,
    State,
    Stretch,
    calendar_country,
    split_outside_comments,
    stretches,
    zone_of,
)
from gazetteer.web.locales import babel_locale

WEEKS = 5
DAYS_AHEAD = 14
NIGHT_ENDS = 12  # o'clock: what began the day before and ends by then still belongs to that day
SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_WORD = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"
HOLIDAY_RULE = re.compile(rf"^\s*((?:{DAY_WORD}(?:\s*-\s*{DAY_WORD})?\s*,?\s*)*\bPH\b[\w,\s-]*?)\s+(?=\S)(.+)$", re.I)
CLOSED_ALL_DAY: dict[str, object] = {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"}
REMARK = re.compile(r'(?:unknown\s*)?"([^"]*)"')
HOLIDAY = re.compile(r"\bPH\b")


@dataclass(frozen=True)
class Span:
    """One time of being open on a day; `closes` is None when no end is given, and 00:00 is the end of the day."""

    opens: time
    closes: time | None
    state: State = "open"
    comment: str = ""

    @property
    def all_day(self) -> bool:
        return self.opens == self.closes == MIDNIGHT

    @property
    def past_midnight(self) -> bool:
        return self.closes is not None and MIDNIGHT < self.closes <= self.opens


@dataclass(frozen=True)
class Day:
    """What holds on one day: its spans in order, or why it is closed."""

    spans: tuple[Span, ...] = ()
    comment: str = ""

    @property
    def closed(self) -> bool:
        return not self.spans


@dataclass(frozen=True)
class Row:
    """One line of the table: the day's name in the visitor's language, and its hours in words."""

    name: str
    texts: tuple[str, ...]
    day: Day
    weekday: int | None = None  # 0 is Monday
    on: date | None = None  # special days only
    is_today: bool = False
    is_holiday: bool = False
    note: str = ""


@dataclass(frozen=True)
class Week:
    """The whole of a listing's hours for its page; `holidays_known` tells whether its country's calendar is known."""

    rows: tuple[Row, ...]
    special: tuple[Row, ...]
    holidays_known: bool
    otherwise: str = ""  # what the text says of all other times, such as "by appointment"


def week_of(hours: Hours, language: str, today: date) -> Week | None:
    """Table and special days from `today` (the place's own date) on; None without hours or with unreadable ones."""
    text, otherwise = without_remark(hours.text)
    dated = replace(hours, text=text)
    try:
        days = days_ahead(dated, today)
    except HoursError:
        return None
    usual = usual_week(days)
    special = tuple(special_days(dated, days, usual, language))
    known = calendar_country(hours.country) is not None
    return Week(tuple(table(dated, usual, language, today)), special, known, otherwise)


def without_remark(text: str) -> tuple[str, str]:
    """The text without a last `|| "by appointment"`, and that remark: in the table it would fill every gap."""
    *rules, last = split_outside_comments(text, "||")
    remark = REMARK.fullmatch(last)
    return (" || ".join(rules), remark[1]) if rules and remark else (text, "")


def table(hours: Hours, usual: dict[int, Day], language: str, today: date) -> list[Row]:
    """The seven weekdays in the order of the language's country, and the rule for public holidays if there is one."""
    locale = babel_locale(language)
    names = get_day_names("wide", "stand-alone", locale)
    order = [(locale.first_week_day + offset) % 7 for offset in range(7)]
    rows = [
        Row(names[day], texts_of(usual[day], language), usual[day], weekday=day, is_today=day == today.weekday())
        for day in order
    ]
    return rows + holiday_row(hours, language, today)


def holiday_row(hours: Hours, language: str, today: date) -> list[Row]:
    """The rule for public holidays on its own, so that it shows in countries whose calendar nobody knows too."""
    rules = [HOLIDAY_RULE.match(rule) for rule in split_outside_comments(hours.text, ";")]
    bodies = [rule[2] for rule in rules if rule]
    if not bodies:
        return []
    try:
        day = days_between(Hours(bodies[-1], hours.zone, "", hours.position), today, today)[today]
    except HoursError:
        return []
    return [Row(_("Public holidays"), texts_of(day, language), day, is_holiday=True)]


def special_days(hours: Hours, days: dict[date, Day], usual: dict[int, Day], language: str) -> list[Row]:
    """The days of the next fortnight that are not as usual, and public holidays no rule speaks of."""
    return [
        special_row(hours, day, days[day], language)
        for day in sorted(days)[:DAYS_AHEAD]
        if not alike(days[day], usual[day.weekday()], hours) or (days[day].spans and holiday_unspoken_of(hours, day))
    ]


def alike(day: Day, usual: Day, hours: Hours) -> bool:
    """Whether both say the same; hours by the sun differ every day and are still the usual ones."""
    if not SUN.search(hours.text):
        return day == usual
    return [span.state for span in day.spans] == [span.state for span in usual.spans]


def special_row(hours: Hours, day: date, found: Day, language: str) -> Row:
    name = format_date(day, day_and_month(language), locale=babel_locale(language))
    note = _("Hours may differ on this public holiday.") if holiday_unspoken_of(hours, day) else ""
    holiday = is_public_holiday(day, hours.country)
    return Row(name, texts_of(found, language), found, weekday=day.weekday(), on=day, is_holiday=holiday, note=note)


@lru_cache(maxsize=64)
def day_and_month(language: str) -> str:
    """The language's own pattern for weekday, day and month, which Babel keeps only with the year: drop that."""
    pattern = babel_locale(language).datetime_skeletons.get("MMMEd")
    return pattern.pattern if pattern else "EEE d MMM"


def holiday_unspoken_of(hours: Hours, day: date) -> bool:
    spoken = HOLIDAY.search(hours.text) or hours.text.strip() == "24/7"
    return not spoken and is_public_holiday(day, hours.country)


@lru_cache(maxsize=4096)
def is_public_holiday(day: date, country: str) -> bool:
    """Whether `day` is a holiday in the whole of the ISO2 country; False too where its calendar is not known."""
    known = calendar_country(country)
    if known is None:
        return False
    return opening_hours.OpeningHours("PH", country=known).is_open(datetime.combine(day, time(12)))


def days_ahead(hours: Hours, today: date) -> dict[date, Day]:
    return days_between(hours, today, today + timedelta(days=7 * WEEKS - 1))


def usual_week(days: dict[date, Day]) -> dict[int, Day]:
    """By weekday (0 is Monday) what holds most often on those days, the earliest if several do."""
    return {
        weekday: Counter(days[day] for day in sorted(days) if day.weekday() == weekday).most_common(1)[0][0]
        for weekday in range(7)
    }


def days_between(hours: Hours, first: date, last: date) -> dict[date, Day]:
    """What holds on each day from `first` to `last`, by wall clock: what begins before midnight stays whole."""
    zone = zone_of(hours.zone)
    start, end = (datetime.combine(day, MIDNIGHT, zone) for day in (first - DAY, last + 2 * DAY))
    spans: dict[date, list[Span]] = {first + n * DAY: [] for n in range((last - first).days + 1)}
    comments: dict[date, str] = {}
    for stretch in stretches(hours, start, end):
        for day, span in pieces(stretch, hours):
            if day not in spans:
                continue
            if stretch.state == "closed":
                comments[day] = comments.get(day) or stretch.comment
            else:
                spans[day].append(span)
    return {day: Day(tuple(found), "" if found else comments.get(day, "")) for day, found in spans.items()}


def pieces(stretch: Stretch, hours: Hours) -> list[tuple[date, Span]]:
    """The stretch cut at midnights, unless all of it is one night's end of the day it began on."""
    start, end = stretch.start.replace(tzinfo=None), stretch.end.replace(tzinfo=None)
    next_noon = datetime.combine(start.date() + DAY, time(NIGHT_ENDS))
    if start.time() != MIDNIGHT and end <= next_noon:
        return [(start.date(), span_of(start, end, stretch, hours))]
    found = []
    while start < end:
        until = min(end, datetime.combine(start.date() + DAY, MIDNIGHT))
        found.append((start.date(), span_of(start, until, stretch, hours)))
        start = until
    return found


def span_of(start: datetime, end: datetime, stretch: Stretch, hours: Hours) -> Span:
    endless = end.time() == MIDNIGHT and f"{start:%H:%M}" in open_ends(hours.text)
    return Span(start.time(), None if endless else end.time(), stretch.state, stretch.comment)


@lru_cache(maxsize=1024)
def open_ends(text: str) -> frozenset[str]:
    """The hours from which it is open with no end given, `11:00+`."""
    return frozenset(hour.zfill(5) for hour in OPEN_END.findall(text))


def texts_of(day: Day, language: str) -> tuple[str, ...]:
    """A day in words, one text a span: "09:00–12:00", "Open 24 hours", "by appointment", "Closed"."""
    if day.closed:
        return (with_comment(_("Closed"), day.comment),)
    return tuple(text_of(span, language) for span in day.spans)


def text_of(span: Span, language: str) -> str:
    locale = babel_locale(language)
    if span.all_day:
        if span.state == "unknown":
            return span.comment or _("Not certain")
        return with_comment(_("Open 24 hours"), span.comment)
    opens = format_time(span.opens, "short", locale=locale)
    if span.closes is None:
        return with_comment(_("from %(time)s") % {"time": opens}, span.comment)
    words = f"{opens}–{format_time(span.closes, 'short', locale=locale)}"
    return with_comment(words, span.comment or (_("not certain") if span.state == "unknown" else ""))


def with_comment(words: str, comment: str) -> str:
    return f"{words} ({comment})" if comment else words


def opening_hours_specification(hours: Hours, today: date) -> list[dict[str, object]]:
    """schema.org's `openingHoursSpecification`: the usual week, then dated exceptions; empty for unreadable hours.

    Times known only "by appointment" are left out: the vocabulary has no word for them.
    """
    try:
        days = days_ahead(hours, today)
    except HoursError:
        return []
    usual = usual_week(days)
    dated = [
        entry
        for day in sorted(days)[:DAYS_AHEAD]
        if not alike(days[day], usual[day.weekday()], hours)
        for entry in dated_specification(day, days[day])
    ]
    return weekly_specification(usual) + dated


def weekly_specification(usual: dict[int, Day]) -> list[dict[str, object]]:
    by_span: dict[Span, list[str]] = {}
    for weekday in range(7):
        for span in open_spans(usual[weekday]):
            by_span.setdefault(span, []).append(f"https://schema.org/{SCHEMA_DAYS[weekday]}")
    return [specification(span) | {"dayOfWeek": days} for span, days in by_span.items()]


def dated_specification(day: date, found: Day) -> list[dict[str, object]]:
    valid = {"validFrom": day.isoformat(), "validThrough": day.isoformat()}
    return [specification(span) | valid for span in open_spans(found)] or [CLOSED_ALL_DAY | valid]


def open_spans(day: Day) -> list[Span]:
    """Spans without their comments, so that days alike but for a remark stand together."""
    return [Span(span.opens, span.closes) for span in day.spans if span.state == "open"]


def specification(span: Span) -> dict[str, object]:
    """One entry; the end of the day is 23:59 there, for 00:00 to 00:00 means closed."""
    ends_day = span.closes in (None, MIDNIGHT)
    closes = "23:59" if ends_day or span.closes is None else f"{span.closes:%H:%M}"
    return {"@type": "OpeningHoursSpecification", "opens": f"{span.opens:%H:%M}", "closes": closes}
