"""What becomes of each row of a batch: new, changed, same, refused, or in conflict with the desk.

Nothing here writes. The same plan is told by `--dry-run` and carried out by `apply.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gazetteer.directory import places
from gazetteer.directory.imports import merge
from gazetteer.directory.imports.categories import Path, Tree
from gazetteer.directory.imports.merge import Merged
from gazetteer.directory.imports.models import Imported
from gazetteer.directory.imports.paths import written
from gazetteer.directory.imports.problems import shown
from gazetteer.directory.imports.rows import Row
from gazetteer.directory.imports.tags import Tags
from gazetteer.directory.models import Filing, Listing, Placing, TaggedListing
from gazetteer.directory.places import PlaceName

AT_ONCE = 900
"""Values in one IN list; SQLite's own limit may be 999."""
COLUMNS = (
    "name", "names_by_lang", "alt_names", "acronyms", "description", "street", "postcode", "city", "region", "country",
    "countries", "lat", "lon", "timezone", "language", "phones", "email", "website", "social", "opening_hours",
    "status", "established", "wikidata", "featured_until", "expire_at", "listed_at", "owner_email", "source", "licence",
)  # fmt: skip
PLACING = frozenset({"country", "region", "city", "countries"})
Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class There:
    """A listing that is already here."""

    pk: int
    digest: str


@dataclass(slots=True)
class State:
    """All that the import may change of a listing that is already here."""

    columns: dict[str, Any]
    filed: list[int] = field(default_factory=list)
    primary: int | None = None
    tagged: list[int] = field(default_factory=list)
    placed: list[int] = field(default_factory=list)
    imported: Imported | None = None


@dataclass(slots=True)
class Change:
    """A row and the listing it changes; what is None stays as it is."""

    row: Row
    pk: int
    state: State
    merged: Merged
    filed: list[int] | None = None
    primary: int | None = None
    tagged: list[int] | None = None
    pictures: bool = False

    @property
    def is_change(self) -> bool:
        return bool(self.merged.values or self.filed is not None or self.tagged is not None or self.pictures)


@dataclass(slots=True)
class Plan:
    new: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def digests(identities: Iterable[Identity]) -> dict[Identity, There]:
    """The listings already here, by feed and id."""
    by_feed: dict[str, list[str]] = {}
    for feed, external_id in identities:
        by_feed.setdefault(feed, []).append(external_id)
    found: dict[Identity, There] = {}
    for feed, ids in by_feed.items():
        for part in parts(ids):
            rows = Listing.objects.filter(feed=feed, external_id__in=part).exclude(external_id="")
            for external_id, pk, digest in rows.values_list("external_id", "id", "import_digest"):
                found[feed, external_id] = There(pk, digest)
    return found


def parts(ids: list[Any]) -> Iterable[list[Any]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def make_plan(rows: list[Row], there: dict[Identity, There], tree: Tree, tags: Tags, lock: bool = True) -> Plan:
    """Sort the rows into new ones and changes; every category and tag they name is in `tree` and `tags` by now.

    With `lock` it must run in the transaction that carries the plan out.
    """
    plan = Plan(new=[row for row in rows if (row.feed, row.external_id) not in there])
    known = [row for row in rows if (row.feed, row.external_id) in there]
    states = read_states([there[row.feed, row.external_id].pk for row in known], lock)
    for row in known:
        pk = there[row.feed, row.external_id].pk
        plan.changes.append(change_of(row, pk, states[pk], tree, tags))
    return plan


def read_states(ids: list[int], lock: bool) -> dict[int, State]:
    """What stands in the database now; on PostgreSQL `lock` holds the rows until the transaction ends."""
    states: dict[int, State] = {}
    for part in parts(ids):
        rows = Listing.objects.filter(pk__in=part)
        rows = rows.select_for_update(of=("self",)) if lock else rows
        names = ("id", "custom", "deleted_at", "merged_into_id", "live", "expired", *COLUMNS)
        states |= {row["id"]: State(with_custom(row)) for row in rows.values(*names)}
        for listing, category, is_primary in filings(part):
            states[listing].filed.append(category)
            if is_primary:
                states[listing].primary = category
        for listing, tag in TaggedListing.objects.filter(content_object__in=part).values_list(
            "content_object_id", "tag_id"
        ):
            states[listing].tagged.append(tag)
        for listing, place in Placing.objects.filter(listing__in=part).values_list("listing_id", "place_id"):
            states[listing].placed.append(place)
        for imported in Imported.objects.filter(pk__in=part):
            states[imported.pk].imported = imported
    return states


def filings(ids: list[int]) -> Any:
    return Filing.objects.filter(listing__in=ids).order_by("id").values_list("listing_id", "category_id", "is_primary")


def with_custom(row: dict[str, Any]) -> dict[str, Any]:
    row.update({f"custom.{key}": value for key, value in row["custom"].items()})
    return row


def change_of(row: Row, pk: int, state: State, tree: Tree, tags: Tags) -> Change:
    imported = state.imported
    change = Change(row, pk, state, merge.columns(row, state.columns, imported.marks if imported else None))
    if imported is None:
        state.imported = Imported(listing_id=pk, filed=list(state.filed), tagged=list(state.tagged))
        put_first(state.imported.filed, state.primary)
    refile(change, tree)
    retag(change, tags)
    repicture(change)
    tell(change)
    return change


def put_first(ids: list[int], first: int | None) -> None:
    ids.sort(key=lambda pk: pk != first)


def refile(change: Change, tree: Tree) -> None:
    """Categories as the row says now, with the desk's own doing kept."""
    row, state, imported = change.row, change.state, change.state.imported
    if imported is None or not speaks(row, row.paths, imported.filed, "categories"):
        return
    now = category_ids(row.paths or [], tree)
    final = merge.members(now, imported.filed, state.filed)
    primary, against = merge.primary(now, imported.filed, state.primary, final)
    own = [pk for pk in final if pk not in now and pk not in imported.filed]
    if own and now != imported.filed:
        change.row.tell("categories", f"{len(own)} more in which the desk filed it were kept", "note")
    if against:
        change.row.tell("categories", "the desk has chosen another primary category; it stands", "conflict")
    imported.filed = now
    if set(final) != set(state.filed) or primary != state.primary:
        change.filed, change.primary = final, primary


def retag(change: Change, tags: Tags) -> None:
    row, state, imported = change.row, change.state, change.state.imported
    if imported is None or not speaks(row, row.tags, imported.tagged, "tags"):
        return
    now = tags.of(row.tags or [])
    final = merge.members(now, imported.tagged, state.tagged)
    imported.tagged = now
    if set(final) != set(state.tagged):
        change.tagged = final


def repicture(change: Change) -> None:
    """Whether the feed names other pictures than last time; what the desk added or took away in between stands."""
    row, imported = change.row, change.state.imported
    if imported is not None and speaks(row, row.pictures, imported.pictures, "pictures"):
        before = [{**picture, "picture": None} for picture in imported.pictures]
        change.pictures = before != [{**taken.as_json(), "picture": None} for taken in row.taken]


def speaks(row: Row, said: object, last: list[Any], name: str) -> bool:
    """Whether the row says anything of these: a whole row's silence takes back what the feed said before."""
    return said is not None or (row.whole and bool(last) and name not in row.untouched)


def category_ids(paths: list[Path], tree: Tree) -> list[int]:
    return list(dict.fromkeys(tree.nodes[path].pk for path in paths))


def tell(change: Change) -> None:
    """Conflicts, and what the desk should know of listings that are not shown."""
    row, state = change.row, change.state
    for column, here in change.merged.conflicts.items():
        new = row.columns.get(column)
        row.tell(column, f"the desk has {shown(here)}, which stands; the file says {shown(new)}", "conflict")
    if not change.is_change:
        return
    if state.columns["deleted_at"]:
        row.tell("", "the listing is in the trash and stays there; its facts were brought up to date", "note")
    elif state.columns["merged_into_id"]:
        row.tell("", "the listing was merged into another, which is not changed by this row", "note")


def tell_trash(rows: Iterable[Row], tree: Tree) -> None:
    for row in rows:
        for path in row.paths or ():
            if tree.nodes[path].is_hidden:
                row.tell(
                    "categories", f"{written(path)} is in the trash; filed there, seen once it is restored", "note"
                )


def place_names(columns: Mapping[str, Any]) -> list[PlaceName]:
    """The places of a listing with these columns."""
    get = columns.get
    names = places.names_of(get("country") or "", get("region") or "", get("city") or "", get("countries") or [])
    return list(names)
