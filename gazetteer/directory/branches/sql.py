"""The triggers that keep `directory_branchrow` and `directory_branch.listings` true.

Facts: a listing is published or not (`PUBLISHED`), and is a member of groups: filed under categories, placed at
places, tagged. Derived: one row for each published listing and branch. What is filed under a category reaches the
branches that `directory_reach` names; a place or tag has just its own branch; every published listing is in the
branch of kind `all`.

SQLite fires once a row. PostgreSQL fires once a statement with the changed rows as a table, since a thousand rows
inserted at once would otherwise update one count a thousand times, each update walking the versions of the one before.

On PostgreSQL two transactions might each remove one of a listing's two filings in a branch and each still see the
other's; so the listing's row is locked first, and under READ COMMITTED the next statement sees what the
other committed (https://www.postgresql.org/docs/current/transaction-iso.html). The shared advisory lock lets
`moves.py` wait until every transaction that may have read the old `directory_reach` has ended.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gazetteer.changes.triggers import Trigger, declare

TREE_LOCK = 7_203_001
"""Key of the advisory lock: shared by those who file listings, exclusive for those who change what is reached."""


def published(row: str) -> str:
    return f"({row}.live AND NOT {row}.expired AND {row}.merged_into_id IS NULL AND {row}.deleted_at IS NULL)"


@dataclass(frozen=True)
class Group:
    """A table that makes listings members of branches; `reached` selects the branches of a row named `m`."""

    table: str
    listing: str
    group: str
    reached: str

    @property
    def members(self) -> str:
        """Listing and branch of every membership, by way of rows named `m` and branches named `r`."""
        return f"{self.table} m JOIN {self.reached}"


GROUPS = (
    Group("directory_filing", "listing_id", "category_id", "directory_reach r ON r.category_id = m.category_id"),
    Group(
        "directory_placing", "listing_id", "place_id",
        "(SELECT id, branch_id FROM directory_place) r ON r.id = m.place_id",
    ),
    Group(
        "directory_taggedlisting", "content_object_id", "tag_id",
        "(SELECT id, branch_id FROM directory_listingtag) r ON r.id = m.tag_id",
    ),
)  # fmt: skip

COLUMNS = "branch_id, listing_id, featured, sort_name, listed_at"
FACTS = "l.id, l.featured, l.sort_name, l.listed_at"
WHOLE = "(SELECT id FROM directory_branch WHERE kind = 'all')"
STATE_COLUMNS = "live, expired, merged_into_id, deleted_at"
SORT_COLUMNS = ("featured", "sort_name", "listed_at")


def insert(select: str, vendor: str) -> str:
    if vendor == "sqlite":
        return f"INSERT OR IGNORE INTO directory_branchrow ({COLUMNS}) {select};"
    return f"INSERT INTO directory_branchrow ({COLUMNS}) {select} ON CONFLICT (listing_id, branch_id) DO NOTHING;"


def all_rows_of(listing: str, vendor: str) -> str:
    """Insert every row of the listing whose row is `listing` (NEW)."""
    facts = f"{listing}.id, {listing}.featured, {listing}.sort_name, {listing}.listed_at"
    selects = [f"SELECT {WHOLE}, {facts}"]
    selects += [f"SELECT r.branch_id, {facts} FROM {g.members} WHERE m.{g.listing} = {listing}.id" for g in GROUPS]
    return "\n".join(insert(select, vendor) for select in selects)


def still_reached(listing: str) -> str:
    """Branches that the listing is still a member of, by any group."""
    return " UNION ".join(f"SELECT r.branch_id FROM {g.members} WHERE m.{g.listing} = {listing}" for g in GROUPS)


@declare
def triggers() -> Iterator[Trigger]:
    yield from sizes()
    yield from listings()
    for group in GROUPS:
        yield from memberships(group)
    yield new_category()


def sizes() -> Iterator[Trigger]:
    """A branch's size follows its rows."""
    for event, rows, sign in (("INSERT", "NEW", "+"), ("DELETE", "OLD", "-")):
        yield Trigger(
            f"branch_size_{event.lower()}",
            "directory_branchrow",
            sqlite=f"""AFTER {event} ON directory_branchrow BEGIN
                UPDATE directory_branch SET listings = listings {sign} 1 WHERE id = {rows}.branch_id; END""",
            postgres=f"AFTER {event} ON directory_branchrow REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT",
            postgres_body=f"""BEGIN
                PERFORM 1 FROM directory_branch WHERE id IN (SELECT branch_id FROM changed)
                ORDER BY id FOR NO KEY UPDATE;
                UPDATE directory_branch b SET listings = b.listings {sign} c.n
                FROM (SELECT branch_id, count(*) AS n FROM changed GROUP BY branch_id) c WHERE b.id = c.branch_id;
                RETURN NULL; END""",
        )
    yield Trigger(
        "branch_size_truncate",
        "directory_branchrow",
        postgres="AFTER TRUNCATE ON directory_branchrow FOR EACH STATEMENT",
        postgres_body="BEGIN UPDATE directory_branch SET listings = 0 WHERE listings <> 0; RETURN NULL; END",
    )


def listings() -> Iterator[Trigger]:
    """A listing's rows come and go with its being published, and carry what it is sorted by."""
    yield listing_trigger("insert", "INSERT", published("NEW"), all_rows_of)
    yield listing_trigger(
        "publish", f"UPDATE OF {STATE_COLUMNS}", f"{published('NEW')} AND NOT {published('OLD')}", all_rows_of
    )
    yield listing_trigger(
        "withdraw", f"UPDATE OF {STATE_COLUMNS}", f"{published('OLD')} AND NOT {published('NEW')}", remove_rows
    )
    changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in SORT_COLUMNS)
    yield listing_trigger(
        "resort", f"UPDATE OF {', '.join(SORT_COLUMNS)}", f"{published('NEW')} AND ({changed})", resort_rows
    )
    yield listing_trigger("delete", "DELETE", published("OLD"), remove_rows)
    yield Trigger(
        "listing_truncate",
        "directory_listing",
        postgres="AFTER TRUNCATE ON directory_listing FOR EACH STATEMENT",
        # Not TRUNCATE: where one statement empties both tables, the other is still in use by it.
        postgres_body="BEGIN DELETE FROM directory_branchrow; RETURN NULL; END",
    )


def listing_trigger(name: str, event: str, condition: str, body: Callable[[str, str], str]) -> Trigger:
    row = "OLD" if event == "DELETE" else "NEW"
    head = f"AFTER {event} ON directory_listing FOR EACH ROW"
    return Trigger(
        f"listing_{name}",
        "directory_listing",
        sqlite=f"{head} WHEN {condition} BEGIN {body(row, 'sqlite')} END",
        postgres=f"{head} WHEN ({condition})",
        postgres_body=f"BEGIN {shared_lock()} {body(row, 'postgresql')} RETURN NULL; END",
    )


def remove_rows(listing: str, vendor: str) -> str:
    return f"DELETE FROM directory_branchrow WHERE listing_id = {listing}.id;"


def resort_rows(listing: str, vendor: str) -> str:
    values = ", ".join(f"{column} = {listing}.{column}" for column in SORT_COLUMNS)
    return f"UPDATE directory_branchrow SET {values} WHERE listing_id = {listing}.id;"


def shared_lock() -> str:
    return f"PERFORM pg_advisory_xact_lock_shared({TREE_LOCK});"


def memberships(group: Group) -> Iterator[Trigger]:
    """Filed, placed or tagged: the rows of the published listings follow."""
    yield membership_trigger(group, "insert", "INSERT", join(group, "NEW"), ("NEW",))
    yield membership_trigger(group, "delete", "DELETE", part(group, "OLD"), ("OLD",))
    columns = f"UPDATE OF {group.listing}, {group.group}"
    yield membership_trigger(group, "update", columns, part(group, "OLD") + join(group, "NEW"), ("OLD", "NEW"))


def membership_trigger(group: Group, name: str, event: str, sqlite: str, rows: tuple[str, ...]) -> Trigger:
    tables = " ".join(f"{row} TABLE AS {row.lower()}_rows" for row in rows)
    body = {"OLD": part_many(group), "NEW": join_many(group)}
    # PostgreSQL allows no column list together with changed rows as a table.
    statement = event.split(" ")[0]
    return Trigger(
        f"{group.table.removeprefix('directory_')}_{name}",
        group.table,
        sqlite=f"AFTER {event} ON {group.table} FOR EACH ROW BEGIN {sqlite} END",
        postgres=f"AFTER {statement} ON {group.table} REFERENCING {tables} FOR EACH STATEMENT",
        postgres_body=f"BEGIN {shared_lock()} {' '.join(body[row] for row in rows)} RETURN NULL; END",
    )


def join(group: Group, row: str) -> str:
    """SQLite: insert the rows that one new membership gives."""
    reached = group.reached.replace(" ON r.", " ON r.").replace("m.", f"{row}.")
    table, _, condition = reached.partition(" ON ")
    return insert(
        f"SELECT r.branch_id, {FACTS} FROM {table}, directory_listing l"
        f" WHERE {condition} AND l.id = {row}.{group.listing} AND {published('l')}",
        "sqlite",
    )


def part(group: Group, row: str) -> str:
    """SQLite: remove the rows that one membership gave, unless another still gives them."""
    table, _, condition = group.reached.replace("m.", f"{row}.").partition(" ON ")
    listing = f"{row}.{group.listing}"
    return (
        f"DELETE FROM directory_branchrow WHERE listing_id = {listing}"
        f" AND branch_id IN (SELECT r.branch_id FROM {table} WHERE {condition})"
        f" AND branch_id NOT IN ({still_reached(listing)});"
    )


def lock_listings(group: Group, rows: str) -> str:
    return (
        f"PERFORM 1 FROM directory_listing WHERE id IN (SELECT {group.listing} FROM {rows})"
        " ORDER BY id FOR NO KEY UPDATE;"
    )


def join_many(group: Group) -> str:
    """PostgreSQL: the same as `join` for all new memberships of a statement."""
    select = (
        f"SELECT DISTINCT r.branch_id, {FACTS} FROM new_rows m JOIN {group.reached}"
        f" JOIN directory_listing l ON l.id = m.{group.listing} WHERE {published('l')}"
    )
    return lock_listings(group, "new_rows") + insert(select, "postgresql")


def part_many(group: Group) -> str:
    """PostgreSQL: the same as `part` for all memberships that a statement removed."""
    return lock_listings(group, "old_rows") + (
        "DELETE FROM directory_branchrow b USING "
        f"(SELECT DISTINCT m.{group.listing} AS listing_id, r.branch_id FROM old_rows m JOIN {group.reached}) gone"
        " WHERE b.listing_id = gone.listing_id AND b.branch_id = gone.branch_id"
        f" AND b.branch_id NOT IN ({still_reached('b.listing_id')});"
    )


def new_category() -> Trigger:
    """A new category reaches its own branch and all that the category above it reaches, also while a move is on."""
    above = (
        "SELECT {new}.id, r.branch_id FROM directory_category p JOIN directory_reach r ON r.category_id = p.id"
        " WHERE p.path = substr({new}.path, 1, length({new}.path) - 4)"
    )
    both = (
        "INSERT INTO directory_reach (category_id, branch_id)"
        f" SELECT NEW.id, NEW.branch_id UNION {above.format(new='NEW')};"
    )
    return Trigger(
        "category_insert",
        "directory_category",
        sqlite=f"AFTER INSERT ON directory_category FOR EACH ROW BEGIN {both} END",
        postgres="AFTER INSERT ON directory_category FOR EACH ROW",
        postgres_body=f"BEGIN {shared_lock()} {both} RETURN NULL; END",
    )
