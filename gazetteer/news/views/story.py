"""A story's own page, at its address, in the desk's preview, and what stands there when it is gone."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazetteer.changes.notes import reading
from gazetteer.news import lists
from gazetteer.news.models import Article, OldAddress
from gazetteer.news.models.article import Status
from gazetteer.news.noting import TABLES, note_story
from gazetteer.news.showing import ShownStory
from gazetteer.news.views.lists import moved
from gazetteer.news.wire import match


@require_safe
@reading(besides=TABLES)
def show(request: HttpRequest, year: str, month: str, day: str, slug: str) -> HttpResponse:
    """The story of that day and address; one that moved leads on, one that was withdrawn leaves its notice."""
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    article = Article.objects.for_page().filter(address_date=date, slug=slug).first()
    if article is None:
        return elsewhere(request, f"/news/{year}/{month}/{day}/{slug}/")
    if article.is_shown():
        return page(request, article)
    return gone(request, article)


def elsewhere(request: HttpRequest, path: str) -> HttpResponse:
    """Where the story went that once had this address; one that was withdrawn leaves its notice here as well."""
    old = OldAddress.objects.select_related("article").filter(path=path, article__deleted_at=None).first()
    if old is not None and old.article is not None and not old.article.is_shown():
        return gone(request, old.article)
    return moved(path)


def page(request: HttpRequest, article: Article, *, preview: bool = False) -> HttpResponse:
    note_story(article)
    previous, following = (None, None) if preview else lists.neighbours(article)
    story = ShownStory.of(article, stored=not preview)
    context = {"article": article, "story": story, "previous": previous, "next": following, "preview": preview}
    return render(request, "news/story.html", context)


def preview(request: HttpRequest, article: Article) -> HttpResponse:
    """What readers will see of the text in the form."""
    return page(request, article, preview=True)


def gone(request: HttpRequest, article: Article) -> HttpResponse:
    """410 with the notice for a withdrawn story, without its text; 404 for one that was never to be read."""
    if article.first_published_at is None or article.embargoed:
        raise Http404
    withdrawn = article.status != Status.USABLE and article.deleted_at is None
    if not withdrawn and article.deleted_at is None and (leader := match.story_in_place_of(article)) is not None:
        return HttpResponseRedirect(leader.get_absolute_url())
    if not withdrawn and article.deleted_at is None and not ended(article):
        raise Http404
    notice = article.withdrawal_notice if withdrawn else ""
    words = notice or _("This story is no longer available.")
    context = {"words": words, "headline": article.headline if withdrawn else "", "when": article.withdrawn_at}
    return render(request, "news/gone.html", context, status=410)


def ended(article: Article) -> bool:
    """Its own end came, or its rights did."""
    return article.expired or article.expire_at is not None or article.removals.filter(back_at=None).exists()
