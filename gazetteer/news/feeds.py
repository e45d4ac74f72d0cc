"""The newest stories of all, of a section, author, tag or storyline as feeds; and the corrections."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazetteer.changes.notes import fresh_until, note, reading
from gazetteer.news.cards import cards
from gazetteer.news.models import Article, Author, Correction, Removal, Section, Storyline, Tag
from gazetteer.news.noting import TABLES, note_cards, note_range, note_story
from gazetteer.news.querysets import ArticleQuerySet
from gazetteer.news.views.lists import moved
from gazetteer.web.feeds import Feed, Gone, Item, respond
from gazetteer.web.zone import next_midnight

LENGTH = 30
TOLD_FOR = timedelta(days=30)
"""For so long a feed says that a story was withdrawn; readers of feeds ask at least once a month."""


@require_safe
@reading(besides=TABLES)
def latest(request: HttpRequest, form: str) -> HttpResponse:
    stories = items(Article.objects.latest(), "shown", "all")
    return respond(request, Feed(_("News"), reverse("news"), stories, gone=went()), form)


@require_safe
@reading(besides=TABLES)
def section(request: HttpRequest, address: str, form: str) -> HttpResponse:
    found = Section.objects.in_use().filter(address=address).first()
    if found is None:
        return moved(f"/news/{address}/", f"feed.{form}")
    note(f"section:{found.pk}")
    name = found.name_in(get_language() or "")
    stories = items(Article.objects.in_section(found), "stories", found.pk)
    gone = went(article__section__path__startswith=found.path)
    return respond(request, Feed(name, found.get_absolute_url(), stories, found.description, gone), form)


@require_safe
@reading(besides=TABLES)
def author(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = Author.objects.in_use().filter(slug=slug).first()
    if found is None:
        return moved(f"/news/author/{slug}/", f"feed.{form}")
    note(f"author:{found.pk}")
    gone = went(article__bylines__author=found)
    stories = items(Article.objects.by_author(found), "by", found.pk)
    return respond(request, Feed(found.name, found.get_absolute_url(), stories, gone=gone), form)


@require_safe
@reading(besides=TABLES)
def tag(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        return moved(f"/news/tag/{slug}/", f"feed.{form}")
    note(f"tag:{found.pk}")
    gone = went(article__tagged__tag=found)
    stories = items(Article.objects.with_tag(found), "tagged", found.pk)
    return respond(request, Feed(found.name, found.get_absolute_url(), stories, gone=gone), form)


@require_safe
@reading(besides=TABLES)
def storyline(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = Storyline.objects.in_use().filter(slug=slug).first()
    if found is None:
        return moved(f"/news/storyline/{slug}/", f"feed.{form}")
    note(f"storyline:{found.pk}")
    gone = went(article__storyline=found)
    stories = items(Article.objects.in_storyline(found), "of", found.pk)
    return respond(request, Feed(found.name, found.get_absolute_url(), stories, found.summary, gone=gone), form)


@require_safe
@reading(besides=TABLES)
def corrections(request: HttpRequest, form: str) -> HttpResponse:
    """What was put right, newest first; each leads to the place of the story where it stands."""
    rows = Correction.objects.filter(article__shown_at__isnull=False).select_related("article")
    note("corrections:all")
    found = [correction_item(each) for each in rows.order_by("-made_at", "-id")[:LENGTH]]
    about = _("What we had wrong and put right.")
    return respond(request, Feed(_("Corrections"), reverse("corrections"), found, about), form)


def correction_item(correction: Correction) -> Item:
    note_cards([correction.article_id])
    return Item(
        id=f"correction-{correction.pk}",
        title=f"{correction.get_kind_display()}: {correction.article.headline}",
        url=correction.get_absolute_url(),
        published=correction.made_at,
        summary=correction.text,
        authors=(correction.signed,) if correction.signed else (),
    )


def items(stories: ArticleQuerySet, kind: str, owner: int | str) -> Sequence[Item]:
    """Headline, lead and picture of each that we may carry on: two queries for the stories and pictures, two for names
    and tags."""
    found = list(stories.carried().for_cards().prefetch_related("bylines__author", "tagged__tag")[:LENGTH])
    note("carried:all")
    note_range(kind, owner, found[-1].published_at if len(found) == LENGTH else None, None)
    pictured = {card.id: card.picture.src for card in cards(found) if card.picture}
    return [item(article, pictured.get(article.pk, "")) for article in found]


def went(**where: Any) -> list[Gone]:
    """Stories of this feed that readers no longer have: withdrawn with a notice, or ended with their rights."""
    note("removals:all")
    since = next_midnight() - timedelta(days=1) - TOLD_FOR
    rows = Removal.objects.filter(article__carried=True, back_at=None, at__gte=since, **where)
    fresh_until(next_midnight())  # some day the oldest of them is not told any more
    return [
        Gone(f"article-{row.article_id}", row.headline, row.path, row.at, row.notice)
        for row in rows.order_by("-at", "-id")[:LENGTH]
    ]


def item(article: Article, picture: str) -> Item:
    note_story(article)
    return Item(
        id=f"article-{article.pk}",
        title=article.headline,
        url=article.get_absolute_url(),
        published=article.published_at or article.created_at,  # shown stories always have the first
        summary=article.lead,
        updated=article.updated_at,
        authors=tuple(line.author.name for line in article.bylines.all()),
        tags=tuple(tagged.tag.name for tagged in article.tagged.all()),
        picture=picture,
    )
