"""Checks of single values: each gives the value as it is stored, or raises Bad with the reason and what to do."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime, time
from functools import cache
from math import isfinite
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import get_default_timezone, is_naive, make_aware

from gazetteer.directory.hours import check_hours
from gazetteer.directory.hours_grammar import LONGEST as LONGEST_HOURS
from gazetteer.directory.imports.problems import Bad, shown
from gazetteer.directory.links import LinkError, normalise_url, social_url

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters: databases refuse them or readers stumble over them."""
PLAIN_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[\w/%:@!$&()*+,;=~.?#-]*)?", re.A
)
"""Web addresses in which nothing can be wrong: most of them, and checked many times as fast."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
WIKIDATA = re.compile(r"Q[1-9]\d{0,14}")
STATUSES = {
    "open": "open", "active": "open", "operational": "open",
    "closed_temporarily": "closed_temporarily", "temporarily closed": "closed_temporarily",
    "closed temporarily": "closed_temporarily", "closed_for_now": "closed_temporarily",
    "closed": "closed", "closed permanently": "closed", "permanently closed": "closed", "closed_permanently": "closed",
}  # fmt: skip


def clean(value: Any) -> str:
    """Text as it can be stored; numbers are written out, anything else is no text."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Bad(f"{shown(value)} is no text")
    else:
        text = str(value)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text


def line(value: Any, limit: int) -> str:
    """Text on one line with single spaces between words."""
    text = " ".join(clean(value).split())
    if UNWRITABLE.search(text):
        raise Bad(f"{shown(UNWRITABLE.sub('�', text))} holds characters that cannot be stored. Take them out")
    if len(text) > limit:
        raise Bad(f"{shown(text, 30)} has {len(text)} characters, the most is {limit}")
    return text


def block(value: Any, limit: int) -> str:
    """Text that may have several lines."""
    text = clean(value).strip()
    if UNWRITABLE.search(text):
        raise Bad("it holds characters that cannot be stored. Take them out")
    if len(text) > limit:
        raise Bad(f"it has {len(text):,} characters, the most is {limit:,}")
    return text


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def number(value: Any, least: float, most: float) -> float:
    """A finite number in a range, also where a table gives it as text."""
    try:
        if isinstance(value, bool):
            raise TypeError
        found = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise Bad(f"{shown(value)} is no number") from error
    if not isfinite(found) or not least <= found <= most:
        raise Bad(f"{shown(value)} is not between {least:g} and {most:g}")
    return found


def website(value: Any) -> str:
    """A web address; one without a scheme gains https."""
    text = line(value, 500)
    return text if PLAIN_ADDRESS.fullmatch(text) else linked(normalise_url, text)


def account(network: str, value: Any) -> str:
    """The address of an account of that social network; its name alone will do where we know the network."""
    text = line(value, 500)
    return text if PLAIN_ADDRESS.fullmatch(text) else linked(lambda given: social_url(network, given), text)


def linked(read: Callable[[str], str], text: str) -> str:
    try:
        url = read(text)
    except LinkError as error:
        raise Bad(str(error).rstrip(".")) from error
    if len(url) > 500:
        raise Bad(f"{shown(text)} is longer than 500 characters when written out")
    return url


def email(value: Any) -> str:
    text = line(value, 254).removeprefix("mailto:")
    try:
        validate_email(text)
    except ValidationError as error:
        raise Bad(f"{shown(text)} is no e-mail address") from error
    return text


def phone(value: Any) -> str:
    """A number as it was given: what cannot be dialled is still shown, and nothing is lost."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = line(value, 60).removeprefix("tel:")
    if sum(c.isdigit() for c in text) < 3:
        raise Bad(f"{shown(text)} is no phone number. Write it as +44 20 7946 0000")
    return text


def hours(value: Any) -> str:
    text = line(value, LONGEST_HOURS)
    if wrong := check_hours(text):
        raise Bad(wrong)
    return text


@cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


def timezone(value: Any) -> str:
    text = line(value, 60)
    if text not in zones():
        raise Bad(f"{shown(text)} is no time zone. Write it as Europe/London")
    return text


def language(value: Any) -> str:
    text = line(value, 15)
    if not LANGUAGE.fullmatch(text):
        raise Bad(f"{shown(text)} is no language. Write its code, such as en or pt-br")
    return text.replace("_", "-").lower()


def wikidata(value: Any) -> str:
    text = line(value, 60).rpartition("/")[2]
    if not WIKIDATA.fullmatch(text):
        raise Bad(f"{shown(text)} is no Wikidata id. Write it as Q42")
    return text


def status(value: Any) -> str:
    text = line(value, 40)
    try:
        return STATUSES[text.lower()]
    except KeyError:
        raise Bad(f"{shown(text)} is not one of open, closed_temporarily, closed") from None


def moment(value: Any, end_of_day: bool) -> datetime:
    """A date or a date with a time; by the site's clock where no zone is given. A date alone is its end or start."""
    text = line(value, 40)
    try:
        found = parse_datetime(text) if len(text) > 10 else None
        day = parse_date(text) if found is None else None
    except ValueError as error:
        raise Bad(f"{shown(text)} is no date ({error})") from error
    if day:
        found = datetime.combine(day, time(23, 59, 59) if end_of_day else time())
    if found is None or not 1 < found.year < 9999:
        raise Bad(f"{shown(text)} is no date. Write it as 2026-03-31 or 2026-03-31T18:00+01:00")
    return make_aware(found, get_default_timezone()) if is_naive(found) else found


def unique(values: Iterable[str]) -> list[str]:
    """Each once, in order, empty ones left out."""
    return [value for value in dict.fromkeys(values) if value]
