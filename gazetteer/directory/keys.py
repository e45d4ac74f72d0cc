"""What the log keeps of the directory, and which keys a rendering notes for what it reads.

`listing:5`              a listing with its categories, places, tags and pictures; `listing:5:row` what a line in a list
                         shows of it
`branch:7:<index>`       which listings stand in a branch and in which order, by the beginning of what they are sorted
                         by: `1` or `0` for featured or not, then the sort key (`changes/spans.py`)
`letters:7`              whether listings of the branch went from one letter to another
`count:7`                how many there are; `count`: any branch's
`category:5`             a category; `tree::<path>` what names, addresses and the tree show of it and of all below
`tops:all`               which categories stand at the top
`place:5`, `places:5`    a place; which places with listings there are right below it (`places:0`: countries)
`near:<cell>:<part>`     which listings with a position there are in a tenth of a degree, and in a hundredth
`changed:all`            which listing changed last; `listing_tag:5` a tag
"""

from gazetteer.changes.watching import Key, columns_but, watch
from gazetteer.directory.branches.sql import published
from gazetteer.directory.models import (
    Branch,
    BranchRow,
    Category,
    CustomField,
    Filing,
    Listing,
    ListingPicture,
    ListingTag,
    OldCategoryAddress,
    Place,
    Placing,
    TaggedListing,
)
from gazetteer.directory.noting import CELLS, INDEX_LENGTH, PARTS

STATE = ("live", "expired", "merged_into_id", "deleted_at")
ROW = ("name", "slug", "description", "featured", "city", "country", "logo_id", "listed_at", *STATE)
"""Columns that a line in a list shows, or on which it hangs whether there is one."""

OF_THE_DESK = (
    "latest_revision_id", "live_revision_id", "has_unpublished_changes", "locked", "locked_at", "locked_by_id",
    "first_published_at", "last_published_at", "go_live_at", "expire_at", "featured_until", "owner_id", "owner_email",
    "note_to_desk", "feed", "external_id", "import_digest", "created_at",
)  # fmt: skip
"""Columns that no page shows; what the clock does by some of them is a write of its own to another."""

LABEL = ("name", "names_by_lang", "slug", "address", "path", "depth", "is_hidden", "deleted_at", "branch_id")
"""Columns of a category that other pages show, or on which it hangs whether they show it."""


def published_listing(column: str) -> str:
    """SQL: the row's listing is one that visitors see."""
    found = f"SELECT 1 FROM directory_listing l WHERE l.id = {{row}}.{column} AND {published('l')}"  # noqa: S608 (ours)
    return f"EXISTS ({found})"


def cell_sql(whole: str) -> str:
    """The key of a position; `whole` is how the database cuts off what is behind the point."""

    def cut(column: str, add: int, steps: int) -> str:
        return whole.replace("{number}", f"({{row}}.{column} + {add}) * {steps}")

    cells = f"{cut('lat', 90, CELLS)} || ',' || {cut('lon', 180, CELLS)}"
    parts = f"{cut('lat', 90, CELLS * PARTS)} || ',' || {cut('lon', 180, CELLS * PARTS)}"
    return f"CASE WHEN {{row}}.lat IS NOT NULL AND {{row}}.lon IS NOT NULL THEN {cells} || ':' || {parts} END"


watch(
    Listing,
    Key("listing", "{row}.id || ':row'", columns=ROW, widens=True),
    Key("listing", columns=columns_but(Listing, (*OF_THE_DESK, "changed_at")), events=("update",)),
    Key(
        "near",
        cell_sql("CAST({number} AS integer)"),
        cell_sql("CAST(trunc({number}) AS bigint)"),
        columns=("lat", "lon", *STATE),
        optional=True,
        widens=True,
    ),
    Key("changed", "'all'", columns=("changed_at", *STATE)),
    hidden=OF_THE_DESK,
    visible=f"({published('{row}')} OR {{row}}.merged_into_id IS NOT NULL)",
)
watch(Filing, Key("listing", "{row}.listing_id || ':row'"), visible=published_listing("listing_id"))
watch(Placing, Key("listing", "{row}.listing_id"), visible=published_listing("listing_id"))
watch(TaggedListing, Key("listing", "{row}.content_object_id"), visible=published_listing("content_object_id"))
watch(ListingPicture, Key("listing", "{row}.listing_id || ':row'"), visible=published_listing("listing_id"))
watch(
    BranchRow,
    Key(
        "branch",
        "{row}.branch_id || ':' || CASE WHEN {row}.featured THEN '1' ELSE '0' END"
        f" || substr({{row}}.sort_name || '{' ' * INDEX_LENGTH}', 1, {INDEX_LENGTH - 1})",
        widens=True,
    ),
    Key(
        "letters",
        "{row}.branch_id",
        when="substr(OLD.sort_name, 1, 1) <> substr(NEW.sort_name, 1, 1)",
        events=("update",),
    ),
)
watch(
    Branch,
    Key("count", widens=True),
    Key(
        "places",
        "CASE WHEN {row}.kind = 'place' THEN"
        " (SELECT coalesce(p.parent_id, 0) FROM directory_place p WHERE p.branch_id = {row}.id) END",
        when="(OLD.listings = 0) <> (NEW.listings = 0)",
        events=("update", "delete"),
        optional=True,
        widens=True,
    ),
)
watch(
    Category,
    Key("category"),
    Key("tree", "':' || {row}.path", columns=LABEL, widens=True),
    Key("tops", "CASE WHEN {row}.depth = 1 THEN 'all' END", columns=LABEL, optional=True),
    hidden=("numchild", "created_at"),
)
watch(Category.related.through, Key("category", "{row}.from_category_id"))
watch(Place, Key("place"), Key("places", "coalesce({row}.parent_id, 0)", widens=True))
watch(ListingTag, Key("listing_tag"))
watch(CustomField)
watch(OldCategoryAddress)
