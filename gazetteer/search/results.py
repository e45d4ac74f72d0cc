"""One page of results over several sources, one kind after another."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

from gazetteer.search.query import LAST_PAGE, Query
from gazetteer.search.registry import MOST_COUNTED, Hit, chosen

PAGE_SIZE = 20
SUGGESTED = 8


@dataclass(frozen=True)
class KindCount:
    kind: str
    label: str | Promise
    count: int


@dataclass
class Results:
    """`hits` of this page; `counts` by kind over all pages, each at most `MOST_COUNTED` + 1."""

    query: Query
    counts: list[KindCount] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(counted.count for counted in self.counts)

    @property
    def is_cut(self) -> bool:
        """Whether there are more than were counted."""
        return any(counted.count > MOST_COUNTED for counted in self.counts)

    @property
    def has_next(self) -> bool:
        return self.query.page < LAST_PAGE and self.query.page * PAGE_SIZE < self.total


def find(query: Query) -> Results:
    """Count every kind asked for, then read only the rows of this page."""
    results = Results(query)
    if query.is_empty:
        return results
    start = (query.page - 1) * PAGE_SIZE
    for source in chosen(query):
        counted = KindCount(source.kind, source.label, source.count(query))
        results.counts.append(counted)
        room = PAGE_SIZE - len(results.hits)
        if room and start < counted.count:
            results.hits += source.hits(query, start, start + room)
        start = max(0, start - counted.count)
    return results


def suggest(query: Query) -> list[Hit]:
    """The first few of each kind for what has been typed so far."""
    if not query.text:
        return []
    found: list[Hit] = []
    for source in chosen(query):
        found += source.hits(query, 0, SUGGESTED - len(found))
        if len(found) >= SUGGESTED:
            break
    return found
