"""What can be found: each subject registers the documents of its kinds here, in its `search.py`.

From all of them comes the one schema of the index. Two kinds may share a field if they declare it alike.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings

from gazetteer.search.engines.base import (
    Code,
    Date,
    Document,
    Facts,
    Field,
    Keyword,
    Order,
    Part,
    Point,
    Schema,
    Text,
)

NAME = Text("name", weight=10, is_name=True)
OTHER_NAMES = Text("other_names", weight=6, is_name=True)
"""Names in other languages, former and short ones, acronyms."""

FILED = Text("filed", weight=2)
"""Names of what it stands under: categories, sections, tags."""

WHERE = Text("where", weight=2)
"""Its address, and the names of the places it is in."""

PEOPLE = Text("people", weight=2)
TEXT = Text("text")
"""What it says, or what is said of it."""

PHONE = Code("phone", "phone")
WEBSITE = Code("website", "domain")
CODE = Code("code")

CATEGORY = Keyword("category", is_path=True)
"""Addresses of categories."""

COUNTRY, REGION, TOWN = Keyword("country"), Keyword("region"), Keyword("town")
"""Addresses of places: `fr`, `fr/brittany`, `fr/brittany/brest`."""

TAG = Keyword("tag")
SECTION = Keyword("section", is_path=True)
"""Addresses of sections."""

AUTHOR, SOURCE, YEAR = Keyword("author"), Keyword("source"), Keyword("year")
LANGUAGE = Keyword("language")
PHOTO, FEATURED = Keyword("photo"), Keyword("featured")
"""`yes`, or nothing."""

HOURS = Keyword("hours")
"""Opening hours with all that they hang on; which of them are open now is asked of `open_now`."""

CUSTOM = Facts("custom")
"""Values of custom fields that visitors may filter by, by the field's number."""

SORT_NAME = Order("sort_name")
DATE = Date("date")
"""When it was published or listed."""

POINT = Point("point")


@dataclass(frozen=True)
class All:
    """A key that touches every document of a kind."""


ALL = All()

PART = 5_000
"""Rows that are read at once."""


class Documents(ABC):
    """The documents of one kind, read from the database. An id is the kind and a number: `listing:5`."""

    kind: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]

    @abstractmethod
    def touched(self, keys: Collection[str]) -> Iterable[int] | All:
        """The numbers of the documents that may have changed with these keys of the log; ALL: any of them may."""

    @abstractmethod
    def read(self, numbers: Sequence[int]) -> Iterator[Document]:
        """The documents of these numbers as they are now; of those that visitors may see."""

    @abstractmethod
    def parts(self) -> list[Part]:
        """Slices of all documents, each of about `PART` rows. They are called in other processes."""

    def ids(self, numbers: Iterable[int]) -> list[str]:
        return [f"{self.kind}:{number}" for number in numbers]


registered: dict[str, Documents] = {}


def register(documents: type[Documents]) -> type[Documents]:
    """Class decorator: these can be found from now on."""
    registered[documents.kind] = documents()
    return documents


def schema() -> Schema:
    """Of all kinds; raises ValueError where two declare a field of one name otherwise."""
    fields: dict[str, Field] = {}
    for documents in registered.values():
        for field in documents.fields:
            if fields.setdefault(field.name, field) != field:
                raise ValueError(f"{documents.kind} declares the field {field.name} otherwise than another kind.")
    return Schema(tuple(fields.values()), languages=(settings.LANGUAGE_CODE.split("-")[0],))


@dataclass(frozen=True)
class Range:
    """A part: the documents of a kind whose rows have ids from `first` up to but without `end`."""

    kind: str
    first: int
    end: int

    def __call__(self) -> Iterable[Document]:
        return registered[self.kind].in_range(self.first, self.end)  # type: ignore[attr-defined]  # of ByRange


class ByRange(Documents):
    """Documents whose parts are ranges of the ids of one table."""

    table: ClassVar[Any]
    """The model."""

    @abstractmethod
    def in_range(self, first: int, end: int) -> Iterator[Document]:
        """The documents of rows with these ids, in few queries."""

    def parts(self) -> list[Part]:
        last = self.table.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return [Range(self.kind, first, first + PART) for first in range(0, last + 1, PART)]


def numbers_of(keys: Iterable[str], kind: str) -> list[int]:
    """The numbers in keys such as `listing:5` and `listing:5:row`."""
    found = {key.split(":")[1] for key in keys if key.startswith(f"{kind}:")}
    return sorted(int(number) for number in found if number.isdigit())
