"""What is below one category."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.directory.models import Category
from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.categories import category_of
from gazetteer.pages.categories import children_of as children_lines
from gazetteer.pages.choosers import CategoryBlock


class CategoryChildren(PageBlock):
    """What is below one fixed category, or below the page's own."""

    name: ClassVar[str] = "category_children"
    template: ClassVar[str] = "pages/blocks/category_list.html"

    category = CategoryBlock(required=False, label=_("Category"), help_text=_("Empty: that of the page."))
    counts = blocks.BooleanBlock(required=False, default=True, label=_("With counts"))

    class Meta:
        label = _("Subcategories")
        icon = "list-ul"
        group = DIRECTORY

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        category = category_of(subject)
        if value["category"]:
            category = Category.objects.in_use().filter(pk=value["category"].pk).first()
        if category is None:
            return None
        found = children_lines(category, value["counts"])
        usual = category.name_in(get_language())
        return {"categories": found, "url": category.get_absolute_url(), "usual": usual} if found else None
