"""What the pages of the news note of what they read; the keys are those of `keys.py`.

A view says `reading(besides=TABLES)`: of these tables everything that it reads is noted where it is made ready for the
page (cards, names, ranges of lists), by these functions. What other folders put into the page notes for itself.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from gazetteer.changes import spans
from gazetteer.changes.notes import fresh_until, note
from gazetteer.news.models import Article, SectionCard

TABLES = (
    "news_article", "news_byline", "news_taggedarticle", "news_correction", "news_storyrow", "news_section",
    "news_sectioncard", "news_author", "news_tag", "news_storyline", "news_related", "news_removal", "web_picture",
)  # fmt: skip


def note_range(kind: str, owner: object, first: datetime | None, last: datetime | None) -> None:
    """A list sorted by moments was read from `first` to `last`; None: from its beginning, or to its end."""
    note(*spans.of_hours(kind, owner, first, last))


def note_story(article: Article) -> None:
    """All of it with its authors and tags, and until when it may be read."""
    note(f"article:{article.pk}", "authors:all", "tags:all", "storylines:all", "related:all")
    if article.expire_at is not None:
        fresh_until(article.expire_at)


def note_cards(ids: Iterable[int]) -> None:
    note(*(f"article:{pk}:card" for pk in ids))


def note_tops(section: int, cards: Iterable[SectionCard]) -> None:
    """Stories set at the top by hand, shown or not: they come when they are published, and go at their time."""
    note(f"section:{section}")
    for card in cards:
        note(f"article:{card.article_id}:card")
        if card.until is not None and card.until > timezone.now():
            fresh_until(card.until)


def note_neighbours(article: Article, earlier: datetime | None, later: datetime | None) -> None:
    """The stories before and after it in its section."""
    note_range("stories", article.section_id, earlier, article.published_at)
    note_range("stories", article.section_id, article.published_at, later)
