"""The page with the results, its feeds, and suggestions while typing."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gazetteer.search import results, rules
from gazetteer.search.engines.base import NoIndex
from gazetteer.search.facets import Facet, all_facets
from gazetteer.search.kinds import kinds
from gazetteer.search.lines import Line
from gazetteer.search.query import Query, read
from gazetteer.search.results import RADII, Results
from gazetteer.search.tally import What, tally
from gazetteer.web import feeds

FEED_ITEMS = 50


def asked(request: HttpRequest) -> tuple[Query, dict[str, Facet]]:
    """What the address asks, and the filters of the site."""
    known = all_facets(request.GET)
    return read(request.GET, set(kinds), known), known


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, narrowed and sorted as the address says. Never kept: every search is its own page."""
    query, known = asked(request)
    try:
        found = results.find(query, known)
    except NoIndex:
        return being_made(request, query)
    count(query, found)
    return render(request, "search/results.html", shown(query, found))


def shown(query: Query, found: Results) -> dict[str, object]:
    feed = {format: f"{reverse('search_feed', args=[format])}{feed_query(query).address()}" for format in feeds.FORMATS}
    return {"q": query.text, "query": query, "results": found, "radii": RADII, "feeds": {} if query.is_empty else feed}


def being_made(request: HttpRequest, query: Query) -> HttpResponse:
    """There is no index yet: the first minutes of a new site."""
    response = render(request, "search/being_made.html", {"q": query.text, "query": query}, status=503)
    response.headers["Retry-After"] = "60"
    return response


def count(query: Query, found: Results) -> None:
    """For the report: words alone, once, and whether something has all of them."""
    if query.text and query == Query(text=query.text, kind=query.kind):
        what: list[What] = ["searches"]
        if not found.total or found.is_partial:
            what.append("nothing")
        tally.add(rules.key(query.text), *what)


@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """A script tells that a result of the search `q` was opened; whose click it was is not asked and not kept."""
    came_from = request.headers.get("Origin", "")
    if came_from and urlsplit(came_from).netloc != request.get_host():
        return HttpResponse(status=403)
    words = rules.key(request.POST.get("q", "")[:400])
    if words:
        tally.add(words, "clicks")
    return HttpResponse(status=204)


# Feeds


def feed_query(query: Query) -> Query:
    """The same search, newest first, from the beginning."""
    return query.changed(sort="")


@require_safe
def feed(request: HttpRequest, format: str) -> HttpResponse:
    """The newest that a search finds. A search for nothing has no feed."""
    query, known = asked(request)
    if query.is_empty:
        raise Http404
    try:
        found = results.find(query.changed(sort="newest"), known, facets=False, limit=FEED_ITEMS)
    except NoIndex:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    address = f"{reverse('search')}{feed_query(query).address()}"
    title = _("Search: %(words)s") % {"words": told(found)}
    return feeds.respond(request, feeds.Feed(title, address, (item(each) for each in found.lines if each.when)), format)


def told(found: Results) -> str:
    return " · ".join(part for part in (found.query.text, *(chip.label for chip in found.chips)) if part)


def item(line: Line) -> feeds.Item:
    """Of a line with a date; the others are left out."""
    return feeds.Item(line.id, line.name, line.url, line.when or now(), summary=line.summary)


# While typing


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"query": …, "suggestions": [{"title", "url", "type", "label", "about", "parts"}]}`.

    `type` is the kind's word in addresses, `label` the same for people, `parts` the title in stretches with whether
    each was typed.
    """
    query = read(request.GET, set(kinds))
    try:
        found = results.suggestions(query)
    except NoIndex:
        found = []
    return JsonResponse({"query": query.text, "suggestions": [suggestion(each) for each in found]})


def suggestion(line: Line) -> dict[str, object]:
    return {
        "title": line.name,
        "url": line.url,
        "type": line.kind,
        "label": str(line.kind_label),
        "about": line.where or line.summary,
        "parts": line.title,
    }
