"""The line with the totals, on its own."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject


class TotalsLine(PageBlock):
    """“There are … listings and … categories in our website”; the wording stands in the settings of the site."""

    name: ClassVar[str] = "totals_line"
    template: ClassVar[str] = "pages/blocks/totals_line.html"

    class Meta:
        label = _("Totals")
        icon = "list-ol"
        group = DIRECTORY

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any]:
        return {}
