"""Free text."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages.blocks.base import OTHER, PageBlock, Subject

FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "hr"]


class FreeText(PageBlock):
    """Text with headings, lists and links. Only what the editor's buttons make is ever kept."""

    name: ClassVar[str] = "text"
    template: ClassVar[str] = "pages/blocks/text.html"

    text = blocks.RichTextBlock(features=FEATURES, label=_("Text"))

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = OTHER

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        return {"text": value["text"].source} if value["text"].source.strip() else None
