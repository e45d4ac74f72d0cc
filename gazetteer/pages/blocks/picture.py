"""One picture with its caption and credit."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from gazetteer.pages.addresses import check_link
from gazetteer.pages.blocks.base import OTHER, PageBlock, Subject
from gazetteer.pages.navigation import within_language
from gazetteer.web.pictures import shown


class PictureBlock(PageBlock):
    """A picture, perhaps with a link."""

    name: ClassVar[str] = "picture"
    template: ClassVar[str] = "pages/blocks/picture.html"

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(
        required=False, max_length=300, label=_("Caption"), help_text=_("Empty: the picture’s own.")
    )
    address = blocks.CharBlock(required=False, max_length=500, label=_("Leads to"), validators=[check_link])

    class Meta:
        label = _("Picture")
        icon = "image"
        group = OTHER

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        picture = shown(value["picture"], "whole", caption=value["caption"])
        return {"picture": picture, "url": within_language(value["address"] or "")} if picture else None
