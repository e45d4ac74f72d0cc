"""The way into the directory: a search box and the top categories with their counts."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.categories import top_categories


class DirectoryEntrance(PageBlock):
    """Search box and top categories."""

    name: ClassVar[str] = "directory_entrance"
    template: ClassVar[str] = "pages/blocks/directory_entrance.html"

    with_search = blocks.BooleanBlock(required=False, default=True, label=_("With a search box"))
    children = blocks.IntegerBlock(
        default=4, min_value=0, max_value=12, label=_("Subcategories under each"), help_text=_("0: none.")
    )

    class Meta:
        label = _("Entrance to the directory")
        icon = "folder-open-1"
        group = DIRECTORY

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        categories = top_categories(value["children"])
        return {"categories": categories, "with_search": value["with_search"]}
