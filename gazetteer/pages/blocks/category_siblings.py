"""The categories beside the page's own."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.categories import category_of, siblings_of, top_categories


class CategorySiblings(PageBlock):
    """The categories beside the page's own, with the way back up."""

    name: ClassVar[str] = "category_siblings"
    template: ClassVar[str] = "pages/blocks/category_list.html"

    class Meta:
        label = _("Categories beside this one")
        icon = "list-ul"
        group = DIRECTORY

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        category = category_of(subject)
        if category is None:
            return {"categories": top_categories(), "url": reverse("directory"), "usual": gettext("Categories")}
        parent = category.get_parent()
        above = parent or None
        return {
            "categories": siblings_of(category),
            "url": above.get_absolute_url() if above else reverse("directory"),
            "usual": above.name_in(get_language()) if above else gettext("Directory"),
        }
