"""The directory's public pages. What they read has its names in `lists.py`, `rows.py`, `shown.py` and the querysets."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazetteer.changes.notes import do_not_keep, note, reading
from gazetteer.directory import branch_pages as pages
from gazetteer.directory.models import Category, Listing, OldCategoryAddress, Place
from gazetteer.directory.noting import TABLES, note_listing
from gazetteer.directory.querysets import whole_directory


@require_safe
@reading(besides=TABLES)
def directory(request: HttpRequest) -> HttpResponse:
    """The directory's home: its top categories, and every listing by letter or date."""
    note("tree")
    tops = pages.with_children(Category.objects.tops_with_children())
    listings = pages.listings_of(request, whole_directory(), get_language() or "")
    return render(
        request,
        "directory/home.html",
        {"tops": tops, "listings": listings, "feed": reverse("directory_feed", args=["rss"])},
    )


@require_safe
@reading(besides=TABLES)
def category(request: HttpRequest, address: str) -> HttpResponse:
    """A category: its path, its children with their counts, and the listings of its whole branch."""
    found = Category.objects.in_use().with_counts().select_related("picture").filter(address=address).first()
    if found is None:
        return moved_category(address)
    context = pages.category_context(request, found) | {
        "listings": pages.listings_of(request, found.branch, get_language() or ""),
        "feed": reverse("category_feed", args=[found.address, "rss"]),
    }
    return render(request, "directory/category.html", context)


def moved_category(address: str) -> HttpResponse:
    """Where the category went that once had this address, or a part of it."""
    do_not_keep("it leads elsewhere")
    old = (
        OldCategoryAddress.objects.select_related("category").filter(address=address, category__is_hidden=False).first()
    )
    if old is None:
        raise Http404
    return HttpResponsePermanentRedirect(old.category.get_absolute_url())


@require_safe
@reading(besides=TABLES)
def places(request: HttpRequest) -> HttpResponse:
    """Every country that has listings."""
    note("places:0")
    return render(request, "directory/places.html", {"countries": pages.shown_places(Place.objects.countries())})


@require_safe
@reading(besides=TABLES)
def place(request: HttpRequest, address: str) -> HttpResponse:
    """A country, region or town; with `in/<category path>` behind it, only that category's listings there."""
    address, _in, category_address = address.partition("/in/")
    found = get_object_or_404(Place.objects.select_related("branch", "parent__parent"), address=address)
    if not category_address:
        return render(request, "directory/place.html", pages.place_context(request, found))
    crossing = get_object_or_404(Category.objects.in_use().with_counts(), address=category_address)
    return render(request, "directory/place.html", pages.crossing_context(request, found, crossing))


@require_safe
@reading(besides=TABLES)
def listing(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """A listing with all its facts; an old or misspelt address leads to the right one."""
    found = get_object_or_404(Listing.objects.for_page(), pk=pk)
    note_listing(found)
    if found.merged_into_id:
        do_not_keep("it leads elsewhere")
        return HttpResponsePermanentRedirect(get_object_or_404(Listing, pk=found.merged_into_id).get_absolute_url())
    if not found.is_published:
        return gone(request) if found.deleted_at or found.expired else not_there()
    if slug != found.slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    return render(request, "directory/listing.html", listing_context(found))


def listing_context(found: Listing) -> dict[str, Any]:
    from gazetteer.directory.shown import Shown

    return {"shown": Shown(found, get_language() or ""), "listing": found}


def preview(request: HttpRequest, listing: Listing) -> HttpResponse:
    """What visitors will see of what stands in the form; a listing never saved has no id yet."""
    listing.pk = listing.pk or 0
    listing.fill_derived()
    return render(request, "directory/listing.html", listing_context(listing))


def gone(request: HttpRequest) -> HttpResponse:
    """What was here is no longer listed: say so, and how to go on."""
    words = _("This listing is no longer in the directory.")
    return render(request, "directory/gone.html", {"words": words}, status=410)


def not_there() -> HttpResponse:
    raise Http404
