"""The date line of a page: many shapes, in English and the site's languages, in the site's zone unless it names one.

What a date line must be: the whole line is a date, with or without a day of the week, a time, a zone and a word such
as “Published”. A date inside a sentence is never one.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from babel.dates import get_day_names, get_month_names

from gazetteer.web.locales import babel_locale

ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
"""Minutes east of Greenwich for zone names whose meaning in a date line is settled enough."""

LABEL = re.compile(
    r"^(?:first |last )?(?:published|posted|updated|date|created|issued|dated|written)(?: on| at)?\s*[:\-–]?\s+", re.I
)
TIME = re.compile(
    r"(?:\bat\s+)?\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?:hrs|uhr|h)\b)?"
    r"|(?:\bat\s+)?\b(?P<bare>\d{1,2})\s*(?P<barehalf>[ap]\.?m\.?)(?![a-z])",
    re.I,
)
OFFSET = re.compile(r"(?:(?:utc|gmt)\s*)?(?P<sign>[+−-])(?P<hours>\d{2}):?(?P<minutes>\d{2})\s*$", re.I)
YEAR_FIRST = re.compile(r"^(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})$")
NUMBERS = re.compile(r"^(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<year>\d{4})$")
CJK = re.compile(r"^(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]$")
WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
LONGEST = 90


@dataclass(frozen=True)
class FoundDate:
    """The moment of a date line; `notes` says what was read into it, as sentences for the report."""

    moment: datetime.datetime
    has_time: bool
    notes: list[str] = field(default_factory=list)


def read_date_line(line: str, zone: datetime.tzinfo, languages: Iterable[str] = ("en-gb",)) -> FoundDate | None:
    """The moment that the whole line names, or None if it is anything but a date line."""
    if len(line) > LONGEST or not any(letter.isdigit() for letter in line):
        return None
    notes: list[str] = []
    rest = LABEL.sub("", " ".join(line.split())).strip(" .|•·")
    iso = re.match(r"^(\d{4}-\d{2}-\d{2})[T ](?=\d{2}:)", rest)
    rest = f"{iso[1]} {rest[iso.end() :]}" if iso else rest
    rest, offset = take_zone(rest)
    rest, time = take_time(rest)
    if time is not None and not isinstance(time, datetime.time):
        return None
    day, weekday = read_day(rest.strip(" ,;|-–—•·"), tuple(languages), notes)
    if day is None:
        return None
    if weekday is not None and weekday != day.weekday():
        notes.append(f"The date line names another day of the week than {day:%d %B %Y} was; the date is kept.")
    moment = datetime.datetime.combine(day, time or datetime.time(), tzinfo=offset or zone)
    if time is None:
        notes.append("The date line has no time; 00:00 is used.")
    return FoundDate(moment, time is not None, notes)


def take_zone(text: str) -> tuple[str, datetime.tzinfo | None]:
    """The text without a zone at its end, and that zone."""
    text = re.sub(r"\s*\((?P<name>[A-Za-z]{1,5})\)$", r" \g<name>", text)
    found = OFFSET.search(text) if ":" in text or re.search(r"\d{4}\s+\d", text) else None
    if found:
        minutes = int(found["hours"]) * 60 + int(found["minutes"])
        minutes = -minutes if found["sign"] != "+" else minutes
        if abs(minutes) <= 14 * 60:
            return text[: found.start()], datetime.timezone(datetime.timedelta(minutes=minutes))
    found = re.search(r"(?<=[\d.mM ])(?P<name>[A-Za-z]{1,4})$", text)
    if found and found["name"].lower() in ZONES and TIME.search(text):
        zone = datetime.timezone(datetime.timedelta(minutes=ZONES[found["name"].lower()]))
        return text[: found.start()], zone
    return text, None


def take_time(text: str) -> tuple[str, datetime.time | None | bool]:
    """The text without its time of day, and that time; False if what stands there is no time."""
    candidates = [found for found in TIME.finditer(text) if not is_part_of_date(text, found)]
    if not candidates:
        return text, None
    found = candidates[-1]
    hour = int(found["hour"] or found["bare"])
    half = (found["half"] or found["barehalf"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return text, False
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    try:
        time = datetime.time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return text, False
    return f"{text[: found.start()].rstrip(' ,|-–—')} {text[found.end() :].lstrip(' ,|')}".strip(), time


def is_part_of_date(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like `13.04` goes on as a date, as in 13.04.2019."""
    return text[found.end() : found.end() + 1] in {".", "/", "-"} and text[found.end() + 1 : found.end() + 2].isdigit()


def read_day(text: str, languages: tuple[str, ...], notes: list[str]) -> tuple[datetime.date | None, int | None]:
    """The day that the text is, and the number (Monday 0) of the weekday it names."""
    weekday, text = take_weekday(text, languages)
    for read in (by_numbers, by_words):
        parts = read(text, languages, notes)
        if parts:
            try:
                return datetime.date(*parts), weekday
            except ValueError:
                return None, None
    return None, None


def take_weekday(text: str, languages: tuple[str, ...]) -> tuple[int | None, str]:
    first, _, rest = text.partition(" ")
    number = names_of_days(languages).get(first.strip(" ,.").casefold())
    return (number, rest.strip(" ,")) if number is not None else (None, text)


def by_numbers(text: str, languages: tuple[str, ...], notes: list[str]) -> tuple[int, int, int] | None:
    if found := YEAR_FIRST.match(text) or CJK.match(text):
        return int(found["year"]), int(found["month"]), int(found["day"])
    if not (found := NUMBERS.match(text)):
        return None
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    month_first = second > 12 or (first <= 12 and bool(languages) and languages[0].lower() == "en-us")
    if first <= 12 and second <= 12 and first != second:
        order = "month before day" if month_first else "day before month"
        notes.append(f"{text} can be read in two ways; it was read {order}.")
    return (year, first, second) if month_first else (year, second, first)


def by_words(text: str, languages: tuple[str, ...], notes: list[str]) -> tuple[int, int, int] | None:
    """`13 April 2019`, `April 13th, 2019`, `13. de abril de 2019`: a month's name, a day, a year, and nothing else."""
    months = names_of_months(languages)
    words = [word.casefold() for word in WORD.findall(text)]
    named = [months[word] for word in words if word in months]
    others = [word for word in words if word not in months and word not in {"st", "nd", "rd", "th", "de", "of", "the"}]
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    years = [number for number in numbers if 1000 <= number <= 9999]
    days = [number for number in numbers if number <= 31]
    if len(named) != 1 or others or len(years) != 1 or len(days) != 1 or len(numbers) != 2:
        return None
    return years[0], named[0], days[0]


@lru_cache(maxsize=16)
def names_of_months(languages: tuple[str, ...]) -> dict[str, int]:
    """Names and short names of the months, in small letters."""
    names = {"sept": 9}
    for language in ("en-gb", *languages):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                found = get_month_names(width, context, locale=babel_locale(language))
                for number, name in found.items():
                    for word in WORD.findall(name):
                        names.setdefault(word.casefold(), number)
    return names


@lru_cache(maxsize=16)
def names_of_days(languages: tuple[str, ...]) -> dict[str, int]:
    names: dict[str, int] = {}
    for language in ("en-gb", *languages):
        for width in ("wide", "abbreviated"):
            found = get_day_names(width, "format", locale=babel_locale(language))
            for number, name in found.items():
                names.setdefault(name.strip(" .").casefold(), number)
    names.update(tues=1, wednes=2, thur=3, thurs=3)
    return names
