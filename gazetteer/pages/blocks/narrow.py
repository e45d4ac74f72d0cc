"""A form that narrows the directory down."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.directory.models import Category, Place
from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.categories import category_of
from gazetteer.web.formats import country_name

MOST_CHOICES = 300


class Narrow(PageBlock):
    """Category and country as choices, together with words; answered by the search page."""

    name: ClassVar[str] = "narrow"
    template: ClassVar[str] = "pages/blocks/narrow.html"

    with_categories = blocks.BooleanBlock(required=False, default=True, label=_("Choice of category"))
    with_countries = blocks.BooleanBlock(required=False, default=True, label=_("Choice of country"))

    class Meta:
        label = _("Filters")
        icon = "sliders"
        group = DIRECTORY

    def is_narrow(self, value: Any) -> bool:
        return True

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        here = category_of(subject)
        return {
            "here": here.address if here is not None else "",
            "categories": self.categories(here) if value["with_categories"] else [],
            "countries": self.countries() if value["with_countries"] else [],
        }

    def categories(self, here: Any) -> list[tuple[str, str]]:
        found = Category.objects.children_of(here) if here is not None else Category.objects.tops()
        return [(each.address, each.name_in(get_language())) for each in found[:MOST_CHOICES]]

    def countries(self) -> list[tuple[str, str]]:
        codes = Place.objects.countries().values_list("country", flat=True)
        return sorted(((code.lower(), country_name(code)) for code in codes[:MOST_CHOICES]), key=lambda pair: pair[1])
