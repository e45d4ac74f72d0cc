"""Dates and numbers as the visitor's language writes them, in the site's time zone.

The language and the zone are those that `pages/middleware.py` made active for the request; Babel's CLDR data says how.
"""

import datetime
from collections.abc import Callable
from functools import lru_cache

from babel import dates, numbers
from babel.core import Locale
from django.utils import timezone
from django.utils.translation import get_language

from gazetteer.web.locales import babel_locale

Moment = datetime.date | datetime.datetime


def active_locale() -> Locale:
    return babel_locale(get_language() or "en-gb")


def local(value: Moment) -> Moment:
    """An aware moment in the active zone; a plain date or a naive moment as it is."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def number(value: float) -> str:
    """`30953` → *30,953*, *30.953* …"""
    return number_in(get_language() or "en-gb", value)


@lru_cache(maxsize=4096, typed=True)
def number_in(language: str, value: float) -> str:
    """The same number is written the same way; working out how takes as long as a query."""
    return numbers.format_decimal(value, locale=babel_locale(language))


def day_of(value: Moment) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value


@lru_cache(maxsize=4096)
def date_in(language: str, form: str, day: datetime.date) -> str:
    return dates.format_date(day, form, locale=babel_locale(language))


def full_date(value: Moment) -> str:
    """*Saturday, 13 April 2019*."""
    return date_in(get_language() or "en-gb", "full", day_of(local(value)))


def long_date(value: Moment) -> str:
    """*13 April 2019*."""
    return date_in(get_language() or "en-gb", "long", day_of(local(value)))


def short_date(value: Moment) -> str:
    """*13 Apr 2019*."""
    return date_in(get_language() or "en-gb", "medium", day_of(local(value)))


def clock_time(value: datetime.datetime) -> str:
    """*07:47*, in every language."""
    return local(value).strftime("%H:%M")


def full_moment(value: datetime.datetime) -> str:
    """*Saturday, 13 April 2019 07:47*: full date, space, HH:mm."""
    return f"{full_date(value)} {clock_time(value)}"


def month_name(value: int | Moment) -> str:
    """*April*, from its number or from a day in it."""
    month = value if isinstance(value, int) else local(value).month
    return dates.get_month_names("wide", "stand-alone", locale=active_locale())[month]


def month_and_year(value: Moment) -> str:
    """*April 2019*."""
    return dates.format_skeleton("yMMMM", local(value), locale=active_locale())


def iso(value: Moment) -> str:
    """For `<time datetime>`: with the zone's offset where there is a time."""
    return local(value).isoformat(**({"timespec": "seconds"} if isinstance(value, datetime.datetime) else {}))


def country_name(code: str) -> str:
    """*Germany* for `de` or `DE`; the code itself when unknown."""
    return str(active_locale().territories.get(code.upper(), code.upper()))


def language_name(code: str, in_itself: bool = True) -> str:
    """*Deutsch* for `de`: the language's name in itself, or in the active language."""
    locale = babel_locale(code)
    name = locale.get_display_name(locale if in_itself else active_locale()) or code
    bare = name.split(" (")[0]
    return bare[:1].upper() + bare[1:]


FILTERS: dict[str, Callable[..., str]] = {
    "number": number,
    "full_moment": full_moment,
    "long_datetime": full_moment,
    "full_date": full_date,
    "long_date": long_date,
    "short_date": short_date,
    "clock_time": clock_time,
    "month_name": month_name,
    "month_and_year": month_and_year,
    "iso": iso,
    "country_name": country_name,
    "language_name": language_name,
}
