"""What results can be narrowed to. Each subject registers its filters in its `finding.py`.

A filter stands in the address by its `name`, several values as several parameters; in the index it is a keyword field.
The values in the address are those of the index, so that a shared address says what it means: `country=fr`.
"""

from abc import ABC
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.functional import Promise

from gazetteer.search.engines.base import Filter, OneOf, Wanted
from gazetteer.search.query import Query, Values

FEW = 8
MANY = 200

Counter = Callable[[Query], int]
"""How many results a query has."""


class Facet(ABC):
    """One filter.

    `field`: its keyword field in the index (empty: the same name). `kinds`: what has it. `order`: its place on the
    page. `called`: by which names it is reached in the query language.
    """

    name: str
    label: str | Promise
    field: str = ""
    kinds: tuple[str, ...] = ("listing",)
    order: int = 50
    called: ClassVar[tuple[str, ...]] = ()

    @property
    def index_field(self) -> str:
        return self.field or self.name

    def is_offered(self, query: Query) -> bool:
        """Whether its values are counted for this query; those of one kind only where nothing else is shown."""
        return query.kind in self.kinds or bool(query.values(self.name))

    def filter(self, values: Values, negated: bool = False) -> Filter | None:
        return OneOf(self.index_field, values, negated)

    def wanted(self, query: Query) -> Iterable[Wanted]:
        """What the index must count for it."""
        yield Wanted(self.index_field, self.limit(query))

    def limit(self, query: Query) -> int:
        return MANY if query.more == self.name else FEW

    def counts(self, query: Query, counted: Mapping[str, int], count: Counter) -> Mapping[str, int]:
        """How many results each value has: those that the index counted, or asked of `count` one by one."""
        return counted

    def toggled(self, query: Query, value: str) -> Query:
        """With the value set, or without it where it was."""
        return query.toggled(self.name, value)

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        """Values as people read them; a value without a label is one that is no more, and is not shown."""
        return {value: value for value in values}

    def resolve(self, typed: str) -> Values:
        """The values that are called so, for the query language; none where nothing is."""
        return ()


class PathFacet(Facet):
    """Values in a tree, `a/b/c`: each step offers what is one below, and takes the place of the one above."""

    def under(self, values: Values) -> str:
        """Below which value the choice goes on."""
        return values[0] if len(values) == 1 else ""

    def wanted(self, query: Query) -> Iterable[Wanted]:
        yield Wanted(self.index_field, self.limit(query), under=self.under(query.values(self.name)))

    def toggled(self, query: Query, value: str) -> Query:
        there = query.values(self.name)
        if value in there:
            above = value.rpartition("/")[0]
            rest = [each for each in there if each != value]
            return query.with_values(self.name, rest or ([above] if above else []))
        return query.with_values(self.name, [*(each for each in there if not related(each, value)), value])


def related(one: str, other: str) -> bool:
    """Whether one stands under the other."""
    return one.startswith(f"{other}/") or other.startswith(f"{one}/")


facets: dict[str, Facet] = {}
suppliers: list["Supplier"] = []


class Supplier:
    """Filters that stand in the database, such as custom fields."""

    prefix = ""
    """What the names of its filters begin with."""

    kinds: tuple[str, ...] = ("listing",)

    def facets(self) -> Iterator[Facet]:
        """Read anew for each request: an editor may just have made one."""
        raise NotImplementedError

    def is_needed(self, parameters: Mapping[str, Any]) -> bool:
        """Whether an address with these parameters may have any of them, or offer one."""
        return parameters.get("type") in self.kinds or any(name.startswith(self.prefix) for name in parameters)


def register(facet: type[Facet]) -> type[Facet]:
    """Class decorator: results can be narrowed by this from now on."""
    facets[facet.name] = facet()
    return facet


def supply(supplier: type[Supplier]) -> type[Supplier]:
    suppliers.append(supplier())
    return supplier


def all_facets(parameters: Mapping[str, Any]) -> dict[str, Facet]:
    """Every filter that an address with these parameters may have, by its name, in the order of the page."""
    supplied = (facet for each in suppliers if each.is_needed(parameters) for facet in each.facets())
    found = [*facets.values(), *supplied]
    return {facet.name: facet for facet in sorted(found, key=lambda facet: (facet.order, facet.name))}


def called(name: str, known: Iterable[Facet]) -> list[Facet]:
    """The filters that the query language reaches by a name."""
    return [facet for facet in known if name in facet.called]
