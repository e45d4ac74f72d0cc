"""The tree of categories, opened to the page's own."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.categories import category_of, expanded_to, top_categories


class CategoryPath(PageBlock):
    """The tree opened as far as the page's own category: the way to it, what stands beside each step, its children."""

    name: ClassVar[str] = "category_path"
    template: ClassVar[str] = "pages/blocks/category_tree.html"

    class Meta:
        label = _("Tree opened to this page")
        icon = "list-ul"
        group = DIRECTORY

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        category = category_of(subject)
        shown = expanded_to(category) if category is not None else top_categories()
        return {"tree": shown, "opened": True, "usual": gettext("Categories")}
