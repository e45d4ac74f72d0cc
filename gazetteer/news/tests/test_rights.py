"""What may be done with copy is decided in one place, holds on every way out, and ends on its day."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from gazetteer.changes.clock import run_due
from gazetteer.news import actions, rights
from gazetteer.news.models import Article, Incoming, Removal, Source
from gazetteer.news.rights import Channel, Policy, decide
from gazetteer.news.tests.world import World, make_story
from gazetteer.news.wire.models import Engines, Takes

DAY = datetime.timedelta(days=1)
TEXT = [{"type": "paragraph", "value": "<p>One two three four five six.</p>"}]


def make_source(name: str = "Northern Press", **fields: Any) -> Source:
    return Source.objects.create(name=name, address=f"https://{name.split()[0].lower()}.example/feed", **fields)


def from_wire(source: Source, headline: str = "Ferry sails", **fields: Any) -> Article:
    at = timezone.now()
    story = make_story(headline, published_at=at, source=source, source_name=source.name,
                       source_url="https://northern.example/ferry", **fields)  # fmt: skip
    rights.settle(story)
    return story


def allowed(story: Article, **policy: Any) -> set[Channel]:
    found = Policy(is_own=False, **policy) if policy else Policy.of(story)
    return {channel for channel in Channel if decide(found, story, timezone.now(), channel).allowed}


def test_our_own_copy_goes_everywhere_and_copy_of_a_source_where_its_policy_lets_it(newsroom: World) -> None:
    own = make_story("Tram", newsroom.town)
    wire = from_wire(make_source())
    assert allowed(own) == set(Channel)
    assert allowed(wire) == {Channel.PAGE, Channel.LISTS, Channel.SEARCH}
    assert allowed(wire, carry_on=True, engines=Engines.ALL) == set(Channel) - {Channel.NEWS_SITEMAP}
    assert allowed(wire, carry_on=False, engines=Engines.NOT_NEWS) == {
        Channel.PAGE, Channel.LISTS, Channel.SEARCH, Channel.SITEMAP, Channel.ENGINES
    }  # fmt: skip


def test_copy_that_was_never_settled_may_do_as_little_as_a_source_may(newsroom: World) -> None:
    story = make_story("Ferry", source=make_source())
    assert Policy.of(story) == rights.UNKNOWN
    assert Channel.FEED not in allowed(story)


@pytest.mark.parametrize(
    ("rights_in", "offered_in", "covered"),
    [
        ("", [], True),
        ("", ["GB"], True),
        ("GB, IE", [], False),
        ("gb; ie", ["GB"], True),
        ("GB", ["GB", "IE"], False),
        ("-JP", [], False),
        ("-JP", ["GB"], True),
        ("-JP", ["GB", "JP"], False),
    ],
)
def test_copy_limited_to_countries_is_shown_only_if_they_cover_the_papers(
    rights_in: str, offered_in: list[str], covered: bool, settings: Settings
) -> None:
    settings.TERRITORIES = offered_in
    assert (rights.uncovered(Policy(territories=rights.countries(rights_in))) == "") is covered


def test_feeds_and_sitemaps_hold_only_what_they_may_carry(newsroom: World, client: Client) -> None:
    make_story("Tram", newsroom.town)
    from_wire(make_source(), "Kept here", section=newsroom.town)
    from_wire(make_source("Open Wire", carry_on=True, engines=Engines.ALL), "Carried on", section=newsroom.town)
    for feed in ("/news/feed.rss", "/news/town/feed.atom", "/news/feed.json"):
        text = client.get(feed).content.decode()
        assert "Tram" in text
        assert "Carried on" in text
        assert "Kept here" not in text
    assert {story.headline for story in Article.objects.for_search_engines()} == {"Tram", "Carried on"}
    assert "Carried on" not in client.get("/news-sitemap.xml").content.decode()
    assert "Kept here" in client.get("/news/town/").content.decode()


@pytest.mark.parametrize(
    ("engines", "meta"),
    [
        (Engines.NONE, '<meta name="robots" content="noindex">'),
        (Engines.NOT_NEWS, '<meta name="googlebot-news" content="noindex">'),
        (Engines.ALL, ""),
    ],
)
def test_search_engines_are_told_what_the_source_says(newsroom: World, client: Client, engines: str, meta: str) -> None:
    story = from_wire(make_source(engines=engines, canonical_to_original=True))
    html = client.get(story.get_absolute_url()).content.decode()
    found = re.findall(r'<meta name="(?:robots|googlebot-news)"[^>]*>', html)
    assert found == ([meta] if meta else [])
    assert '<link rel="canonical" href="https://northern.example/ferry">' in html


def test_a_policy_that_changes_reaches_every_story_of_the_source_within_the_minute(newsroom: World) -> None:
    source = make_source(carry_on=True, engines=Engines.ALL, takes=Takes.FULL)
    untouched = from_wire(source, "Untouched", lead="Lead here.", body=TEXT)
    Article.objects.update(imported={"lead": "Lead here.", "body": Article.objects.get().body.get_prep_value()})
    rewritten = from_wire(source, "Rewritten", lead="By us.", body=TEXT, imported={"lead": "By them.", "body": "[]"})
    source.carry_on, source.takes, source.excerpt_words = False, Takes.EXCERPT, 5
    source.save()
    run_due(timezone.now())
    untouched.refresh_from_db()
    rewritten.refresh_from_db()
    assert not untouched.carried
    assert untouched.lead == "Lead here. One two three…"
    assert not untouched.body
    assert rewritten.lead == "By us."
    assert [each.pk for each in rights.conflicts()] == [rewritten.pk]


def test_copy_goes_when_its_days_are_over_and_is_forgotten(newsroom: World, client: Client) -> None:
    source = make_source(keep_days=30, takes=Takes.FULL, carry_on=True)
    story = from_wire(source, lead="Secret lead.", body=TEXT, section=newsroom.town)
    Incoming.objects.create(source=source, key="1", digest="1", article=story, copy={"lead": "Secret lead."})
    assert "Ferry sails" in client.get("/news/town/").content.decode()
    Article.objects.update(created_at=timezone.now() - 31 * DAY)
    rights.watch(source)
    assert not run_due(timezone.now()).failed
    gone = client.get(story.get_absolute_url())
    assert gone.status_code == 410
    assert "Ferry sails" not in client.get("/news/town/").content.decode()
    story.refresh_from_db()
    assert (story.lead, len(story.body), story.live) == ("", 0, False)
    assert Incoming.objects.get().copy is None
    removal = Removal.objects.get()
    assert (removal.why, removal.source, removal.headline) == (Removal.Why.RIGHTS_ENDED, source, "Ferry sails")
    assert f'ref="article-{story.pk}"' in client.get("/news/feed.atom").content.decode()
    assert rights.check(source) == [], "what went goes once"


def test_the_moment_set_at_filing_takes_it_down_to_the_second(newsroom: World) -> None:
    story = from_wire(make_source(keep_days=2), lead="Lead.")
    run_due(story.created_at + 2 * DAY - datetime.timedelta(seconds=1))
    assert Article.objects.get().live
    run_due(story.created_at + 2 * DAY)
    assert not Article.objects.get().live


def test_copy_whose_countries_no_longer_cover_the_papers_comes_down_and_stays_at_the_desk(
    newsroom: World, client: Client, settings: Settings
) -> None:
    settings.TERRITORIES = ["GB"]
    source = make_source(territories="GB, IE")
    story = from_wire(source, lead="Lead.")
    assert client.get(story.get_absolute_url()).status_code == 200
    settings.TERRITORIES = ["GB", "FR"]
    assert [each.why for each in rights.check(source)] == [Removal.Why.NO_RIGHTS]
    assert client.get(story.get_absolute_url()).status_code == 410
    assert Article.objects.get().lead == "Lead."


def test_the_next_look_is_at_night(newsroom: World) -> None:
    source = make_source()
    run_due(timezone.now())
    due = rights.next_night()
    assert due.astimezone(timezone.get_default_timezone()).hour == 3
    assert due - timezone.now() < 2 * DAY
    assert rights.moment_of_night(source) == due


def test_a_withdrawal_stands_at_its_address_at_its_old_ones_and_in_every_feed(newsroom: World, client: Client) -> None:
    story = make_story("Ferry sinks", newsroom.town, note_to_desk="Do not tell", updated_at=timezone.now())
    old = story.get_absolute_url()
    Article.objects.filter(pk=story.pk).update(slug="ferry-sails")
    story.refresh_from_db()
    actions.withdraw(story, "It did not sink. We are sorry.", reason="legal")
    for address in (old, story.get_absolute_url()):
        page = client.get(address)
        assert page.status_code == 410
        assert "It did not sink." in page.content.decode()
    rss, atom, feed = (client.get(f"/news/town/feed.{form}").content.decode() for form in ("rss", "atom", "json"))
    assert "Withdrawn: Ferry sinks" in rss
    assert "Withdrawn: Ferry sinks" in feed
    assert f'<at:deleted-entry ref="article-{story.pk}"' in atom
    assert "<at:comment>It did not sink. We are sorry.</at:comment>" in atom
    lists = client.get("/news/").content.decode()
    assert "Ferry sinks" not in lists
    for shown in (rss, atom, feed, lists):
        assert "Do not tell" not in shown
        assert "legal" not in shown
    actions.reinstate(story)
    assert client.get(story.get_absolute_url()).status_code == 200
    assert "Withdrawn" not in client.get("/news/feed.rss").content.decode()
    assert Removal.objects.get().back_at is not None


def test_a_correction_has_a_kind_and_whoever_answers_for_it(newsroom: World, client: Client) -> None:
    story = make_story("Ferry", newsroom.town)
    actions.correct(story, "It sails at nine.", kind="clarification", signed="The editors")
    for address in (story.get_absolute_url(), "/news/corrections/"):
        html = client.get(address).content.decode()
        assert "Clarification" in html
        assert "The editors" in html
    html = client.get(story.get_absolute_url()).content.decode()
    assert '"@type": "CorrectionComment", "text": "It sails at nine."' in html
    assert "Clarification: Ferry" in client.get("/news/corrections/feed.rss").content.decode()
    assert "It sails at nine." in client.get("/news/corrections/feed.json").content.decode()


def test_the_desk_sees_what_went_and_what_is_at_odds(newsroom: World, admin_client: Client) -> None:
    source = make_source(takes=Takes.FULL)
    story = from_wire(source, "Rewritten", lead="By us.", body=TEXT)
    source.takes = Takes.EXCERPT
    source.save()
    rights.check(source)
    make_source("Japan only", territories="JP")
    withdrawn = make_story("Ferry sinks", newsroom.town)
    at = timezone.now() - datetime.timedelta(seconds=7)
    actions.withdraw(withdrawn, "It did not.", arrived_at=at)
    html = admin_client.get("/admin/removals/").content.decode()
    for words in ("More text than their source now allows", "Rewritten", "Sources of which nothing is shown",
                  "Japan only", "Ferry sinks", "It did not.", "7 s"):  # fmt: skip
        assert words in html
    assert f"/admin/stories/edit/{story.pk}/" in html
    assert f"/admin/stories/edit/{withdrawn.pk}/" in html
