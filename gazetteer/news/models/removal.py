"""What readers could read and can no longer: kept after the story itself, for the desk's report and for feeds."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gazetteer.news.models.article import Article


class Removal(models.Model):
    """One time that a published story went. `back_at`: it was given back to readers."""

    class Why(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        WITHHELD = "withheld", _("withheld for now")
        RIGHTS_ENDED = "rights_ended", _("our rights in it ended")
        NO_RIGHTS = "no_rights", _("its rights do not cover where this paper is read")

    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, related_name="removals", verbose_name=_("story"), editable=False
    )
    headline = models.CharField(_("headline"), max_length=300)
    path = models.CharField(_("web address"), max_length=700, editable=False)
    source = models.ForeignKey(
        "news.Source", models.SET_NULL, null=True, related_name="+", verbose_name=_("source"), editable=False
    )
    why = models.CharField(_("why"), max_length=12, choices=Why.choices, editable=False)
    notice = models.TextField(_("what readers are told"), blank=True, editable=False)
    reason = models.TextField(_("reason, for the desk only"), blank=True, editable=False)
    arrived_at = models.DateTimeField(_("word of it came"), null=True, editable=False)
    """When the wire brought the withdrawal; None where the desk decided."""
    at = models.DateTimeField(_("went"), default=timezone.now, editable=False)
    back_at = models.DateTimeField(_("given back"), null=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"), editable=False
    )

    class Meta:
        verbose_name = _("story that went")
        verbose_name_plural = _("stories that went")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="news_removal_list"),
            models.Index(fields=["article", "-at"], name="news_removal_article"),
        ]

    def __str__(self) -> str:
        return self.headline
