"""The line over every page while something is happening."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gazetteer.news.models.article import Article
from gazetteer.news.querysets import BreakingManager


class Breaking(models.Model):
    """A few words and perhaps a story to read, shown from one moment to another; there is always an end."""

    words = models.CharField(_("words"), max_length=160, help_text=_("One short sentence."))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("leads to the story")
    )
    since = models.DateTimeField(_("from"), default=timezone.now)
    until = models.DateTimeField(_("until"), help_text=_("It goes by itself. For most things two or three hours."))

    objects = BreakingManager()

    class Meta:
        verbose_name = _("breaking news")
        verbose_name_plural = _("breaking news")
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["-until"], name="news_breaking_until")]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        ends: datetime | None = self.until  # a form that left them out has none
        begins: datetime | None = self.since
        if ends is not None and begins is not None and ends <= begins:
            raise ValidationError({"until": _("This is before it begins.")})
