"""The site's own sentences, in each of its languages."""

import string
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.web.formats import number

DEFAULT_TOTALS = gettext_noop("There are {listings} listings and {categories} categories in our website")
PLACES = {"listings", "categories"}


def check_totals(value: str) -> None:
    """Raise ValidationError unless the only gaps are {listings} and {categories}."""
    try:
        parts = [part[1:] for part in string.Formatter().parse(value) if part[1] is not None]
    except ValueError:
        parts = [("?", "", None)]
    if any(name not in PLACES or form or conversion for name, form, conversion in parts):
        raise ValidationError(_("The only words in braces may be {listings} and {categories}."))


class WordingBlock(blocks.StructBlock):
    """Name, tagline and totals line in another language."""

    language = blocks.ChoiceBlock(choices=settings.LANGUAGES, label=_("Language"))
    name = blocks.CharBlock(required=False, max_length=100, label=_("Name of the site"))
    tagline = blocks.CharBlock(required=False, max_length=200, label=_("Line under the name"))
    totals = blocks.CharBlock(
        required=False, max_length=200, label=_("Line with the totals"), validators=[check_totals]
    )

    class Meta:
        icon = "globe"
        label = _("Another language")


class WordingsBlock(blocks.StreamBlock):
    """One entry for each further language."""

    wording = WordingBlock()

    class Meta:
        required = False


def said(site: Any, name: str, language: str | None) -> str:
    """`name`, `tagline` or `totals` of the site as it is said in that language."""
    for item in site.wordings:
        if item.value["language"] == language and item.value[name]:
            return str(item.value[name])
    own = str(getattr(site, name))
    return gettext(own) if own else ""


def totals_line(wording: str, listings: int, categories: int) -> str:
    """The sentence with the numbers as the active language writes them."""
    return wording.format(listings=number(listings), categories=number(categories))
