"""What search engines are told: every public page once, in parts of a fixed range of rows, in each language."""

import datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from gazetteer.directory.models import Listing
from gazetteer.news.models import Article, Section, Tag
from gazetteer.pages.models import SiteSettings
from gazetteer.web import sitemaps

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = str(settings.SITE_URL)
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def read(client: Client, address: str) -> Element:
    response = client.get(address.removeprefix(SITE))
    assert response.status_code == 200, address
    content = b"".join(response)
    return ElementTree.fromstring(content)  # noqa: S314 (what we wrote ourselves)


def locations(root: Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{MAP}loc")]


def all_pages(client: Client) -> list[str]:
    return [page for part in locations(read(client, "/sitemap.xml")) for page in locations(read(client, part))]


def story(headline: str, **facts: Any) -> Article:
    now = timezone.now() - datetime.timedelta(hours=1)
    values = {"published_at": now, "address_date": now.date(), "live": True, **facts}
    return Article.objects.create(headline=headline, slug=headline.lower(), **values)


def test_every_public_page_stands_in_one_part_and_nothing_hidden_does(client: Client) -> None:
    section = Section.add_root(name="World", slug="world", address="world")
    shown = story("Fähre-渡船", section=section)
    story("Draft", live=False)
    story("Quiet", noindex=True)
    story("Elsewhere", canonical_url="https://example.org/a")
    listing = Listing.objects.create(name="Oven & Søn", live=True)
    Listing.objects.create(name="Closed door", live=True, noindex=True)
    Listing.objects.create(name="Not yet", live=False)
    found = all_pages(client)
    paths = [page.removeprefix(SITE) for page in found]
    assert len(found) == len(set(found))
    assert {"/", "/news/", "/news/world/", shown.get_absolute_url(), listing.get_absolute_url()} <= set(paths)
    assert not [
        path for path in paths if any(word in path for word in ("draft", "quiet", "elsewhere", "door", "not-yet"))
    ]


def test_a_part_is_a_range_of_rows_and_ranges_without_rows_are_left_out(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 10)
    for pk in (1, 9, 10, 35, 36):
        Tag.objects.create(pk=pk, name=f"t{pk}", slug=f"t{pk}")
    source = sitemaps.Source("t", Tag.objects.all, lambda tag: sitemaps.Entry(f"/{tag.pk}/"))
    assert list(sitemaps.parts(source, 10)) == [0, 1, 3]
    assert [entry.path for entry in sitemaps.entries(source, 3, 10)] == ["/35/", "/36/"]


def test_finding_the_parts_reads_one_row_for_each(django_assert_num_queries: Any) -> None:
    Tag.objects.bulk_create(Tag(pk=pk, name=f"t{pk}", slug=f"t{pk}") for pk in range(1, 40))
    source = sitemaps.Source("t", Tag.objects.all, lambda tag: sitemaps.Entry(f"/{tag.pk}/"))
    with django_assert_num_queries(5):
        assert list(sitemaps.parts(source, 10)) == [0, 1, 2, 3]


def test_each_language_names_the_others_and_a_part_holds_fewer_rows(client: Client) -> None:
    SiteSettings.objects.update_or_create(pk=SiteSettings.current().pk, defaults={"other_languages": ["fr", "ar"]})
    story("Ferry")
    part = next(each for each in locations(read(client, "/sitemap.xml")) if "stories" in each)
    urls = list(read(client, part))
    assert len(urls) == 3
    assert len({url.findtext(f"{MAP}loc") for url in urls}) == 3
    for url in urls:
        assert [link.get("hreflang") for link in url.iter(LINK)] == ["en-gb", "fr", "ar", "x-default"]
    assert sitemaps.size_of_part(["en", "fr", "ar"]) == 50_000 // 9


def test_an_entry_says_when_it_changed_with_its_zone(client: Client) -> None:
    at = datetime.datetime(2024, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
    text = "".join(sitemaps.urlset([sitemaps.Entry("/a&b/", at)], "https://x.example", ["en"]))
    assert "<loc>https://x.example/a&amp;b/</loc>" in text
    assert datetime.datetime.fromisoformat(text.split("<lastmod>")[1].split("<")[0]) == at


def test_news_search_is_told_of_our_own_copy_of_two_days_only(client: Client) -> None:
    story("Ferry", language="en-gb")
    story("Old", published_at=timezone.now() - datetime.timedelta(days=3))
    story("Agency", source_name="An agency")
    root = read(client, "/news-sitemap.xml")
    assert [each.text for each in root.iter(f"{NEWS}title")] == ["Ferry"]
    assert [each.text for each in root.iter(f"{NEWS}language")] == ["en"]


def test_without_news_the_news_sitemap_is_empty_and_whole(client: Client) -> None:
    assert locations(read(client, "/news-sitemap.xml")) == []


def test_no_other_address_is_a_sitemap(client: Client) -> None:
    assert client.get("/sitemap-nothing-0.xml").status_code == 404
    SiteSettings.objects.update_or_create(pk=SiteSettings.current().pk, defaults={"other_languages": ["fr"]})
    assert client.get("/fr/sitemap-stories-0.xml").status_code == 404


def test_robots_are_told_where_they_are(client: Client) -> None:
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode()
