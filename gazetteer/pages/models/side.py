"""What stands beside stories, sections, categories, listings and places."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gazetteer.pages.blocks.stream import blocks_for
from gazetteer.pages.fields import BlocksField


class SideColumn(models.Model):
    """Blocks for the side column: everywhere, for a section and those below it, or for a branch of the directory."""

    name = models.CharField(_("name"), max_length=100, help_text=_("For the desk only."))
    blocks = BlocksField(blocks_for("side"), blank=True, verbose_name=_("blocks"))

    on_article = models.BooleanField(_("beside stories"), default=True)
    on_section = models.BooleanField(_("beside sections"), default=True)
    on_category = models.BooleanField(_("beside categories"), default=True)
    on_listing = models.BooleanField(_("beside listings"), default=True)
    on_place = models.BooleanField(_("beside places"), default=True)
    KINDS: ClassVar = ("article", "section", "category", "listing", "place")

    section = models.ForeignKey(
        "news.Section",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only in this section"),
        help_text=_("And in the sections below it."),
    )
    category = models.ForeignKey(
        "directory.Category",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only in this branch"),
        help_text=_("The category and all below it."),
    )
    replaces = models.BooleanField(
        _("instead of columns for everywhere"), default=False, help_text=_("Else it stands with them, above.")
    )
    is_shown = models.BooleanField(_("shown"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("side column")
        verbose_name_plural = _("side columns")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.section_id and self.category_id:
            raise ValidationError(_("Choose a section or a branch, not both."))

    @property
    def is_general(self) -> bool:
        return self.section_id is None and self.category_id is None

    def stands_beside(self, kind: str, section_path: str, category_path: str) -> bool:
        """Whether it belongs on a page of that kind, in the section and category with those tree paths."""
        if not getattr(self, f"on_{kind}", False):
            return False
        if self.section is not None:
            return bool(section_path) and section_path.startswith(self.section.path)
        if self.category is not None:
            return bool(category_path) and category_path.startswith(self.category.path)
        return True
