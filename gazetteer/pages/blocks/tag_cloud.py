"""Popular tags, larger the more there is under them."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages.blocks.base import OTHER, PageBlock, Subject
from gazetteer.pages.tags import popular_tags

KINDS = [("stories", _("Of stories")), ("places", _("Towns and countries of listings"))]


class TagCloud(PageBlock):
    """The tags of stories, or the places where most listings are."""

    name: ClassVar[str] = "tag_cloud"
    template: ClassVar[str] = "pages/blocks/tag_cloud.html"

    kind = blocks.ChoiceBlock(choices=KINDS, default="stories", required=True, label=_("Which"))
    number = blocks.IntegerBlock(default=20, min_value=1, max_value=60, label=_("How many"))

    class Meta:
        label = _("Popular tags")
        icon = "tag"
        group = OTHER

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        found = popular_tags(value["kind"], value["number"])
        return {"tags": found} if found else None
