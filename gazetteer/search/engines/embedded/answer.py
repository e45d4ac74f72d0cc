"""One query answered: ever looser readings, the page, the counts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tantivy import Occur, Order
from tantivy import Query as T

from gazetteer.search.engines import asked, geo
from gazetteer.search.engines.asked import Asked
from gazetteer.search.engines.base import (
    KIND,
    Facet,
    Hit,
    How,
    Keyword,
    Marks,
    Near,
    Query,
    Results,
    Wanted,
)
from gazetteer.search.engines.embedded.asking import COMPACT, MOST_VALUES, Asking, one_of, silent
from gazetteer.search.engines.embedded.form import CURSOR, Form

FEW = 5
"""With fewer found, words are also taken with one letter wrong."""

BEGINNING = 1_000.0
"""What it counts, while typing, that a name begins as typed."""

BEGUN = 60.0
"""The same of a search with several words: about what half a rare word in a name counts."""

NEAREST_KM, HALF_WAY_ROUND = 1.0, 20_016.0
RAREST = 8
NOTHING: dict[str, Any] = {"buckets": []}
FROM_SEGMENT = 1_000
"""Values that a segment tells at most, the commonest first."""

TIES = 20
"""Values asked for beyond those wanted, so that equals stand in the order of their values."""


@dataclass
class Matching:
    """What text, phrases and minus ask, without filters; `circle`: which of that is near enough, if that was asked."""

    query: T
    circle: T | None = None


@dataclass
class Found:
    """`hits`: of the page asked for, if it is sorted by relevance. `best`: the score of the first of all."""

    matching: Matching
    total: int
    best: float
    hits: list[tuple[Any, Any]]


class Answer:
    """One query answered on one searcher. `names`: the words must stand in names, the last unfinished."""

    def __init__(self, form: Form, asking: Asking, query: Query, wanted: Asked, names: bool = False) -> None:
        self.form, self.asking, self.query, self.wanted, self.names = form, asking, query, wanted, names
        self.pinned: list[Any] = []
        self.pinned = self.find_pinned() if query.rules.pinned and not query.sort else []

    def results(self) -> Results:
        """Ever looser readings, until one finds something."""
        plain = self.look(self.matching({}, None))
        if plain.total >= FEW or plain.best >= COMPACT or not (self.query.loosen and self.wanted.groups):
            return self.answer(plain, "all")
        corrections, correction = self.correct()
        typed = self.wanted
        self.wanted = asked.respelt(typed, lambda word: self.asking.frequency("w", word))
        if corrections or self.wanted != typed:
            loose = self.look(self.matching(corrections, None))
            if loose.total:
                return self.answer(loose, "all" if plain.total else "corrected", correction)
        if plain.total or self.names:
            return self.answer(plain, "all", correction)
        needed = sum(not group.optional for group in self.wanted.groups)
        for fewest in range(needed - 1, 0, -1):
            some = self.look(self.matching(corrections, fewest))
            if some.total:
                return self.answer(some, "some", correction)
        return self.answer(plain, "all", correction)

    # ---- What matches -------------------------------------------------------------------------------------------

    def matching(self, corrections: Mapping[str, Sequence[str]], fewest: int | None) -> Matching:
        asking, wanted = self.asking, self.wanted
        parts: list[tuple[Occur, T]] = [(Occur.Must, asking.phrase(words)) for words in wanted.phrases]
        if wanted.groups:
            parts.append((Occur.Must, asking.text(wanted, corrections, fewest, self.names)))
        if not parts:
            parts += [(Occur.Must, silent(T.all_query())), (Occur.MustNot, asking.term("id", CURSOR))]
        if self.names:
            parts.append((Occur.Should, T.const_score_query(asking.beginning(wanted), BEGINNING)))
        elif wanted.groups and " " in wanted.whole and wanted.groups[-1].items[-1].half:
            # A name whose beginning is typed stands before those that have its words in another order.
            parts.append((Occur.Should, T.const_score_query(asking.beginning(wanted), BEGUN)))
        parts += [(Occur.MustNot, asking.phrase(words)) for words in wanted.without]
        return self.matched(T.boolean_query(parts) if len(parts) > 1 else parts[0][1])

    def matched(self, query: T) -> Matching:
        near = self.query.near
        return Matching(query, self.asking.circle(near, near.km, query) if near and near.km is not None else None)

    def filtered(self, matching: Matching, but: str = "") -> T:
        """With the filters, all but those on one field."""
        parts = [(Occur.Must, matching.query)]
        if self.query.kinds and but != KIND.name:
            parts.append((Occur.Must, silent(self.asking.any_of("k_kind", self.query.kinds))))
        for one in self.query.filters:
            if not but or getattr(one, "field", "") != but:
                parts.append(self.asking.filter(one))
        if matching.circle is not None:
            parts.append((Occur.Must, silent(matching.circle)))
        return T.boolean_query(parts) if len(parts) > 1 else matching.query

    def find_pinned(self) -> list[Any]:
        """Where the pinned documents are that pass the filters, in the order laid down."""
        found = []
        for id in dict.fromkeys(self.query.rules.pinned):
            hits = self.asking.searcher.search(self.filtered(self.matched(self.asking.term("id", id))), 1, False).hits
            found += [address for _score, address in hits]
        return found

    def without_pinned(self, query: T) -> T:
        if not self.pinned:
            return query
        pinned = self.asking.any_of("id", self.query.rules.pinned)
        return T.boolean_query([(Occur.Must, query), (Occur.MustNot, pinned)])

    def look(self, matching: Matching) -> Found:
        """Count, and the page itself where it is sorted by relevance."""
        query = self.without_pinned(self.filtered(matching))
        start, limit = max(0, self.query.offset - len(self.pinned)), self.query.limit
        by_relevance = not self.query.sort
        ranked = self.boosted(query) if by_relevance else query
        found = self.top(ranked, limit if by_relevance else 1, start if by_relevance else 0, self.query.counted)
        hits = found.hits
        first = hits if not start or not by_relevance else self.top(ranked, 1, 0, False).hits
        total = int(found.count or 0) if self.query.counted else len(hits)
        return Found(matching, total, first[0][0] if first else 0.0, hits[:limit] if by_relevance else [])

    def top(self, query: T, limit: int, offset: int, counted: bool) -> Any:
        return self.asking.searcher.search(query, max(1, limit), counted, None, offset, weight_by_field="boost")

    def boosted(self, query: T) -> T:
        """Editors' factors: a document with that value has its score once more, as often as the factor says."""
        parts = [(Occur.Must, query)]
        for (name, value), factor in self.query.rules.boosts.items():
            having = T.boolean_query([(Occur.Must, query), (Occur.Must, silent(self.asking.term(f"k_{name}", value)))])
            parts.append((Occur.Should, T.boost_query(having, factor - 1)))
        return T.boolean_query(parts) if len(parts) > 1 else query

    def correct(self) -> tuple[dict[str, list[str]], str]:
        """By word the known ones like it, the commonest first; and the text with each unknown word put right."""
        corrections: dict[str, list[str]] = {}
        words, changed = [], False
        for item in (item for group in self.wanted.groups for item in group.items):
            options = self.asking.corrections(item)
            if options:
                corrections[item.word] = options
            better = options and not self.asking.is_known(item)
            words.append(options[0] if better else item.word)
            changed = changed or bool(better)
        return corrections, " ".join(words) if changed else ""

    # ---- The answer ---------------------------------------------------------------------------------------------

    def answer(self, found: Found, how: How, correction: str = "") -> Results:
        page = self.page(found)
        facets = self.facets(found.matching)
        total = found.total + len(self.pinned) if self.query.counted else len(page)
        return Results(total, tuple(self.hits(page)), facets, how, correction, self.marks(correction))

    def page(self, found: Found) -> list[tuple[float, Any]]:
        query = self.query
        if not query.sort:
            pinned = [(0.0, address) for address in self.pinned[query.offset : query.offset + query.limit]]
            return (pinned + found.hits)[: query.limit]
        matching = self.filtered(found.matching)
        if query.sort == "distance" and query.near:
            return self.by_distance(matching, query.near)
        return self.by_field(matching, query.sort.removeprefix("-"), Order.Desc if query.sort[0] == "-" else Order.Asc)

    def by_field(self, matching: T, name: str, order: Order) -> list[tuple[float, Any]]:
        """Sorted by the field, then what has no value in it."""
        exists = silent(T.exists_query(f"s_{name}"))
        having = T.boolean_query([(Occur.Must, matching), (Occur.Must, exists)])

        def read(limit: int, offset: int) -> list[Any]:
            return self.asking.searcher.search(having, limit, False, f"s_{name}", offset, order).hits

        return self.then_the_rest(having, read, T.boolean_query([(Occur.Must, matching), (Occur.MustNot, exists)]))

    def then_the_rest(self, having: T, read: Callable[[int, int], list[Any]], rest: T) -> list[tuple[float, Any]]:
        offset, limit = self.query.offset, self.query.limit
        if limit < 1:
            return []
        found = [(0.0, address) for _key, address in read(limit, offset)]
        if len(found) < limit:
            past = max(0, offset - self.asking.count(having))
            found += self.top(rest, limit - len(found), past, False).hits
        return found

    def by_distance(self, matching: T, near: Near) -> list[tuple[float, Any]]:
        placed = T.boolean_query([(Occur.Must, matching), (Occur.Must, silent(T.exists_query("lat")))])
        rest = T.boolean_query([(Occur.Must, matching), (Occur.MustNot, silent(T.exists_query("lat")))])

        def read(limit: int, offset: int) -> list[Any]:
            return [(km, address) for km, address in self.nearest(placed, near, offset + limit)[offset:]]

        return self.then_the_rest(placed, read, rest)

    def nearest(self, placed: T, near: Near, wanted: int) -> list[tuple[float, Any]]:
        """The so many nearest, by rings that widen until one holds enough: all nearer ones are within it, exactly."""
        km = NEAREST_KM
        while True:
            cells = [cell for cells in geo.covering(near.lat, near.lon, km) for cell in cells]
            ring = T.boolean_query(
                [(Occur.Must, silent(placed)), (Occur.Must, silent(self.asking.any_of("cell", cells)))]
            )
            if km >= HALF_WAY_ROUND or self.asking.count(ring) >= wanted:
                addresses = [address for _score, address in self.asking.every(ring)]
                measured = zip(self.asking.distances(addresses, near), addresses, strict=True)
                found = sorted(measured, key=lambda pair: pair[0])[:wanted]
                if km >= HALF_WAY_ROUND or (len(found) == wanted and found[-1][0] <= km):
                    return found
            km *= 4

    def hits(self, page: list[tuple[float, Any]]) -> Iterator[Hit]:
        addresses = [address for _score, address in page]
        near = self.query.near
        distances = self.asking.maybe_distances(addresses, near) if near else [None] * len(page)
        for (score, address), km in zip(page, distances, strict=True):
            kept = self.asking.kept(address)
            yield Hit(kept["i"], kept["k"], kept["s"], float(score), km)

    def marks(self, correction: str) -> Marks:
        marks = self.wanted.marks()
        return replace(marks, words=marks.words | set(correction.split())) if correction else marks

    # ---- Counts -------------------------------------------------------------------------------------------------

    def facets(self, matching: Matching) -> dict[str, Facet]:
        """Those without a filter of their own are counted in one go."""
        filtered = {getattr(one, "field", "") for one in self.query.filters} | (
            {KIND.name} if self.query.kinds else set()
        )
        together = [wanted for wanted in self.query.facets if wanted.field not in filtered]
        found = self.counted(self.filtered(matching), together)
        for wanted in self.query.facets:
            if wanted.field in filtered:
                found |= self.counted(self.filtered(matching, but=wanted.field), [wanted])
        return found

    def counted(self, query: T, wanted: Sequence[Wanted]) -> dict[str, Facet]:
        asked_for = {each.field: {"terms": terms} for each in wanted if (terms := self.terms(each, each.limit + TIES))}
        answer = self.asking.searcher.aggregate(query, asked_for) if asked_for else {}
        for each in wanted:
            # Each of several segments tells only its commonest values; where that might have cost a count, all of them.
            if self.asking.searcher.num_segments > 1 and answer.get(each.field, {}).get("doc_count_error_upper_bound"):
                again = {each.field: {"terms": self.terms(each, MOST_VALUES)}}
                answer |= self.asking.searcher.aggregate(query, again)
        return {each.field: facet_of(answer.get(each.field, NOTHING), each.limit) for each in wanted}

    def terms(self, wanted: Wanted, size: int) -> dict[str, Any]:
        """What is to be counted, in Tantivy's words; nothing where there is no such value.

        The values of a path are named one by one: a pattern in their place takes 3 ms more at 2,000 categories.
        """
        terms: dict[str, Any] = {"field": f"k_{wanted.field}", "size": size, "segment_size": max(size, FROM_SEGMENT)}
        field = self.form.schema[wanted.field]
        if isinstance(field, Keyword) and field.is_path:
            below = self.asking.below(f"k_{wanted.field}", wanted.under)
            return terms | {"include": below} if below else {}
        return terms

    # ---- Others like one ----------------------------------------------------------------------------------------

    def alike(self, words: Sequence[str], id: str) -> Results:
        """Those that share its rarer words."""
        asking = self.asking
        counted = sorted((asking.frequency("w", word), word) for word in words)
        rare = [word for count, word in counted if 1 < count <= max(2, asking.searcher.num_docs // 2)][:RAREST]
        ways = [
            way
            for word in rare
            for number, (_is_name, weight) in enumerate(self.form.groups)
            for way in asking.scored(f"t{number}", word, min(weight, 3.0), "position")
        ]
        if not ways:
            return Results()
        query = T.boolean_query([(Occur.Must, one_of(ways)), (Occur.MustNot, asking.term("id", id))])
        return self.answer(self.look(self.matched(query)), "all")


def facet_of(answer: Mapping[str, Any], limit: int) -> Facet:
    counts = sorted(
        ((each["key"], int(each["doc_count"])) for each in answer["buckets"]), key=lambda pair: (-pair[1], pair[0])
    )
    return Facet(tuple(counts[:limit]), len(counts) > limit or bool(answer.get("sum_other_doc_count")))
