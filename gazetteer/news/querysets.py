"""Every read of the newsroom has a name here. Lists cost the same at any size: one range of one index."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

from gazetteer.search.ranges import after
from gazetteer.web.fields import fold

if TYPE_CHECKING:
    from gazetteer.news.models import (  # noqa: F401 (named in strings below)
        Article,
        Author,
        Breaking,
        Section,
        Storyline,
    )


KEY_LENGTH = 100


class SectionQuerySet(MP_NodeQuerySet):
    """Sections in the order of the tree."""

    def in_use(self) -> SectionQuerySet:
        """Those not in the trash."""
        return self.filter(deleted_at__isnull=True)

    def tops(self) -> SectionQuerySet:
        return self.in_use().filter(depth=1).order_by("path")

    def children_of(self, section: Section) -> SectionQuerySet:
        return section.get_children().in_use()

    def path_to(self, section: Section) -> SectionQuerySet:
        """The section and those above it, from the top."""
        steps = range(section.steplen, len(section.path) + 1, section.steplen)
        return self.filter(path__in=[section.path[:step] for step in steps]).order_by("path")


class SectionManager(MP_NodeManager.from_queryset(SectionQuerySet)):  # type: ignore[misc]  # treebeard is untyped
    def get_queryset(self) -> SectionQuerySet:
        return SectionQuerySet(self.model, using=self._db).order_by("path")


class AuthorQuerySet(models.QuerySet["Author"]):
    def in_use(self) -> AuthorQuerySet:
        """Those not in the trash."""
        return self.filter(deleted_at__isnull=True)


class StorylineQuerySet(models.QuerySet["Storyline"]):
    def in_use(self) -> StorylineQuerySet:
        """Those not in the trash."""
        return self.filter(deleted_at__isnull=True)


StorylineManager = models.Manager.from_queryset(StorylineQuerySet)


class BreakingQuerySet(models.QuerySet["Breaking"]):
    def now(self, at: datetime.datetime) -> BreakingQuerySet:
        """What is shown at that moment, what began last first."""
        return self.filter(since__lte=at, until__gt=at).order_by("-since", "-id")

    def not_over(self, at: datetime.datetime) -> BreakingQuerySet:
        return self.filter(until__gt=at)


BreakingManager = models.Manager.from_queryset(BreakingQuerySet)


AuthorManager = models.Manager.from_queryset(AuthorQuerySet)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Stories. Those that lead with `published()` show only what readers may read."""

    def published(self) -> ArticleQuerySet:
        """What readers may read now; the database computes `shown_at` (see the model)."""
        return self.filter(shown_at__isnull=False)

    def latest(self) -> ArticleQuerySet:  # type: ignore[override]  # a list here, where Django gives one row
        """Published ones, the newest first."""
        return self.published().order_by("-shown_at", "-id")

    def for_search_engines(self) -> ArticleQuerySet:
        """Published, and neither kept out of search engines nor to be found at another address (`rights.py`)."""
        return self.published().filter(noindex=False, canonical_url="", for_engines=True)

    def carried(self) -> ArticleQuerySet:
        """Those that our feeds (the API, the newsletter) may carry on (`rights.py`)."""
        return self.filter(carried=True)

    def own_copy(self) -> ArticleQuerySet:
        """Written here: no source is named."""
        return self.filter(source_name="", source_url="", source=None)

    def in_trash(self) -> ArticleQuerySet:
        return self.filter(deleted_at__isnull=False)

    def not_in_trash(self) -> ArticleQuerySet:
        return self.filter(deleted_at__isnull=True)

    def for_cards(self) -> ArticleQuerySet:
        """With what a card or line in a list shows, in a fixed number of queries, without the long columns."""
        return self.select_related("section", "picture").defer(
            "body", "draft_base", "conflicts", "imported", "note_to_desk"
        )

    def for_page(self) -> ArticleQuerySet:
        """With what the story's own page shows of other tables in the same query, without the desk's columns."""
        return self.select_related("section", "picture", "storyline").defer(
            "draft_base", "conflicts", "imported", "note_to_desk"
        )

    def headline_begins(self, words: str) -> ArticleQuerySet:
        """Whose headline begins so, whatever the accents and capitals; a range of one index."""
        key = fold(words, KEY_LENGTH)
        return self.filter(headline_key__gte=key, headline_key__lt=after(key)) if key else self.none()

    def in_section(self, section: Section) -> ArticleQuerySet:
        """Published in the section or anything below it, the newest first, each once."""
        return self.filter(story_rows__section=section).order_by("-story_rows__published_at", "-story_rows__article")

    def by_author(self, author: Author) -> ArticleQuerySet:
        return self.filter(bylines__author=author, bylines__shown_at__isnull=False).order_by(
            "-bylines__shown_at", "-bylines__article"
        )

    def with_tag(self, tag: Any) -> ArticleQuerySet:
        return self.filter(tagged__tag=tag, tagged__shown_at__isnull=False).order_by(
            "-tagged__shown_at", "-tagged__content_object"
        )

    def in_storyline(self, storyline: Storyline) -> ArticleQuerySet:
        return self.published().filter(storyline=storyline).order_by("-shown_at", "-id")

    def shown_between(self, start: datetime.datetime, end: datetime.datetime) -> ArticleQuerySet:
        """Published with a display time from `start` up to but without `end`, the newest first."""
        return self.filter(shown_at__gte=start, shown_at__lt=end).order_by("-shown_at", "-id")


ArticleManager = models.Manager.from_queryset(ArticleQuerySet)
