"""Comparing the branch rows and counts with a slow reading of the facts, and mending what differs."""

from collections.abc import Iterator

from django.db import connection, transaction

from gazetteer.directory.branches.moves import lock_tree, open_changes
from gazetteer.directory.branches.sql import COLUMNS, FACTS, GROUPS, WHOLE, published
from gazetteer.directory.models import Category, Reach

MEMBERS = " UNION ".join(
    [
        f"SELECT {WHOLE} AS branch_id, {FACTS} FROM directory_listing l WHERE {published('l')}",
        *(
            f"SELECT r.branch_id, {FACTS} FROM {g.members}"
            f" JOIN directory_listing l ON l.id = m.{g.listing} WHERE {published('l')}"
            for g in GROUPS
        ),
    ]
)
"""What the rows should be."""

ROWS = f"SELECT {COLUMNS} FROM directory_branchrow"
SIZES = "(SELECT count(*) FROM directory_branchrow r WHERE r.branch_id = b.id)"


def differences() -> list[str]:
    """What is wrong, as sentences; an empty list when every row and count is true. Reads the whole directory."""
    return [*wrong_rows(), *wrong_sizes(), *wrong_reach()]


def wrong_rows() -> Iterator[str]:
    for what, first, second in (("missing", MEMBERS, ROWS), ("too many", ROWS, MEMBERS)):
        number = scalar(f"SELECT count(*) FROM (SELECT * FROM ({first}) a EXCEPT SELECT * FROM ({second}) b) c")
        if number:
            yield f"Rows of branches {what} or out of date: {number}."


def wrong_sizes() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT b.id, b.listings, {SIZES} FROM directory_branch b WHERE b.listings <> {SIZES}")
        for branch, listings, true in cursor.fetchall():
            yield f"Branch {branch} says {listings} listings and has {true}."


def wrong_reach() -> Iterator[str]:
    if open_changes().exists():
        return  # while the tree changes, more is reached than the tree says
    there = set(Reach.objects.values_list("category_id", "branch_id"))
    needed = true_reach()
    for category, branch in sorted(needed ^ there):
        what = "reaches" if (category, branch) in there else "does not reach"
        yield f"Category {category} {what} branch {branch}, wrongly."


def true_reach() -> set[tuple[int, int]]:
    """Every category and the branches that it should reach, by the tree and the trash."""
    nodes = {node.path: node for node in Category.objects.only("id", "path", "branch_id", "deleted_at")}
    return {(node.pk, branch) for node in nodes.values() for branch in branches_above(node, nodes)}


def branches_above(node: Category, nodes: dict[str, Category]) -> Iterator[int]:
    path = node.path
    while path:
        yield nodes[path].branch_id
        if nodes[path].deleted_at:
            return
        path = path[: -Category.steplen]


def mend() -> None:
    """Make reach, rows and sizes anew from the facts, in one transaction; for a damaged database, not for every day."""
    with transaction.atomic(), connection.cursor() as cursor:
        lock_tree()
        if not open_changes().exists():
            Reach.objects.all().delete()
            Reach.objects.bulk_create(Reach(category_id=c, branch_id=b) for c, b in sorted(true_reach()))
        cursor.execute("DELETE FROM directory_branchrow")
        cursor.execute(f"INSERT INTO directory_branchrow ({COLUMNS}) SELECT * FROM ({MEMBERS}) m")
        cursor.execute(f"UPDATE directory_branch AS b SET listings = {SIZES} WHERE listings <> {SIZES}")


def scalar(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])
