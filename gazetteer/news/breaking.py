"""The line over every page while something is happening: one part that all pages share, and that ends by itself."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from gazetteer.changes import notes
from gazetteer.news.models import Breaking
from gazetteer.web import parts, slots


@slots.fills("over-page")
def over_page(request: HttpRequest) -> str:
    """A part that all pages share: a new line does not touch a single kept page."""
    return parts.part(request, "breaking")


@parts.renders("breaking")
def line(request: HttpRequest) -> str:
    """What is shown now, until it ends or another begins; one query."""
    now = timezone.now()
    coming = list(Breaking.objects.not_over(now).select_related("article").order_by("-since", "-id"))
    for each in coming:
        notes.fresh_until(each.until if each.since <= now else each.since)
    shown = next((each for each in coming if each.since <= now), None)
    if shown is None:
        return ""
    article = shown.article
    url = article.get_absolute_url() if article is not None and article.is_shown(now) else ""
    return render_to_string("news/breaking.html", {"words": shown.words, "url": url}, using="jinja2")
