"""A search box with a choice of category."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.directory.models import Category
from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.choosers import CategoryBlock

MOST_CHOICES = 300


class CategorySearch(PageBlock):
    """Search in the whole directory or in one of the categories below a chosen one (or at the top)."""

    name: ClassVar[str] = "category_search"
    template: ClassVar[str] = "pages/blocks/category_search.html"

    category = CategoryBlock(required=False, label=_("Choices below"), help_text=_("Empty: the top categories."))
    placeholder = blocks.CharBlock(required=False, max_length=60, label=_("Hint in the box"))

    class Meta:
        label = _("Search with categories")
        icon = "search"
        group = DIRECTORY

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        base = Category.objects.filter(pk=value["category"].pk).first() if value["category"] else None
        below = Category.objects.children_of(base) if base else Category.objects.tops()
        choices = [(each.address, each.name_in(get_language())) for each in below[:MOST_CHOICES]]
        return {"choices": choices, "base": base.address if base else "", "placeholder": value["placeholder"]}
