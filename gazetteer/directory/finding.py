"""What visitors search the directory by: its kinds, its filters, and where a place is whose name they type."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from statistics import median
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gazetteer.directory.custom import label as label_of_field
from gazetteer.directory.fields import field_type
from gazetteer.directory.models import BranchRow, Category, CustomField, Listing, ListingTag, Place
from gazetteer.directory.names import make_slug, sort_key
from gazetteer.search import facets, index, places
from gazetteer.search.engines.base import Filter, OneOf, Wanted
from gazetteer.search.facets import Counter, Facet, PathFacet, Supplier
from gazetteer.search.kinds import Found, Kind, register
from gazetteer.search.places import Located
from gazetteer.search.query import Query, Values
from gazetteer.search.ranges import after
from gazetteer.web.formats import country_name
from gazetteer.web.locales import babel_locale

LISTING = ("listing",)
MOST_READ = 200
"""Listings of a place by which its middle is found."""


# Kinds


def listing_at(parts: Mapping[str, Any]) -> Found | None:
    found = Listing.objects.published().filter(pk=parts["pk"]).first()
    return (f"listing:{found.pk}", found.name) if found else None


def category_at(parts: Mapping[str, Any]) -> Found | None:
    found = Category.objects.in_use().filter(address=parts["address"]).first()
    return (f"category:{found.pk}", found.local_name) if found else None


def place_at(parts: Mapping[str, Any]) -> Found | None:
    found = Place.objects.filter(address=parts["address"]).first()
    return (f"place:{found.pk}", place_name(found)) if found else None


register(Kind("listing", _("Listings"), _("Listing"), 10, "listing", listing_at))
register(Kind("category", _("Categories"), _("Category"), 30, "category", category_at))
register(Kind("place", _("Places"), _("Place"), 40, "place", place_at))


def place_name(place: Place) -> str:
    return place.town or place.region or country_name(place.country)


# Filters


@facets.register
class CategoryFacet(PathFacet):
    name = "category"
    label = _("Category")
    kinds = LISTING
    order = 10
    called = ("category",)

    def is_offered(self, query: Query) -> bool:
        return query.kind in ("", "listing")

    def under(self, values: Values) -> str:
        """Below the chosen one; beside it where there is nothing below."""
        if len(values) != 1:
            return values[0].rpartition("/")[0] if values else ""
        has_below = Category.objects.in_use().filter(address__startswith=f"{values[0]}/").exists()
        return values[0] if has_below else values[0].rpartition("/")[0]

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        found = Category.objects.in_use().filter(address__in=values).only("name", "names_by_lang", "address", "path")
        return {category.address: category.local_name for category in found}

    def resolve(self, typed: str) -> Values:
        """By its web address, or by the name of any that is called so."""
        known = Category.objects.in_use()
        exact = known.filter(address=typed.strip("/").lower())
        found = exact if exact.exists() else known.filter(slug=make_slug(typed))
        return tuple(found.values_list("address", flat=True)[:20])


class PlaceFacet(Facet):
    """Values are addresses of places."""

    kinds = LISTING
    below: tuple[str, ...] = ()
    """Filters of which one must be set before this is offered."""

    def is_offered(self, query: Query) -> bool:
        return bool(query.values(self.name)) or any(query.values(name) for name in self.below)

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        return {place.address: place_name(place) for place in Place.objects.filter(address__in=values)}

    def resolve(self, typed: str) -> Values:
        found = self.called_so(sort_key(typed)).filter(branch__listings__gt=0)
        return tuple(found.order_by("-branch__listings", "id").values_list("address", flat=True)[:20])

    def called_so(self, key: str) -> Any:
        raise NotImplementedError


@facets.register
class CountryFacet(PlaceFacet):
    name = "country"
    label = _("Country")
    order = 20
    called = ("in", "country")

    def is_offered(self, query: Query) -> bool:
        return query.kind in ("", "listing")

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        return {value: country_name(value) for value in values}

    def resolve(self, typed: str) -> Values:
        code = country_code(typed)
        there = code and Place.objects.with_listings().filter(address=code).exists()
        return (code,) if there else ()


@facets.register
class RegionFacet(PlaceFacet):
    name = "region"
    label = _("Region")
    order = 21
    below = ("country",)
    called = ("in", "region")

    def called_so(self, key: str) -> Any:
        return Place.objects.filter(sort_name=key, town="").exclude(region="")


@facets.register
class TownFacet(PlaceFacet):
    name = "town"
    label = _("Town")
    order = 22
    below = ("country", "region")
    called = ("in", "town")

    def called_so(self, key: str) -> Any:
        return Place.objects.filter(sort_name=key).exclude(town="")


@facets.register
class TagFacet(Facet):
    name = "tag"
    label = _("Tag")
    kinds = LISTING
    order = 30
    called = ("tag",)

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        return dict(ListingTag.objects.filter(slug__in=values).values_list("slug", "name"))

    def resolve(self, typed: str) -> Values:
        return tuple(ListingTag.objects.filter(slug=make_slug(typed)).values_list("slug", flat=True)[:1])


@facets.register
class OpenFacet(Facet):
    """Open at this moment: of all the opening hours there are, those that say so now."""

    name = "open"
    label = _("Opening hours")
    field = "hours"
    kinds = LISTING
    order = 40
    now = "now"

    def filter(self, values: Values, negated: bool = False) -> Filter | None:
        from gazetteer.directory.documents import open_now

        return OneOf(self.index_field, tuple(open_now(index.engine())), negated) if self.now in values else None

    def wanted(self, query: Query) -> Iterable[Wanted]:
        return ()

    def counts(self, query: Query, counted: Mapping[str, int], count: Counter) -> Mapping[str, int]:
        number = count(query.with_values(self.name, [self.now]))
        return {self.now: number} if number else {}

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        return {self.now: str(_("Open now"))} if self.now in values else {}


@facets.register
class PhotoFacet(Facet):
    name = "photo"
    label = _("Picture")
    kinds = LISTING
    order = 41

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        return {"yes": str(_("With a picture"))} if "yes" in values else {}


FIELD = "field-"


class CustomFacet(Facet):
    """A custom field that visitors may filter by; `branches` are the addresses of its categories."""

    kinds = LISTING

    def __init__(self, custom: CustomField, branches: Sequence[str]) -> None:
        self.custom, self.branches = custom, branches
        self.language = get_language() or ""
        self.name = f"{FIELD}{custom.key}"
        self.label = label_of_field(custom, self.language)
        self.field = f"custom.{custom.pk}"
        self.order = 60 + custom.position

    def is_offered(self, query: Query) -> bool:
        return bool(query.values(self.name)) or (query.kind == "listing" and self.is_of(query.values("category")))

    def is_of(self, chosen: Values) -> bool:
        """Whether the field belongs to all listings, or to a branch in which the search is."""
        inside = (f"{value}/".startswith(f"{branch}/") for value in chosen for branch in self.branches)
        return not self.branches or any(inside)

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        kind = field_type(self.custom.type, self.custom.options, self.custom.label)
        read = {value: kind.display(kind.from_json(value), self.language).striptags() for value in values}
        return {value: label or value for value, label in read.items()}


@facets.supply
class CustomFacets(Supplier):
    prefix = FIELD

    def facets(self) -> Iterator[Facet]:
        """Of the fields that hold for all listings, and of those of branches; two queries, one where there is none."""
        found = list(
            CustomField.objects.filter(is_filter=True, is_public=True, deleted_at=None).order_by("position", "id")
        )
        branches: dict[int, list[str]] = {}
        if found:
            pairs = CustomField.objects.filter(pk__in=[field.pk for field in found], categories__isnull=False)
            for pk, address in pairs.order_by().values_list("pk", "categories__address"):
                branches.setdefault(pk, []).append(address)
        yield from (CustomFacet(field, branches.get(field.pk, [])) for field in found)


# Places by name

OTHER_NAMES = {"uk": "gb", "great britain": "gb", "britain": "gb", "usa": "us", "america": "us", "uae": "ae"}


@lru_cache(maxsize=32)
def country_codes(language: str) -> dict[str, str]:
    """Codes by the countries' names in that language, folded as sort keys are."""
    return {sort_key(name): code.lower() for code, name in babel_locale(language).territories.items() if len(code) == 2}


def country_code(typed: str) -> str:
    """Of a code, or of a name in the visitor's language or in English; empty for what is no country."""
    key = sort_key(typed)
    if key in OTHER_NAMES:
        return OTHER_NAMES[key]
    names = country_codes("en") | country_codes(get_language() or "en")
    return key if key in names.values() else names.get(key, "")


@places.register
def locate(typed: str) -> Located | None:
    """The place that is called so, or begins so; of several the one with the most listings. `Paris, France` too."""
    name, _comma, country = (part.strip() for part in typed.rpartition(","))
    if name and (code := country_code(country)):
        return middle(named(name, code))
    return middle(named(typed, "")) or middle(Place.objects.filter(address=country_code(typed) or "-").first())


def named(name: str, country: str) -> Place | None:
    key = sort_key(name)
    there = Place.objects.with_listings()
    if country:
        there = there.filter(country__iexact=country)
    exact = there.filter(sort_name=key).order_by("-branch__listings", "id").first()
    return exact or beginning(there, key)


def beginning(there: Any, key: str) -> Place | None:
    if len(key) < 3:
        return None
    found: Place | None = (
        there.filter(sort_name__gte=key, sort_name__lt=after(key)).order_by("-branch__listings", "id").first()
    )
    return found


def middle(place: Place | None) -> Located | None:
    """Where most of its listings are: the middle one by latitude and by longitude; a few far off do not count."""
    if place is None:
        return None
    rows = BranchRow.objects.filter(branch=place.branch_id).values("listing")[:MOST_READ]
    points = list(
        Listing.objects.filter(
            pk__in=list(rows.values_list("listing", flat=True)), lat__isnull=False, lon__isnull=False
        ).values_list("lat", "lon")
    )
    if not points:
        return None
    lat, lon = (
        median(float(lat or 0) for lat, _lon in points),
        middle_of_circle([float(lon or 0) for _lat, lon in points]),
    )
    above = [country_name(place.country)] if place.region or place.town else []
    return Located(lat, lon, ", ".join([place_name(place), *above]))


def middle_of_circle(degrees: list[float]) -> float:
    """The middle longitude; across the date line too."""
    if max(degrees) - min(degrees) <= 180:
        return median(degrees)
    found = median(each % 360 for each in degrees)
    return found - 360 if found > 180 else found
