"""Putting siblings in the order of their names, where nobody has put them in another.

An import makes categories in the order in which it first meets them. What it alone has made under one parent is
sorted when it ends; where an editor's categories stand too, the order is the editor's.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from gazetteer.directory.branches.moves import lock_tree, open_changes
from gazetteer.directory.models import Category
from gazetteer.directory.names import sort_key

STEP = Category.steplen


def sort_new_siblings(since: datetime) -> int:
    """Sort siblings that were all made since then; returns how many changed place. Addresses do not change."""
    with transaction.atomic():
        lock_tree()
        if open_changes().exists():
            return 0  # a branch is being moved: the order can wait for the next import
        nodes = list(Category.objects.only("id", "path", "name", "created_at"))
        moved = [(node, path) for node, path in placed(nodes, since) if node.path != path]
        write_paths(moved)
    return len(moved)


def placed(nodes: list[Category], since: datetime) -> Iterator[tuple[Category, str]]:
    """Every category with the path it should have."""
    children: dict[str, list[Category]] = {}
    for node in nodes:
        children.setdefault(node.path[:-STEP], []).append(node)
    yield from placed_under("", "", children, since)


def placed_under(
    old: str, new: str, children: dict[str, list[Category]], since: datetime
) -> Iterator[tuple[Category, str]]:
    siblings = children.get(old, [])
    steps = sorted(node.path[-STEP:] for node in siblings)
    if all(node.created_at >= since for node in siblings):
        siblings = sorted(siblings, key=lambda node: (sort_key(node.name), node.path))
    for node, step in zip(siblings, steps, strict=True):
        yield node, new + step
        yield from placed_under(node.path, new + step, children, since)


def write_paths(moved: list[tuple[Category, str]]) -> None:
    """In two passes, since one's new path is another's old one."""
    for node, _path in moved:
        node.path = f"~{node.pk}"
    Category.objects.bulk_update([node for node, _path in moved], ["path"], batch_size=500)
    for node, path in moved:
        node.path = path
    Category.objects.bulk_update([node for node, _path in moved], ["path"], batch_size=500)
