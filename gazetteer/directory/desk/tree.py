"""The tree of categories as the desk shows it, ready to be nested: a small one whole, a large one where opened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazetteer.accounts.policy import may, scope
from gazetteer.directory.branches.moves import open_changes
from gazetteer.directory.models import Category, TreeChange

KINDS = {
    "move": gettext_lazy("Moving “%(category)s”"),
    "trash": gettext_lazy("“%(category)s” goes to the trash"),
    "restore": gettext_lazy("“%(category)s” comes out of the trash"),
    "relabel": gettext_lazy("Merging “%(category)s” into “%(target)s”"),
}

WHOLE = 300
"""Categories up to which the tree is written whole; of a larger one, what is below a category when that is opened.

A page of 1,842 categories has 900 KB and took 240 to 390 ms.
"""

MOST_FOUND = 300
"""Categories shown of those with the text in their name."""


@dataclass
class Node:
    """A category in the list; `closes` is how many lists end after it. What is below it is left out if `is_folded`."""

    category: Category
    listings: int
    may_edit: bool
    has_children: bool = False
    is_open: bool = False
    is_folded: bool = False
    closes: int = 0


def nodes(user: Any, opened: Category | None) -> list[Node]:
    """The tree in its order, but for what is in the trash; down to `opened` it is unfolded."""
    in_use = Category.objects.in_use()
    paths = list(in_use.values_list("path", flat=True))
    found = made(user, in_use if len(paths) <= WHOLE else in_use.filter(unfolded(opened)))
    with_children = {path[: -Category.steplen] for path in paths}
    for node, following in zip(found, [*found[1:], None], strict=True):
        depth = following.category.depth if following else 1
        node.has_children = depth > node.category.depth
        node.is_folded = not node.has_children and node.category.path in with_children
        node.closes = max(0, node.category.depth - depth)
        node.is_open = opened is not None and opened.path.startswith(node.category.path)
    return found


def unfolded(opened: Category | None) -> Q:
    """The top level, and what stands directly below `opened` and below each category above it."""
    found = Q(depth=1)
    if opened is not None:
        for depth in range(1, opened.depth + 1):
            found |= Q(depth=depth + 1, path__startswith=opened.path[: depth * Category.steplen])
    return found


def matching(user: Any, text: str) -> list[Node]:
    """Those with the text in their name or web address, one below the other; at most one more than are shown."""
    wanted = Q(name__icontains=text) | Q(address__icontains=text)
    return made(user, Category.objects.in_use().filter(wanted), MOST_FOUND + 1)


def made(user: Any, categories: QuerySet[Category], most: int | None = None) -> list[Node]:
    """One query for the categories, one for which of them the person may edit."""
    own = set(scope(user, "edit", categories).values_list("pk", flat=True))
    found = categories.select_related("branch").order_by("path")[:most]
    return [Node(category, category.branch.listings, category.pk in own) for category in found]


def trashed(user: Any) -> list[Category]:
    """The tops of what is in the trash, as far as the person may take it out."""
    found: Iterable[Category] = Category.objects.filter(deleted_at__isnull=False).order_by("-deleted_at")
    return [category for category in found if may(user, "restore", category)]


def under_way() -> Iterator[dict[str, str]]:
    """Changes of the tree that are not done yet, in words."""
    for change in open_changes().select_related("category", "target"):
        names = {"category": change.category, "target": change.target or _("the top level")}
        yield {"words": str(KINDS[change.kind]) % names, "stage": str(TreeChange.Stage(change.stage).label)}
