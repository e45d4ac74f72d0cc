"""Old addresses that lead to new ones. Asked only when there is no page."""

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect

from gazetteer.pages.models import Redirect


def moved(request: HttpRequest) -> HttpResponseRedirect | HttpResponsePermanentRedirect | None:
    """The answer for an address that has moved, with the language and the query the visitor came with; one query.

    Only GET and HEAD are led on: a form sent to an old address must not be lost on the way.
    """
    if request.method not in {"GET", "HEAD"}:
        return None
    rule = Redirect.objects.filter(old__in=spellings(request)).order_by("-old").first()
    if rule is None:
        return None
    kind = HttpResponsePermanentRedirect if rule.is_permanent else HttpResponseRedirect
    return kind(rule.target())


def spellings(request: HttpRequest) -> list[str]:
    """The address as asked and without the last slash; with and without the query (old programs kept ids there)."""
    path = unquote(request.path_info)
    bare = path.rstrip("/") or "/"
    query = request.META.get("QUERY_STRING", "")
    return [path, bare, *([f"{path}?{query}", f"{bare}?{query}"] if query else [])]
