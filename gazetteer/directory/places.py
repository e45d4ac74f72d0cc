"""The places a listing is found at: a row for each country, region and town, made when first named.

A place is known by its address: two spellings that give the same address ("St. Ives", "St Ives") are one place,
under the spelling first met. A town whose region is not known stands under `-`.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from babel import Locale
from django.db import transaction

from gazetteer.directory.imports import tables
from gazetteer.directory.models import SORT_LENGTH, Branch, Listing, Place, Placing
from gazetteer.directory.names import make_slug, sort_key

NO_REGION = "-"
FIELDS = ("id", "branch", "country", "region", "town", "address", "sort_name", "parent")


class PlaceName(NamedTuple):
    """A place by its names; `region` and `town` are empty at the higher levels. `country` is an ISO2 code."""

    country: str
    region: str = ""
    town: str = ""

    @property
    def address(self) -> str:
        """Such as "gb/england/leeds"; it is what makes two names the same place."""
        return address_of(self)

    @property
    def parent(self) -> "PlaceName | None":
        if self.town and self.region:
            return PlaceName(self.country, self.region)
        return PlaceName(self.country) if self.town or self.region else None

    @property
    def sort_name(self) -> str:
        name = self.town or self.region or Locale("en").territories.get(self.country, self.country)
        return sort_key(name)[:SORT_LENGTH]


@lru_cache(maxsize=50_000)
def address_of(name: PlaceName) -> str:
    steps = [name.country.lower()]
    if name.region or name.town:
        steps.append(make_slug(name.region) if name.region else NO_REGION)
    if name.town:
        steps.append(make_slug(name.town))
    return "/".join(steps)


def names_of(country: str, region: str, town: str, countries: Iterable[str]) -> Iterator[PlaceName]:
    """Every place that a listing with this address, found in these countries, stands at; each once, parents first.

    A region or town is placed only if its country is known: given in the address, or the only one it is found in.
    """
    codes = dict.fromkeys([*([country] if country else []), *countries])
    yield from (PlaceName(code) for code in codes)
    own = country or (next(iter(codes)) if len(codes) == 1 else "")
    if own and region:
        yield PlaceName(own, region)
    if own and town:
        yield PlaceName(own, region, town)


def of_listing(listing: Listing) -> list[PlaceName]:
    return list(names_of(listing.country, listing.region, listing.city, listing.countries))


def found(addresses: Iterable[str]) -> dict[str, int]:
    """Ids by address, of those that exist."""
    return dict(Place.objects.filter(address__in=list(addresses)).values_list("address", "id"))


def find_or_make(names: Iterable[PlaceName]) -> dict[str, int]:
    """Ids by address; those missing are made, with their branches, and so are the places above them."""
    wanted: dict[str, PlaceName] = {}
    for name in names:
        for each in with_parents(name):
            wanted.setdefault(each.address, each)
    ids = found(wanted)
    for level in (1, 2, 3):
        missing = [name for address, name in wanted.items() if address not in ids and depth(name) == level]
        ids |= make(missing, ids)
    return ids


def with_parents(name: PlaceName) -> Iterator[PlaceName]:
    if name.parent:
        yield from with_parents(name.parent)
    yield name


def depth(name: PlaceName) -> int:
    return 3 if name.town else 2 if name.region else 1


def make(names: list[PlaceName], ids: dict[str, int]) -> dict[str, int]:
    """Make places of one level, whose parents are all in `ids`."""
    if not names:
        return {}
    with transaction.atomic():
        branches = tables.new_ids(Branch, len(names))
        tables.insert(Branch, ("id", "kind"), ((pk, Place.branch_kind) for pk in branches))
        new = tables.new_ids(Place, len(names))
        rows = (
            (pk, branch, *name, name.address, name.sort_name, ids[name.parent.address] if name.parent else None)
            for pk, branch, name in zip(new, branches, names, strict=True)
        )
        tables.insert(Place, FIELDS, rows)
    return {name.address: pk for name, pk in zip(names, new, strict=True)}


def place(listing: Listing) -> None:
    """Let the listing stand at the places that its address and countries name, and at no others."""
    with transaction.atomic():
        wanted = set(place_ids(of_listing(listing)))
        there: Any = Placing.objects.filter(listing=listing)
        there.exclude(place__in=wanted).delete()
        missing = wanted - set(there.values_list("place_id", flat=True))
        Placing.objects.bulk_create(Placing(listing=listing, place_id=pk) for pk in sorted(missing))


def place_ids(names: Iterable[PlaceName]) -> list[int]:
    names = list(names)
    ids = find_or_make(names)
    return [ids[name.address] for name in names]
