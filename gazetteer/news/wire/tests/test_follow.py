"""A correction and a withdrawal, followed from the wire to everything that a visitor can ask for."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gazetteer.changes.clock import run_due
from gazetteer.news.models import Article, Correction, Incoming, Removal, Source
from gazetteer.news.tests.world import World, make_story
from gazetteer.news.wire import run
from gazetteer.news.wire.models import Engines, Outcome
from gazetteer.news.wire.tests.paper import Paper, make_source, rss, tools
from gazetteer.news.wire.tests.paper import item as rss_item
from gazetteer.news.wire.tests.test_likeness import FERRY, LOCAL

pytestmark = pytest.mark.django_db

SECRET = "Desk: do not use in Holm before noon"
FEEDS = ("/news/feed.rss", "/news/feed.atom", "/news/feed.json", "/news/town/feed.atom")


def ninjs(version: int, text: str = "The pier opens in May.", **more: Any) -> str:
    first = {
        "uri": "urn:pier",
        "version": str(version),
        "versioncreated": f"2026-04-13T0{version}:00:00Z",
        "pubstatus": "usable",
        "ednote": SECRET,
        "headline": "Pier opens",
        "body_html": f"<p>{text}</p>",
    }
    return json.dumps({**first, **more})


def ask(source: Source) -> dict[str, int]:
    Source.objects.filter(pk=source.pk).update(busy_until=None)
    report = run.take(source.pk, tools())
    assert report is not None and not report.error, report
    return dict(report.counts)


@pytest.fixture
def pier(newsroom: World, paper: Paper, client: Client) -> Source:
    """A source whose story about the pier stands everywhere."""
    paper.says("/feed", ninjs(1))
    source = make_source(
        paper.url(), section=newsroom.town, filing="publish", takes="full", carry_on=True, engines=Engines.ALL
    )
    assert ask(source) == {"published": 1}
    for address in (Article.objects.get().get_absolute_url(), "/news/", "/news/town/", *FEEDS):
        shown = client.get(address)
        assert "Pier opens" in shown.content.decode(), address
        assert SECRET not in shown.content.decode(), address
    assert sitemap(client).count("pier-opens") == 1
    return source


def sitemap(client: Client) -> str:
    answer: Any = client.get("/sitemap-stories-0.xml")
    return b"".join(answer.streaming_content).decode() if answer.status_code == 200 else ""


def test_a_withdrawal_from_the_wire_is_everywhere_within_the_minute(pier: Source, paper: Paper, client: Client) -> None:
    story = Article.objects.get()
    paper.says("/feed", ninjs(2, pubstatus="canceled", body_html=""))
    assert ask(pier) == {"withdrawn": 1}
    page = client.get(story.get_absolute_url())
    assert page.status_code == 410
    assert "The Fisk Courier has withdrawn this story." in page.content.decode()
    assert "opens in May" not in page.content.decode()
    for address in ("/news/", "/news/town/"):
        assert "Pier opens" not in client.get(address).content.decode(), address
    assert "pier-opens" not in sitemap(client)
    for feed in FEEDS:
        text = client.get(feed).content.decode()
        assert "The Fisk Courier has withdrawn this story." in text, feed
        assert "opens in May" not in text, feed
        assert SECRET not in text, feed
    removal = Removal.objects.get()
    assert removal.arrived_at is not None
    assert (removal.at - removal.arrived_at).total_seconds() < 60


def test_a_correction_from_the_wire_stands_at_the_story_on_its_page_in_its_feed_and_for_machines(
    pier: Source, paper: Paper, client: Client
) -> None:
    text = "</p><p>".join(["(Corrects the month in paragraph 1)", "The pier opens in June."])
    paper.says("/feed", ninjs(2, text, headline="CORRECTED-Pier opens"))
    assert ask(pier) == {"changed": 1}
    assert ask(pier) == {"same": 1}, "said once"
    story = Article.objects.get()
    html = client.get(story.get_absolute_url()).content.decode()
    assert "The pier opens in June." in html
    assert "CORRECTED" not in html
    assert '"@type": "CorrectionComment", "text": "Corrects the month in paragraph 1"' in html
    for address in ("/news/corrections/", *(f"/news/corrections/feed.{form}" for form in ("rss", "atom", "json"))):
        assert "Corrects the month in paragraph 1" in client.get(address).content.decode(), address
    assert Correction.objects.get().signed == "The Fisk Courier"


def test_a_source_without_states_takes_a_story_back_by_its_headline(newsroom: World, paper: Paper) -> None:
    paper.says("/feed", rss(rss_item(1, title="Ferry sinks")))
    source = make_source(paper.url(), section=newsroom.town, filing="publish", takes="full")
    ask(source)
    paper.says("/feed", rss(rss_item(1, title="Ferry sinks"), rss_item(2, title="KILL: Ferry sinks", text="Gone.")))
    assert ask(source)["withdrawn"] == 1
    assert Article.objects.get().status == "cancelled"
    paper.says("/feed", rss(rss_item(3, title="KILL: Nothing we know")))
    ask(source)
    assert Incoming.objects.get(headline="KILL: Nothing we know").outcome == Outcome.WAITING


def test_a_reprint_is_named_under_the_story_and_our_own_stands_in_place_of_it(
    newsroom: World, paper: Paper, client: Client
) -> None:
    paper.says("/a", rss(rss_item(1, title="Ferry every hour", text=FERRY)))
    paper.says("/b", rss(rss_item(7, title="Islanders cheer", text=f"{LOCAL} {FERRY}")))
    first = make_source(paper.url("/a"), "Northern", section=newsroom.town, filing="publish", takes="full")
    other = make_source(paper.url("/b"), "Coastal", section=newsroom.town, filing="publish", takes="full")
    ask(first)
    assert ask(other) == {"joined": 1}
    story = Article.objects.get()
    html = client.get(story.get_absolute_url()).content.decode()
    assert "Also reported by" in html
    assert '<a href="https://fisk.example/7" rel="nofollow noopener ugc">Coastal</a>' in html
    own = make_story("We were there", newsroom.town, lead=FERRY, published_at=timezone.now())
    from gazetteer.news.wire.tasks import match_story

    assert match_story.call(own.pk)
    answer = client.get(story.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (302, own.get_absolute_url())
    assert [each["name"] for each in Article.objects.get(pk=own.pk).also_reported] == ["Northern", "Coastal"]


def test_copy_without_rights_where_the_paper_is_read_waits_as_a_draft(newsroom: World, paper: Paper) -> None:
    paper.says("/feed", rss(rss_item(1)))
    source = make_source(paper.url(), section=newsroom.town, filing="publish", takes="full", territories="JP")
    assert ask(source) == {"draft": 1}
    run_due(timezone.now())
    assert not Article.objects.get().live
    assert "JP" in Incoming.objects.get().why
