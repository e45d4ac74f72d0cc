"""What is asked, in Tantivy's queries."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import tantivy
from tantivy import FieldType, Occur
from tantivy import Query as T

from gazetteer.search.engines import analysis, geo
from gazetteer.search.engines.asked import Asked, Group, Item
from gazetteer.search.engines.base import (
    Between,
    Box,
    Fact,
    Filter,
    Near,
    OneOf,
    in_numbers,
)
from gazetteer.search.engines.embedded.form import SHORT, Form, number_in

WHOLE, OTHER_WHOLE, COMPACT = 100_000.0, 50_000.0, 40_000.0
"""What a whole name counts: the name, another name, a name but for its spaces."""

ALIKE, BY_PAIRS, HALF, MISTYPED, SYNONYM = 0.7, 0.5, 0.4, 0.3, 0.8
"""What a form of a word counts, by the word itself."""

RARITY = 6.0
"""What a match without a rarity of its own (half a word) counts as: about that of one in 400 documents."""

MOST_VALUES = 60_000
MOST_CORRECTIONS = 12


class Asking:
    """Tantivy's queries for what is asked, on one searcher."""

    def __init__(
        self,
        form: Form,
        searcher: tantivy.Searcher,
        frequencies: dict[tuple[str, str], int],
        paths: dict[tuple[str, str], list[str]],
    ) -> None:
        self.form = form
        self.schema = form.tantivy
        self.searcher = searcher
        self.frequencies = frequencies
        self.paths = paths

    def frequency(self, field: str, word: str) -> int:
        """In how many documents; of the dictionary alone, so it costs next to nothing."""
        key = (field, word)
        if (found := self.frequencies.get(key)) is None:
            if len(self.frequencies) > 200_000:
                self.frequencies.clear()
            found = self.frequencies[key] = self.searcher.doc_freq(field, word)
        return found

    def term(self, field: str, value: Any, index: str = "basic") -> T:
        return T.term_query(self.schema, field, value, index)

    def scored(self, field: str, word: str, worth: float, index: str) -> list[T]:
        """Nothing where no document has it."""
        return [T.boost_query(self.term(field, word, index), worth)] if self.frequency(field, word) else []

    def kept(self, address: Any) -> dict[str, Any]:
        """What `Form.document` kept of a document."""
        return dict(json.loads(bytes(self.searcher.doc(address)["doc"][0])))

    # ---- What is typed ------------------------------------------------------------------------------------------

    def text(self, wanted: Asked, corrections: Mapping[str, Sequence[str]], fewest: int | None, names: bool) -> T:
        """What the words ask, scored. `fewest`: so many groups are enough; `names`: they must stand in names."""
        built = [(group, self.group(group, corrections, names)) for group in wanted.groups]
        if fewest is None:
            parts = [(Occur.Should if group.optional else Occur.Must, query) for group, query in built]
            inner = T.boolean_query(parts)
        else:
            needed = [(Occur.Should, query) for group, query in built if not group.optional]
            inner = T.boolean_query(needed, minimum_number_should_match=fewest)
        return T.boolean_query([(Occur.Should, inner), *((Occur.Should, each) for each in self.whole(wanted))])

    def whole(self, wanted: Asked) -> list[T]:
        forms = ((f"0:{wanted.whole}", WHOLE), (f"1:{wanted.whole}", OTHER_WHOLE), (f"2:{wanted.compact}", COMPACT))
        return [
            T.const_score_query(self.term("whole", term), worth)
            for term, worth in forms
            if self.frequency("whole", term)
        ]

    def group(self, group: Group, corrections: Mapping[str, Sequence[str]], names: bool) -> T:
        ways = [self.all_of(group.items, corrections, names)]
        for also in group.also:
            ways.append(T.boost_query(self.all_of(also, corrections, names), SYNONYM))
        for form, term, worth in () if names else group.codes:
            if self.frequency("codes", f"{form}:{term}"):
                ways.append(T.const_score_query(self.term("codes", f"{form}:{term}"), worth))
        return one_of(ways)

    def all_of(self, items: tuple[Item, ...], corrections: Mapping[str, Sequence[str]], names: bool) -> T:
        if len(items) == 1:
            return self.item(items[0], corrections, names)
        return T.boolean_query([(Occur.Must, self.item(item, corrections, names)) for item in items])

    def item(self, item: Item, corrections: Mapping[str, Sequence[str]], names: bool) -> T:
        ways: list[T] = []
        for number, (is_name, weight) in enumerate(self.form.groups):
            if names and not is_name:
                continue
            words, others = f"t{number}", f"o{number}"
            found = self.scored(words, item.word, weight, "position")
            for form in item.alike:
                found += self.scored(words, form, weight * ALIKE, "position")
            for form in item.forms:
                found += self.scored(others, form, weight * ALIKE, "freq")
            for other in corrections.get(item.word, ()):
                found += self.scored(words, other, weight * MISTYPED, "position")
            if item.pairs and all(self.frequency(others, pair) for pair in item.pairs):
                pairs = [(Occur.Must, self.term(others, pair, "freq")) for pair in item.pairs]
                found.append(T.boost_query(T.boolean_query(pairs), weight * BY_PAIRS / len(pairs)))
            if item.half and len(item.word) > SHORT:
                half = T.fuzzy_term_query(self.schema, words, item.word, 0, True, True)
                found.append(T.const_score_query(half, weight * HALF * RARITY))
            if found:
                ways.append(T.disjunction_max_query(found, 0.0) if len(found) > 1 else found[0])
        if item.half and len(item.word) <= SHORT:
            ways.append(T.const_score_query(self.term("e", item.word), HALF * RARITY * self.form.groups[0][1]))
        return one_of(ways)

    def phrase(self, words: tuple[str, ...]) -> T:
        """The words one after another, in any text."""
        ways = []
        for number, (_is_name, weight) in enumerate(self.form.groups):
            if all(self.frequency(f"t{number}", word) for word in words):
                ways.append(T.boost_query(self.phrase_in(f"t{number}", words), weight))
        return one_of(ways)

    def phrase_in(self, field: str, words: tuple[str, ...]) -> T:
        return (
            T.phrase_query(self.schema, field, list(words))
            if len(words) > 1
            else self.term(field, words[0], "position")
        )

    def beginning(self, wanted: Asked) -> T:
        """Names that begin so."""
        if len(wanted.whole) <= SHORT:
            return self.term("e", f"\0{wanted.whole}")
        return one_of([T.fuzzy_term_query(self.schema, "whole", f"{n}:{wanted.whole}", 0, True, True) for n in (0, 1)])

    def corrections(self, item: Item) -> list[str]:
        """Known words one letter away, the commonest first."""
        if not analysis.can_be_mistyped(item.word):
            return []
        counted = ((self.searcher.doc_freq("w", word), word) for word in analysis.one_edit_away(item.word))
        return [word for _count, word in sorted((pair for pair in counted if pair[0]), reverse=True)[:MOST_CORRECTIONS]]

    def is_known(self, item: Item) -> bool:
        if any(self.frequency("w", form) for form in item.forms):
            return True
        return item.half and bool(self.searcher.terms_with_prefix("w", item.word, None, 1))

    # ---- Filters ------------------------------------------------------------------------------------------------

    def filter(self, one: Filter) -> tuple[Occur, T]:
        if isinstance(one, OneOf):
            name = f"k_{one.field}"
            query = self.term(name, one.values[0]) if len(one.values) == 1 else self.any_of(name, one.values)
            return (Occur.MustNot if one.negated else Occur.Must), silent(query)
        if isinstance(one, Between) and isinstance(self.form.schema[one.field], Fact):
            values = [value for value, _count in self.values(f"k_{one.field}") if in_numbers(value, one)]
            return Occur.Must, silent(self.any_of(f"k_{one.field}", values))
        if isinstance(one, Between):
            return Occur.Must, silent(self.between(f"s_{one.field}", one.start, one.end))
        return Occur.Must, silent(self.box(one))

    def any_of(self, name: str, values: Sequence[str]) -> T:
        return T.term_set_query(self.schema, name, list(values)) if values else T.empty_query()

    def values(self, name: str) -> list[tuple[str, int]]:
        """All values of a keyword with their counts, the commonest first."""
        terms = {"field": name, "size": MOST_VALUES}
        found = self.searcher.aggregate(T.all_query(), {"all": {"terms": terms}})["all"]["buckets"]
        return sorted(((each["key"], each["doc_count"]) for each in found), key=lambda pair: (-pair[1], pair[0]))

    def below(self, name: str, under: str) -> list[str]:
        """The values of a path field one step below another; kept until the next commit."""
        key = (name, under)
        if (found := self.paths.get(key)) is None:
            start = f"{under}/" if under else ""
            values = (value for value, _count in self.searcher.terms_with_prefix(name, start, None, MOST_VALUES))
            found = self.paths[key] = [value for value in values if "/" not in value[len(start) :]]
        return found

    def between(self, name: str, start: Any, end: Any, ends: bool = False) -> T:
        bounds = [None if each is None else number_in(each) for each in (start, end)]
        if bounds == [None, None]:
            return T.exists_query(name)
        return T.range_query(self.schema, name, FieldType.Float, bounds[0], bounds[1], True, ends or bounds[1] is None)

    def box(self, box: Box) -> T:
        if box.south > box.north:
            return T.empty_query()
        belt = (Occur.Must, self.between("lat", box.south, box.north, ends=True))
        if box.east - box.west >= 360:
            return T.boolean_query([belt])
        west, east = geo.wrapped(box.west), geo.wrapped(box.east)
        if box.east == 180.0:
            east = 180.0
        if west <= east:
            return T.boolean_query([belt, (Occur.Must, self.between("lon", west, east, ends=True))])
        sides = [self.between("lon", west, None), self.between("lon", None, east, ends=True)]
        return T.boolean_query([belt, (Occur.Must, one_of(sides))])

    def circle(self, near: Near, km: float, within: T) -> T:
        """What is at most so far: cells inside the circle by name, and of cells on its edge each document by itself."""
        inside, edge = geo.covering(near.lat, near.lon, km)
        on_edge = self.measured(self.both(within, self.any_of("cell", edge)), near)
        numbers = [number for number, far in on_edge if far <= km]
        ways = [self.any_of("cell", inside)] if inside else []
        if numbers:
            ways.append(T.term_set_query(self.schema, "number", numbers))
        return one_of(ways)

    def both(self, one: T, other: T) -> T:
        return T.boolean_query([(Occur.Must, silent(one)), (Occur.Must, silent(other))])

    def measured(self, query: T, near: Near) -> list[tuple[int, float]]:
        """The numbers of all that match, with their distances."""
        addresses = [address for _score, address in self.every(query)]
        return list(zip(self.column("number", addresses), self.distances(addresses, near), strict=True))

    def every(self, query: T) -> list[tuple[Any, Any]]:
        return self.searcher.search(query, max(1, self.count(query)), False).hits

    def count(self, query: T) -> int:
        found: Any = self.searcher.search(query, 1)
        return int(found.count or 0)

    def column(self, name: str, addresses: list[Any]) -> list[Any]:
        return self.searcher.fast_field_values(name, addresses) if addresses else []

    def distances(self, addresses: list[Any], near: Near) -> list[float]:
        return [km for km in self.maybe_distances(addresses, near) if km is not None]

    def maybe_distances(self, addresses: list[Any], near: Near) -> list[float | None]:
        points = zip(self.column("lat", addresses), self.column("lon", addresses), strict=True)
        return [None if lat is None else geo.kilometres(near.lat, near.lon, lat, lon) for lat, lon in points]


def silent(query: T) -> T:
    """Without a say in the order."""
    return T.const_score_query(query, 0.0)


def one_of(ways: Sequence[T]) -> T:
    """Any of these; their scores add up."""
    if not ways:
        return T.empty_query()
    return ways[0] if len(ways) == 1 else T.boolean_query([(Occur.Should, way) for way in ways])
