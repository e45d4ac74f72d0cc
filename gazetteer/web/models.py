"""The library: pictures with their credit and rights, their sizes, and documents."""

import io
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.utils.file import hash_filelike

from gazetteer.web import picture_files


class Rights(models.Model):
    """Whose work a file is and how long it may be shown (IPTC: Creator, Credit Line, Rights Usage Terms)."""

    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Shown beside it wherever it stands.")
    )
    licence = models.CharField(_("licence"), max_length=120, blank=True, help_text=_("For example CC BY 4.0."))
    source_url = models.URLField(_("where it came from"), max_length=500, blank=True)
    usage_terms = models.TextField(_("terms of use"), blank=True, help_text=_("For the desk only; never shown."))
    expires_at = models.DateTimeField(_("may be shown until"), null=True, blank=True)

    class Meta:
        abstract = True


SIZED = {"file", "focal_point_x", "focal_point_y"}
"""Columns that the sizes of a picture follow."""

RIGHTS_FIELDS = ("credit", "licence", "source_url", "usage_terms", "expires_at")


class Picture(Rights, AbstractImage):
    """A picture of the library."""

    caption = models.TextField(_("caption"), blank=True, help_text=_("Used where the story or listing gives none."))
    sizes = models.JSONField(default=dict, editable=False)
    """What was cut of it: `{key, before, cuts: {name: {widths, jpg: [width, height]}}}`; see `pictures.py`."""

    admin_form_fields = (
        "title", "file", "description", "caption", *RIGHTS_FIELDS,
        "collection", "tags", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_picture", "Can choose picture")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A file that is new gives its credit and loses what its camera wrote; then its sizes are made."""
        if self.file and not self.file._committed:
            self.take_in()
        if not self._state.adding and kwargs.get("update_fields") is None and not kwargs.get("force_insert"):
            # A form that stood open meanwhile must not write back sizes that are no more.
            kwargs["update_fields"] = [f.name for f in self._meta.concrete_fields if f.name not in {"id", "sizes"}]
        with transaction.atomic():
            super().save(*args, **kwargs)
            if SIZED & set(kwargs.get("update_fields") or SIZED):
                self.have_sizes_made()

    def take_in(self) -> None:
        """Read what the file says of itself into fields that are empty, and put the clean file in its place."""
        self.file.open()
        data = self.file.read()
        said = picture_files.said(data)
        self.credit = self.credit or said.credit
        self.caption = self.caption or said.caption
        self.usage_terms = self.usage_terms or said.rights
        try:
            cleaned = picture_files.clean(data)
        except (OSError, ValueError, SyntaxError) as error:
            raise ValidationError({"file": _("This file is no picture that can be read.")}) from error
        self.file = ImageFile(io.BytesIO(cleaned), name=PurePath(self.file.name).name)
        self.file_size, self.file_hash = len(cleaned), hash_filelike(io.BytesIO(cleaned))

    def have_sizes_made(self) -> None:
        from gazetteer.web import pictures, tasks

        if not pictures.is_made(self):
            tasks.make_sizes.enqueue(self.pk)


class PictureSize(AbstractRendition):
    """A picture cut and scaled for one place on a page."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("picture size")
        verbose_name_plural = _("picture sizes")
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class SiteDocument(Rights, AbstractDocument):
    """A file offered for download or kept for the desk."""

    admin_form_fields = ("title", "file", *RIGHTS_FIELDS, "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
