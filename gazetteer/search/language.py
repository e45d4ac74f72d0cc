"""The query language: what stands in the box, taken apart. Whatever is typed is at worst treated as words.

    bread "sourdough loaf" -gluten category:bakeries in:"New Zealand" before:2019-04 after:2015

Quotes keep words together; a minus before a word, a phrase or a narrowing leaves it out; a known name with a colon
narrows. What is not quite one of these (an unknown name, a date that is none, a lone quote) stays words.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

TOKEN = re.compile(
    r"""(?<!\S)
    (?P<minus>-)?
    (?:(?P<name>[A-Za-z]+):)?
    (?:["“”„«](?P<phrase>[^"“”„«»]*)["“”»](?!\w) | (?P<word>\S+))""",
    re.VERBOSE,
)
DATE_NAMES = ("before", "after")
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
LEFT_OUT_NUMBER = re.compile(r"[\d\W]+")
"""A minus before digits alone belongs to a telephone number more often than it leaves one out."""


@dataclass(frozen=True)
class Narrowing:
    """`name:value` as typed; `token` is the whole of it, for when nothing has that value and it is words after all."""

    name: str
    value: str
    token: str
    negated: bool = False


@dataclass(frozen=True)
class Typed:
    """`text`: plain words in their order. `start` and `end`: moments from and before which (aware)."""

    text: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    start: datetime | None = None
    end: datetime | None = None

    @property
    def says_what(self) -> bool:
        """Whether it says anything to look for, and not only what to leave out."""
        return bool(
            self.text or self.phrases or self.start or self.end or any(not each.negated for each in self.narrowings)
        )


def read(typed: str, names: frozenset[str]) -> Typed:
    """`names`: those that narrow, beside `before` and `after`."""
    words: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    narrowings: list[Narrowing] = []
    days: dict[str, datetime] = {}
    for found in TOKEN.finditer(typed):
        name, value = (found["name"] or "").lower(), (found["word"] or found["phrase"] or "").strip()
        moment = beginning(value) if name in DATE_NAMES and not found["minus"] else None
        if moment:
            days[name] = moment
        elif name in names and says_something(value):
            narrowings.append(Narrowing(name, value.strip('"“”„«»'), found[0], bool(found["minus"])))
        elif name or not says_something(value):
            words.append(found[0])
        elif found["minus"]:
            (words if LEFT_OUT_NUMBER.fullmatch(value) else without).append(value)
        else:
            (words if found["phrase"] is None else phrases).append(value)
    read_so = Typed(
        " ".join(words), tuple(phrases), tuple(without), tuple(narrowings), days.get("after"), days.get("before")
    )
    return read_so if read_so.says_what else Typed(plain(typed))


def says_something(value: str) -> bool:
    return any(map(str.isalnum, value))


def plain(typed: str) -> str:
    """All of it as words."""
    return " ".join(re.sub(r"""["“”„«»]|(?<!\S)-""", " ", typed).split())


def beginning(text: str) -> datetime | None:
    """The first moment, in the active zone, of the year, month or day written `2019`, `2019-04`, `2019-04-13`."""
    found = DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        moment = timezone.make_aware(datetime(year, month, day))
        moment - timedelta(days=2)  # the first and last days of all cannot be written in every zone
    except (ValueError, OverflowError):
        return None
    return moment
