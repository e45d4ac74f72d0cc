"""Finding listings at the desk, at any size: each way of looking is the range of an index, and words are looked for as
visitors look for them. Behind what they find stands what begins so: drafts are not in the index of the search.

What stands in a category or at a place is found through the branch rows, by name, and what is not published among the
few that are not. Walking all listings by date and asking of each whether it stands there would take seconds when they
came in one after the other, category by category.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, In, LessThan

from gazetteer.directory.desk.paging import MOST
from gazetteer.directory.models import Branch, BranchRow, Filing, Listing, Place, Placing, Reach
from gazetteer.directory.names import sort_key
from gazetteer.directory.querysets import ListingQuerySet
from gazetteer.search import use
from gazetteer.search.ranges import after

BY_CHANGE = ("-changed_at", "-id")
BY_NAME = ("sort_name", "id")
MOST_PLACES = 50
SORTED_AT_ONCE = 20_000
"""Rows of several branches that are sorted together; of more, each branch is read in its own order."""

READ_WHOLE = {"category": 60_000, "place": 20_000}
"""Listings of a branch up to which these are read, and not each draft asked whether it is one of them.

So many take some 50 ms; an index has the listings of a category beside it, not those of a place.
"""

STATES: dict[str, Q] = {
    "": Q(deleted_at__isnull=True, merged_into__isnull=True),
    "live": Q(live=True, deleted_at__isnull=True, merged_into__isnull=True),
    "changed": Q(live=True, has_unpublished_changes=True, deleted_at__isnull=True, merged_into__isnull=True),
    "draft": Q(live=False, expired=False, deleted_at__isnull=True, merged_into__isnull=True),
    "expired": Q(live=False, expired=True, deleted_at__isnull=True, merged_into__isnull=True),
    "merged": Q(merged_into__isnull=False, deleted_at__isnull=True),
    "trash": Q(deleted_at__isnull=False),
}
"""Conditions as the indexes have them; without a state the trash and what was merged stay out of sight."""


ORDER_OF_FEW = {
    **dict.fromkeys(("changed", "draft", "expired"), BY_CHANGE),
    "merged": ("merged_into", "id"),
    "trash": ("-deleted_at",),
}
"""States of few of many rows are listed in the order of their own index: in another, SQLite would read all rows."""


def nobodys() -> Q:
    """Without an owner; said so that SQLite does not take the owners' index for them, who are nearly all."""
    return Q(LessThan(Coalesce(F("owner_id"), 0), 1))


@dataclass(frozen=True)
class Wish:
    """What is looked for. `branches`: each a list of branch ids in any of which it stands; all must hold."""

    text: str = ""
    state: str = ""
    branches: list[list[int]] = field(default_factory=list)
    also: list[int] = field(default_factory=list)
    """Ids of listings that a limited person looks after by themselves."""

    featured: bool = False
    owned: bool | None = None
    feed: str = ""

    @property
    def is_few(self) -> bool:
        """Whether an index of few rows answers it, whatever else is asked."""
        return self.state in ORDER_OF_FEW or self.featured or self.owned is True

    @property
    def facts(self) -> Q:
        """What a listing's own row says."""
        found = STATES[self.state]
        if self.featured:
            found &= Q(featured=True)
        if self.owned is not None:
            found &= Q(owner__isnull=False) if self.owned else nobodys()
        return found & Q(feed=self.feed) if self.feed else found


def find(wish: Wish, ordering: tuple[str, ...]) -> QuerySet[Any]:
    begins_so = by_index(wish, ordering)
    ids = use.numbers("listing", wish.text) if wish.text and not wish.is_few else None
    if ids is None:
        return begins_so
    found = by_words(wish, ids)
    others = (pk for pk in begins_so.values_list("pk", flat=True)[: use.MOST] if pk not in set(found))
    return use.in_order(Listing.objects.all(), [*found, *others])


def by_words(wish: Wish, ids: list[int]) -> list[int]:
    """Of the published listings with these ids, in their order, those that pass what else is asked."""
    listings = Listing.objects.filter(wish.facts, pk__in=ids)
    inside = listings
    for branches in wish.branches:
        inside = inside.filter(Exists(BranchRow.objects.filter(listing=OuterRef("pk"), branch__in=branches)))
    there = set(inside.values_list("pk", flat=True))
    there.update(listings.filter(pk__in=wish.also).values_list("pk", flat=True) if wish.also else ())
    return [pk for pk in ids if pk in there]


def by_index(wish: Wish, ordering: tuple[str, ...]) -> QuerySet[Any]:
    listings = Listing.objects.all()
    if wish.branches:
        return listings.filter(pk__in=ids_in_branches(wish)).order_by(*ordering)
    if wish.text and wish.is_few:
        return listings.filter(wish.facts, named(wish.text)).order_by(*ORDER_OF_FEW.get(wish.state, BY_CHANGE))
    if wish.text:
        return listings.filter(wish.facts, begins(wish.text)).order_by(*BY_NAME)
    if wish.feed and wish.state not in ORDER_OF_FEW:
        return of_feeds(listings).filter(wish.facts).order_by("external_id")
    return listings.filter(wish.facts).order_by(*ORDER_OF_FEW.get(wish.state, ordering))


def begins(text: str, prefix: str = "") -> Q:
    key = sort_key(text)
    return Q(**{f"{prefix}sort_name__gte": key, f"{prefix}sort_name__lt": after(key)})


def named(text: str) -> Q:
    """The same for rows that are few already, said so that the index of names is left alone."""
    key, name = sort_key(text), Coalesce(F("sort_name"), Value(""))
    return Q(GreaterThanOrEqual(name, key)) & Q(LessThan(name, after(key)))


def of_feeds(listings: ListingQuerySet) -> ListingQuerySet:
    """Those that came by a feed, in the words of the index over them: with a bound value SQLite would not use it."""
    found: ListingQuerySet = listings.extra(where=["NOT (external_id = '')"])
    return found


def with_category(listings: QuerySet[Any]) -> QuerySet[Any]:
    """With the primary category, and without the long columns that a list does not show."""
    filings = Filing.objects.filter(is_primary=True).select_related("category")
    return listings.prefetch_related(Prefetch("filings", filings, to_attr="primary_filings")).defer(
        "description", "custom", "social", "opening_hours", "alt_names", "countries", "note_to_desk"
    )


# In categories and at places


def ids_in_branches(wish: Wish) -> list[int]:
    """At most so many as can be paged through, the published ones by name."""
    found: list[int] = []
    if wish.state in ("", "live", "changed"):
        found += published_ids(wish)
    if wish.state != "live" and wish.state != "changed":
        found += other_ids(wish)
    if wish.also:
        found += Listing.objects.filter(wish.facts, name_of(wish), pk__in=wish.also).values_list("pk", flat=True)
    return found


def name_of(wish: Wish, prefix: str = "") -> Q:
    return begins(wish.text, prefix) if wish.text else Q()


def published_ids(wish: Wish) -> list[int]:
    """Through the rows of the smallest branch; the others are looked up for each of them."""
    smallest, *others = sorted(wish.branches, key=size)
    rows = BranchRow.objects.filter(name_of(wish), branch__in=smallest)
    for branches in others:
        there = BranchRow.objects.filter(listing=OuterRef("listing"), branch__in=branches)
        rows = rows.filter(Exists(there))
    if wish.owned is True:  # few: found by their own index, not one by one among those of the branch
        rows = rows.filter(listing__in=Listing.objects.filter(owner__isnull=False).values("pk"))
    if wish.owned is False:
        rows = rows.filter(listing__owner__isnull=True)
    if wish.feed:
        rows = rows.filter(listing__feed=wish.feed)
    if wish.state == "changed":
        rows = rows.filter(listing__in=Listing.objects.filter(STATES["changed"]).values("pk"))
    if wish.featured:
        rows = rows.filter(featured=True)
    if size(smallest) <= SORTED_AT_ONCE:
        return ids_by_name(rows.filter(branch__in=smallest))
    found: list[int] = []
    # Each is one range of the index; asked by the bare column SQLite would sort the whole branch (`lists.YES`).
    for featured in (True,) if wish.featured else (True, False):
        for branch in smallest:
            if len(found) >= MOST:
                break
            found += ids_by_name(rows.filter(branch=branch, featured__in=[featured]))
    return found


def ids_by_name(rows: QuerySet[BranchRow]) -> list[int]:
    return list(rows.order_by("sort_name", "listing").values_list("listing", flat=True)[:MOST])


def size(branches: list[int]) -> int:
    return sum(Branch.objects.filter(pk__in=branches).values_list("listings", flat=True))


def other_ids(wish: Wish) -> list[int]:
    """Drafts, expired, merged and in the trash: few, looked through in the order of their own index."""
    not_shown = wish.facts & (Q(live=False) if wish.state == "" else Q())
    rows = Listing.objects.filter(not_shown, named(wish.text) if wish.text else Q())
    for branches in wish.branches:
        rows = rows.filter(stands_in(branches))
    return list(rows.order_by(*ORDER_OF_FEW.get(wish.state, BY_CHANGE)).values_list("pk", flat=True)[:MOST])


def stands_in(branches: list[int]) -> Q:
    """Filed or placed there. What stands in a small branch is read whole; of a large one each row is asked.

    Asking 50,000 drafts among a million listings of which none stands there takes 75 ms, however large the branch.
    """
    categories = Reach.objects.filter(branch__in=branches).values_list("category", flat=True).distinct()
    places = Place.objects.filter(branch__in=branches).values_list("pk", flat=True)
    return one_of(Filing.objects.all(), "category", list(categories)) | one_of(
        Placing.objects.all(), "place", list(places)
    )


def one_of(standings: QuerySet[Any], where: str, ids: list[int]) -> Q:
    """Whether a listing has one of `standings` whose column `where` is one of `ids`."""
    if not ids:
        return Q(pk__in=[])
    there = standings.filter(**{f"{where}__in": ids})
    most = READ_WHOLE[where]
    if not there[most : most + 1].exists():
        return Q(pk__in=there.values("listing"))
    # Not by the bare column: SQLite would look for each of the ids with each listing (12 µs for 50 instead of 1).
    among: Any = In(Coalesce(F(f"{where}_id"), Value(0)), ids)
    return Q(Exists(standings.filter(among, listing=OuterRef("pk"))))


def branches_of_town(text: str, country: str = "") -> list[int]:
    """Branches of the towns and regions whose name begins so."""
    found = Place.objects.filter(begins(text))
    if country:
        found = found.filter(country=country)
    return list(found.order_by(F("sort_name"), "id").values_list("branch", flat=True)[:MOST_PLACES])


def feeds(most: int = 30) -> list[str]:
    """The names of the feeds, each one step along their index."""
    found: list[str] = []
    while len(found) < most:
        later = of_feeds(Listing.objects.all()).filter(feed__gt=found[-1] if found else "")
        following = later.order_by("feed", "external_id").values_list("feed", flat=True).first()
        if following is None:
            break
        found.append(following)
    return found
