"""The categories that rows name by paths: found, and made where there are none.

Two names are the same when they are equal letter by letter (after Unicode NFC and with single spaces): "Gym / Fitness
Center" is one category, and "shops" beside "Shops" is another, which is told. A path that the desk has renamed,
moved or merged away is known by its old web address and leads to where the category is now.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from gazetteer.directory.imports import tables
from gazetteer.directory.models import Branch, Category, OldCategoryAddress
from gazetteer.directory.names import make_slug

Path = tuple[str, ...]
LONGEST_ADDRESS = 1000


@dataclass(slots=True)
class Node:
    """What a run needs to know of a category; `steps` is treebeard's path, `children` how many it says it has."""

    pk: int
    steps: str
    address: str
    children: int
    last_child: int
    is_hidden: bool = False


class Tree:
    """All categories by the names above them; made new from the database whenever a batch had to be tried again."""

    def __init__(self) -> None:
        self.nodes: dict[Path, Node] = {}
        self.addresses: set[str] = set()
        self.folded: dict[Path, Path] = {}
        self.by_id: dict[int, Node] = {}
        self.roots = 0
        self.old: dict[str, int] = dict(OldCategoryAddress.objects.values_list("address", "category_id"))
        self.load()

    def load(self) -> None:
        rows = Category.objects.order_by("path").values_list("id", "path", "name", "address", "numchild", "is_hidden")
        names: dict[str, Path] = {"": ()}
        for pk, steps, name, address, children, is_hidden in rows:
            names[steps] = (*names[steps[: -Category.steplen]], name)
            self.add(names[steps], Node(pk, steps, address, children, 0, is_hidden))

    def add(self, path: Path, node: Node) -> None:
        """Two siblings may have one name (one of them in the trash): the one in use is meant."""
        self.count_child(path[:-1], last_step(node.steps))
        self.addresses.add(node.address)
        self.by_id[node.pk] = node
        self.folded.setdefault(fold(path), path)
        there = self.nodes.get(path)
        if there is None or (there.is_hidden and not node.is_hidden):
            self.nodes[path] = node

    def count_child(self, above: Path, step: int) -> None:
        if above:
            self.nodes[above].last_child = max(self.nodes[above].last_child, step)
        else:
            self.roots = max(self.roots, step)

    def find(self, path: Path) -> Node | None:
        """The category of that path, or the one that its old web address leads to."""
        if path not in self.nodes and self.old:
            moved = self.by_id.get(self.old.get(plain_address(path), 0))
            if moved:
                self.nodes[path] = moved
        return self.nodes.get(path)

    def missing(self, paths: Iterable[Path]) -> list[Path]:
        """What must be made so that all these paths exist, those above first."""
        wanted: dict[Path, None] = {}
        for path in paths:
            if not self.find(path):
                wanted.update(dict.fromkeys(path[:end] for end in range(1, len(path) + 1) if not self.find(path[:end])))
        return sorted(wanted, key=len)

    def twins(self, paths: Iterable[Path]) -> dict[Path, Path]:
        """Those among new paths that differ from another, there or new, only in upper and lower case; with that one."""
        new: dict[Path, Path] = {}
        found = {path: self.folded.get(fold(path)) or new.setdefault(fold(path), path) for path in paths}
        return {path: twin for path, twin in found.items() if twin != path}


def fold(path: Path) -> Path:
    return tuple(name.casefold() for name in path)


def plain_address(path: Path) -> str:
    return "/".join(make_slug(name) for name in path)


def last_step(steps: str) -> int:
    return int(Category._str2int(steps[-Category.steplen :]))


def pretend(tree: Tree, paths: list[Path]) -> None:
    """Make these categories in the tree alone, for a dry run."""
    for path in paths:
        row_of(tree, path, -len(tree.by_id) - 1, 0)


def make(tree: Tree, paths: list[Path]) -> None:
    """Make these categories in the database and the tree; parents come before their children, in the order given."""
    if not paths:
        return
    with transaction.atomic():
        branches = tables.new_ids(Branch, len(paths))
        tables.insert(Branch, ("id", "kind"), [(pk, Category.branch_kind) for pk in branches])
        ids = tables.new_ids(Category, len(paths))
        rows = [row_of(tree, path, pk, branch) for path, pk, branch in zip(paths, ids, branches, strict=True)]
        for depth in sorted({len(path) for path in paths}):
            tables.insert(Category, FIELDS, [row for row in rows if row[DEPTH] == depth])
        write_child_counts(tree, {path[:-1] for path in paths})


FIELDS = ("id", "branch", "path", "depth", "numchild", "name", "slug", "address", "is_hidden")
DEPTH = FIELDS.index("depth")


def row_of(tree: Tree, path: Path, pk: int, branch: int) -> tuple[object, ...]:
    above = tree.nodes[path[:-1]] if len(path) > 1 else None
    step = (above.last_child if above else tree.roots) + 1
    steps = Category._get_path(above.steps if above else "", len(path), step)
    slug = free_slug(tree, above.address if above else "", path[-1])
    node = Node(pk, steps, joined(above.address if above else "", slug), 0, 0, above is not None and above.is_hidden)
    tree.add(path, node)
    if above:
        above.children += 1
    return pk, branch, steps, len(path), 0, path[-1], slug, node.address, node.is_hidden


def joined(above: str, slug: str) -> str:
    return f"{above}/{slug}" if above else slug


def free_slug(tree: Tree, above: str, name: str) -> str:
    """The name as part of a web address, numbered where a sibling has it, or had it, already."""
    slug = make_slug(name)
    return next(free for free in numbered(slug) if is_free(tree, joined(above, free)))


def numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 1
    while True:
        number += 1
        yield f"{slug}-{number}"


def is_free(tree: Tree, address: str) -> bool:
    return address not in tree.addresses and address not in tree.old


def write_child_counts(tree: Tree, parents: set[Path]) -> None:
    counts = [(tree.nodes[path].children, tree.nodes[path].pk) for path in parents if path]
    tables.update(Category, ("numchild",), counts)
