"""Which parts of the site a listing or a category stands in: what limited roles are limited to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from gazetteer.accounts.policy import Part
from gazetteer.directory.models import Category, Filing, Listing, Reach


def parts_of_category(category: Category) -> Iterable[Model]:
    if category.pk is None:
        return []
    return [category, *category.get_ancestors()]


def parts_of_listing(listing: Listing) -> Iterable[Model]:
    """The listing's categories and those above them."""
    if listing.pk is None:
        return []
    branches = Reach.objects.filter(category__filings__listing=listing).values("branch")
    return Category.objects.filter(branch__in=branches)


def categories_among(parts: list[Part]) -> list[int]:
    return [pk for model, pk in parts if model is Category]


def categories_within(categories: QuerySet[Any], parts: list[Part]) -> QuerySet[Any]:
    branches = Category.objects.filter(pk__in=categories_among(parts)).values("branch")
    return categories.filter(pk__in=Reach.objects.filter(branch__in=branches).values("category"))


def listings_within(listings: QuerySet[Any], parts: list[Part]) -> QuerySet[Any]:
    branches = Category.objects.filter(pk__in=categories_among(parts)).values("branch")
    reached = Reach.objects.filter(branch__in=branches).values("category")
    filed = Filing.objects.filter(category__in=reached).values("listing")
    own = [pk for model, pk in parts if model is Listing]
    return listings.filter(Q(pk__in=filed) | Q(pk__in=own))
