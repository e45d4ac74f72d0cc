"""A search box over everything."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gazetteer.pages.blocks.base import OTHER, PageBlock, Subject


class SearchBox(PageBlock):
    """Searches the directory and the news."""

    name: ClassVar[str] = "search_box"
    template: ClassVar[str] = "pages/blocks/search_box.html"

    class Meta:
        label = _("Search box")
        icon = "search"
        group = OTHER

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        return {}
