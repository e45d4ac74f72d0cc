"""Stories as the cards and lines of a list show them: whatever their number, no query for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from gazetteer.changes.notes import note
from gazetteer.news.models import Article, Section
from gazetteer.web import pictures
from gazetteer.web.pictures import ShownPicture


@dataclass(frozen=True)
class Label:
    """A name that links somewhere: a section over a story, an author, a tag."""

    name: str
    url: str


@dataclass(frozen=True)
class Card:
    """A story as `c.story_card` and `c.headline_link` read it."""

    id: int
    headline: str
    url: str
    summary: str
    section: Label | None
    published_at: datetime | None
    picture: ShownPicture | None
    caption: str
    credit: str
    why: str = ""
    """At the desk's preview: why it stands in its place."""


def cards(articles: Sequence[Article]) -> list[Card]:
    """Cards of these stories, in their order."""
    language = get_language() or ""
    return [card(article, language) for article in articles]


def card(article: Article, language: str) -> Card:
    note(f"article:{article.pk}:card")
    words = {"caption": article.picture_caption, "credit": article.picture_credit}
    return Card(
        id=article.pk,
        headline=article.headline,
        url=article.get_absolute_url(),
        summary=article.lead,
        section=label(article.section, language),
        published_at=article.published_at,
        picture=pictures.shown(article.picture, "card", **words),
        caption=article.picture_caption,
        credit=article.picture_credit,
    )


def label(section: Section | None, language: str = "") -> Label | None:
    """A section's name in the reader's language; one in the trash has no page to link to."""
    note("sections:all")
    if section is None or section.deleted_at is not None:
        return None
    return Label(section.name_in(language or get_language() or ""), section.get_absolute_url())


def in_order(ids: Iterable[int], articles: Iterable[Article]) -> list[Article]:
    """The articles in the order of the ids; ids without one are left out."""
    by_id = {article.pk: article for article in articles}
    return [by_id[pk] for pk in ids if pk in by_id]
