"""The ordered links at the top and at the foot of every page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages.addresses import check_link


@dataclass(frozen=True)
class Link:
    """One link as templates read it; `current` is "page" on the page itself, "true" on those below it, else None."""

    label: str
    url: str
    current: str | None = None


class LabelBlock(blocks.StructBlock):
    """The text of a link in another language."""

    language = blocks.ChoiceBlock(choices=settings.LANGUAGES, label=_("Language"))
    text = blocks.CharBlock(max_length=60, label=_("Text"))


class LinkBlock(blocks.StructBlock):
    """A link that an editor puts into the navigation."""

    text = blocks.CharBlock(max_length=60, label=_("Text"))
    address = blocks.CharBlock(
        max_length=500,
        label=_("Web address"),
        validators=[check_link],
        help_text=_("Within the site, like /news/ or /privacy/, or a full one, like https://example.org/."),
    )
    others = blocks.ListBlock(LabelBlock(), required=False, default=[], label=_("In other languages"), collapsed=True)

    class Meta:
        icon = "link"
        label = _("Link")


class LinksBlock(blocks.StreamBlock):
    """An ordered list of links."""

    link = LinkBlock()

    class Meta:
        required = False


def label_of(item: Any) -> str:
    """The text in the active language: as the editor wrote it for that one, else the word as our catalogue has it."""
    language = get_language()
    for other in item["others"]:
        if other["language"] == language:
            return str(other["text"])
    own: str = item["text"]
    return gettext(own)


def within_language(address: str) -> str:
    """An address within the site under the prefix of the language that is being read."""
    return get_script_prefix() + address[1:] if address.startswith("/") else address


def currency(url: str, path: str) -> str | None:
    if url == path:
        return "page"
    return "true" if url.startswith("/") and len(url) > len(get_script_prefix()) and path.startswith(url) else None


def links(items: Any, path: str = "") -> list[Link]:
    """The links of a navigation field for a visitor at `path`."""
    found = []
    for item in items:
        url = within_language(item.value["address"])
        found.append(Link(label_of(item.value), url, currency(url, path)))
    return found


def usual_links(path: str = "") -> list[Link]:
    """What stands at the top of a site whose navigation nobody has arranged yet."""
    pairs = ((gettext("News"), reverse("news")), (gettext("Directory"), reverse("directory")))
    return [Link(label, url, currency(url, path)) for label, url in pairs]
