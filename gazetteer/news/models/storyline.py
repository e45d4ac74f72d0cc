"""A story that runs on: its parts under one name, with a page that tells them in order."""

from django.core.validators import validate_unicode_slug
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gazetteer.news.querysets import StorylineManager


class Storyline(models.Model):
    """A running story, such as a trial or an election. Its stories name it (`Article.storyline`)."""

    name = models.CharField(_("name"), max_length=150)
    slug = models.CharField(_("web address"), max_length=150, unique=True, validators=[validate_unicode_slug])
    summary = models.TextField(_("the story so far"), blank=True, help_text=_("Shown at the head of its page."))
    picture = models.ForeignKey(
        "web.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    is_over = models.BooleanField(
        _("it is over"), default=False, help_text=_("Its page stays; writers are no longer offered it.")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("in the trash since"), null=True, blank=True, editable=False)

    objects = StorylineManager()

    class Meta:
        verbose_name = _("storyline")
        verbose_name_plural = _("storylines")
        ordering = ["is_over", "-created_at", "-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("storyline", args=[self.slug])
