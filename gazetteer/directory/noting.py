"""What the directory's pages note of what they read; the keys are those of `keys.py`.

A view says `reading(besides=TABLES)`: of these tables everything that it reads is noted where it is made ready for the
page (lines, headings, ranges of lists), by these functions. What other folders put into the page notes for itself.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from gazetteer.changes import notes, spans
from gazetteer.changes.notes import fresh_until, note
from gazetteer.directory import lists
from gazetteer.directory.models import Branch, BranchRow, Category, Listing, Place

TABLES = (
    "directory_branch", "directory_branchrow", "directory_category", "directory_category_related", "directory_place",
    "directory_listing", "directory_filing", "directory_placing", "directory_listingpicture",
    "directory_taggedlisting", "directory_listingtag", "web_picture",
)  # fmt: skip
INDEX_LENGTH = 7
"""Characters of the key `branch`: one for featured, six of the sort key."""

CELLS, PARTS = 10, 10
"""Cells of the key `near` to a degree, and parts of a cell each way."""

TOP = "\U0010ffff"
MANY_PARTS = 150


class At(NamedTuple):
    """Where a listing stands in a branch."""

    featured: bool
    sort_name: str


def place_in(branch: Branch, listing: int | None) -> At | None:
    found = BranchRow.objects.filter(branch=branch, listing=listing).values_list("featured", "sort_name").first()
    return At(*found) if found else None


def note_page(branch: Branch, wish: lists.Wish, page: lists.Page) -> None:
    """One page of a branch: which listings stand between the one before it and its last."""
    if notes.current.get() is None:
        return
    if wish.order == "newest" or wish.among is not None:
        note(f"branch:{branch.pk}")
        return
    start = place_in(branch, wish.after) if wish.after else None
    if wish.after and start is None:
        note(f"branch:{branch.pk}")  # the first page stands in for one that begins after a listing that is not there
        return
    end = place_in(branch, page.next_after) if page.next_after else None
    for low, high in lists.ranges(wish.letter) if wish.letter else [("", TOP)]:
        for featured in (True, False):
            note_stretch(branch, wish.order, featured, start, end, (low, high or TOP))


def note_stretch(
    branch: Branch, order: str, featured: bool, start: At | None, end: At | None, ends: tuple[str, str]
) -> None:
    """Of the featured ones or the others: those from `start` to `end` within `ends`; None is all the way."""
    low, high = ends
    if order == "name":
        low = max(low, start.sort_name) if start else low
        high = min(high, end.sort_name) if end else high
    else:
        if (start and featured and not start.featured) or (end and end.featured and not featured):
            return
        low = max(low, start.sort_name) if start and start.featured == featured else low
        high = min(high, end.sort_name) if end and end.featured == featured else high
    mark = "1" if featured else "0"
    if low <= high:
        note(*spans.of_texts("branch", branch.pk, mark + low, mark + high, INDEX_LENGTH))


def note_beside(branch: Branch, listing: Listing, others: Sequence[int], wanted: int) -> None:
    """The next by name after a listing, as many as were wanted, from the beginning again where they end."""
    if notes.current.get() is None:
        return
    here = At(listing.featured, listing.sort_name)
    last = others[-1:] if len(others) == wanted else ()
    found = [at for at in (place_in(branch, pk) for pk in last) if at]
    if found and found[0].sort_name > here.sort_name:
        for featured in (True, False):
            note_stretch(branch, "name", featured, here, found[0], ("", TOP))
    else:
        note(f"branch:{branch.pk}")


def note_size(branch: Branch) -> None:
    note(f"count:{branch.pk}")


def note_letters(branch: Branch) -> None:
    note(f"count:{branch.pk}", f"letters:{branch.pk}")


def note_categories(categories: Iterable[Category]) -> None:
    note(*(f"category:{each.pk}" for each in categories))


def note_below(category: Category) -> None:
    """Which categories there are below it, and their names."""
    note(f"tree::{category.path}")


def note_places(places: Iterable[Place]) -> None:
    note(*(f"place:{each.pk}" for each in places))


def note_listing(listing: Listing) -> None:
    """Its own page: the listing with all that hangs on it."""
    note(f"listing:{listing.pk}")
    note_categories(filing.category for filing in listing.filings.all())
    note_places(placing.place for placing in listing.placings.all())
    note(*(f"listing_tag:{item.tag_id}" for item in listing.tagged_items.all()))


def note_hours(now: datetime, until: datetime | None) -> None:
    """Hours are told as of a day of the place, and whether it is open until the next change."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    fresh_until(midnight)
    fresh_until(until)


def note_near(lat: float, lon: float, degrees: float, width: float) -> None:
    """Which listings there are in a box around a point, `degrees` to the north and `width` to the east."""
    steps = CELLS * PARTS
    rows = range(cut(lat - degrees, 90, steps), cut(lat + degrees, 90, steps) + 1)
    columns = range(cut(lon - width, 180, steps), cut(lon + width, 180, steps) + 1)
    if len(rows) * len(columns) <= MANY_PARTS:
        small = [(row, column) for row in rows for column in around(columns, steps)]
        note(*(f"near:{row // PARTS},{column // PARTS}:{row},{column}" for row, column in small))
        return
    wide = range(columns.start // PARTS, (columns.stop - 1) // PARTS + 1)
    tall = range(rows.start // PARTS, (rows.stop - 1) // PARTS + 1)
    if len(tall) * len(wide) > MANY_PARTS:
        note("near")
        return
    note(*(f"near:{row},{column}" for row in tall for column in around(wide, CELLS)))


def cut(degree: float, add: int, steps: int) -> int:
    """As the trigger cuts: towards zero, of a number that is never below it but beyond the date line."""
    return int((degree + add) * steps // 1)


def around(columns: range, steps: int) -> Iterable[int]:
    """Columns of a box that may reach across the date line."""
    whole = 360 * steps
    if len(columns) >= whole:
        return range(whole + 1)
    return {column for each in columns for column in ({each % whole} | ({whole} if each % whole == 0 else set()))}
