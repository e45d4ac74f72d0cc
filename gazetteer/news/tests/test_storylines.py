"""Running stories, the line over every page, related stories, and addresses that go on leading somewhere."""

import datetime
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from gazetteer.changes import notes
from gazetteer.news import actions, breaking
from gazetteer.news.models import Author, Breaking, Related, Storyline, Tag
from gazetteer.news.tests.world import World, make_story

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def ferry(newsroom: World) -> Storyline:
    return Storyline.objects.create(name="The ferry", slug="ferry", summary="It stopped.\n\nIt sails again.")


def get(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:300]
    return response.content.decode()


def test_a_storyline_tells_its_stories_by_day_the_newest_first(
    newsroom: World, client: Client, ferry: Storyline
) -> None:
    make_story("Pier closed", newsroom.town, storyline=ferry)
    make_story("Pier open", newsroom.town, hours=48, storyline=ferry)
    make_story("Not yet", newsroom.town, live=False, storyline=ferry)
    make_story("Other news", newsroom.town)
    html = get(client, "/news/storyline/ferry/")
    assert (
        html.index("15 April 2019") < html.index("Pier open") < html.index("13 April 2019") < html.index("Pier closed")
    )
    assert "<p>It sails again.</p>" in html
    main = html.split("<main")[1]
    assert "Not yet" not in main
    assert "Other news" not in main.split('class="side"')[0]
    assert "Pier open" in get(client, "/news/storyline/ferry/feed.atom")
    assert '<a href="/news/storyline/ferry/">The ferry</a>' in get(client, "/news/2019/04/13/pier-closed/")


def test_a_storyline_in_the_trash_has_no_page_and_no_story_links_to_it(
    newsroom: World, client: Client, ferry: Storyline
) -> None:
    make_story("Pier closed", newsroom.town, storyline=ferry)
    Storyline.objects.update(deleted_at=timezone.now())
    get(client, "/news/storyline/ferry/", 404)
    assert "storyline/ferry" not in get(client, "/news/2019/04/13/pier-closed/")


@pytest.mark.parametrize("suffix", ["", "feed.rss"])
def test_authors_tags_and_storylines_leave_their_old_address_behind(
    newsroom: World, client: Client, ferry: Storyline, suffix: str
) -> None:
    tag = Tag.objects.create(name="Boats", slug="boats")
    things: list[tuple[Any, str]] = [(newsroom.ada, "author"), (tag, "tag"), (ferry, "storyline")]
    for thing, kind in things:
        old = thing.slug
        type(thing).objects.filter(pk=thing.pk).update(slug="between")
        type(thing).objects.filter(pk=thing.pk).update(slug="new")
        for before in (old, "between"):
            assert client.get(f"/news/{kind}/{before}/{suffix}")["Location"] == f"/news/{kind}/new/{suffix}"
        type(thing).objects.filter(pk=thing.pk).update(slug=old)
        get(client, f"/news/{kind}/{old}/{suffix}")
        assert client.get(f"/news/{kind}/new/{suffix}")["Location"] == f"/news/{kind}/{old}/{suffix}"


def test_a_merged_tag_leads_to_the_other_with_all_it_had(newsroom: World, client: Client) -> None:
    boats, ships = (Tag.objects.create(name=name, slug=name) for name in ("boats", "ships"))
    Tag.objects.filter(pk=boats.pk).update(slug="small-boats")
    boats.refresh_from_db()
    actions.merge_tags(boats, ships)
    for old in ("boats", "small-boats"):
        assert client.get(f"/news/tag/{old}/")["Location"] == "/news/tag/ships/"


def test_an_author_in_the_trash_is_nowhere(newsroom: World, client: Client) -> None:
    Author.objects.filter(pk=newsroom.ada.pk).update(slug="new", deleted_at=timezone.now())
    get(client, "/news/author/ada/", 404)


def line() -> str:
    return breaking.line(RequestFactory().get("/"))


def breaking_now(words: str, **facts: Any) -> Breaking:
    now = timezone.now()
    return Breaking.objects.create(**{"words": words, "since": now - HOUR, "until": now + HOUR, **facts})


def test_breaking_news_stands_over_every_page_until_its_end(newsroom: World, client: Client) -> None:
    story = make_story("Flood", newsroom.town)
    line = breaking_now("Flood <in> town", article=story)
    for page in ("/", "/news/", "/directory/", "/news/2019/04/13/flood/"):
        assert '<a href="/news/2019/04/13/flood/">Flood &lt;in&gt; town</a>' in get(client, page)
    Breaking.objects.filter(pk=line.pk).update(until=timezone.now())
    assert "Flood &lt;in&gt;" not in get(client, "/")


def test_the_line_that_began_last_is_shown_and_a_withdrawn_story_is_not_linked(newsroom: World) -> None:
    hidden = make_story("Secret", newsroom.town, live=False)
    breaking_now("First")
    breaking_now("Second", since=timezone.now() - HOUR / 2, article=hidden)
    breaking_now("Later", since=timezone.now() + HOUR / 2)
    assert "Second" in line()
    assert "href" not in line()


def test_the_line_is_fresh_until_the_next_thing_happens_to_it(newsroom: World) -> None:
    soon = timezone.now() + HOUR / 4
    breaking_now("Now")
    breaking_now("Next", since=soon)
    with notes.recording() as noted:
        line()
    assert noted.fresh_until == soon.timestamp()


def test_a_kept_page_holds_only_the_place_of_the_line(newsroom: World, client: Client) -> None:
    breaking_now("Flood")
    with notes.recording() as noted:
        html = get(client, "/news/archive/")
    assert "Flood" not in html
    assert "/-/breaking/" in [part.address for part in noted.parts]
    assert "news_breaking" not in noted.keys


def test_breaking_news_always_ends(newsroom: World) -> None:
    now = timezone.now()
    with pytest.raises(Exception, match="before it begins"):
        Breaking(words="x", since=now, until=now - HOUR).full_clean()


def test_related_stories_stand_in_their_order_if_readers_may_read_them(newsroom: World, client: Client) -> None:
    story, first, second = (make_story(name, newsroom.town) for name in ("Ferry", "Pier", "Harbour"))
    hidden = make_story("Hidden", newsroom.town, live=False)
    for position, other in enumerate((second, hidden, first)):
        Related.objects.create(article=story, story=other, position=position)
    html = get(client, story.get_absolute_url()).split("Related stories")[1].split("</ul>")[0]
    assert html.index("/harbour/") < html.index("/pier/")
    assert "Hidden" not in html
