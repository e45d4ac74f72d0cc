"""A tree of categories that folds open."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.directory.models import Category
from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.categories import category_of, tree
from gazetteer.pages.choosers import CategoryBlock


class CategoryTree(PageBlock):
    """A tree that folds open, to a chosen depth, of everything or of one branch."""

    name: ClassVar[str] = "category_tree"
    template: ClassVar[str] = "pages/blocks/category_tree.html"

    category = CategoryBlock(required=False, label=_("Branch"), help_text=_("Empty: the whole directory."))
    levels = blocks.IntegerBlock(default=2, min_value=1, max_value=4, label=_("Levels"))
    counts = blocks.BooleanBlock(required=False, default=True, label=_("With counts"))

    class Meta:
        label = _("Tree of categories")
        icon = "list-ul"
        group = DIRECTORY

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        shown = Category.objects.in_use().with_counts().order_by("path")
        base = Category.objects.filter(pk=value["category"].pk).first() if value["category"] else None
        if base is not None:
            shown = shown.filter(path__startswith=base.path, depth__gt=base.depth)
        deepest = (base.depth if base else 0) + value["levels"]
        here = getattr(category_of(subject), "path", "")
        return {"tree": tree(shown.filter(depth__lte=deepest), here, value["counts"]), "usual": gettext("Categories")}
