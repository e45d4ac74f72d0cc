"""What search engines may know of the directory: categories, places and listings."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from gazetteer.directory.models import Category, Listing, Place
from gazetteer.directory.querysets import ListingQuerySet
from gazetteer.web.sitemaps import Entry, register


def listings() -> ListingQuerySet:
    return Listing.objects.published().filter(noindex=False)


def listing_entry(pk: int, slug: str, changed_at: datetime) -> Entry:
    """As `Listing.get_absolute_url` has it; a test compares the two."""
    return Entry(f"/listing/{pk}/{quote(slug or 'listing')}/", changed_at)


def page_entry(thing: Any) -> Entry:
    return Entry(thing.get_absolute_url())


register("listings", listings, listing_entry, "pk", "slug", "changed_at")
register("categories", lambda: Category.objects.in_use().filter(branch__listings__gt=0), page_entry)
register("places", lambda: Place.objects.filter(branch__listings__gt=0), page_entry)
