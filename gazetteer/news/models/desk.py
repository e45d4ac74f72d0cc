"""What belongs to a story at the desk alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey


class DeskFile(models.Model):
    """A file kept with a story for those who write it; nobody outside gets it (`wagtail_hooks.py`)."""

    article = ParentalKey("news.Article", related_name="desk_files")
    document = models.ForeignKey("web.SiteDocument", models.CASCADE, related_name="+", verbose_name=_("file"))
    note = models.CharField(_("what it is"), max_length=255, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)

    sort_order_field = "position"

    class Meta:
        verbose_name = _("file for the desk")
        verbose_name_plural = _("files for the desk")
        ordering = ["position", "id"]


class Related(models.Model):
    """A story that an editor set under another."""

    article = ParentalKey("news.Article", related_name="related")
    story = models.ForeignKey("news.Article", models.CASCADE, related_name="+", verbose_name=_("story"))
    position = models.PositiveIntegerField(default=0, editable=False)

    sort_order_field = "position"

    class Meta:
        verbose_name = _("related story")
        verbose_name_plural = _("related stories")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "story"], name="news_related_once")]
