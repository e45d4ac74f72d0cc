"""Rows that follow from others. `triggers.py` keeps them in the transaction of the write; nobody else writes them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gazetteer.news.models.article import Article
from gazetteer.news.models.author import Author
from gazetteer.news.models.section import Section
from gazetteer.news.models.storyline import Storyline
from gazetteer.news.models.tag import Tag


class StoryRow(models.Model):
    """One published story in one section: its own, its others, and all above these.

    So the latest of a section with everything below it is one read of one index.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="story_rows")
    article = models.ForeignKey(Article, models.CASCADE, related_name="story_rows")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("story in a section")
        verbose_name_plural = _("stories in sections")
        constraints = [models.UniqueConstraint(fields=["article", "section"], name="news_row_once")]
        indexes = [models.Index(fields=["section", "-published_at", "-article"], name="news_row_list")]

    def __str__(self) -> str:
        return f"{self.section_id}: {self.article_id}"


OWNERS = ("article", "section", "author", "tag", "storyline")


def of_exactly_one() -> models.Q:
    """That one of the owners is set and the others are not."""
    alone = [models.Q(**{f"{each}__isnull": each != owner for each in OWNERS}) for owner in OWNERS]
    return models.Q(*alone, _connector=models.Q.OR)


class OldAddress(models.Model):
    """A web address that a story, section, author, tag or storyline once had; it leads to the present one for ever."""

    path = models.CharField(
        max_length=700, unique=True, help_text="As decoded, with its slashes: /news/2019/04/13/kim/"
    )
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="old_addresses")
    section = models.ForeignKey(Section, models.CASCADE, null=True, related_name="old_addresses")
    author = models.ForeignKey(Author, models.CASCADE, null=True, related_name="old_addresses")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, related_name="old_addresses")
    storyline = models.ForeignKey(Storyline, models.CASCADE, null=True, related_name="old_addresses")

    class Meta:
        verbose_name = _("old web address")
        verbose_name_plural = _("old web addresses")
        constraints = [
            models.CheckConstraint(condition=of_exactly_one(), name="news_old_address_of_one"),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def owner(self) -> Any:
        return next(found for found in (getattr(self, name) for name in OWNERS) if found is not None)
