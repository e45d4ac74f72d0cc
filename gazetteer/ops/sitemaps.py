"""`/sitemap.xml` and its parts, for search engines: every kind of page that a subject has registered; and the news."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from gazetteer.news.sitemaps import recent
from gazetteer.pages.models import SiteSettings
from gazetteer.pages.wording import said
from gazetteer.web import sitemaps
from gazetteer.web.formats import iso

XML = "application/xml; charset=utf-8"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
FIXED = ("home", "news", "archive", "corrections", "directory", "places")
"""Pages that no row stands for."""


def languages(request: HttpRequest) -> list[str]:
    site: SiteSettings = getattr(request, "site_settings", None) or SiteSettings.current()
    return site.languages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The addresses of all parts: a few short reads, however much there is."""
    return HttpResponse("".join(sitemaps.index(addresses(languages(request)))), content_type=XML)


def addresses(codes: list[str]) -> Iterator[str]:
    size = sitemaps.size_of_part(codes)
    yield f"{settings.SITE_URL}{reverse('sitemap_part', args=['pages', 0])}"
    for source in sitemaps.sources.values():
        for number in sitemaps.parts(source, size):
            yield f"{settings.SITE_URL}{reverse('sitemap_part', args=[source.name, number])}"


@require_safe
def part(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    """One part, sent while it is read. It stands at the top, for it may name nothing beside or above its own folder."""
    codes = languages(request)
    if translation.get_language() != codes[0]:
        raise Http404  # there is one for all languages, at the plain address
    if name == "pages" and number == 0:
        found: Iterator[sitemaps.Entry] = (sitemaps.Entry(reverse(page)) for page in FIXED)
    elif name in sitemaps.sources:
        found = sitemaps.entries(sitemaps.sources[name], number, sitemaps.size_of_part(codes))
    else:
        raise Http404
    return StreamingHttpResponse(
        sitemaps.together(sitemaps.urlset(found, str(settings.SITE_URL), codes)), content_type=XML
    )


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Our own stories of the last two days; an empty one is as it should be."""
    site: SiteSettings = getattr(request, "site_settings", None) or SiteSettings.current()
    name = escape(said(site, "name", site.language))
    return HttpResponse("".join(news_lines(name)), content_type=XML)


def news_lines(publication: str) -> Iterator[str]:
    """The publication's name is escaped already; languages are those that news search knows: `en`, but `zh-cn`."""
    yield f'{sitemaps.HEAD}<urlset {sitemaps.NAMESPACE} xmlns:news="{NEWS}">\n'
    for story in recent():
        language = story.language if story.language.startswith("zh-") else story.language.partition("-")[0]
        yield (
            f"<url><loc>{escape(settings.SITE_URL + story.get_absolute_url())}</loc><news:news><news:publication>"
            f"<news:name>{publication}</news:name><news:language>{escape(language)}</news:language></news:publication>"
            f"<news:publication_date>{iso(story.published_at or story.created_at)}</news:publication_date>"
            f"<news:title>{escape(story.headline)}</news:title></news:news></url>\n"
        )
    yield "</urlset>\n"
