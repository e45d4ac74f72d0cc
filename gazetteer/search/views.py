"""The page with the results, and suggestions while typing."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gazetteer.search.query import Query, read
from gazetteer.search.registry import MOST_COUNTED, Hit, sources
from gazetteer.search.results import PAGE_SIZE, KindCount, Results, find
from gazetteer.search.results import suggest as find_suggestions


def asked(request: HttpRequest) -> Query:
    return read(request.GET, set(sources))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = asked(request)
    results = find(query)
    shown = {
        "q": query.text,
        "query": query,
        "results": results,
        "first": (query.page - 1) * PAGE_SIZE + 1,
        "most": MOST_COUNTED,
        "tabs": tabs(query, results),
    }
    return render(request, "search/results.html", shown)


def tabs(query: Query, results: Results) -> list[dict[str, object]]:
    """Links to all kinds together and to each one that has something."""
    if query.is_empty:
        return []
    counts = results.counts if not query.kind else find(replace(query, kind="", page=1)).counts
    every = {"label": _("All"), "url": query.address(type="", page=1), "current": not query.kind}
    return [every, *(tab(query, counted) for counted in counts if counted.count)]


def tab(query: Query, counted: KindCount) -> dict[str, object]:
    return {
        "label": counted.label,
        "url": query.address(type=counted.kind, page=1),
        "current": query.kind == counted.kind,
        "listing_count": min(counted.count, MOST_COUNTED),
    }


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"query": …, "suggestions": [{"title", "url", "type", "about"}]}`."""
    query = asked(request)
    return JsonResponse({"query": query.text, "suggestions": [suggestion(hit) for hit in find_suggestions(query)]})


def suggestion(hit: Hit) -> dict[str, str]:
    return {"title": hit.title, "url": hit.url, "type": hit.kind, "about": hit.about}
