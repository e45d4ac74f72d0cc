"""What a search engine is: documents in, answers out, in words that any engine can keep.

A `Schema` says which fields documents have. A `Document` is one thing that can be found. A `Query` is what is asked,
taken apart already (`search/query.py` reads what people type); `Results` is the answer. One contract test
(`engines/tests/test_contract.py`) says what every engine does with them.

What an engine promises:

* **Words are found loosely**: whatever the case, accents, order, singular or plural; the last word may be half a word.
  Every word must be found, but for stop words. Where that finds nothing, words are taken with one letter wrong
  (`how="corrected"`), and if that finds nothing either, some of the words are enough (`how="some"`).
* **The whole name comes first.** A document with a name that says just what is asked, but for case, accents, stop
  words and signs, stands before all others; its first name field before the others.
* **Counts are true.** `total` counts every document that matches; a facet counts under all filters but those on its
  own field. Several values of one filter are alternatives, several filters must all hold.
* **Distances are exact**, great circles on a sphere of 6,371.0088 km, across the date line and over the poles.
* **A write is whole.** Documents, those that go, and the cursor of the log come in together or not at all; a document
  of the same id is replaced. `build` makes all anew beside what answers meanwhile, and puts it in its place at once.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

# ---- What documents are made of ------------------------------------------------------------------


@dataclass(frozen=True)
class Field:
    """One field of documents. Values are given by its name; a field takes one value or a list of them."""

    name: str


@dataclass(frozen=True)
class Text(Field):
    """Words, found loosely. Values: `str`, or `Words` where the language is known.

    `weight`: how much a word found here says, by that of a description (1). `is_name`: the whole value counts as a name
    (it comes first when it is just what was asked), and suggestions are made from it. The first name field is the name.
    """

    weight: float = 1.0
    is_name: bool = False


@dataclass(frozen=True)
class Code(Field):
    """What is looked up whole, however it is written. `form` tells how it is read: `phone`, `domain` or `code`."""

    form: Literal["phone", "domain", "code"] = "code"


@dataclass(frozen=True)
class Keyword(Field):
    """Values that are filtered by and counted as they stand. `is_path`: `a/b/c` stands under `a` and `a/b` too."""

    is_path: bool = False


@dataclass(frozen=True)
class Facts(Field):
    """Keyword fields that are not known beforehand. Value: a dictionary of their names (letters, digits) and values.

    `Facts("custom")` with `{"12": ["red", "blue"]}` is filtered by and counted as the keyword field `custom.12`. Where
    the values are numbers, `Between` holds for them too.
    """


@dataclass(frozen=True)
class Fact(Keyword):
    """One of a `Facts` field, by the name that queries use."""


@dataclass(frozen=True)
class Order(Field):
    """One text that is only sorted by, code point by code point: a sort key."""


@dataclass(frozen=True)
class Number(Field):
    """One number, filtered by ranges and sorted by."""


@dataclass(frozen=True)
class Date(Field):
    """One moment (an aware datetime), filtered by ranges and sorted by; to the second."""


@dataclass(frozen=True)
class Point(Field):
    """One `(lat, lon)` in degrees. A schema has at most one."""


KIND = Keyword("kind")
"""Every document has a kind; it is filtered by and counted as any keyword."""


@dataclass(frozen=True)
class Schema:
    """The fields of all kinds of documents, and the languages to take words for where a value does not say its own."""

    fields: tuple[Field, ...]
    languages: tuple[str, ...] = ("en",)

    def of(self, *types: type[Field]) -> list[Any]:
        return [each for each in self.fields if isinstance(each, types)]

    @property
    def point(self) -> str:
        """The name of the field with positions, or nothing."""
        return next((each.name for each in self.of(Point)), "")

    def __getitem__(self, name: str) -> Field:
        """Raises KeyError for a name that no field has."""
        if name == KIND.name:
            return KIND
        for each in self.fields:
            if each.name == name:
                return each
            if isinstance(each, Facts) and name.startswith(f"{each.name}."):
                return Fact(name)
        raise KeyError(name)


@dataclass(frozen=True)
class Words:
    """A text and the languages it may be in (ISO 639-1 codes)."""

    text: str
    languages: tuple[str, ...] = ()


@dataclass
class Document:
    """One thing that can be found.

    `id`: unique over all kinds, such as `listing:5`. `values`: by the names of the schema's fields; what is left out or
    empty is not there. `shown`: whatever a line in the results needs, as JSON; given back with each hit. `boost`: 0 to
    1, how much this stands before others that match as well (featured, well known); it never beats a better match.
    """

    id: str
    kind: str
    values: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    boost: float = 0.0


# ---- What is asked -------------------------------------------------------------------------------


@dataclass(frozen=True)
class OneOf:
    """Documents with one of the values in a keyword field (or with none of them)."""

    field: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Between:
    """Documents whose number or moment is from `start` on and before `end`; None: no bound."""

    field: str
    start: float | datetime | None = None
    end: float | datetime | None = None


@dataclass(frozen=True)
class Box:
    """Documents in a box of the map, edges included; `west` > `east`: across the date line."""

    south: float
    west: float
    north: float
    east: float


Filter = OneOf | Between | Box


@dataclass(frozen=True)
class Near:
    """A point to measure from. `km`: only what is at most so far; None: distances are told and nothing is left out."""

    lat: float
    lon: float
    km: float | None = None


@dataclass(frozen=True)
class Wanted:
    """A facet that is wanted: the `limit` commonest values of a keyword field with their counts.

    Of a path field only the values one step below `under` (empty: the topmost).
    """

    field: str
    limit: int = 10
    under: str = ""


@dataclass(frozen=True)
class Rules:
    """What editors laid down, by words in lower case. It holds from the query on that carries it, without rebuilding.

    `synonyms`: a word or a few, and what may stand instead, such as `{"gp": ("family doctor", "surgery")}`.
    `stop_words`: need not be found. `pinned`: ids that come first, in this order, if they pass the filters, whether or
    not they match. `boosts`: a factor by which documents with a value in a keyword field count, by (field, value).
    """

    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stop_words: frozenset[str] | None = None
    pinned: tuple[str, ...] = ()
    boosts: Mapping[tuple[str, str], float] = field(default_factory=dict)


NO_RULES = Rules()


@dataclass(frozen=True)
class Query:
    """What is asked. Without text and phrases every document matches that passes the filters.

    `text`: words in any order, no operators. `phrases`: words that stand together so. `without`: words or phrases that
    stand nowhere. `kinds`: of these kinds only (none: of all). `sort`: empty for relevance, `distance` (what has no
    position comes last), else the name of an `Order`, `Number` or `Date` field, after `-` for the largest first (what
    has no value comes last). `languages`: of the visitor. `loosen`: whether fewer or other words may be taken where
    nothing is found. `counted`: whether a true `total` is wanted; else it is only how many hits are given.
    """

    text: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    near: Near | None = None
    facets: tuple[Wanted, ...] = ()
    sort: str = ""
    offset: int = 0
    limit: int = 20
    languages: tuple[str, ...] = ()
    rules: Rules = NO_RULES
    loosen: bool = True
    counted: bool = True


# ---- What is answered ----------------------------------------------------------------------------

How = Literal["all", "corrected", "some"]
"""Whether all words were found as typed, with a letter put right, or only some of them."""


@dataclass(frozen=True)
class Hit:
    """One document found. `km`: how far from the query's point, if it has one and so has the document."""

    id: str
    kind: str
    shown: dict[str, Any]
    score: float = 0.0
    km: float | None = None


@dataclass(frozen=True)
class Facet:
    """`values`: value and count, the commonest first, equals by value; `more`: whether there are others."""

    values: tuple[tuple[str, int], ...] = ()
    more: bool = False


@dataclass(frozen=True)
class Results:
    """The answer. `marks`: the forms of words that were looked for, to be marked in a text by `analysis.marked`.

    `correction` ("did you mean"): the whole text put right, where a word is not known as typed and one like it is.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Facet] = field(default_factory=dict)
    how: How = "all"
    correction: str = ""
    marks: "Marks | None" = None


@dataclass(frozen=True)
class Marks:
    """Forms of words by which a text is marked: `words` whole, `halves` as beginnings, `stems` in those languages."""

    words: frozenset[str] = frozenset()
    halves: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()


# ---- The engine ----------------------------------------------------------------------------------

Part = Callable[[], Iterable[Document]]
"""A slice of all documents, read when it is called; it can be pickled, for another process may call it."""


class BadQuery(ValueError):
    """A query that names a field the schema does not have, or one that cannot do that: a mistake in code."""


class NoIndex(RuntimeError):
    """There is no index yet, or one of another schema: it must be built."""


class Busy(RuntimeError):
    """Another process is writing."""


class Engine(ABC):
    """One index at `place`, a folder of its own (or what an engine without files makes of it), of one schema.

    Any number of processes may search; one at a time writes or builds, and in another that raises Busy. All that
    answers does so from the newest commit, and raises NoIndex where nothing was built.
    """

    name: ClassVar[str]

    def __init__(self, place: Path, schema: Schema) -> None:
        self.place = place
        self.schema = schema

    @abstractmethod
    def cursor(self) -> str | None:
        """The cursor of the newest commit; None where there is no index of this schema."""

    @abstractmethod
    def write(self, documents: Iterable[Document], gone: Iterable[str], cursor: str) -> None:
        """Put in or replace documents, take out ids, keep the cursor: one commit."""

    @abstractmethod
    def build(self, parts: Sequence[Part], cursor: str, processes: int = 1) -> int:
        """Make the index anew from all parts, and put it in place of the old at once; answers how many documents."""

    @abstractmethod
    def search(self, query: Query) -> Results:
        """Raises BadQuery for fields that are not there; whatever the text, never another error for it."""

    @abstractmethod
    def suggest(self, query: Query) -> Results:
        """While typing: names that have all the words, the last of them unfinished; what is known best first."""

    @abstractmethod
    def more_like_this(self, id: str, query: Query) -> Results:
        """Others with the rarer words of that document, within the query's kinds and filters; never itself."""

    @abstractmethod
    def shown(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What is shown of documents, by id; of those that are there."""

    @abstractmethod
    def values(self, field: str, prefix: str = "", limit: int = 1_000) -> list[tuple[str, int]]:
        """The commonest values of a keyword field that begin so, each with about how many documents have it."""

    @abstractmethod
    def count(self) -> int:
        """How many documents there are."""

    @abstractmethod
    def size(self) -> int:
        """Bytes on disk, or about as many in memory."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the writer's lock and of what is open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def documents_of(parts: Sequence[Part]) -> Iterator[Document]:
    """All documents of all parts, one after another."""
    for part in parts:
        yield from part()


def as_list(value: Any) -> list[Any]:
    """The values of a field, however they were given, without empty ones."""
    if value is None or value == "":
        return []
    if type(value) is str:
        return [value]
    if isinstance(value, (list, set, frozenset)) or (isinstance(value, tuple) and not is_point(value)):
        return [each for each in value if each not in (None, "")]
    return [value]


def is_point(value: tuple[Any, ...]) -> bool:
    return len(value) == 2 and all(isinstance(each, (int, float)) for each in value)


def steps(path: str) -> list[str]:
    """`a/b/c` stands under `a`, `a/b` and `a/b/c`."""
    parts = path.split("/")
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def check(schema: Schema, query: Query) -> None:
    """Raises BadQuery for a field that is not there or cannot do what is asked of it."""
    for each in query.filters:
        if isinstance(each, OneOf):
            demand(schema, each.field, Keyword)
        elif isinstance(each, Between):
            demand(schema, each.field, Number, Date, Fact)
        elif not schema.point:
            raise BadQuery("No field has positions.")
    for wanted in query.facets:
        demand(schema, wanted.field, Keyword)
    for name, _value in query.rules.boosts:
        demand(schema, name, Keyword)
    if query.near and not schema.point:
        raise BadQuery("No field has positions.")
    if query.sort == "distance":
        if not query.near:
            raise BadQuery("Sorting by distance needs a point to measure from.")
    elif query.sort:
        demand(schema, query.sort.removeprefix("-"), Order, Number, Date)


def demand(schema: Schema, name: str, *types: type[Field]) -> None:
    try:
        found = schema[name]
    except KeyError:
        raise BadQuery(f"There is no field named {name}.") from None
    if not isinstance(found, types):
        raise BadQuery(f"The field {name} is a {type(found).__name__}; that needs {types[0].__name__}.")


def in_numbers(value: str, between: Between) -> bool:
    """Whether the text is a number from `start` on and before `end`."""
    try:
        number = float(value)
    except ValueError:
        return False
    start, end = between.start, between.end
    return (not isinstance(start, int | float) or number >= start) and (
        not isinstance(end, int | float) or number < end
    )
