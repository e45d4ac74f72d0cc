"""A, B, C …: the way into the directory by first letter."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gazetteer.pages.blocks.base import DIRECTORY, PageBlock, Subject
from gazetteer.pages.categories import category_of
from gazetteer.pages.letters import letters_of


class Letters(PageBlock):
    """The letters under which there are listings, in the directory or in the page's own branch."""

    name: ClassVar[str] = "letters"
    template: ClassVar[str] = "pages/blocks/letters.html"

    class Meta:
        label = _("A–Z")
        icon = "bold"
        group = DIRECTORY

    def context(self, request: HttpRequest, value: Any, subject: Subject) -> dict[str, Any] | None:
        found = letters_of(category_of(subject))
        return {"letters": found} if found else None
