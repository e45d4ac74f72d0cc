"""What several formats need: text, moments, lists and numbers out of documents that may hold anything."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3

from gazetteer.news.imports.dates import read_date_line
from gazetteer.news.wire.formats import NotReadable, Received

FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_ITEMS = 2_000
LONGEST_LINE = 2_000
CONTROLS = {number: None for number in range(32) if chr(number) not in "\t\n\r"} | {127: None}


def parsed(received: Received) -> Any:
    """The JSON of a document; raises NotReadable."""
    try:
        return json.loads(received.data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise NotReadable(f"Its JSON is broken: {str(error)[:150]}.") from error


def looks_like_json(received: Received) -> bool:
    return received.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def dicts(value: Any) -> Iterator[dict[str, Any]]:
    """The dictionaries of a list, whatever else stands in it."""
    for each in value if isinstance(value, list) else []:
        if isinstance(each, dict):
            yield each


def line(value: Any, most: int = LONGEST_LINE) -> str:
    """A text of one line: a string or number, else nothing; blanks of any kind are one space."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        words = " ".join(str(value).translate(CONTROLS).split())
    except ValueError:  # an absurd number
        return ""
    return without_surrogates(words)[:most]


def body(value: Any) -> str:
    """A text of many lines or of HTML, as it came but for zero bytes and halves of letters."""
    return without_surrogates(value.replace("\x00", "")) if isinstance(value, str) else ""


def without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def plain(value: Any, most: int = LONGEST_LINE) -> str:
    """A line of text out of what may have marks in it: `<b>A &amp; B</b>` is “A & B”."""
    text = line(value, most * 4)
    if "<" in text:
        text = nh3.clean(text, tags=set())
    for _twice in range(2):  # titles are often escaped twice
        text = unescape(text) if "&" in text else text
    return " ".join(text.translate(CONTROLS).split())[:most]


def address(value: Any, base: str = "") -> str:
    """A web address, made absolute; nothing for any other kind."""
    text = line(value)
    if not text:
        return ""
    try:
        whole = urljoin(base, text) if base else text
        return whole if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname else ""
    except ValueError:
        return ""


def whole(value: Any, most: int = 10**9) -> int:
    """A number that is not negative; 0 for anything else."""
    try:
        return max(0, min(int(str(value).strip()[:20]), most))
    except ValueError:
        return 0


def moment(value: Any, zone: tzinfo = UTC) -> datetime | None:
    """A moment of any shape that feeds have (ISO 8601, RFC 822, or a date line), in UTC; None if it is none."""
    text = line(value, 100)
    if not text:
        return None
    found = iso(text) or rfc822(text)
    if found is None:
        read = read_date_line(text, zone)
        found = read.moment if read else None
    return in_utc(found, zone) if found else None


def in_utc(found: datetime, zone: tzinfo = UTC) -> datetime | None:
    """In UTC; None for what lies outside of all that can be meant."""
    try:
        found = found.replace(tzinfo=zone) if found.tzinfo is None else found
        found = found.astimezone(timezone(timedelta()))
    except (ValueError, OverflowError):
        return None
    return found.astimezone(UTC) if FIRST_YEAR <= found.year <= LAST_YEAR else None


def iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def rfc822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def names(value: Any, key: str = "name", most: int = 20) -> list[str]:
    """Names out of a list of strings or of dictionaries that have them under `key`, each once."""
    found: dict[str, None] = {}
    for each in value if isinstance(value, list) else []:
        name = plain(each.get(key) if isinstance(each, dict) else each, 150)
        if name:
            found.setdefault(name)
    return list(found)[:most]


def one_item(document: dict[str, Any], under: str, item: Any) -> bytes:
    """The document again with this one item in it, for keeping."""
    around = {name: value for name, value in document.items() if name != under}
    return json.dumps({**around, under: [item]}, ensure_ascii=False).encode("utf-8", "replace")
