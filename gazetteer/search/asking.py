"""From what stands in an address to what the engine is asked: words taken apart, names looked up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import get_language

from gazetteer.search import language, places, rules
from gazetteer.search.engines import base
from gazetteer.search.facets import Facet, called
from gazetteer.search.language import Typed
from gazetteer.search.places import Located
from gazetteer.search.query import Query

PAGE_SIZE = 20
SORTED_BY = {"name": "sort_name", "newest": "-date", "distance": "distance"}
DATE = "date"


@dataclass(frozen=True)
class Asked:
    """A query with all that its names stand for. `facets` are those of the site, by name."""

    query: Query
    facets: dict[str, Facet]
    schema: base.Schema
    known_rules: base.Rules | None = None
    """Where they were read already for the same words."""

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(name for facet in self.facets.values() for name in facet.called)

    @cached_property
    def typed(self) -> Typed:
        """What was typed; a narrowing to what is called by no filter's value is words after all."""
        typed = language.read(self.query.text, self.names)
        unknown = [each.token for each in typed.narrowings if not self.narrowed(each)]
        if not unknown:
            return typed
        known = tuple(each for each in typed.narrowings if each.token not in unknown)
        words = " ".join([typed.text, *unknown]).strip()
        return replace(typed, text=words, narrowings=known)

    @cached_property
    def resolved(self) -> dict[tuple[str, str], base.Filter | None]:
        return {}

    def narrowed(self, narrowing: language.Narrowing) -> base.Filter | None:
        """The filter that `name:value` stands for."""
        asked = (narrowing.name, narrowing.token)
        if asked not in self.resolved:
            self.resolved[asked] = next(self.readings(narrowing), None)
        return self.resolved[asked]

    def readings(self, narrowing: language.Narrowing) -> Iterator[base.Filter]:
        for facet in called(narrowing.name, self.facets.values()):
            values = facet.resolve(narrowing.value)
            found = facet.filter(values, narrowing.negated) if values else None
            if found:
                yield found

    @cached_property
    def located(self) -> Located | None:
        """What `near` is."""
        if point := self.query.point:
            return Located(*point, label="")
        return places.locate(self.query.near) if self.query.near else None

    @property
    def is_lost(self) -> bool:
        """Whether `near` names a place that nobody knows; then it narrows nothing, and the page says so."""
        return bool(self.query.near) and self.located is None

    @cached_property
    def filters(self) -> tuple[base.Filter, ...]:
        chosen = [self.facets[name].filter(values) for name, values in self.query.filters if name in self.facets]
        found = [each for each in chosen if each] + [each for n in self.typed.narrowings if (each := self.narrowed(n))]
        if self.typed.start or self.typed.end:
            found.append(base.Between(DATE, self.typed.start, self.typed.end))
        if box := self.query.box:
            found.append(base.Box(box.south, box.west, box.north, box.east))
        return tuple(found)

    @property
    def near(self) -> base.Near | None:
        return base.Near(self.located.lat, self.located.lon, self.query.radius) if self.located else None

    @property
    def sort(self) -> str:
        """What the engine sorts by; a search without words has no best match, so what is nearest comes first."""
        asked = self.query.sort
        if asked == "distance" and not self.near:
            return ""
        if not asked and self.near and not (self.typed.text or self.typed.phrases):
            return "distance"
        return SORTED_BY.get(asked, "")

    @property
    def offered(self) -> list[Facet]:
        return [facet for facet in self.facets.values() if facet.is_offered(self.query)]

    def to_engine(self, facets: Iterable[base.Wanted] = (), limit: int = PAGE_SIZE, loosen: bool = True) -> base.Query:
        typed = self.typed
        return base.Query(
            text=typed.text,
            phrases=typed.phrases,
            without=typed.without,
            kinds=(self.query.kind,) if self.query.kind else (),
            filters=self.filters,
            near=self.near,
            facets=tuple(facets),
            sort=self.sort,
            offset=(self.query.page - 1) * PAGE_SIZE if limit else 0,
            limit=limit,
            languages=spoken(),
            rules=self.rules,
            loosen=loosen,
        )

    @cached_property
    def rules(self) -> base.Rules:
        return self.known_rules or rules.for_search(self.typed.text, self.schema)


def spoken() -> tuple[str, ...]:
    """The visitor's language, as the engine wants it."""
    return ((get_language() or "en").split("-")[0],)
