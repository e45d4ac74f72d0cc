"""What readers see under /news/."""

import datetime
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazetteer.news import actions
from gazetteer.news.models import Article, Correction, Tag
from gazetteer.news.tests.drawn import drawn_picture
from gazetteer.news.tests.world import APRIL, World, make_author, make_story, set_zone

OURS = 8
"""Queries that a page of the news may make itself; the site's settings, menu and side column come on top of it."""


def get(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def queries_of(client: Client, url: str, capture: Any) -> list[str]:
    client.get(url)
    with capture as captured:
        get(client, url)
    return [
        query["sql"] for query in captured.captured_queries if "news_" in query["sql"] or "web_picture" in query["sql"]
    ]


def headlines(html: str) -> list[str]:
    return re.findall(r'class="headline"><a href="[^"]*">([^<]*)</a>', html)


BODY = [
    {"type": "paragraph", "value": "<p>Boats stopped in 2010.</p>"},
    {"type": "heading", "value": "What it costs"},
    {"type": "quote", "value": {"quote": "We waited.", "who": "Anna Berg"}},
    {"type": "list", "value": "<ul><li>Five crowns</li></ul>"},
    {
        "type": "table",
        "value": {
            "columns": [{"type": "text", "heading": "Pier"}, {"type": "number", "heading": "Boats"}],
            "rows": [{"values": ["Fisk", 3]}],
            "caption": "Boats a day",
        },
    },
    {
        "type": "embed",
        "value": {
            "url": "https://video.example/watch/1",
            "caption": "The pier",
            "title": "A film of the pier",
            "provider": "Video Example",
            "frame": "https://video.example/embed/1",
        },
    },
]


def full_story(newsroom: World) -> Article:
    story = actions.create(
        "Ferry sails",
        section=newsroom.korea,
        lead="The ferry will sail in May.",
        body=json.dumps(BODY),
        picture_caption="People wait in Fisk.",
        picture_credit="Jo Dahl",
        dateline="FISK",
        source_name="Halden Post",
        source_url="https://post.example/1",
        published_at=APRIL,
        authors=[newsroom.ada, newsroom.ben],
        tags=["Boats"],
        note_to_desk="Ask Jo again",
    )
    actions.publish(story)
    actions.correct(story, "It said June; it is May.")
    return story


def test_a_story_shows_everything_that_belongs_to_it(newsroom: World, client: Client) -> None:
    full_story(newsroom)
    html = get(client, "/news/2019/04/13/ferry-sails/")
    assert "<h1>Ferry sails</h1>" in html
    assert '<time datetime="2019-04-13T07:47:00+00:00">Saturday, 13 April 2019 07:47</time>' in html
    assert '<p class="standfirst">The ferry will sail in May.</p>' in html
    assert '<a href="/news/world/asia/korea/">Korea</a>' in html
    for words in (
        "<p>Boats stopped in 2010.</p>",
        "<h2>What it costs</h2>",
        "We waited.",
        "<li>Five crowns</li>",
        "<caption>Boats a day</caption>",
        '<a rel="author" href="/news/author/ada/">Ada</a>',
        "FISK",
        "Source: Halden Post",
        '<a href="/news/tag/boats/">Boats</a>',
        "It said June; it is May.",
    ):
        assert words in html
    assert "Ask Jo again" not in html


def test_a_caption_shows_without_its_picture(newsroom: World, client: Client) -> None:
    full_story(newsroom)
    html = get(client, "/news/2019/04/13/ferry-sails/")
    assert re.search(r"<figcaption>People wait in Fisk\.\s*<span[^>]*>Jo Dahl</span></figcaption>", html)


def test_a_picture_shows_with_the_words_of_the_story_before_its_own(newsroom: World, client: Client) -> None:
    picture = drawn_picture(caption="Its own", credit="Its maker", description="A pier")
    make_story("Pier", newsroom.town, picture=picture, picture_caption="The story's")
    html = get(client, "/news/2019/04/13/pier/")
    assert 'alt="A pier"' in html
    assert "The story&#39;s" in html
    assert "Its own" not in html
    assert "Its maker" in html


def test_an_embed_asks_nothing_of_another_host(newsroom: World, client: Client) -> None:
    full_story(newsroom)
    html = get(client, "/news/2019/04/13/ferry-sails/")
    assert 'data-frame="https://video.example/embed/1"' in html
    assert "<iframe" not in html
    assert not re.search(r'(?:src|srcset)="https?://', html)


def test_the_head_says_what_search_engines_and_cards_need(newsroom: World, client: Client) -> None:
    full_story(newsroom)
    html = get(client, "/news/2019/04/13/ferry-sails/")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])  # type: ignore[index]
    assert data["@type"] == "NewsArticle"
    assert data["datePublished"] == "2019-04-13T07:47:00+00:00"
    assert [author["name"] for author in data["author"]] == ["Ada", "Ben"]
    assert all(author["url"].endswith(f"/news/author/{author['name'].lower()}/") for author in data["author"])
    assert re.search(r'<link rel="canonical" href="https?://[^"]+/news/2019/04/13/ferry-sails/">', html)
    assert '<meta property="og:title" content="Ferry sails">' in html


def test_hostile_words_in_a_story_stay_words(newsroom: World, client: Client) -> None:
    bad = "</script><script>alert(1)</script>"
    make_story("Bad", newsroom.town, lead=bad, picture_caption=bad, source_name=bad, dateline=bad, byline_note=bad)
    html = get(client, "/news/2019/04/13/bad/")
    assert "<script>alert(1)" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 4


def test_dates_are_written_in_the_sites_zone(newsroom: World, client: Client) -> None:
    set_zone("Asia/Seoul")
    make_story("Late", newsroom.town, hours=12, address_date=datetime.date(2019, 4, 14))
    html = get(client, "/news/2019/04/14/late/")
    assert '<time datetime="2019-04-14T04:47:00+09:00">Sunday, 14 April 2019 04:47</time>' in html


def test_before_and_after_stay_within_the_section(newsroom: World, client: Client) -> None:
    make_story("One", newsroom.town)
    make_story("Elsewhere", newsroom.sport, hours=1)
    make_story("Two", newsroom.town, hours=2)
    make_story("Three", newsroom.town, hours=3)
    html = get(client, "/news/2019/04/13/two/")
    neighbours = html[html.index('class="neighbours"') :]
    assert re.findall(r"<a href=\"[^\"]*\">([^<]*)</a>", neighbours)[:2] == ["One", "Three"]


@pytest.mark.parametrize("fields", [{"live": False}, {"embargoed": True}])
def test_a_draft_or_embargoed_story_is_not_there(newsroom: World, client: Client, fields: dict[str, Any]) -> None:
    make_story("Secret", newsroom.town, **fields)
    get(client, "/news/2019/04/13/secret/", 404)


def test_an_embargo_that_has_not_passed_hides_a_story_even_where_it_is_marked_wrongly(
    newsroom: World, client: Client
) -> None:
    make_story("Secret", newsroom.town, embargo_until=timezone.now() + datetime.timedelta(hours=1))
    html = client.get("/news/2019/04/13/secret/")
    assert html.status_code == 404


def test_a_story_past_its_expiry_is_gone_before_the_clock_has_come_to_it(newsroom: World, client: Client) -> None:
    make_story("Sale", newsroom.town, lead="Cheap.", expire_at=timezone.now() - datetime.timedelta(seconds=1))
    assert "Cheap." not in get(client, "/news/2019/04/13/sale/", 410)


def test_a_withdrawn_story_leaves_its_notice_and_none_of_its_text(newsroom: World, client: Client) -> None:
    story = make_story("Rumour", newsroom.town, lead="False words.")
    actions.withdraw(story, "This story was wrong.")
    html = get(client, "/news/2019/04/13/rumour/", 410)
    assert "This story was wrong." in html
    assert "False words." not in html


def test_a_story_in_the_trash_is_gone(newsroom: World, client: Client) -> None:
    actions.trash(make_story("Rumour", newsroom.town))
    assert "Rumour" not in get(client, "/news/2019/04/13/rumour/", 410)


def test_an_old_address_leads_to_the_new_one(newsroom: World, client: Client) -> None:
    story = make_story("Summit", newsroom.town)
    Article.objects.filter(pk=story.pk).update(slug="talks")
    response = client.get("/news/2019/04/13/summit/")
    assert (response.status_code, response["Location"]) == (301, "/news/2019/04/13/talks/")


def test_an_old_section_address_leads_to_the_new_one_with_its_feeds(newsroom: World, client: Client) -> None:
    actions.move_section(newsroom.korea, newsroom.sport)
    assert client.get("/news/world/asia/korea/")["Location"] == "/news/sport/korea/"
    assert client.get("/news/world/asia/korea/feed.rss")["Location"] == "/news/sport/korea/feed.rss"


@pytest.mark.parametrize(
    "url",
    [
        "/news/2019/02/30/nothing/",
        "/news/2019/04/13/nothing/",
        "/news/nothing/",
        "/news/archive/2019/",
        "/news/archive/2019/13/",
        "/news/archive/0000/01/",
        "/news/author/nobody/",
        "/news/tag/nothing/",
        "/news/world/?after=999",
        "/news/world/?after=x'--",
        "/news/world/?after=99999999999999999999",
    ],
)
def test_what_is_not_there_is_404(newsroom: World, client: Client, url: str) -> None:
    get(client, url, 404)


def test_a_section_lists_what_is_below_it_and_its_parts(newsroom: World, client: Client) -> None:
    make_story("Here", newsroom.world)
    make_story("Below", newsroom.korea, hours=1)
    make_story("Elsewhere", newsroom.sport, hours=2)
    html = get(client, "/news/world/")
    assert headlines(html) == ["Below", "Here"]
    assert '<a href="/news/world/asia/">Asia</a>' in html


def test_what_was_placed_by_hand_stands_first_and_only_once(newsroom: World, client: Client) -> None:
    old = make_story("Old", newsroom.world)
    past = make_story("Past", newsroom.world, hours=1)
    make_story("New", newsroom.world, hours=2)
    draft = make_story("Draft", newsroom.world, live=False)
    actions.set_top(newsroom.world, [draft, old, past])
    newsroom.world.cards.filter(article=past).update(until=APRIL)
    assert headlines(get(client, "/news/world/")) == ["Old", "New", "Past"]


def test_a_section_pages_by_the_last_story_and_shows_each_once(newsroom: World, client: Client) -> None:
    for number in range(45):
        make_story(f"Story {number}", newsroom.korea, hours=number // 3)
    seen: list[str] = []
    url = "/news/world/"
    while url:
        html = get(client, url)
        seen += headlines(html)
        more = re.search(r'href="(\?after=\d+)"', html)
        url = f"/news/world/{more[1]}" if more else ""
    assert len(seen) == 45
    assert set(seen) == {f"Story {number}" for number in range(45)}


def test_a_page_after_a_story_that_was_taken_down_still_goes_on(newsroom: World, client: Client) -> None:
    first = make_story("First", newsroom.town, hours=2)
    make_story("Second", newsroom.town, hours=1)
    Article.objects.filter(pk=first.pk).update(live=False)
    assert headlines(get(client, f"/news/town/?after={first.pk}")) == ["Second"]


def test_the_archive_knows_each_month_with_stories(newsroom: World, client: Client) -> None:
    make_story("April", newsroom.town)
    make_story("June", newsroom.town, hours=24 * 60)
    make_story("Later", newsroom.town, hours=24 * 700)
    html = get(client, "/news/archive/")
    assert re.findall(r"/news/archive/\d{4}/\d{2}/", html) == [
        "/news/archive/2021/03/",
        "/news/archive/2019/06/",
        "/news/archive/2019/04/",
    ]
    assert "/news/archive/2021/03/" not in get(client, "/news/archive/2019/")
    assert headlines(get(client, "/news/archive/2019/04/")) == ["April"]


def test_a_month_begins_and_ends_at_midnight_of_the_sites_zone(newsroom: World, client: Client) -> None:
    set_zone("America/New_York")
    may_in_london = datetime.datetime(2019, 5, 1, 2, 0, tzinfo=datetime.UTC)
    make_story("Night", newsroom.town, published_at=may_in_london, address_date=datetime.date(2019, 4, 30))
    assert headlines(get(client, "/news/archive/2019/04/")) == ["Night"]
    get(client, "/news/archive/2019/05/", 404)


def test_an_author_has_a_page_with_their_stories(newsroom: World, client: Client) -> None:
    full_story(newsroom)
    make_author(
        "Carol", role="Reporter", bio="Writes.", links={"Site": "https://carol.example/", "Bad": "javascript:x"}
    )
    assert headlines(get(client, "/news/author/ada/")) == ["Ferry sails"]
    html = get(client, "/news/author/carol/")
    assert 'href="https://carol.example/"' in html
    assert "javascript:" not in html.replace('"javascript:', "") or 'href="javascript:' not in html


def test_an_author_in_the_trash_keeps_the_name_over_the_story_and_loses_the_page(
    newsroom: World, client: Client
) -> None:
    full_story(newsroom)
    actions.trash_author(newsroom.ada)
    get(client, "/news/author/ada/", 404)
    html = get(client, "/news/2019/04/13/ferry-sails/")
    assert "/news/author/ada/" not in html
    assert "Ada" in html


def test_a_tag_lists_its_published_stories(newsroom: World, client: Client) -> None:
    full_story(newsroom)
    draft = actions.create("Draft", section=newsroom.town, tags=["Boats"])
    assert not draft.live
    assert headlines(get(client, f"/news/tag/{Tag.objects.get().slug}/")) == ["Ferry sails"]


def test_corrections_stand_on_a_page_of_their_own_and_page(newsroom: World, client: Client) -> None:
    story = full_story(newsroom)
    hidden = make_story("Hidden", newsroom.town, live=False)
    Correction.objects.create(article=hidden, text="Nobody sees this.")
    Correction.objects.bulk_create(
        Correction(article=story, text=f"Mistake {n}.", made_at=APRIL + datetime.timedelta(minutes=n // 2))
        for n in range(40)
    )
    first = get(client, "/news/corrections/")
    more = re.search(r'href="(\?after=\d+)"', first)
    assert more
    second = get(client, f"/news/corrections/{more[1]}")
    found = re.findall(r"Mistake (\d+)\.", first + second)
    assert len(found) == 40
    assert len(set(found)) == 40
    assert "Nobody sees this." not in first + second


def test_the_front_shows_the_newest_and_each_section_without_repeating_a_story(newsroom: World, client: Client) -> None:
    for number in range(10):
        make_story(f"Sport {number}", newsroom.sport, hours=number)
    make_story("Korea", newsroom.korea, hours=-5)
    found = headlines(get(client, "/news/"))
    assert found[:3] == ["Sport 9", "Sport 8", "Sport 7"]
    assert "Korea" in found
    assert len(found) == len(set(found))


def test_an_empty_newsroom_has_pages_that_say_so(db: None, client: Client) -> None:
    assert "Nothing has been published yet." in get(client, "/news/")
    assert "Nothing has been published yet." in get(client, "/news/archive/")
    assert "There are no corrections." in get(client, "/news/corrections/")


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
@pytest.mark.parametrize("page", ["", "world/", "author/ada/", "tag/boats/"])
def test_feeds_stand_beside_the_news_sections_authors_and_tags(
    newsroom: World, client: Client, page: str, form: str
) -> None:
    full_story(newsroom)
    text = get(client, f"/news/{page}feed.{form}")
    assert "Ferry sails" in text
    assert "/news/2019/04/13/ferry-sails/" in text
    assert "Ask Jo again" not in text


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_corrections_have_a_feed_whose_items_lead_to_them(newsroom: World, client: Client, form: str) -> None:
    story = make_story("Ferry sails", newsroom.korea)
    taken_down = make_story("Secret", newsroom.korea, live=False)
    put_right = Correction.objects.create(article=story, text="The pier is <blue>.")
    Correction.objects.create(article=taken_down, text="Nobody may read this.")
    text = get(client, f"/news/corrections/feed.{form}")
    assert f"/news/2019/04/13/ferry-sails/#correction-{put_right.pk}" in text
    assert "<blue>" in text if form == "json" else "&lt;blue&gt;" in text
    assert "Nobody may read this" not in text


def test_a_picture_goes_out_with_rss(newsroom: World, client: Client) -> None:
    make_story("Ferry sails", newsroom.korea, picture=drawn_picture())
    found = re.search(r"<media:content ([^>]*)>", get(client, "/news/feed.rss"))
    assert found is not None
    assert 'url="http://testserver/media/' in found[1]


def test_a_story_in_another_language_says_so(newsroom: World, client: Client) -> None:
    make_story("Bateau", newsroom.town, language="fr")
    assert '<article class="story" lang="fr">' in get(client, "/news/2019/04/13/bateau/")


def test_queries_do_not_grow_with_the_number_of_stories(
    newsroom: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    picture = drawn_picture()
    for number in range(60):
        story = make_story(f"Story {number}", newsroom.korea, hours=number, picture=picture)
        story.tags.add("Boats")
        story.bylines.create(author=newsroom.ada)
        story.save()
    full_story(newsroom)
    for url in (
        "/news/",
        "/news/world/",
        f"/news/world/asia/?after={Article.objects.latest()[5].pk}",
        "/news/2019/04/13/ferry-sails/",
        "/news/archive/",
        "/news/archive/2019/04/",
        "/news/author/ada/",
        "/news/tag/boats/",
        "/news/corrections/",
        "/news/world/feed.rss",
    ):
        made = queries_of(client, url, django_assert_max_num_queries(100))
        assert len(made) <= OURS, f"{url}: {len(made)}\n" + "\n".join(made)


def test_only_looking_is_allowed(newsroom: World, client: Client) -> None:
    assert client.post("/news/").status_code == 405
