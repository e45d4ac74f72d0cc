"""Words under which stories are kept together across sections."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase


class Tag(TagBase):
    """A word or name with a page of the stories that carry it."""

    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


class TaggedArticle(ItemBase):
    """One story under one tag. `shown_at` follows the story's own by trigger, for the tag's list."""

    content_object = ParentalKey("news.Article", related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged", verbose_name=_("tag"))
    shown_at = models.DateTimeField(null=True, editable=False, serialize=False)

    class Meta:
        verbose_name = _("tag of a story")
        verbose_name_plural = _("tags of stories")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="news_tag_once")]
        indexes = [models.Index(fields=["tag", "-shown_at", "-content_object"], name="news_tag_list")]
