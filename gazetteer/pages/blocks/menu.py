"""A menu of links: the main ways through the site, or links of one's own."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages.blocks.base import OTHER, PageBlock, Subject
from gazetteer.pages.navigation import Link, LinkBlock, links

WAYS = {
    "home": gettext_noop("Front page"),
    "news": gettext_noop("News"),
    "directory": gettext_noop("Directory"),
    "search": gettext_noop("Search"),
    "submit": gettext_noop("Add a listing"),
    "account_login": gettext_noop("Sign in"),
}


class Menu(PageBlock):
    """The ways chosen, then links of one's own."""

    name: ClassVar[str] = "menu"
    template: ClassVar[str] = "pages/blocks/menu.html"

    ways = blocks.MultipleChoiceBlock(
        choices=[(name, _(label)) for name, label in WAYS.items()],
        default=["home", "news", "directory"],
        required=False,
        label=_("Ways through the site"),
    )
    own = blocks.StreamBlock([("link", LinkBlock())], required=False, label=_("Links of one’s own"))

    class Meta:
        label = _("Menu")
        icon = "list-ul"
        group = OTHER

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        found = [way for name in WAYS if name in value["ways"] and (way := way_to(name))]
        found += links(value["own"], "" if subject else request.path)
        return {"links": found} if found else None


def way_to(name: str) -> Link | None:
    """None where this installation has no such page."""
    try:
        return Link(gettext(WAYS[name]), reverse(name))
    except NoReverseMatch:
        return None
