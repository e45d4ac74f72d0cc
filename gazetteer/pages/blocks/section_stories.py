"""The latest of one section, such as “Latest World News”, or of all."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages.blocks.base import NEWS, PageBlock, Subject
from gazetteer.pages.choosers import SectionBlock
from gazetteer.pages.stories import Wanted, pool

FORMS = [
    ("row", _("With pictures and summaries")),
    ("secondary", _("Side by side")),
    ("text", _("Headlines only")),
]


class SectionStories(PageBlock):
    """The newest stories of a section and those below it that do not stand elsewhere on the page."""

    name: ClassVar[str] = "section_stories"
    template: ClassVar[str] = "pages/blocks/section_stories.html"

    section = SectionBlock(required=False, label=_("Section"), help_text=_("Empty: from every section."))
    number = blocks.IntegerBlock(default=5, min_value=1, max_value=20, label=_("How many"))
    form = blocks.ChoiceBlock(choices=FORMS, default="row", required=True, label=_("Shown as"))

    class Meta:
        label = _("Latest of a section")
        icon = "list-ul"
        group = NEWS

    def is_narrow(self, value: Any) -> bool:
        return bool(value["form"] == "text")

    def wanted(self, value: Any) -> Wanted:
        return Wanted(value["number"], value["section"].pk if value["section"] else None)

    def stories_wanted(self, value: Any) -> Iterable[Wanted]:
        return [self.wanted(value)]

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        page = subject.get("section")
        if page is not None and value["section"] and page.pk == value["section"].pk:
            return None  # the page itself is that list
        found = pool(request).take(self.wanted(value))
        if not found:
            return None
        return {"stories": found, "form": value["form"], "label": not value["section"], **self.heading(request, value)}

    def heading(self, request: HttpRequest, value: Any) -> dict[str, Any]:
        """“Latest World News” with the section's address, unless the editor wrote another."""
        section = pool(request).sections.get(value["section"].pk) if value["section"] else None
        if section is None:
            return {"url": reverse("news"), "title": value["title"] or gettext("Latest news")}
        usual = gettext("Latest %(section)s") % {"section": section.name_in(get_language() or "")}
        return {"url": section.get_absolute_url(), "title": value["title"] or usual}
