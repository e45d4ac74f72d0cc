"""Tellings of one story come together whoever tells them, the best of them leads, and the desk's word stands."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from gazetteer.news import actions
from gazetteer.news.models import Anchor, Apart, Article, Cluster, Incoming, Source, Telling
from gazetteer.news.tests.world import World, make_story
from gazetteer.news.wire import clusters, match
from gazetteer.news.wire.tests.test_likeness import FERRY, FRIDAY, LOCAL, TUESDAY

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)

pytestmark = pytest.mark.django_db


def source(name: str, takes: str = "full") -> Source:
    found, _made = Source.objects.get_or_create(
        name=name, defaults={"address": f"https://{name.lower()}.example/feed", "takes": takes}
    )
    return found


def item(name: str, text: str, headline: str = "Ferry to sail every hour", **fields: Any) -> Telling:
    """An item of that source, told and placed."""
    takes = fields.pop("takes", "full")
    hours = fields.pop("hours", 0)
    link = fields.pop("link", "")
    row = Incoming.objects.create(
        source=source(name, takes),
        key=str(Incoming.objects.count()),
        digest="1",
        headline=headline,
        link=link,
        published_at=NOW + hours * HOUR,
        copy={"item": {"link": link}, "copy": {"blocks": [{"kind": "paragraph", "value": f"<p>{text}</p>"}]}},
        **fields,
    )
    telling = match.tell_incoming(row)
    match.place(telling)
    telling.refresh_from_db()
    return telling


def story(text: str, headline: str = "Ferry to sail every hour", **fields: Any) -> Telling:
    article = make_story(headline, lead=text, **{"published_at": NOW, **fields})
    telling = match.tell_article(article)
    match.place(telling)
    telling.refresh_from_db()
    return telling


def together(*tellings: Telling) -> bool:
    clusters = set(Telling.objects.filter(pk__in=[each.pk for each in tellings]).values_list("cluster", flat=True))
    return len(clusters) == 1 and None not in clusters


def test_reprints_of_two_sources_come_together_and_another_story_stays_alone() -> None:
    one, other = item("Northern", FERRY), item("Coastal", f"{LOCAL}\n\n{FERRY[:500]}", "Islanders cheer")
    alone = item("Weekly", TUESDAY, "Sun on Tuesday")
    assert together(one, other)
    assert alone.cluster is None
    assert Cluster.objects.get().size == 2


def test_two_reports_of_a_template_two_stories_of_one_source_and_old_items_stay_apart() -> None:
    assert not together(item("Northern", TUESDAY), item("Coastal", FRIDAY))
    assert not together(item("Weekly", FERRY), item("Weekly", FERRY[:500]))
    assert item("Monthly", FERRY, hours=24 * 8).cluster is None, "eight days later"


def test_the_same_address_is_the_same_story_behind_trackers_and_amp() -> None:
    one = item("Northern", "", "Ferry", link="https://www.northern.example/a/ferry/?utm_source=x#top")
    other = item("Coastal", "", "Boat", link="http://northern.example/a/ferry/amp/")
    assert together(one, other)


def test_our_own_story_is_known_again_after_years_where_it_is_reprinted() -> None:
    own = story(FERRY, published_at=NOW - 900 * 24 * HOUR)
    assert together(own, item("Northern", FERRY))
    assert item("Coastal", FERRY[:300], "Ferry").cluster == Telling.objects.get(pk=own.pk).cluster, "by its reprint"


def test_own_staff_lead_then_licensed_text_then_excerpts_and_of_these_the_first() -> None:
    excerpt = item("Short", FERRY[:300], takes="excerpt", hours=-3)
    assert excerpt.cluster is None
    late, early = item("Late", FERRY, hours=2), item("Early", FERRY, hours=1)
    assert Cluster.objects.get().lead == early
    assert together(excerpt, late, early)
    own = story(FERRY)
    assert Cluster.objects.get().lead == own
    named = [each["name"] for each in Article.objects.get().also_reported]
    assert named == [], "items without an address cannot be linked"


def test_the_story_names_who_else_reports_it_once_and_nobody_who_withdrew_it() -> None:
    own = story(FERRY)
    item("Northern", FERRY, link="https://northern.example/1")
    gone = item("Coastal", FERRY, link="https://coastal.example/1")
    assert [each["name"] for each in Article.objects.get().also_reported] == ["Northern", "Coastal"]
    Incoming.objects.filter(telling=gone).update(status="cancelled")
    match.place(match.tell_incoming(Incoming.objects.get(telling=gone)))
    assert Article.objects.get().also_reported == [{"name": "Northern", "url": "https://northern.example/1"}]
    assert match.leading_story(Telling.objects.get(pk=gone.pk)) == own.article


def test_reprints_that_came_before_what_they_were_made_of_are_joined_by_it() -> None:
    parts = FERRY.split("\n\n")
    one = item("Northern", f"{parts[0]}\n\n{LOCAL}", "One")
    other = item("Coastal", f"{LOCAL.replace('Penford', 'Tolland')} Most of them.\n\n{FERRY[120:]}", "Two")
    whole = item("Agency", FERRY)
    assert together(one, whole)
    assert together(other, whole)


def test_a_review_of_the_day_joins_no_two_stories() -> None:
    ferry, other = item("Northern", FERRY), item("Northern", TUESDAY, "Sun")
    twins = item("Coastal", FERRY), item("Coastal", TUESDAY, "Weather")
    item("Review", f"{FERRY[:220]}\n\n{TUESDAY[:220]}", "What the day brings")
    assert together(ferry, twins[0])
    assert together(other, twins[1])
    assert not together(ferry, other)


def test_what_the_desk_told_apart_is_not_joined_again() -> None:
    one, other = item("Northern", FERRY), item("Coastal", FERRY)
    clusters.split(other)
    assert not together(one, other)
    assert Apart.objects.count() == 1
    match.place(Telling.objects.get(pk=other.pk))
    third = item("Weekly", FERRY)
    assert Telling.objects.get(pk=third.pk).cluster is not None
    assert not together(one, other)


def test_what_the_desk_put_together_stays_and_its_lead_too() -> None:
    one, other = item("Northern", FERRY), item("Coastal", TUESDAY, "Sun")
    clusters.put_together(other, one)
    assert together(one, other)
    clusters.choose_lead(Telling.objects.get(pk=other.pk))
    item("Agency", FERRY, hours=-5)
    assert Cluster.objects.get().lead == other
    row = Incoming.objects.get(telling=other)
    match.place(match.tell_incoming(row))
    assert together(one, other)


def test_a_phrase_that_thousands_have_costs_no_more_than_one_that_few_have(
    django_assert_max_num_queries: Any,
) -> None:
    first = item("Northern", FERRY)
    anchors = list(first.anchors.values_list("value", flat=True))
    common = [
        Telling(incoming=Incoming.objects.create(source=source("Bulk"), key=f"b{n}", digest="1"), told_at=NOW,
                headline="Bulk", shingles=b"", slots=b"")
        for n in range(150)
    ]  # fmt: skip
    Telling.objects.bulk_create(common)
    Anchor.objects.bulk_create(Anchor(telling=each, value=anchors[0]) for each in common)
    assert len(list(match.with_anchors(anchors[:1]))) == match.OF_ONE_ANCHOR
    with django_assert_max_num_queries(40):
        assert together(first, item("Coastal", FERRY))


def test_a_waiting_item_that_a_story_tells_already_need_not_be_published(newsroom: World) -> None:
    own = story(FERRY, section=newsroom.town)
    assert match.told_better(item("Northern", FERRY)) == own.article
    assert match.told_better(item("Coastal", TUESDAY, "Sun")) is None
    excerpt = story(FRIDAY, "Rain", source=source("Short", "excerpt"))
    assert excerpt.rank == match.EXCERPT
    assert match.told_better(item("Agency", FRIDAY, "Rain on Friday")) is None, "the whole text is better"
    actions.trash(Article.objects.get(telling=own))
    assert match.told_better(Telling.objects.get(source__name="Northern")) is None
