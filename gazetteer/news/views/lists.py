"""Front of the news, sections, archive, authors, tags, corrections."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazetteer.changes.notes import do_not_keep, note, reading
from gazetteer.news import lists
from gazetteer.news.cards import Label, label
from gazetteer.news.models import Author, Correction, OldAddress, Section, Storyline, Tag
from gazetteer.news.models.derived import OWNERS
from gazetteer.news.noting import TABLES, note_cards
from gazetteer.web import pictures

CORRECTIONS_A_PAGE = 30


def feed_links(name: str, *args: object) -> list[dict[str, str]]:
    """The three feeds beside a list, for the page's head and foot."""
    forms = (("rss", "RSS", "application/rss+xml"), ("atom", "Atom", "application/atom+xml"),
             ("json", "JSON Feed", "application/feed+json"))  # fmt: skip
    return [{"label": word, "url": reverse(name, args=[*args, form]), "type": kind} for form, word, kind in forms]


@require_safe
@reading(besides=TABLES)
def front(request: HttpRequest) -> HttpResponse:
    """The newest of all, and of each section."""
    note("sections:all")
    sections = list(Section.objects.tops())
    leading, parts = lists.front(sections)
    context = {"leading": leading, "parts": parts, "sections": labels(sections), "feeds": feed_links("news_feed")}
    return render(request, "news/front.html", context)


def labels(sections: list[Section]) -> list[Label]:
    language = get_language() or ""
    return [found for found in (label(section, language) for section in sections) if found]


@require_safe
@reading(besides=TABLES)
def section(request: HttpRequest, address: str) -> HttpResponse:
    """A section: what was placed at its top by hand, then the newest of it and everything below it."""
    found = Section.objects.in_use().select_related("picture").filter(address=address).first()
    if found is None:
        return moved(f"/news/{address}/")
    note(f"section:{found.pk}", "sections:all")
    above = list(Section.objects.path_to(found)) if found.depth > 1 else [found]
    listed = lists.in_section(request, found)
    context = {
        "section": found,
        "name": found.name_in(get_language() or ""),
        "trail": trail(above),
        "below": labels(list(Section.objects.children_of(found))) if found.numchild and listed.page.is_first else [],
        "listed": listed,
        "picture": pictures.shown(found.picture, "whole"),
        "feeds": feed_links("section_feed", found.address),
    }
    return render(request, "news/section.html", context)


def trail(sections: list[Section]) -> list[dict[str, Any]]:
    """The path to a section for breadcrumbs, the section itself last and without a link."""
    above = [{"label": each.name, "url": each.url} for each in labels(sections[:-1])]
    here = {"label": sections[-1].name_in(get_language() or "")}
    return [{"label": _("News"), "url": reverse("news")}, *above, here]


def moved(path: str, suffix: str = "") -> HttpResponse:
    """Where the story, section, author, tag or storyline went that once had this address; 404 if none ever had."""
    do_not_keep("it leads elsewhere")
    old = OldAddress.objects.select_related(*OWNERS).filter(path=path).first()
    thing = old.owner if old else None
    if thing is None or getattr(thing, "deleted_at", None) is not None:
        raise Http404
    return HttpResponsePermanentRedirect(thing.get_absolute_url() + suffix)


@require_safe
@reading(besides=TABLES)
def archive(request: HttpRequest) -> HttpResponse:
    """Every year and month that has stories."""
    return render(request, "news/archive.html", {"years": by_year(lists.months_with_stories())})


@require_safe
@reading(besides=TABLES)
def year(request: HttpRequest, year: str) -> HttpResponse:
    months = lists.months_with_stories(int(year))
    if not months:
        raise Http404
    return render(request, "news/archive.html", {"years": by_year(months), "year": int(year)})


def by_year(months: list[datetime.date]) -> dict[int, list[dict[str, Any]]]:
    years: dict[int, list[dict[str, Any]]] = {}
    for month in months:
        url = reverse("archive_month", args=[f"{month:%Y}", f"{month:%m}"])
        years.setdefault(month.year, []).append({"first": month, "url": url})
    return years


@require_safe
@reading(besides=TABLES)
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """Every story of the month, by the time shown in the site's zone, newest first."""
    if not (1 <= int(month) <= 12 and int(year) >= 1):
        raise Http404
    first = datetime.date(int(year), int(month), 1)
    listed = lists.between(request, *lists.month_bounds(first))
    if not listed.stories:
        raise Http404
    beside = [each for months in by_year(lists.months_with_stories(first.year)).values() for each in months]
    return render(request, "news/month.html", {"first": first, "listed": listed, "months": beside})


@require_safe
@reading(besides=TABLES)
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = Author.objects.in_use().select_related("picture").filter(slug=slug).first()
    if found is None:
        return moved(f"/news/author/{slug}/")
    note(f"author:{found.pk}")
    context = {
        "author": found,
        "picture": pictures.shown(found.picture, "square"),
        "listed": lists.by_author(request, found.pk),
        "feeds": feed_links("author_feed", found.slug),
    }
    return render(request, "news/author.html", context)


@require_safe
@reading(besides=TABLES)
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = Tag.objects.filter(slug=slug).first()
    if found is None:
        return moved(f"/news/tag/{slug}/")
    note(f"tag:{found.pk}")
    context = {"tag": found, "listed": lists.with_tag(request, found.pk), "feeds": feed_links("tag_feed", found.slug)}
    return render(request, "news/tag.html", context)


@require_safe
@reading(besides=TABLES)
def storyline(request: HttpRequest, slug: str) -> HttpResponse:
    """A running story: how it began, and its stories day by day, the newest first."""
    found = Storyline.objects.in_use().select_related("picture").filter(slug=slug).first()
    if found is None:
        return moved(f"/news/storyline/{slug}/")
    note(f"storyline:{found.pk}")
    listed = lists.in_storyline(request, found.pk)
    context = {
        "storyline": found,
        "picture": pictures.shown(found.picture, "whole"),
        "listed": listed,
        "days": lists.by_day(listed.stories),
        "feeds": feed_links("storyline_feed", found.slug),
    }
    return render(request, "news/storyline.html", context)


@require_safe
@reading(besides=TABLES)
def corrections(request: HttpRequest) -> HttpResponse:
    """What was put right in stories that readers may read, newest first; pages by `?after=<id of a correction>`."""
    note("corrections:all")
    rows = Correction.objects.filter(article__shown_at__isnull=False).select_related("article")
    after = request.GET.get("after", "")
    if after:
        pk = int(after) if after.isascii() and after.isdigit() and len(after) <= 18 else 0
        last = get_object_or_404(Correction, pk=pk)
        rows = rows.filter(made_at__lte=last.made_at).exclude(made_at=last.made_at, pk__gte=last.pk)
    found = list(rows.order_by("-made_at", "-id")[: CORRECTIONS_A_PAGE + 1])
    note_cards(each.article_id for each in found)
    more = f"?after={found[CORRECTIONS_A_PAGE - 1].pk}" if len(found) > CORRECTIONS_A_PAGE else ""
    context = {
        "corrections": found[:CORRECTIONS_A_PAGE],
        "next_url": more,
        "previous_url": request.path if after else "",
        "feeds": feed_links("corrections_feed"),
    }
    return render(request, "news/corrections.html", context)
