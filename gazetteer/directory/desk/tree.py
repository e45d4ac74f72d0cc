"""The tree of categories as the desk shows it: every category once, in one query, ready to be nested."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
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


@dataclass
class Node:
    """A category in the list; `closes` is how many lists end after it."""

    category: Category
    listings: int
    may_edit: bool
    has_children: bool = False
    is_open: bool = False
    closes: int = 0


def nodes(user: Any, opened: Category | None) -> list[Node]:
    """The whole tree in its order, but for what is in the trash; down to `opened` it is unfolded."""
    found = made(user, Category.objects.in_use())
    for node, following in zip(found, [*found[1:], None], strict=True):
        depth = following.category.depth if following else 1
        node.has_children = depth > node.category.depth
        node.closes = max(0, node.category.depth - depth)
        node.is_open = opened is not None and opened.path.startswith(node.category.path)
    return found


def matching(user: Any, text: str) -> list[Node]:
    """Those with the text in their name or web address, one below the other."""
    wanted = Q(name__icontains=text) | Q(address__icontains=text)
    return made(user, Category.objects.in_use().filter(wanted))


def made(user: Any, categories: Any) -> list[Node]:
    """One query for the categories, one for which of them the person may edit."""
    own = set(scope(user, "edit", Category.objects.all()).values_list("pk", flat=True))
    found = categories.with_counts().order_by("path")
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
