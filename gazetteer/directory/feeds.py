"""The newest listings of the directory or of a category, as feeds."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazetteer.changes.notes import note, reading
from gazetteer.directory import lists
from gazetteer.directory.models import Branch, Category, Listing
from gazetteer.directory.noting import TABLES
from gazetteer.directory.querysets import whole_directory
from gazetteer.directory.rows import one_line
from gazetteer.web.feeds import Feed, Item, respond

ITEMS = 50


@require_safe
@reading(besides=TABLES)
def whole(request: HttpRequest, format: str) -> HttpResponse:
    feed = Feed(_("New in the directory"), reverse("directory"), items(whole_directory()))
    return respond(request, feed, format)


@require_safe
@reading(besides=TABLES)
def category(request: HttpRequest, address: str, format: str) -> HttpResponse:
    found = get_object_or_404(Category.objects.in_use().with_counts(), address=address)
    note(f"category:{found.pk}")
    title = _("New in %(category)s") % {"category": found.local_name}
    return respond(request, Feed(title, found.get_absolute_url(), items(found.branch)), format)


def items(branch: Branch) -> Iterator[Item]:
    note(f"branch:{branch.pk}", "changed:all")
    ids = lists.page_of(branch, lists.Wish(order="newest", size=ITEMS)).ids
    found = Listing.objects.in_bulk(ids)
    return (item(found[pk]) for pk in ids if pk in found)


def item(listing: Listing) -> Item:
    note(f"listing:{listing.pk}")
    return Item(
        id=f"listing:{listing.pk}",
        title=listing.name,
        url=listing.get_absolute_url(),
        published=listing.listed_at,
        updated=listing.changed_at,
        summary=one_line(listing.description),
        html=listing.description,
    )
