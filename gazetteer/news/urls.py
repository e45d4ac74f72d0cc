"""Addresses under /news/. Feeds stand beside every list; what is not a fixed word is a section's path."""

from django.urls import path, re_path

from gazetteer.news import feeds
from gazetteer.news.views import lists, story

YEAR, MONTH, DAY = r"(?P<year>\d{4})", r"(?P<month>\d{2})", r"(?P<day>\d{2})"
FEED = r"feed\.(?P<form>rss|atom|json)"

urlpatterns = [
    path("", lists.front, name="news"),
    re_path(rf"^{FEED}$", feeds.latest, name="news_feed"),
    re_path(rf"^{YEAR}/{MONTH}/{DAY}/(?P<slug>[^/]+)/$", story.show, name="article"),
    path("archive/", lists.archive, name="archive"),
    re_path(rf"^archive/{YEAR}/$", lists.year, name="archive_year"),
    re_path(rf"^archive/{YEAR}/{MONTH}/$", lists.month, name="archive_month"),
    path("author/<str:slug>/", lists.author, name="author"),
    re_path(rf"^author/(?P<slug>[^/]+)/{FEED}$", feeds.author, name="author_feed"),
    path("tag/<str:slug>/", lists.tag, name="tag"),
    re_path(rf"^tag/(?P<slug>[^/]+)/{FEED}$", feeds.tag, name="tag_feed"),
    path("storyline/<str:slug>/", lists.storyline, name="storyline"),
    re_path(rf"^storyline/(?P<slug>[^/]+)/{FEED}$", feeds.storyline, name="storyline_feed"),
    re_path(rf"^corrections/{FEED}$", feeds.corrections, name="corrections_feed"),
    path("corrections/", lists.corrections, name="corrections"),
    re_path(rf"^(?P<address>.+?)/{FEED}$", feeds.section, name="section_feed"),
    path("<path:address>/", lists.section, name="section"),
]
