"""Categories as blocks show them, each with its true count."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, Window
from django.db.models.functions import RowNumber, Substr
from django.utils.translation import get_language

from gazetteer.changes.notes import reading
from gazetteer.directory.models import Category

MOST = 2_000
"""No block reads more categories than this."""


LINE = ("path", "depth", "name", "names_by_lang", "address", "branch__listings")
"""The columns of which a line is made."""


@dataclass
class CategoryLine:
    """A category as `c.category_grid` and `c.category_list` read it."""

    name: str
    url: str
    listing_count: int | None
    current: bool = False
    shown_children: list["CategoryLine"] = field(default_factory=list)


def line(category: Any, current: str = "", counts: bool = True) -> CategoryLine:
    """`current` is the tree path of the category the page is about."""
    return CategoryLine(
        category.name_in(get_language()),
        category.get_absolute_url(),
        category.branch.listings if counts else None,
        bool(current) and current == category.path,
    )


@reading("tree", "count")
def tree(categories: Any, current: str = "", counts: bool = True) -> list[CategoryLine]:
    """Nested lines from categories in the order of the tree; one whose parent is missing stands at the top."""
    tops: list[CategoryLine] = []
    open_lines: list[tuple[str, CategoryLine]] = []
    for category in categories[:MOST]:
        made = line(category, current, counts)
        while open_lines and not category.path.startswith(open_lines[-1][0]):
            open_lines.pop()
        (open_lines[-1][1].shown_children if open_lines else tops).append(made)
        open_lines.append((category.path, made))
    return tops


@reading("tree", "count")
def top_categories(children: int = 0) -> list[CategoryLine]:
    """Those at the top, and the first children of each: one query."""
    in_branch = Window(RowNumber(), partition_by=Substr("path", 1, Category.steplen), order_by="path")
    found = Category.objects.in_use().filter(depth__lte=2).annotate(place=in_branch).filter(place__lte=children + 1)
    return tree(found.with_counts().order_by("path").only(*LINE))


@reading("tree", "count")
def children_of(category: Any, counts: bool = True) -> list[CategoryLine]:
    return [line(child, counts=counts) for child in Category.objects.children_of(category)[:MOST]]


@reading("tree", "count")
def siblings_of(category: Any) -> list[CategoryLine]:
    """The category and those beside it."""
    parent = category.path[: -category.steplen]
    beside = Category.objects.in_use().filter(depth=category.depth, path__startswith=parent).with_counts()
    return [line(each, category.path) for each in beside.order_by("path")[:MOST]]


@reading("tree", "count")
def expanded_to(category: Any) -> list[CategoryLine]:
    """The tree opened as far as this category: the top, each step of the way with its siblings, and its children."""
    step = category.steplen
    steps = [category.path[:end] for end in range(0, len(category.path) + 1, step)]
    wanted = Q(depth=1)
    for parent in steps[1:]:
        wanted |= Q(path__startswith=parent, depth=len(parent) // step + 1)
    shown = Category.objects.in_use().filter(wanted).with_counts().order_by("path")
    return tree(shown, category.path)


def category_of(subject: dict[str, Any]) -> Any:
    """The category that the page is about or in; None on other pages."""
    if subject.get("category") is not None:
        return subject["category"]
    listing = subject.get("listing")
    if listing is None:
        return None
    filing = listing.filings.filter(is_primary=True).select_related("category__branch").first()
    return filing.category if filing else None
