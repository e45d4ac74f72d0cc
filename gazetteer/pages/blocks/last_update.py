"""When something last changed."""

from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.changes.notes import reading
from gazetteer.directory.models import Listing
from gazetteer.news.models import Article
from gazetteer.pages.blocks.base import OTHER, PageBlock, Subject

KINDS = [("directory", _("Of the directory")), ("news", _("Of the news"))]


class LastUpdate(PageBlock):
    """The moment of the newest change that visitors can see."""

    name: ClassVar[str] = "last_update"
    template: ClassVar[str] = "pages/blocks/last_update.html"

    kind = blocks.ChoiceBlock(choices=KINDS, default="directory", required=True, label=_("Which"))

    class Meta:
        label = _("Last change")
        icon = "history"
        group = OTHER

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        with reading("shown:all" if value["kind"] == "news" else "changed:all"):
            when = newest_story() if value["kind"] == "news" else last_change()
        return {"when": when} if when else None


def newest_story() -> datetime | None:
    return Article.objects.latest().values_list("shown_at", flat=True).first()


def last_change() -> datetime | None:
    changed = Listing.objects.published().order_by("-changed_at", "-id")
    return changed.values_list("changed_at", flat=True).first()
