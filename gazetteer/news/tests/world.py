"""The small known newsroom of these tests.

Sections: World (with Asia, with Korea below it), Sport, Town. Ada writes, Ben writes with her; every story is dated
in April 2019 unless a test says otherwise.
"""

import datetime
from typing import Any

from django.apps import apps
from django.utils import timezone

from gazetteer.news.models import Article, Author, Section

APRIL = datetime.datetime(2019, 4, 13, 7, 47, tzinfo=datetime.UTC)


def make_section(name: str, parent: Section | None = None) -> Section:
    slug = name.lower()
    address = f"{parent.address}/{slug}" if parent else slug
    fields = {"name": name, "slug": slug, "address": address}
    if parent is None:
        return Section.add_root(**fields)
    parent.refresh_from_db()
    return parent.add_child(**fields)


def make_author(name: str, **fields: Any) -> Author:
    return Author.objects.create(name=name, slug=name.lower(), **fields)


def make_story(headline: str, section: Section | None = None, *, hours: int = 0, **fields: Any) -> Article:
    """A published story, `hours` after 13 April 2019 07:47 UTC unless it says otherwise."""
    at = APRIL + datetime.timedelta(hours=hours)
    values = {
        "headline": headline,
        "slug": headline.lower().replace(" ", "-"),
        "section": section,
        "published_at": at,
        "address_date": timezone.localtime(at).date(),
        "first_published_at": at,
        "live": True,
        **fields,
    }
    return Article.objects.create(**values)


def set_zone(name: str) -> None:
    """The site's time zone, whose settings live in a folder above this one."""
    apps.get_model("pages", "SiteSettings")._default_manager.create(time_zone=name)


class World:
    """Made anew for each test."""

    def __init__(self) -> None:
        self.world = make_section("World")
        self.asia = make_section("Asia", self.world)
        self.korea = make_section("Korea", self.asia)
        self.sport = make_section("Sport")
        self.town = make_section("Town")
        self.ada = make_author("Ada")
        self.ben = make_author("Ben")
