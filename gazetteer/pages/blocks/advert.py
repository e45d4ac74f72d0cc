"""An advertisement of one's own selling: no network, no tracker, and marked as what it is."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from gazetteer.changes.notes import fresh_until
from gazetteer.pages.addresses import check_link
from gazetteer.pages.blocks.base import OTHER, PageBlock, Subject
from gazetteer.web.pictures import shown
from gazetteer.web.zone import next_midnight


class Advert(PageBlock):
    """A picture that leads to the advertiser, from one day to another."""

    name: ClassVar[str] = "advert"
    template: ClassVar[str] = "pages/blocks/advert.html"

    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(max_length=200, label=_("What it says"), help_text=_("Read out to those who cannot see it."))
    address = blocks.CharBlock(max_length=500, label=_("Leads to"), validators=[check_link])
    first_day = blocks.DateBlock(required=False, label=_("First day"), help_text=_("Empty: from now on."))
    last_day = blocks.DateBlock(required=False, label=_("Last day"), help_text=_("Empty: until it is taken away."))
    label = blocks.CharBlock(
        required=False, max_length=40, label=_("Marked as"), help_text=_("Empty: “Advertisement” in each language.")
    )

    class Meta:
        label = _("Own advertisement")
        icon = "pick"
        group = OTHER

    def clean(self, value: Any) -> Any:
        checked = super().clean(value)
        first, last = checked["first_day"], checked["last_day"]
        if first and last and last < first:
            raise StructBlockValidationError({"last_day": ValidationError(_("The last day is before the first."))})
        return checked

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        today = timezone.localdate()
        fresh_until(next_midnight())  # its first or last day may be the next
        if (value["first_day"] and today < value["first_day"]) or (value["last_day"] and today > value["last_day"]):
            return None
        picture = shown(value["picture"], "whole", alt=value["alt"])
        return {"picture": picture, "url": value["address"], "label": value["label"]} if picture else None
