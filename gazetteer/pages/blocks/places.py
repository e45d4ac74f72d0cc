"""The countries of the directory, or the parts of one place, with their counts."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.changes.notes import reading
from gazetteer.directory.branch_pages import shown_places
from gazetteer.directory.models import Place
from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject


class Places(PageBlock):
    """The places with the most listings: countries, or what is within the page's own place."""

    name: ClassVar[str] = "places"
    template: ClassVar[str] = "pages/blocks/places.html"

    number = blocks.IntegerBlock(default=20, min_value=1, max_value=250, label=_("How many"))

    class Meta:
        label = _("Places")
        icon = "site"
        group = DIRECTORY

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        place = subject.get("place")
        with reading("count", "places", "place"):
            return self.places_in(place, value)

    def places_in(self, place: Any, value: Any) -> dict[str, Any] | None:
        found = Place.objects.with_listings().filter(parent=place).order_by("-branch__listings", "sort_name")
        lines = shown_places(found[: value["number"]])
        return {"places": lines} if lines else None
