"""What a movable block is.

A block is one file: a class with the fields an editor fills in, a `context()` for its Jinja2 template, and what it
wants read beforehand. It registers through the hook `page_blocks`, as a plug-in's block does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages import listings, stories

Subject = dict[str, Any]
"""What the page is about: empty on the home page, else one of article, section, category, listing, place."""

NEWS, DIRECTORY, OTHER = _("News"), _("Directory"), _("Words and pictures")
"""The groups under which an editor finds the blocks."""


class PageBlock(blocks.StructBlock):
    """The base of every block. `name` is stored with the page and must never change."""

    name: ClassVar[str]
    template: ClassVar[str]
    places: ClassVar[frozenset[str]] = frozenset({"home", "side"})

    title = blocks.CharBlock(
        required=False, max_length=100, label=_("Heading"), help_text=_("Empty: the usual one, in each language.")
    )
    language = blocks.ChoiceBlock(
        choices=settings.LANGUAGES, required=False, label=_("Only for readers of"), help_text=_("Empty: for all.")
    )

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        """What the template shows, or None where there is nothing to show."""
        raise NotImplementedError

    def is_narrow(self, value: Any) -> bool:
        """Whether it may stand beside others where there is the whole width."""
        return False

    def stories_wanted(self, value: Any) -> Iterable[stories.Wanted]:
        """Stories to be read with those of all other blocks of the page."""
        return ()

    def listings_wanted(self, value: Any) -> Iterable[listings.Wanted]:
        """Listings to be read with those of all other blocks of the page."""
        return ()


@dataclass(frozen=True)
class ShownBlock:
    """A block ready for its template, which reads it as `b`."""

    name: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    is_narrow: bool = False
    number: int = 0
    """Its place on the page, for ids that stand once."""
