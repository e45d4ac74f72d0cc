"""The stories or listings that visitors asked for most."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages.blocks.base import OTHER, PageBlock, Subject
from gazetteer.pages.most_read import most_read

KINDS = [("stories", _("Stories")), ("listings", _("Listings"))]
DAYS = [("1", _("Today")), ("7", _("The last seven days")), ("30", _("The last thirty days"))]


class MostRead(PageBlock):
    """A numbered list by visits, counted without knowing anybody; it may name what stands elsewhere on the page."""

    name: ClassVar[str] = "most_read"
    template: ClassVar[str] = "pages/blocks/most_read.html"

    kind = blocks.ChoiceBlock(choices=KINDS, default="stories", required=True, label=_("Of what"))
    days = blocks.ChoiceBlock(choices=DAYS, default="7", required=True, label=_("Visits of"))
    number = blocks.IntegerBlock(default=5, min_value=1, max_value=20, label=_("How many"))

    class Meta:
        label = _("Most read")
        icon = "list-ol"
        group = OTHER

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        found = most_read(value["kind"], int(value["days"]), value["number"])
        usual = gettext("Most read") if value["kind"] == "stories" else gettext("Most visited")
        return {"lines": found, "title": value["title"] or usual} if found else None
