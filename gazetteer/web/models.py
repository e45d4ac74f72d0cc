"""The library: pictures with their credit and rights, their sizes, and documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


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


RIGHTS_FIELDS = ("credit", "licence", "source_url", "usage_terms", "expires_at")


class Picture(Rights, AbstractImage):
    """A picture of the library."""

    caption = models.TextField(_("caption"), blank=True, help_text=_("Used where the story or listing gives none."))

    admin_form_fields = (
        "title", "file", "description", "caption", *RIGHTS_FIELDS,
        "collection", "tags", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_picture", "Can choose picture")]


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
