"""A source from asking to story, and what its later versions do."""

import datetime
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from gazetteer.changes import clock
from gazetteer.news import actions as news_actions
from gazetteer.news import rights
from gazetteer.news.models import Article, Incoming, RawItem, Source
from gazetteer.news.tests.world import World
from gazetteer.news.wire import actions, identity, raw, rhythm, run
from gazetteer.news.wire.formats import read
from gazetteer.news.wire.item import WireItem
from gazetteer.news.wire.replay import replay
from gazetteer.news.wire.run import Report
from gazetteer.news.wire.signals import source_alarm
from gazetteer.news.wire.tests.paper import Paper, item, make_source, rss, tools

pytestmark = pytest.mark.django_db


def ask(source: Source) -> Report:
    Source.objects.filter(pk=source.pk).update(busy_until=None)
    report = run.take(source.pk, tools())
    assert report is not None
    source.refresh_from_db()
    return report


@pytest.fixture
def source(newsroom: World, paper: Paper) -> Source:
    """A source whose copy is published at once, in full, with everything allowed but pictures."""
    paper.says("/feed", rss(item(1, pubDate="Sat, 13 Apr 2019 07:47:00 GMT"), item(2)))
    return make_source(paper.url(), section=newsroom.town, filing="publish", takes="full", credit_line="Fisk Wire")


def test_items_become_stories_with_their_date_credit_and_section(source: Source) -> None:
    report = ask(source)
    assert (report.error, report.counts["published"]) == ("", 2)
    story = Article.objects.get(headline="Council meets, part 1")
    assert story.live
    assert story.published_at == datetime.datetime(2019, 4, 13, 7, 47, tzinfo=datetime.UTC)
    assert not story.for_engines
    assert (story.source, story.source_credit, story.source_url) == (source, "Fisk Wire", "https://fisk.example/1")
    assert story.section == source.section
    assert source.last_ok_at is not None
    assert clock.moment_of(run.FETCH, source) is not None


def test_the_same_again_changes_nothing(source: Source, paper: Paper) -> None:
    ask(source)
    before = list(Article.objects.order_by("id").values())
    assert ask(source).counts == {"same": 2}
    assert list(Article.objects.order_by("id").values()) == before
    assert RawItem.objects.count() == 2


def test_a_feed_that_says_it_is_unchanged_is_not_read(source: Source, paper: Paper) -> None:
    paper.says("/feed", rss(item(1)), ETag='"a"', Last_Modified="Sat, 13 Apr 2019 07:47:00 GMT")
    ask(source)
    paper.says("/feed", b"", status=304)
    assert ask(source).counts == {}
    assert paper.asked[1][1]["if-none-match"] == '"a"'
    assert source.etag == '"a"'


def test_a_new_version_changes_its_story_and_an_old_one_does_not(source: Source, paper: Paper) -> None:
    ask(source)
    paper.says("/feed", rss(item(2, text="The council met again, and agreed about everything.")))
    assert ask(source).counts == {"changed": 1}
    story = Article.objects.get(headline="Council meets, part 2")
    assert "agreed" in story.lead
    assert story.updated_at is not None
    assert Article.objects.count() == 2


def test_an_editors_words_are_kept_and_the_conflict_is_shown(source: Source, paper: Paper) -> None:
    ask(source)
    story = Article.objects.get(headline="Council meets, part 2")
    story.lead = "Written here."
    news_actions.publish(story)
    paper.says("/feed", rss(item(2, title="Council agrees", text="The council agreed.")))
    assert ask(source).counts == {"changed": 1}
    story.refresh_from_db()
    assert (story.headline, story.lead) == ("Council agrees", "Written here.")
    row = Incoming.objects.in_conflict().get()
    assert [(each["column"], each["theirs"]) for each in row.conflict] == [("lead", "The council agreed.")]
    actions.settle_conflict(row, take_theirs=True)
    story.refresh_from_db()
    assert story.lead == "The council agreed."
    assert not Incoming.objects.in_conflict().exists()


def test_what_was_deleted_at_the_desk_does_not_come_back(source: Source, paper: Paper) -> None:
    ask(source)
    story = Article.objects.get(headline="Council meets, part 2")
    news_actions.trash(story)
    news_actions.empty_trash(timezone.now() + datetime.timedelta(days=1))
    paper.says("/feed", rss(item(2, text="The council met again.")))
    ask(source)
    assert not Article.objects.filter(headline="Council meets, part 2").exists()


def test_a_withdrawal_takes_the_story_from_readers(newsroom: World, paper: Paper) -> None:
    def story(**more: Any) -> str:
        body = [{"contentType": "text/html", "value": "<p>The pier opens.</p>"}]
        first = {"uri": "urn:1", "version": "1", "versionCreated": "2019-04-13T07:00:00Z", "pubStatus": "usable"}
        return json.dumps({**first, "headlines": [{"value": "Pier opens"}], "bodies": body, **more})

    source = make_source(paper.url(), section=newsroom.town, filing="publish", takes="full")
    paper.says("/feed", story())
    ask(source)
    assert Article.objects.published().count() == 1
    paper.says("/feed", story(version="2", pubStatus="canceled", versionCreated="2019-04-14T07:00:00Z", bodies=[]))
    assert ask(source).counts == {"withdrawn": 1}
    assert not Article.objects.published().exists()
    assert "The Fisk Courier has withdrawn" in Article.objects.get().withdrawal_notice
    paper.says("/feed", story())  # the first version, late: what was withdrawn stays so
    assert ask(source).counts == {"older": 1}
    assert not Article.objects.published().exists()


def test_a_late_and_backdated_item_is_kept(source: Source, paper: Paper) -> None:
    ask(source)
    paper.says("/feed", rss(item(1), item(2), item(3, pubDate="Tue, 01 Jan 2008 00:00:00 GMT")))
    assert ask(source).counts["published"] == 1
    assert Article.objects.filter(headline="Council meets, part 3", published_at__year=2008).exists()


def test_only_what_the_source_allows_is_shown(newsroom: World, paper: Paper) -> None:
    text = "One two three four five six. " * 20 + "<img src='https://p.example/a.jpg' width='900'>"
    paper.says("/feed", rss(item(1, text=f"<![CDATA[<p>{text}</p>]]>")))
    source = make_source(paper.url(), section=newsroom.town, filing="publish", takes="excerpt", excerpt_words=12)
    ask(source)
    story = Article.objects.get()
    assert len(story.lead.split()) == 12
    assert not story.body
    assert story.picture is None
    assert "no rights" in " ".join(Incoming.objects.get().notes)
    Source.objects.filter(pk=source.pk).update(takes="headline")
    paper.says("/feed", rss(item(2, text=text)))
    ask(source)
    assert Article.objects.get(headline="Council meets, part 2").lead == ""


def test_the_queue_waits_for_a_person(newsroom: World, paper: Paper) -> None:
    paper.says("/feed", rss(item(1), item(2), item(3, title="Advertisement: shoes")))
    source = make_source(paper.url(), section=newsroom.town, takes="full", refuse_words="Advertisement")
    assert ask(source).counts == {"waiting": 2, "left out": 1}
    assert not Article.objects.exists()
    first, second = Incoming.objects.waiting().order_by("id")
    story = actions.accept(first, publish=True)
    assert story.live
    with pytest.raises(ValidationError):
        actions.accept(first)
    actions.refuse(second, reason="dull")
    paper.says("/feed", rss(item(1, text="More of it."), item(2, text="More of it.")))
    assert ask(source).counts == {"kept out": 1, "changed": 1}


def test_a_source_that_repeats_its_ids_is_told_apart_by_link_and_then_by_text(newsroom: World, paper: Paper) -> None:
    same_id = [item(n).replace(f"fisk-{n}<", "same<") for n in range(8)]
    paper.says("/feed", rss(*same_id))
    source = make_source(paper.url(), section=newsroom.town)
    ask(source)
    assert (Incoming.objects.count(), source.identity) == (8, "id+link")
    assert ask(source).counts == {"same": 8}


def test_ids_that_change_at_every_fetch_make_no_second_story(newsroom: World, paper: Paper) -> None:
    source = make_source(paper.url(), section=newsroom.town)
    for turn in range(3):
        paper.says("/feed", rss(*[item(n).replace(f"fisk-{n}<", f"{turn}-{n}<") for n in range(8)]))
        ask(source)
    assert Incoming.objects.count() == 8
    assert source.identity == "link"


def test_an_item_without_any_id_is_known_by_its_text() -> None:
    one, other = (identity.marks_of(WireItem(title="A", html=text)) for text in ("x", " x "))
    assert identity.key_of(identity.usable_level("id", one), one) == identity.key_of("text", other)


def test_one_bad_source_never_stops_the_others(source: Source, paper: Paper) -> None:
    bad = make_source(paper.url("/nothing"), "Nothing")
    reports = run.round_of([bad.pk, source.pk], at_once=1, tools=tools())
    assert [bool(report.error) for report in reports] == [True, False]
    bad.refresh_from_db()
    assert "(404)" in bad.last_error
    assert bad.next_at is not None
    assert bad.next_at > timezone.now() + datetime.timedelta(minutes=40)


def test_an_item_that_cannot_be_filed_is_told_of_and_tried_again(
    source: Source, paper: Paper, monkeypatch: Any
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("full of bees")

    paper.says("/feed", rss(item(1), item(2)), ETag='"a"')
    with monkeypatch.context() as patch:
        patch.setattr("gazetteer.news.wire.step.file.make_story", broken)
        report = ask(source)
    assert "bees" in report.error
    assert (source.failures, source.etag) == (1, "")
    assert ask(source).counts["published"] == 2


def test_a_source_asked_by_another_worker_is_left(source: Source) -> None:
    Source.objects.filter(pk=source.pk).update(busy_until=timezone.now() + datetime.timedelta(minutes=5))
    assert run.take(source.pk, tools()) is None


def test_silence_and_failure_raise_an_alarm_once(source: Source, paper: Paper) -> None:
    heard: list[str] = []

    def listen(sender: object, kind: str, **_signal: Any) -> None:
        heard.append(kind)

    source_alarm.connect(listen)
    try:
        ask(source)
        now = timezone.now()
        for n in range(10):
            Incoming.objects.create(
                source=source, key=f"k{n}", digest="d", published_at=now - datetime.timedelta(hours=n + 40)
            )
        Source.objects.filter(pk=source.pk).update(last_new_at=now - datetime.timedelta(hours=40))
        ask(source)
        ask(source)
        assert heard == ["silent"]
        paper.says("/feed", b"", status=500)
        for _ in range(4):
            ask(source)
        assert heard == ["silent", "failing"]
    finally:
        source_alarm.disconnect(listen)


def test_the_rhythm_is_learned_and_what_a_source_asks_is_heard(source: Source) -> None:
    now = timezone.now()
    for n in range(10):
        Incoming.objects.create(
            source=source, key=f"k{n}", digest="d", published_at=now - datetime.timedelta(minutes=60 * n)
        )
    assert rhythm.learned(rhythm.gaps(source)) == 60
    source.learned_minutes = 60
    assert rhythm.interval(source) == 30
    source.asked_pause = 90
    assert rhythm.interval(source) == 90
    assert rhythm.interval(source, failures=2) == 360
    assert rhythm.next_at(source, now, wait_seconds=90_000) >= now + datetime.timedelta(hours=25)


def test_what_came_is_kept_as_it_came_and_a_better_parser_reads_it_again(source: Source, monkeypatch: Any) -> None:
    ask(source)
    assert b"fisk-1" in raw.data_of(RawItem.objects.latest("id"))  # oldest first: item 2 was filed before
    Article.objects.filter(headline="Council meets, part 1").update(imported=None)
    better = read

    def shouting(*args: Any) -> Any:
        name, document = better(*args)
        for each in document.items:
            each.title = each.title.upper()
        return name, document

    monkeypatch.setattr("gazetteer.news.wire.replay.read", shouting)
    report = replay(source, tools(), say=lambda _line: None)
    assert report.counts["changed"] == 1
    assert Article.objects.filter(headline="COUNCIL MEETS, PART 2").exists()
    assert Article.objects.count() == 2


def test_what_came_is_forgotten_when_its_rights_end(source: Source) -> None:
    Source.objects.filter(pk=source.pk).update(keep_days=3)
    ask(source)
    assert raw.tidy(timezone.now() + datetime.timedelta(days=2)) == 0
    assert raw.tidy(timezone.now() + datetime.timedelta(days=4)) == 2
    assert Incoming.objects.count() == 2


def test_copy_that_may_stay_for_some_days_has_an_end(source: Source) -> None:
    Source.objects.filter(pk=source.pk).update(keep_days=30)
    ask(source)
    story = Article.objects.get(headline="Council meets, part 2")
    assert clock.moment_of(rights.ENDS, story) is not None


def test_another_address_is_a_fresh_start(source: Source, paper: Paper) -> None:
    ask(source)
    source.address, source.etag = paper.url("/other"), '"a"'
    actions.save_source(source, password="secret")
    source.refresh_from_db()
    assert source.etag == ""
    assert "secret" not in source.secret
    paper.says("/other", rss(item(1)))
    ask(source)
    assert paper.asked[-1][1]["authorization"] == "Bearer secret"
