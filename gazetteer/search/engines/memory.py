"""The plain reading of what is right: every document is looked at for every query. For tests and very small sites."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from math import log, log2
from pathlib import Path
from typing import Any

from gazetteer.search.engines import analysis, asked, geo
from gazetteer.search.engines.asked import Asked, Group, Item
from gazetteer.search.engines.base import (
    KIND,
    Between,
    Box,
    Code,
    Document,
    Engine,
    Facet,
    Fact,
    Facts,
    Filter,
    Hit,
    How,
    Keyword,
    Near,
    NoIndex,
    OneOf,
    Part,
    Query,
    Results,
    Schema,
    Text,
    Wanted,
    as_list,
    check,
    documents_of,
    in_numbers,
    steps,
)

WHOLE, OTHER_WHOLE, COMPACT = 100_000.0, 50_000.0, 40_000.0
"""What a whole name counts: the name, another name, a name but for its spaces."""

FEW = 5
"""With fewer found, words are also taken with one letter wrong."""


@dataclass
class Readable:
    """A document as it is compared: by field its values' words, and what else they are found by."""

    document: Document
    words: dict[str, list[list[str]]]
    others: dict[str, set[str]]
    codes: set[tuple[str, str]]
    keywords: dict[str, set[str]]
    wholes: dict[str, float]
    point: tuple[float, float] | None

    @cached_property
    def every_word(self) -> set[str]:
        return {word for values in self.words.values() for value in values for word in value}


@dataclass
class Index:
    schema: Schema
    documents: dict[str, Readable]
    cursor: str


indexes: dict[str, Index] = {}
"""By place. They belong to the process, and end with it."""


class MemoryEngine(Engine):
    name = "memory"

    def __init__(self, place: Path, schema: Schema) -> None:
        super().__init__(place, schema)
        self.weights = {each.name: each.weight for each in schema.of(Text)}

    @property
    def index(self) -> Index:
        found = indexes.get(str(self.place))
        if found is None or found.schema != self.schema:
            raise NoIndex("Nothing has been indexed yet.")
        return found

    def cursor(self) -> str | None:
        found = indexes.get(str(self.place))
        return found.cursor if found and found.schema == self.schema else None

    def write(self, documents: Iterable[Document], gone: Iterable[str], cursor: str) -> None:
        kept = dict(self.index.documents)
        for id in gone:
            kept.pop(id, None)
        kept.update({each.id: self.readable(each) for each in documents})
        indexes[str(self.place)] = Index(self.schema, kept, cursor)

    def build(self, parts: Sequence[Part], cursor: str, processes: int = 1) -> int:
        kept = {each.id: self.readable(each) for each in documents_of(parts)}
        indexes[str(self.place)] = Index(self.schema, kept, cursor)
        return len(kept)

    def readable(self, document: Document) -> Readable:
        values = {each.name: as_list(document.values.get(each.name)) for each in self.schema.fields}
        document = replace(document, shown=json.loads(json.dumps(document.shown)))
        point = document.values.get(self.schema.point) if self.schema.point else None
        return Readable(
            document,
            {
                each.name: [analysis.words(analysis.text_of(value)) for value in values[each.name]]
                for each in self.texts
            },
            {each.name: self.others(values[each.name]) for each in self.texts},
            {
                (c.form, term)
                for c in self.schema.of(Code)
                for v in values[c.name]
                for term in analysis.FORMS[c.form](v)
            },
            self.keywords(document, values),
            self.wholes(values),
            None if point is None else (float(point[0]), float(point[1])),
        )

    @property
    def texts(self) -> list[Text]:
        return self.schema.of(Text)

    def others(self, values: list[Any]) -> set[str]:
        default = self.schema.languages
        return {
            other
            for value in values
            for other in analysis.others(analysis.text_of(value), analysis.languages_of(value, default))
        }

    def keywords(self, document: Document, values: dict[str, list[Any]]) -> dict[str, set[str]]:
        found = {each.name: standing(each, values[each.name]) for each in self.schema.of(Keyword)}
        for each in self.schema.of(Facts):
            for name, value in (document.values.get(each.name) or {}).items():
                found[f"{each.name}.{name}"] = set(map(str, as_list(value)))
        return {KIND.name: {document.kind}, **found}

    def wholes(self, values: dict[str, list[Any]]) -> dict[str, float]:
        """What a whole text must be to be this document's name, and what that counts."""
        found: dict[str, float] = {}
        for number, each in enumerate(each for each in self.texts if each.is_name):
            for value in values[each.name]:
                whole = analysis.whole(analysis.text_of(value))
                for form, worth in ((whole.replace(" ", ""), COMPACT), (whole, OTHER_WHOLE if number else WHOLE)):
                    found[form] = max(worth, found.get(form, 0))
        return found

    # ---- Answers -----------------------------------------------------------------------------------------------------

    def search(self, query: Query) -> Results:
        check(self.schema, query)
        wanted = asked.read(query)
        known = Counter(word for each in self.index.documents.values() for word in each.every_word)
        for how, scored, correction in self.tries(query, wanted, known):
            found = [(each, score) for each, score in scored if self.passes(each, query)]
            if found:
                return self.results(query, wanted, found, how, correction, scored)
        return self.results(query, wanted, [], "all", "", [])

    def tries(
        self, query: Query, wanted: Asked, known: Counter[str]
    ) -> Iterator[tuple[How, list[tuple[Readable, float]], str]]:
        """Ever looser readings: how, the documents that match with their scores, and the text put right."""
        plain = Reading(wanted, known, self.weights, len(self.index.documents))
        exact = self.matching(plain.score)
        found = [(each, score) for each, score in exact if self.passes(each, query)]
        corrections = {item.word: corrected(item, known) for group in wanted.groups for item in group.items}
        correction = put_right(wanted, corrections, known)
        if not query.loosen or wanted.is_empty:
            yield "all", exact, ""
            return
        respelt = asked.respelt(wanted, lambda word: known[word])
        loose = Reading(respelt, known, self.weights, len(self.index.documents), corrections)
        if len(found) >= FEW or any(score >= COMPACT for _each, score in found):
            yield "all", exact, ""
        yield "all" if found else "corrected", self.matching(loose.score), correction
        needed = sum(not group.optional for group in respelt.groups)
        for fewest in range(needed - 1, 0, -1):
            yield "some", self.matching(lambda each, fewest=fewest: loose.score(each, fewest)), correction  # type: ignore[misc]

    def matching(self, score: Callable[[Readable], float | None]) -> list[tuple[Readable, float]]:
        found = ((each, score(each)) for each in self.index.documents.values())
        return [(each, value) for each, value in found if value is not None]

    def passes(self, each: Readable, query: Query, but: str = "") -> bool:
        if query.kinds and but != KIND.name and each.document.kind not in query.kinds:
            return False
        if query.near and query.near.km is not None and (km := distance(each, query.near)) is not None:
            if km > query.near.km:
                return False
        elif query.near and query.near.km is not None:
            return False
        return all(self.holds(each, one) for one in query.filters if not but or getattr(one, "field", "") != but)

    def holds(self, each: Readable, one: Filter) -> bool:
        if isinstance(one, OneOf):
            return each.keywords.get(one.field, set()).isdisjoint(one.values) == one.negated
        if isinstance(one, Box):
            return each.point is not None and geo.is_in(one, *each.point)
        if isinstance(self.schema[one.field], Fact):
            return any(in_numbers(value, one) for value in each.keywords.get(one.field, ()))
        value = each.document.values.get(one.field)
        return value is not None and within(value, one)

    def results(
        self,
        query: Query,
        wanted: Asked,
        found: list[tuple[Readable, float]],
        how: How,
        correction: str,
        scored: list[tuple[Readable, float]],
    ) -> Results:
        ranked = self.with_pinned(query, self.sorted(query, found))
        page = ranked[query.offset : query.offset + query.limit]
        facets = {each.field: self.facet(each, query, scored) for each in query.facets}
        hits = tuple(self.hit(each, score, query.near) for each, score in page)
        marks = marks_of(wanted, correction)
        return Results(len(ranked) if query.counted else len(hits), hits, facets, how, correction, marks)

    def with_pinned(self, query: Query, ranked: list[tuple[Readable, float]]) -> list[tuple[Readable, float]]:
        ids = [id for id in dict.fromkeys(query.rules.pinned) if id in self.index.documents]
        first = [self.index.documents[id] for id in ids]
        pinned = [(each, 0.0) for each in first if self.passes(each, query)]
        if query.sort or not pinned:
            return ranked
        there = {each.document.id for each, _score in pinned}
        return pinned + [(each, score) for each, score in ranked if each.document.id not in there]

    def sorted(self, query: Query, found: list[tuple[Readable, float]]) -> list[tuple[Readable, float]]:
        def relevance(pair: tuple[Readable, float]) -> float:
            each, score = pair
            for (name, value), factor in query.rules.boosts.items():
                score *= factor if value in each.keywords.get(name, ()) else 1
            return -score * log2(2 + each.document.boost)

        ranked = sorted(found, key=relevance)
        if not query.sort:
            return ranked
        if query.sort == "distance" and query.near:
            near = query.near
            return sorted(ranked, key=lambda pair: last_if_none(distance(pair[0], near)))
        name = query.sort.removeprefix("-")
        having = [pair for pair in ranked if pair[0].document.values.get(name) not in (None, "")]
        without = [pair for pair in ranked if pair[0].document.values.get(name) in (None, "")]
        key: Callable[[tuple[Readable, float]], Any] = lambda pair: pair[0].document.values[name]  # noqa: E731 (typed)
        return sorted(having, key=key, reverse=query.sort.startswith("-")) + without

    def facet(self, wanted: Wanted, query: Query, scored: list[tuple[Readable, float]]) -> Facet:
        counts = Counter(
            value
            for each, _score in scored
            if self.passes(each, query, but=wanted.field)
            for value in each.keywords.get(wanted.field, ())
            if self.is_counted(wanted, value)
        )
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return Facet(tuple(ranked[: wanted.limit]), len(ranked) > wanted.limit)

    def is_counted(self, wanted: Wanted, value: str) -> bool:
        field = self.schema[wanted.field]
        if not isinstance(field, Keyword) or not field.is_path:
            return True
        return value.rpartition("/")[0] == wanted.under

    def hit(self, each: Readable, score: float, near: Near | None) -> Hit:
        km = distance(each, near) if near else None
        return Hit(each.document.id, each.document.kind, each.document.shown, score, km)

    def suggest(self, query: Query) -> Results:
        names = {each.name for each in self.texts if each.is_name}
        wanted = asked.read(query, shortest_half=1)
        if wanted.is_empty:
            return Results()
        weights = {name: weight for name, weight in self.weights.items() if name in names}
        known = Counter(word for each in self.index.documents.values() for word in each.every_word)
        for corrections in ({}, {item.word: corrected(item, known) for g in wanted.groups for item in g.items}):
            reading = Reading(wanted, known, weights, len(self.index.documents), corrections)
            found = [(e, s + begins(e, wanted)) for e, s in self.matching(reading.score) if self.passes(e, query)]
            if found:
                return self.results(query, wanted, found, "corrected" if corrections else "all", "", found)
        return Results()

    def more_like_this(self, id: str, query: Query) -> Results:
        check(self.schema, query)
        this = self.index.documents.get(id)
        if this is None:
            return Results()
        known = Counter(word for each in self.index.documents.values() for word in each.every_word)
        scored = [(each, likeness(this, each, known)) for each in self.index.documents.values() if each is not this]
        found = [(each, score) for each, score in scored if score > 0 and self.passes(each, query)]
        return self.results(query, Asked(), found, "all", "", found)

    def shown(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        there = self.index.documents
        return {id: there[id].document.shown for id in ids if id in there}

    def values(self, field: str, prefix: str = "", limit: int = 1_000) -> list[tuple[str, int]]:
        counts = Counter(v for each in self.index.documents.values() for v in each.keywords.get(field, ()))
        found = ((value, count) for value, count in counts.items() if value.startswith(prefix))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def count(self) -> int:
        return len(self.index.documents)

    def size(self) -> int:
        return sum(len(repr(each.document)) for each in self.index.documents.values())

    def close(self) -> None:
        """Nothing is open."""


# ---- Matching and counting for -------------------------------------------------------------------


@dataclass
class Reading:
    """How far one document has what was asked. `corrections`: for a word others that may have been meant."""

    wanted: Asked
    known: Counter[str]
    weights: dict[str, float]
    total: int
    corrections: dict[str, frozenset[str]] | None = None

    def score(self, each: Readable, fewest: int | None = None) -> float | None:
        """None where it does not match; `fewest`: how many of the words are enough."""
        if any(self.has_phrase(each, words) for words in self.wanted.without):
            return None
        if not all(self.has_phrase(each, words) for words in self.wanted.phrases):
            return None
        # Whoever has the whole name has all its words, but in one word perhaps or in three.
        whole = (
            max(each.wholes.get(self.wanted.whole, 0), each.wholes.get(self.wanted.compact, 0))
            if self.wanted.groups
            else 0
        )
        found = [(group, self.group(each, group)) for group in self.wanted.groups]
        missing = sum(worth == 0 and not group.optional for group, worth in found)
        needed = sum(not group.optional for group in self.wanted.groups)
        if not whole and (missing if fewest is None else needed - missing < fewest):
            return None
        return sum(worth for _group, worth in found) + whole + 1

    def has_phrase(self, each: Readable, words: tuple[str, ...]) -> bool:
        return any(stand_together(value, words) for values in each.words.values() for value in values)

    def group(self, each: Readable, group: Group) -> float:
        if worth := max((worth for form, term, worth in group.codes if (form, term) in each.codes), default=0):
            return worth
        return max(self.all_of(each, group.items), *(0.8 * self.all_of(each, also) for also in group.also), 0.0)

    def all_of(self, each: Readable, items: tuple[Item, ...]) -> float:
        found = [self.item(each, item) for item in items]
        return sum(found) if all(found) else 0.0

    def item(self, each: Readable, item: Item) -> float:
        rarity = 1 + log(1 + self.total / (1 + self.known[item.word]))
        return rarity * sum(weight * self.level(each, name, item) for name, weight in self.weights.items())

    def level(self, each: Readable, name: str, item: Item) -> float:
        words = {word for value in each.words[name] for word in value}
        if item.word in words:
            return 1.0
        if words & item.alike or each.others[name] & item.forms:
            return 0.7
        if item.pairs and each.others[name].issuperset(item.pairs):
            return 0.5
        if item.half and any(word.startswith(item.word) for word in words):
            return 0.4
        return 0.3 if self.corrections and words & self.corrections.get(item.word, frozenset()) else 0.0


def stand_together(words: list[str], wanted: tuple[str, ...]) -> bool:
    size = len(wanted)
    return any(tuple(words[n : n + size]) == wanted for n in range(len(words) - size + 1))


def corrected(item: Item, known: Counter[str]) -> frozenset[str]:
    if not analysis.can_be_mistyped(item.word):
        return frozenset()
    return frozenset(word for word in known if analysis.is_one_edit(item.word, word))


def put_right(wanted: Asked, corrections: dict[str, frozenset[str]], known: Counter[str]) -> str:
    """The text with each word that nobody knows as the commonest like it; nothing if there is none such."""
    words, changed = [], False
    for item in (item for group in wanted.groups for item in group.items):
        options = corrections.get(item.word, frozenset())
        is_known = any(known[form] for form in item.forms) or (
            item.half and any(w.startswith(item.word) for w in known)
        )
        better = max(options, key=lambda word: (known[word], word), default="") if not is_known else ""
        words.append(better or item.word)
        changed = changed or bool(better)
    return " ".join(words) if changed else ""


def marks_of(wanted: Asked, correction: str) -> Any:
    marks = wanted.marks()
    return replace(marks, words=marks.words | set(correction.split())) if correction else marks


def standing(field: Keyword, values: list[str]) -> set[str]:
    """The values of a keyword field; of a path all above it too."""
    return {step for value in values for step in steps(value)} if field.is_path else set(values)


def within(value: Any, one: Between) -> bool:
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
    return (one.start is None or value >= one.start) and (one.end is None or value < one.end)


def distance(each: Readable, near: Near) -> float | None:
    return None if each.point is None else geo.kilometres(near.lat, near.lon, *each.point)


def last_if_none(km: float | None) -> tuple[bool, float]:
    return km is None, km or 0.0


def begins(each: Readable, wanted: Asked) -> float:
    """A name that begins as typed stands before one that has the words further on."""
    return 1_000.0 if any(whole.startswith(wanted.whole) for whole in each.wholes) else 0.0


def likeness(one: Readable, other: Readable, known: Counter[str]) -> float:
    """How many of its rarer words another has, the rarest most."""
    shared = one.every_word & other.every_word
    return sum(1 / known[word] for word in shared if known[word] * 2 <= known.total())
