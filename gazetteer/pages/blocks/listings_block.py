"""A short list of listings: new, featured, recently changed, by name, or at random."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.directory.models import Category
from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.choosers import CategoryBlock
from gazetteer.pages.listings import Wanted, pool

ORDERS = [
    ("new", _("New")),
    ("featured", _("Featured")),
    ("changed", _("Recently changed")),
    ("name", _("By name, A–Z")),
    ("random", _("At random")),
]
FORMS = [("names", _("Names")), ("rows", _("Rows")), ("grid", _("Side by side"))]
USUAL = {
    "new": lambda: gettext("New in the directory"),
    "featured": lambda: gettext("Featured"),
    "changed": lambda: gettext("Recently changed"),
    "name": lambda: gettext("A–Z"),
    "random": lambda: gettext("By chance"),
}


class Listings(PageBlock):
    """Listings of the whole directory or of one branch."""

    name: ClassVar[str] = "listings"
    template: ClassVar[str] = "pages/blocks/listings_block.html"

    order = blocks.ChoiceBlock(choices=ORDERS, default="new", required=True, label=_("Which"))
    number = blocks.IntegerBlock(default=5, min_value=1, max_value=30, label=_("How many"))
    category = CategoryBlock(required=False, label=_("Branch"), help_text=_("Empty: the whole directory."))
    form = blocks.ChoiceBlock(choices=FORMS, default="names", required=True, label=_("Shown as"))

    class Meta:
        label = _("Listings")
        icon = "list-ul"
        group = DIRECTORY

    def is_narrow(self, value: Any) -> bool:
        return bool(value["form"] == "names")

    def wanted(self, value: Any) -> Wanted:
        branch = value["category"].branch_id if value["category"] else None
        return Wanted(value["order"], value["number"], branch)

    def listings_wanted(self, value: Any) -> Iterable[Wanted]:
        return [self.wanted(value)]

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        found = pool(request).take(self.wanted(value))
        if not found:
            return None
        chosen: Category | None = value["category"]
        return {
            "listings": found,
            "form": value["form"],
            "url": chosen.get_absolute_url() if chosen else reverse("directory"),
            "title": value["title"] or USUAL[value["order"]](),
        }
