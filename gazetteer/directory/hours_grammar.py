"""OpenStreetMap's opening hours, read and evaluated: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification

The work is done by the library `opening_hours`. Three rules of the specification that it does not follow are kept here,
each by rewriting the text before the library reads it:

* a comment without a state word means *unknown* ("by appointment"), not open;
* what stands after `||` holds whenever everything before it is closed;
* a night belongs to the day it began on: with `Fr 20:00-02:00; Sa 11:00-15:00` it is open on Saturday at 01:00, and
  with `Fr 20:00-02:00; PH off` it is closed in the night after a Friday that is a holiday. The library lets the next
  day's rule cut the night off, so nights are evaluated apart, as the morning hours of the day they began on.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import opening_hours
from django.utils.translation import gettext as _

Position = tuple[float, float]
State = Literal["open", "closed", "unknown"]

LONGEST = 1000  # characters; OpenStreetMap itself allows 255
DAY = timedelta(days=1)
MIDNIGHT = time(0, 0)
STATES: dict[opening_hours.State, State] = {
    opening_hours.State.OPEN: "open",
    opening_hours.State.CLOSED: "closed",
    opening_hours.State.UNKNOWN: "unknown",
}
# The library's own stubs leave its exceptions out.
LIBRARY_ERRORS: tuple[type[Exception], ...] = tuple(
    getattr(opening_hours, name) for name in ("ParserError", "UnknownCountryError", "InvalidCoordinatesError")
)

COMMENT = re.compile(r'("[^"]*")')
STATE_WORD = re.compile(r"\b(open|closed|off|unknown)\s*$", re.IGNORECASE)
SUN = re.compile(r"\b(sunrise|sunset|dawn|dusk)\b", re.IGNORECASE)
IMPOSSIBLE_DATE = re.compile(r"\b(Feb\s+(?:30|31)|(?:Apr|Jun|Sep|Nov)\s+31)\b", re.IGNORECASE)
MOMENT = r"(?:\d{1,2}:\d\d|\((?:sunrise|sunset|dawn|dusk)\s*[+-]\s*\d\d?:\d\d\)|sunrise|sunset|dawn|dusk)"
TIMES = re.compile(rf"({MOMENT})\s*-\s*({MOMENT})(?:\s*\+|/\d+(?::\d+)?)?|({MOMENT})\s*\+", re.IGNORECASE)
CLOCK = re.compile(r"\d{1,2}:\d\d")
NO_NIGHT = "00:00-00:01"  # stands for a time that does not pass midnight: no night is that short


class HoursError(ValueError):
    """The text is not opening hours; the message says from where on, and how to write them."""


@dataclass(frozen=True)
class Hours:
    """The opening hours of one place: OSM text, IANA time zone, ISO2 country and (latitude, longitude) in degrees."""

    text: str
    zone: str = ""
    country: str = ""
    position: Position | None = None


@dataclass(frozen=True)
class Stretch:
    """A time without change: from `start` to before `end`, by the clock of the place."""

    start: datetime
    end: datetime
    state: State
    comment: str = ""


@dataclass(frozen=True)
class Reading:
    """One group of rules, ready to be asked: the days themselves, and the nights as mornings of the day they begin."""

    days: opening_hours.OpeningHours
    nights: opening_hours.OpeningHours | None


def stretches(hours: Hours, start: datetime, end: datetime) -> list[Stretch]:
    """Every stretch from `start` to `end`, both in the place's zone (or naive); HoursError when unreadable.

    Whole days are evaluated and compared as instants, so that an hour which the clock shows twice is no riddle.
    """
    first = datetime.combine(start.date() - DAY, MIDNIGHT, start.tzinfo)
    layers = [layer for reading in readings_of(hours) for layer in layers_of(reading, first, end)]
    parts = merged(overlaid([[as_instants(part) for part in layer] for layer in layers]))
    return list(clipped(parts, start, end))


def as_instants(part: Stretch) -> Stretch:
    """In UTC: Python compares two moments of the same zone by their clocks alone, which is all a zoneless place has."""
    if part.start.tzinfo is None:
        return part
    return Stretch(part.start.astimezone(UTC), part.end.astimezone(UTC), part.state, part.comment)


def clipped(parts: list[Stretch], start: datetime, end: datetime) -> Iterator[Stretch]:
    """What lies between `start` and `end`, by the clock of `start`'s zone again."""
    zone = start.tzinfo
    first, last = (start.astimezone(UTC), end.astimezone(UTC)) if zone else (start, end)
    for part in parts:
        begins, ends = max(part.start, first), min(part.end, last)
        if begins < ends:
            at = (begins.astimezone(zone), ends.astimezone(zone)) if zone else (begins, ends)
            yield Stretch(*at, part.state, part.comment)


def layers_of(reading: Reading, start: datetime, end: datetime) -> Iterator[list[Stretch]]:
    yield evaluated(reading.days, start, end)
    if reading.nights is not None:
        yield nights_between(reading.nights, start, end)


def evaluated(rules: opening_hours.OpeningHours, start: datetime, end: datetime) -> list[Stretch]:
    found = rules.intervals(existing(start), existing(end))
    return [Stretch(a, b, STATES[state], comment) for a, b, state, comment in found]


def existing(moment: datetime) -> datetime:
    """The same instant by a clock that leaps: some days have no midnight, which the library refuses to begin with."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo) if moment.tzinfo else moment


def nights_between(nights: opening_hours.OpeningHours, start: datetime, end: datetime) -> list[Stretch]:
    """The hours after midnight, each from the day before; an hour that the clock shows twice counts to its second."""
    found = []
    for morning in evaluated(nights, start - DAY, end):
        for day, ends in full_mornings(morning):
            begins = datetime.combine(day + DAY, MIDNIGHT, start.tzinfo)
            until = on_the_clock(day + DAY, ends, start.tzinfo)
            found.append(Stretch(begins, until, morning.state, morning.comment))
    return found


def on_the_clock(day: date, at: time, zone: tzinfo | None) -> datetime:
    """That moment; the second of two if the clock shows it twice, and an hour later if it leaps over it."""
    moment = datetime.combine(day, at, zone)
    twice_or_never = moment.replace(fold=1)
    if zone is None or moment.utcoffset() == twice_or_never.utcoffset():
        return moment
    leapt_over = twice_or_never.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != moment.replace(
        tzinfo=None
    )
    return moment if leapt_over else twice_or_never


def full_mornings(stretch: Stretch) -> Iterator[tuple[date, time]]:
    """The days on which this stretch stands for a night, and when that ends; a whole day is no night."""
    if stretch.state == "closed":
        return
    start, end = stretch.start.replace(tzinfo=None), stretch.end.replace(tzinfo=None)
    day = end.date()
    if datetime.combine(day, time(0, 1)) < end and start <= datetime.combine(day, MIDNIGHT):
        yield day, end.time()


def overlaid(layers: list[list[Stretch]]) -> Iterator[Stretch]:
    """The first layer, which has no gaps, and where it is closed the next one, and so on."""
    top, *below = layers
    for layer in below:
        top = list(filled(top, layer))
    yield from top


def filled(top: list[Stretch], below: list[Stretch]) -> Iterator[Stretch]:
    """`top` with its closed stretches broken where `below` is not closed; both in order of time."""
    useful = [part for part in below if part.state != "closed"]
    ends = [part.end for part in useful]
    for part in top:
        start = part.start
        for other in useful[bisect_right(ends, part.start) :] if part.state == "closed" else ():
            if other.start >= part.end:
                break
            if other.start > start:
                yield Stretch(start, other.start, part.state, part.comment)
            start = min(other.end, part.end)
            yield Stretch(max(other.start, part.start), start, other.state, other.comment)
        if start < part.end:
            yield Stretch(start, part.end, part.state, part.comment)


def merged(parts: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for part in parts:
        same = found and (found[-1].state, found[-1].comment) == (part.state, part.comment)
        start = found.pop().start if same else part.start
        found.append(Stretch(start, part.end, part.state, part.comment))
    return found


def readings_of(hours: Hours) -> tuple[Reading, ...]:
    sun = hours.position if SUN.search(hours.text) else None
    return readings(hours.text, hours.zone, hours.country, sun)


@lru_cache(maxsize=4096)
def readings(text: str, zone: str, country: str, position: Position | None) -> tuple[Reading, ...]:
    """The groups of rules between `||`, read; raises HoursError with a message for people."""
    check_shape(text)
    groups = split_outside_comments(tidy(text), "||")
    for group in groups:
        check_grammar(text, group)
    return tuple(reading(with_unknown_comments(group), zone, country, position) for group in groups)


def reading(group: str, zone: str, country: str, position: Position | None) -> Reading:
    days, nights = nights_apart(group)
    try:
        parsed = [
            opening_hours.OpeningHours(
                rules, timezone=zone_of(zone), country=calendar_country(country), coords=position, auto_country=False
            )
            for rules in (days, nights)
            if rules
        ]
    except LIBRARY_ERRORS as error:
        raise HoursError(str(error)) from None
    return Reading(parsed[0], parsed[1] if nights else None)


def check_shape(text: str) -> None:
    """Refuse what the library would read as something else or not at all."""
    if not text.strip():
        raise HoursError(_("No opening hours are given."))
    if len(text) > LONGEST:
        raise HoursError(_("Opening hours may have %(most)d characters at most.") % {"most": LONGEST})
    if found := IMPOSSIBLE_DATE.search(text):
        raise HoursError(_("There is no such date: %(date)s.") % {"date": found[0]})


def check_grammar(text: str, group: str) -> None:
    """Ask the library, and say in words from where on it did not understand."""
    try:
        opening_hours.OpeningHours(group)
    except LIBRARY_ERRORS as error:
        column = re.search(r"--> \d+:(\d+)", str(error))
        rest = group[int(column[1]) - 1 :] if column else group
        raise HoursError(
            _(
                "“%(text)s” cannot be read as opening hours from “%(rest)s” on. "
                "Write them like this: Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off"
            )
            % {"text": text[:80], "rest": (rest.strip() or group or text)[:40]}
        ) from None


def tidy(text: str) -> str:
    """One space where there are several, and the hyphen for the dashes that word processors make of it."""
    parts = COMMENT.split(text)
    parts[::2] = [re.sub(r"\s+", " ", re.sub("[‐‑‒–—]", "-", part)) for part in parts[::2]]
    return "".join(parts)


def with_unknown_comments(text: str) -> str:
    """Write *unknown* before each comment that follows no state word, as the specification reads it."""
    parts = COMMENT.split(text)
    for at in range(1, len(parts), 2):
        if not STATE_WORD.search(parts[at - 1]):
            parts[at - 1] = f"{parts[at - 1].rstrip()} unknown "
    return "".join(parts).strip()


def nights_apart(text: str) -> tuple[str, str]:
    """The rules with every time cut at midnight, and the same rules with only what lies beyond it (empty if none)."""
    parts = COMMENT.split(text)
    days, nights = list(parts), list(parts)
    days[::2] = [TIMES.sub(until_midnight, part) for part in parts[::2]]
    nights[::2] = [TIMES.sub(after_midnight, part) for part in parts[::2]]
    return ("".join(days), "".join(nights)) if days != parts else (text, "")


def until_midnight(times: re.Match[str]) -> str:
    return f"{times[1]}-24:00" if night_end(times) else times[0]


def after_midnight(times: re.Match[str]) -> str:
    return f"00:00-{night_end(times) or NO_NIGHT[-5:]}"


def night_end(times: re.Match[str]) -> str:
    """When the night of `22:00-02:00` or `22:00-26:00` ends, `02:00`; empty if it does not pass midnight."""
    opens, closes = times[1] or "", times[2] or ""
    if not CLOCK.fullmatch(opens) or not CLOCK.fullmatch(closes):
        return ""
    start, end = minutes(opens), minutes(closes)
    end = end if end > start else end + 24 * 60
    beyond = end - 24 * 60
    return f"{beyond // 60:02}:{beyond % 60:02}" if 1 < beyond < 24 * 60 else ""


def minutes(clock: str) -> int:
    hours, _colon, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


def split_outside_comments(text: str, separator: str) -> list[str]:
    groups = [""]
    for part in COMMENT.split(text):
        first, *more = [part] if part.startswith('"') else part.split(separator)
        groups[-1] += first
        groups.extend(more)
    return [group.strip() for group in groups]


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of that name, or None: a listing may carry any rubbish, and a path is no zone either."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


@lru_cache(maxsize=512)
def calendar_country(country: str) -> str | None:
    """The ISO2 code in capitals if public holidays of that country are known, else None."""
    code = country.strip().upper()
    try:
        opening_hours.OpeningHours("24/7", country=code)
    except LIBRARY_ERRORS:
        return None
    return code


@lru_cache(maxsize=4096)
def zone_at(position: Position) -> str:
    """The name of the time zone at (latitude, longitude), for listings that come without one; empty if unknown."""
    try:
        place = opening_hours.OpeningHours("24/7", coords=position)
    except LIBRARY_ERRORS:
        return ""
    start, *_rest = next(place.intervals())
    return getattr(start.tzinfo, "key", "")
