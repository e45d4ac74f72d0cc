"""Pages that stand: imprint, privacy, terms, accessibility, contact, and whatever else a publisher wants to say."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from gazetteer.pages.addresses import check_slug
from gazetteer.pages.models.home import HOME_SLUG

GAP = re.compile(r"\[[^\[\]]{2,200}\]")
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class StandingPageQuerySet(PageQuerySet):
    def at(self, path: str) -> "StandingPageQuerySet":
        """The page at an address below the home page, like `about/imprint`."""
        return self.filter(url_path=f"/{HOME_SLUG}/{path.strip('/')}/")


class StandingPage(Page):
    """A page of text at an address of its own, last in the address map."""

    body = RichTextField(_("text"), features=TEXT_FEATURES, blank=True)
    shows_contact = models.BooleanField(
        _("show how to reach us"), default=False, help_text=_("Address, mail and phone from the settings of the site.")
    )
    noindex = models.BooleanField(_("hide from search engines"), default=False)

    objects = PageManager.from_queryset(StandingPageQuerySet)()  # type: ignore[misc]  # Django's way to a manager

    template = "pages/standing.html"
    parent_page_types: ClassVar = ["pages.HomePage", "pages.StandingPage"]
    subpage_types: ClassVar = ["pages.StandingPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def clean(self) -> None:
        super().clean()
        parent = self.get_parent() if self.path else None
        if self.slug and (parent is None or parent.depth == 2):
            try:
                check_slug(self.slug)
            except ValidationError as error:
                raise ValidationError({"slug": error}) from error

    @property
    def gaps(self) -> list[str]:
        """The [bracketed] places of a template that nobody has completed yet."""
        return GAP.findall(strip_tags(self.body))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {"page": self, "text": self.body}
