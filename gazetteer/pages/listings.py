"""The listings of one page, read together: new, featured, recently changed, A–Z, at random.

Whatever the number of blocks: one query for the listings, and those of `directory.rows` for what stands in a line.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from gazetteer.changes.notes import fresh_until, note, reading
from gazetteer.directory.lists import NO, YES
from gazetteer.directory.models import BranchRow, Listing
from gazetteer.directory.noting import TABLES
from gazetteer.directory.rows import Row, listing_rows

Rows = QuerySet[BranchRow]


@dataclass(frozen=True)
class Wanted:
    """The first `number` in an order, of a branch (its id) or of the whole directory (None)."""

    order: str
    number: int
    branch: int | None = None


@dataclass(frozen=True)
class Order:
    """An order of a branch's rows: `first` is the query for its beginning, `key` sorts rows in Python the same way.

    `first` is told whether the branch is the whole directory. Both compare text code point by code point, as the
    database does with `sort_name`.
    """

    first: Callable[[Rows, bool], Rows]
    key: Callable[[Any], Any]
    fits: Callable[[Any], bool] = lambda row: True


LAST_CHANGES = 500
LAST_CHANGES_OF_ALL = 5_000
"""How many of the last changes of all are looked through for the whole directory, and for one branch of it."""


def most_recently_changed(rows: Rows, whole: bool) -> Rows:
    """Read by the index of changes alone: which of them are published, the rows themselves say."""
    back = LAST_CHANGES if whole else LAST_CHANGES_OF_ALL
    changed = Listing.objects.order_by("-changed_at", "-id").values("pk")[:back]
    return rows.filter(listing__in=changed).order_by("-listing__changed_at", "-listing")


ORDERS: dict[str, Order] = {
    "new": Order(
        lambda rows, whole: rows.order_by("-listed_at", "-listing"),
        lambda row: (-row.listed_at.timestamp(), -row.listing_id),
    ),
    "featured": Order(
        lambda rows, whole: rows.filter(featured__in=YES).order_by("sort_name", "listing"),
        lambda row: (row.sort_name, row.listing_id),
        lambda row: row.featured,
    ),
    "name": Order(
        lambda rows, whole: rows.filter(featured__in=NO).order_by("sort_name", "listing"),
        lambda row: (row.sort_name, row.listing_id),
        lambda row: not row.featured,
    ),
    "changed": Order(
        most_recently_changed,
        lambda row: (-row.listing.changed_at.timestamp(), -row.listing_id),
    ),
    "random": Order(lambda rows, whole: at_random(rows), lambda row: 0),
}


def at_random(rows: Rows) -> Rows:
    """Neighbours by date from a chance moment: one seek in an index at any size, not a sort of everything."""
    ends = rows.aggregate(first=Min("listed_at"), last=Max("listed_at"))
    if ends["first"] is None:
        return rows.none()
    moment = ends["first"] + (ends["last"] - ends["first"]) * random.random()  # noqa: S311 (no secret)
    return rows.filter(listed_at__lte=moment).order_by("-listed_at", "-listing")


def branch_rows(branch: int | None) -> Rows:
    return BranchRow.objects.filter(branch=branch) if branch else BranchRow.objects.filter(branch__kind="all")


CHANCE = timedelta(minutes=10)
"""How long what chance has chosen stands on a kept page."""


class ListingPool:
    """Read once for a request."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.shown: dict[int, Row] = {}
        self.chosen: dict[Wanted, set[int]] = {}

    def read(self, wanted: Iterable[Wanted]) -> None:
        """One query for all blocks' rows of branches with their listings, and those of `directory.rows`."""
        asked = list(wanted)
        if not asked:
            return
        with reading(besides=TABLES):
            self.read_rows(asked)

    def read_rows(self, asked: list[Wanted]) -> None:
        parts = [Q(pk__in=self.beginning(want)) for want in asked]
        found = BranchRow.objects.filter(reduce(or_, parts)).select_related("branch", "listing", "listing__logo")
        self.rows = list(found.defer("listing__custom", "listing__opening_hours"))
        listings = {row.listing_id: row.listing for row in self.rows}
        self.shown = {row.id: row for row in listing_rows(list(listings.values()))}
        for want in asked:
            self.note(want)

    def note(self, want: Wanted) -> None:
        """The key of the list; which branch is the whole directory's is known by its rows, if it has any."""
        branch = want.branch or next((row.branch_id for row in self.rows if row.branch.kind == "all"), None)
        mark = {"featured": ":1", "name": ":0"}.get(want.order, "")
        note(f"branch:{branch}{mark}" if branch else "directory_branchrow")
        if want.order == "changed":
            note("changed:all")
        if want.order == "random":
            fresh_until(timezone.now() + CHANCE)

    def beginning(self, want: Wanted) -> Any:
        """The ids of the rows a block wants: a subquery, but for what chance has chosen."""
        rows = ORDERS[want.order].first(branch_rows(want.branch), want.branch is None).values("pk")[: want.number]
        if want.order != "random":
            return rows
        self.chosen[want] = {row["pk"] for row in rows}
        return self.chosen[want]

    def take(self, want: Wanted) -> list[Row]:
        order = ORDERS[want.order]
        mine = [row for row in self.rows if self.is_mine(row, want) and order.fits(row)]
        return [self.shown[row.listing_id] for row in sorted(mine, key=order.key)[: want.number]]

    def is_mine(self, row: Any, want: Wanted) -> bool:
        if want in self.chosen:
            return row.pk in self.chosen[want]
        return bool(row.branch_id == want.branch if want.branch else row.branch.kind == "all")


def pool(request: HttpRequest) -> ListingPool:
    """The listings of this request's page."""
    if not hasattr(request, "listing_pool"):
        request.listing_pool = ListingPool()  # type: ignore[attr-defined]
    return request.listing_pool  # type: ignore[attr-defined]
