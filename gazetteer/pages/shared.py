"""Blocks that stand on every page: the day's date, and the line with the totals."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from gazetteer.changes.notes import fresh_until, note, reading
from gazetteer.directory.noting import TABLES
from gazetteer.pages import wording
from gazetteer.pages.models import SiteSettings
from gazetteer.pages.totals import count_totals
from gazetteer.web.parts import renders
from gazetteer.web.zone import next_midnight


def site_of(request: HttpRequest) -> SiteSettings:
    return getattr(request, "site_settings", None) or SiteSettings.current()


@renders("today")
def today(request: HttpRequest) -> str:
    """The date over every page, in the site's zone."""
    fresh_until(next_midnight())
    return render_to_string("pages/today.html", {}, request)


@renders("totals")
def totals(request: HttpRequest) -> str:
    site = site_of(request)
    note("count", "tree")
    with reading(besides=TABLES):
        counted = count_totals()
    said = wording.said(site, "totals", translation.get_language() or site.language)
    return escape(wording.totals_line(said, counted.listings, counted.categories))
