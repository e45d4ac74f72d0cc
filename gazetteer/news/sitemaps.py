"""What search engines may know of the news: stories, sections, authors, storylines and tags."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.utils import timezone

from gazetteer.news.models import Article, Author, Section, Storyline, Tag
from gazetteer.news.querysets import ArticleQuerySet
from gazetteer.web.sitemaps import Entry, register

NEWS_DAYS = timedelta(days=2)
NEWS_MOST = 1_000
"""What a news sitemap may hold (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""


def stories() -> ArticleQuerySet:
    return Article.objects.for_search_engines().filter(address_date__isnull=False)


def recent(now: datetime | None = None) -> ArticleQuerySet:
    """Our own copy of the last two days, newest first."""
    since = (now or timezone.now()) - NEWS_DAYS
    found = Article.objects.for_search_engines().own_copy().filter(shown_at__gte=since)
    return found.only(*ADDRESS, "headline", "language").order_by("-shown_at", "-id")[:NEWS_MOST]


ADDRESS = ("slug", "address_date", "published_at", "created_at")


def story_entry(day: date, slug: str, published_at: datetime, updated_at: datetime | None) -> Entry:
    """As `Article.get_absolute_url` has it; a test compares the two."""
    return Entry(f"/news/{day:%Y/%m/%d}/{quote(slug or '-')}/", updated_at or published_at)


def page_entry(thing: Any) -> Entry:
    return Entry(thing.get_absolute_url())


register("stories", stories, story_entry, "address_date", "slug", "published_at", "updated_at")
register("sections", Section.objects.in_use, page_entry)
register("authors", Author.objects.in_use, page_entry)
register("storylines", Storyline.objects.in_use, page_entry)
register("tags", lambda: Tag.objects.filter(tagged__shown_at__isnull=False).distinct(), page_entry)
