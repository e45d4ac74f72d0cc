"""The newsroom at a glance, the calendar, and the two nights on which the clock is changed."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gazetteer.changes import clock
from gazetteer.news import actions
from gazetteer.news.desk.times import exact
from gazetteer.news.models import Article, Incoming, Source
from gazetteer.news.tests.test_desk import form_of, html_of, sign_in
from gazetteer.news.tests.world import World, set_zone

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def desk(newsroom: World, client: Client) -> Client:
    sign_in(client)
    return client


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def group(html: str, title: str) -> str:
    return html.split(f">{title}</h2>")[1].split("</section>")[0]


def test_what_waits_stands_in_its_group(desk: Client, newsroom: World) -> None:
    soon = timezone.now() + HOUR
    actions.schedule(actions.create("Scheduled one", section=newsroom.town), soon)
    actions.publish(actions.create("Secret one", section=newsroom.town, embargo_until=soon + 48 * HOUR))
    source = Source.objects.create(name="Agency", address="https://agency.example/feed", silent_since=soon - 9 * HOUR)
    Incoming.objects.create(source=source, key="k", digest="d", headline="Wire one")
    html = html_of(desk, reverse("newsroom_today"))
    assert "Scheduled one" in group(html, "Due in the next day")
    assert "Secret one" not in group(html, "Due in the next day")
    assert "Scheduled one" in group(html, "Scheduled")
    assert "Secret one" in group(html, "Under embargo")
    assert "Wire one" in group(html, "From the wire")
    assert "Agency" in group(html, "Silent sources")
    assert "Nothing waits for approval." in group(html, "In approval")


def test_a_story_in_approval_is_there_until_it_is_approved(desk: Client, newsroom: World) -> None:
    story = actions.create("Submitted", section=newsroom.town)
    actions.save_draft(story)
    state = story.get_workflow().start(story, None)
    assert "Submitted" in group(html_of(desk, reverse("newsroom_today")), "In approval")
    state.cancel()
    assert "Submitted" not in group(html_of(desk, reverse("newsroom_today")), "In approval")


def test_what_could_not_be_done_in_time_is_late(desk: Client, newsroom: World) -> None:
    story = actions.create("Late one", section=newsroom.town)
    actions.schedule(story, timezone.now() + HOUR)
    from gazetteer.changes.models import Moment

    Moment.objects.update(due_at=timezone.now() - HOUR)
    assert "<strong>late</strong>" in group(html_of(desk, reverse("newsroom_today")), "Due in the next day")


def test_the_calendar_shows_each_moment_on_its_day_by_the_site_s_clock(desk: Client, newsroom: World) -> None:
    set_zone("Pacific/Auckland")
    story = actions.create("Kiwi", section=newsroom.town)
    actions.schedule(story, at("2031-06-30T18:00:05+00:00"))
    html = html_of(desk, f"{reverse('newsroom_calendar')}?month=2031-07")
    day = html.split('datetime="2031-07-01"')[1].split("</ul>")[0]
    assert "06:00:05" in day
    assert "Kiwi" in day
    assert "Kiwi" not in html_of(desk, f"{reverse('newsroom_calendar')}?month=2031-09")
    assert "Kiwi" in html_of(desk, f"{reverse('newsroom_calendar')}?week=2031-07-03")


def test_the_calendar_says_on_which_days_the_clock_is_changed(desk: Client, newsroom: World) -> None:
    set_zone("Europe/London")
    assert "an hour of this day comes twice" in html_of(desk, f"{reverse('newsroom_calendar')}?month=2031-10")
    assert "an hour of this day does not exist" in html_of(desk, f"{reverse('newsroom_calendar')}?week=2031-03-30")


@pytest.mark.parametrize(
    "query", ["?month=2031-13", "?month=no", "?week=2031-02-30", "?month=0001-01", "?week=9999-12-31"]
)
def test_a_time_that_is_none_has_no_calendar(desk: Client, query: str) -> None:
    assert desk.get(reverse("newsroom_calendar") + query).status_code == 404


def test_a_month_is_read_in_few_queries_whatever_is_in_it(
    desk: Client, newsroom: World, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        actions.schedule(actions.create(f"S{number}", section=newsroom.town), at(f"2031-05-{number + 1:02}T10:00Z"))
    address = f"{reverse('newsroom_calendar')}?month=2031-05"
    html_of(desk, address)
    with django_assert_max_num_queries(30) as made:
        html_of(desk, address)
    assert len([query for query in made.captured_queries if "news_article" in query["sql"]]) <= 4


def test_an_hour_that_comes_twice_is_taken_the_first_time() -> None:
    with timezone.override("Europe/London"):
        assert exact(datetime.datetime(2031, 10, 26, 1, 30, 7)) == at("2031-10-26T00:30:07+00:00")


def test_an_hour_that_does_not_exist_is_refused_with_one_that_does() -> None:
    with timezone.override("Europe/London"), pytest.raises(ValidationError, match="does not exist.*02:30 after it"):
        exact(datetime.datetime(2031, 3, 30, 1, 30))


def test_a_schedule_over_a_change_of_the_clock_is_kept_to_the_second(
    desk: Client, newsroom: World, settings: Any
) -> None:
    """Typed in winter for a summer's day in the editor's zone, it comes true at that wall clock's second."""
    settings.TIME_ZONE = "Europe/London"
    story = actions.create("Summer", section=newsroom.town)
    fields = form_of(section=newsroom.town.pk, go_live_at="2031-06-01 09:00:07") | {"action-publish": "1"}
    with timezone.override("Europe/London"):
        response = desk.post(reverse("stories:edit", args=[story.pk]), fields)
    assert response.status_code == 302, response.content[:2000]
    due = at("2031-06-01T08:00:07+00:00")
    assert Article.objects.get().go_live_at == due
    second = datetime.timedelta(seconds=1)
    assert [list(clock.due(moment)) for moment in (due - second, due)] == [[], [clock.moment_of("news.publish", story)]]


def test_the_form_refuses_an_hour_that_does_not_exist(desk: Client, newsroom: World, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/London"
    story = actions.create("Gap", section=newsroom.town)
    fields = form_of(section=newsroom.town.pk, embargo_until="2031-03-30 01:30") | {"action-publish": "1"}
    with timezone.override("Europe/London"):
        html = desk.post(reverse("stories:edit", args=[story.pk]), fields).content.decode()
    assert "does not exist: that night the clock goes forward" in html
