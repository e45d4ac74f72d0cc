"""The top of the front page: one lead story and those beside it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.changes.notes import fresh_until
from gazetteer.pages.blocks.base import NEWS, PageBlock, Subject
from gazetteer.pages.blocks.placed import PlacedStory
from gazetteer.pages.choosers import SectionBlock
from gazetteer.pages.stories import Wanted, pool


def placed_now(places: Iterable[Any]) -> tuple[int, ...]:
    """Ids of the stories whose place has not ended; the page is another when the next one ends."""
    now, found = timezone.now(), []
    for place in places:
        if place["story"] is None or (place["until"] and place["until"] <= now):
            continue
        fresh_until(place["until"])
        found.append(place["story"].pk)
    return tuple(found)


class LeadStories(PageBlock):
    """Stories set by hand come first, in their order and until their end; the newest fill the rest."""

    name: ClassVar[str] = "lead_stories"
    template: ClassVar[str] = "pages/blocks/lead_stories.html"
    places: ClassVar[frozenset[str]] = frozenset({"home"})

    stories = blocks.ListBlock(
        PlacedStory(),
        default=[],
        max_num=10,
        label=_("Set by hand"),
        help_text=_("The first is the lead. Where there are fewer than shown, the newest follow."),
    )
    number = blocks.IntegerBlock(default=4, min_value=1, max_value=10, label=_("How many, with the lead"))
    section = SectionBlock(required=False, label=_("Newest from"), help_text=_("Empty: from every section."))

    class Meta:
        label = _("Lead story and others")
        icon = "title"
        group = NEWS

    def wanted(self, value: Any) -> Wanted:
        return Wanted(value["number"], value["section"].pk if value["section"] else None, placed_now(value["stories"]))

    def stories_wanted(self, value: Any) -> Iterable[Wanted]:
        return [self.wanted(value)]

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        found = pool(request).take(self.wanted(value))
        return {"lead": found[0], "beside": found[1:]} if found else None
