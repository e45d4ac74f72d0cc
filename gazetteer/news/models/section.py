"""The parts of the paper: a tree of sections, and the stories set at the top of one by hand."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from treebeard.mp_tree import MP_Node

from gazetteer.news.page_addresses import section_address
from gazetteer.news.querysets import SectionManager

RESERVED = frozenset({"archive", "author", "tag", "storyline", "corrections"})
"""First parts of addresses under /news/ that lead elsewhere; four digits are years."""

DEEPEST = 10
STEP = 4


def validate_section_slug(slug: str) -> None:
    """Refuse what an address under /news/ already means."""
    if slug.casefold() in RESERVED or re.fullmatch(r"\d{4}", slug):
        raise ValidationError(_("“%(slug)s” already means something else in web addresses."), params={"slug": slug})


class Section(ClusterableModel, MP_Node):
    """A part of the paper, such as World News; may have parts of its own.

    `address` is the path of its web address, such as `sport/football`; `actions.py` keeps it, and those below, in
    step with moves and new names. A section in the trash has `deleted_at`.
    """

    steplen = STEP
    path = models.CharField(max_length=STEP * DEEPEST, unique=True)

    name = models.CharField(_("name"), max_length=120)
    names_by_lang = models.JSONField(_("name in other languages"), default=dict, blank=True)
    slug = models.CharField(
        _("web address"),
        max_length=80,
        validators=[validate_unicode_slug, validate_section_slug],
        help_text=_("The last part of the address of its page."),
    )
    address = models.CharField(_("whole web address"), max_length=600, unique=True, editable=False)
    description = models.TextField(_("description"), blank=True, help_text=_("Shown under the name."))
    picture = models.ForeignKey(
        "web.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    deleted_at = models.DateTimeField(_("in the trash since"), null=True, blank=True, editable=False)

    objects = SectionManager()  # type: ignore[misc]  # as treebeard itself does

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return section_address(self.address)

    def name_in(self, language: str) -> str:
        """The name in `language` (`fr-ca`, then `fr`), else the site's own."""
        names: dict[str, str] = self.names_by_lang
        return names.get(language) or names.get(language.split("-")[0]) or self.name

    def tombstone_address(self) -> str:
        """The address given up to others when it goes to the trash, kept readable and unique."""
        return f"{self.address}#{self.pk}"


class SectionCard(models.Model):
    """A story set at the top of a section's page by hand, until a moment if one is given."""

    section = ParentalKey(Section, related_name="cards", verbose_name=_("section"))
    article = models.ForeignKey("news.Article", models.CASCADE, related_name="+", verbose_name=_("story"))
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until it is taken down."))

    sort_order_field = "position"

    class Meta:
        verbose_name = _("story at the top")
        verbose_name_plural = _("stories at the top")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["section", "article"], name="news_card_once")]

    def __str__(self) -> str:
        return f"{self.section_id}: {self.article_id}"
