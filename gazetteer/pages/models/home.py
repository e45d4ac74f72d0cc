"""The home page: blocks in four places that editors may move about."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from gazetteer.pages.blocks.stream import blocks_for
from gazetteer.pages.fields import BlocksField
from gazetteer.pages.showing import in_bands, shown_blocks

HOME_SLUG = "home"


class HomePage(Page):
    """The front of the site. There is one; its blocks say for themselves in which language they stand."""

    top = BlocksField(blocks_for("home"), blank=True, verbose_name=_("across the top"))
    main = BlocksField(blocks_for("home"), blank=True, verbose_name=_("main column"))
    side = BlocksField(blocks_for("home"), blank=True, verbose_name=_("side column"))
    below = BlocksField(blocks_for("home"), blank=True, verbose_name=_("across the foot"))

    template = "pages/home.html"
    max_count = 1  # type: ignore[assignment]  # Wagtail says None, meaning any number
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["pages.StandingPage"]
    PLACES: ClassVar = ("top", "main", "side", "below")

    class Meta:
        verbose_name = _("home page")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = HOME_SLUG  # never shown: its address is that of the site
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        fields = {place: getattr(self, place) for place in self.PLACES}
        shown: dict[str, Any] = shown_blocks(request, fields)
        return {"page": self, **shown, "top": in_bands(shown["top"]), "below": in_bands(shown["below"])}
