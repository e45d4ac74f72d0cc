"""Where a listing stands, in a word or two; read from its own row, so that a list asks nothing more for it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from gazetteer.directory.models import Category, Listing


def in_words(listing: Listing) -> str:
    if listing.deleted_at is not None:
        return _("In the trash")
    if listing.merged_into_id is not None:
        return _("Merged into another")
    if listing.live:
        words = _("Published, with a newer draft") if listing.has_unpublished_changes else _("Published")
        return _("%(state)s, featured") % {"state": words} if listing.featured else words
    if listing.go_live_at and listing.go_live_at > timezone.now():
        return _("Scheduled")
    return _("Expired") if listing.expired else _("Draft")


def primary_category(listing: Listing) -> str:
    """Of a listing read by `find.with_category`."""
    filings = getattr(listing, "primary_filings", [])
    return filings[0].category.local_name if filings else ""


def indented(category: Category) -> str:
    """The name with a mark for each category above it, so that a plain list shows the tree."""
    return f"{'– ' * (category.depth - 1)}{category.local_name}"
