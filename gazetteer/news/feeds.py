"""The newest stories of all, of a section, author or tag as feeds: headline, lead and picture; and the corrections."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazetteer.news.cards import cards
from gazetteer.news.models import Article, Author, Correction, Section, Tag
from gazetteer.news.querysets import ArticleQuerySet
from gazetteer.news.views.lists import moved
from gazetteer.web.feeds import Feed, Item, respond

LENGTH = 30


@require_safe
def latest(request: HttpRequest, form: str) -> HttpResponse:
    return respond(request, Feed(_("News"), reverse("news"), items(Article.objects.latest())), form)


@require_safe
def section(request: HttpRequest, address: str, form: str) -> HttpResponse:
    found = Section.objects.in_use().filter(address=address).first()
    if found is None:
        return moved(f"/news/{address}/", f"feed.{form}")
    name = found.name_in(get_language() or "")
    stories = items(Article.objects.in_section(found))
    return respond(request, Feed(name, found.get_absolute_url(), stories, found.description), form)


@require_safe
def author(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = get_object_or_404(Author.objects.in_use(), slug=slug)
    return respond(request, Feed(found.name, found.get_absolute_url(), items(Article.objects.by_author(found))), form)


@require_safe
def tag(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    return respond(request, Feed(found.name, found.get_absolute_url(), items(Article.objects.with_tag(found))), form)


@require_safe
def corrections(request: HttpRequest, form: str) -> HttpResponse:
    """What was put right, newest first; each leads to the place of the story where it stands."""
    rows = Correction.objects.filter(article__shown_at__isnull=False).select_related("article")
    found = [correction_item(each) for each in rows.order_by("-made_at", "-id")[:LENGTH]]
    about = _("What we had wrong and put right.")
    return respond(request, Feed(_("Corrections"), reverse("corrections"), found, about), form)


def correction_item(correction: Correction) -> Item:
    return Item(
        id=f"correction-{correction.pk}",
        title=_("Correction: %(headline)s") % {"headline": correction.article.headline},
        url=correction.get_absolute_url(),
        published=correction.made_at,
        summary=correction.text,
    )


def items(stories: ArticleQuerySet) -> Sequence[Item]:
    """Headline, lead and picture of each: two queries for the stories and pictures, two for names and tags."""
    found = list(stories.for_cards().prefetch_related("bylines__author", "tagged__tag")[:LENGTH])
    pictured = {card.id: card.picture.src for card in cards(found) if card.picture}
    return [item(article, pictured.get(article.pk, "")) for article in found]


def item(article: Article, picture: str) -> Item:
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
