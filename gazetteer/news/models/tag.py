"""Words under which stories are kept together across sections."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from gazetteer.news.page_addresses import tag_address


class Tag(TagBase):
    """A word or name with a page of the stories that carry it."""

    free_tagging = True

    code = models.CharField(
        _("code"), max_length=60, blank=True, help_text=_("In IPTC's Media Topics, such as medtop:15000000.")
    )
    names_by_lang = models.JSONField(_("name in other languages"), default=dict, blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="news_tag_code")]

    def name_in(self, language: str) -> str:
        """The name in `language` (`fr-ca`, then `fr`), else the one it was made with."""
        names: dict[str, str] = self.names_by_lang
        return names.get(language) or names.get(language.split("-")[0]) or self.name

    def get_absolute_url(self) -> str:
        return tag_address(self.slug)


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
