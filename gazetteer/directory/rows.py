"""Listings as lists show them (`c.listing_row`), in a fixed number of queries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from django.utils.text import Truncator

from gazetteer.changes.notes import note
from gazetteer.directory.models import Category, Filing, Listing, ListingPicture
from gazetteer.web import pictures
from gazetteer.web.formats import country_name
from gazetteer.web.models import Picture

ONE_LINE = 160
TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Row:
    """What `c.listing_row` reads."""

    id: int
    name: str
    url: str
    one_line: str
    featured: bool
    town: str
    country_name: str
    primary_category: Category | None
    thumbnail: pictures.ShownPicture | None
    listed_at: datetime
    changed_at: datetime


def rows(ids: Sequence[int]) -> list[Row]:
    """The listings with these ids, in their order; three queries, and one more if any has a picture."""
    by_id = Listing.objects.select_related("logo").in_bulk(ids)
    return listing_rows([by_id[pk] for pk in ids if pk in by_id])


def listing_rows(listings: Sequence[Listing]) -> list[Row]:
    """Rows of listings read already (with `select_related("logo")`)."""
    ids = [listing.pk for listing in listings]
    primary = primary_categories(ids)
    covers = first_pictures(ids)
    for listing in listings:
        if listing.logo:
            covers.setdefault(listing.pk, listing.logo)
    return [row(listing, primary.get(listing.pk), covers.get(listing.pk)) for listing in listings]


def row(listing: Listing, category: Category | None, cover: Picture | None) -> Row:
    note(f"listing:{listing.pk}:row")
    if category is not None:
        note(f"category:{category.pk}")
    return Row(
        id=listing.pk,
        name=listing.name,
        url=listing.get_absolute_url(),
        one_line=one_line(listing.description),
        featured=listing.featured,
        town=listing.city,
        country_name=country_name(listing.country) if listing.country else "",
        primary_category=category,
        thumbnail=pictures.shown(cover, "square", alt=listing.name),
        listed_at=listing.listed_at,
        changed_at=listing.changed_at,
    )


def one_line(description: str) -> str:
    """The beginning of a description without its marks."""
    words = " ".join(unescape(TAGS.sub(" ", description[: ONE_LINE * 6])).split())
    return Truncator(words).chars(ONE_LINE)


def primary_categories(ids: Iterable[int]) -> dict[int, Category]:
    """Primary category by listing; of one that has none marked, any of its categories."""
    filings = Filing.objects.filter(listing__in=ids, category__deleted_at=None).select_related("category")
    return {filing.listing_id: filing.category for filing in filings.order_by("is_primary", "-id")}


def first_pictures(ids: Iterable[int]) -> dict[int, Picture]:
    found = ListingPicture.objects.filter(listing__in=ids).select_related("picture").order_by("-position", "-id")
    return {each.listing_id: each.picture for each in found}
