"""Numbers of visits where people see them: the block "Most read", and the desk's page of visits."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from gazetteer.changes.notes import recording
from gazetteer.edge.models import VisitCount
from gazetteer.pages.desk.visits import HEIGHT, by_day, charted
from gazetteer.pages.most_read import COUNTS_HOLD, most_read
from gazetteer.pages.tests.test_blocks import shown
from gazetteer.pages.tests.world import make_admin, make_category, make_listing, make_section, make_story

pytestmark = pytest.mark.django_db


def visited(path: str, people: int, days_ago: int = 0, robots: int = 0) -> None:
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    VisitCount.objects.create(day=day, path=path, people=people, robots=robots)


@pytest.fixture
def stories():
    section = make_section("World")
    return [make_story(name, section, hours) for hours, name in enumerate(("First", "Second", "Third"))]


def test_the_most_read_stories_stand_in_the_order_of_their_visits(stories) -> None:
    for story, people in zip(stories, (3, 9, 5), strict=True):
        visited(story.get_absolute_url(), people)
    visited("/news/", 100)
    visited("/news/2019/04/13/gone/", 50)
    visited("/news/2019/99/99/nonsense/", 50)
    assert [line.name for line in most_read("stories", 7, 2)] == ["Second", "Third"]


def test_only_the_visits_of_people_and_of_the_last_days_count(stories) -> None:
    first, second, third = (story.get_absolute_url() for story in stories)
    visited(first, 1)
    visited(second, 50, days_ago=7)
    visited(third, 0, robots=99)
    assert [line.url for line in most_read("stories", 7, 5)] == [first]
    assert [line.url for line in most_read("stories", 30, 5)] == [second, first]


def test_listings_are_found_by_any_spelling_of_their_address() -> None:
    bakery = make_listing("Alba Bakery", make_category("Shops"))
    visited(f"/listing/{bakery.pk}/an-older-name/", 3)
    assert [line.url for line in most_read("listings", 7, 5)] == [bakery.get_absolute_url()]


def test_a_page_with_the_block_is_kept_until_the_next_quarter_of_an_hour_and_reads_no_unwatched_table(stories) -> None:
    visited(stories[0].get_absolute_url(), 1)
    with recording() as noted:
        html = shown(("most_read", {}))
    assert f'<li><a href="{stories[0].get_absolute_url()}">First</a></li>' in html
    assert noted.unkept == ""
    assert noted.fresh_until is not None
    assert 0 < noted.fresh_until - timezone.now().timestamp() <= COUNTS_HOLD.total_seconds()
    assert noted.fresh_until % COUNTS_HOLD.total_seconds() == 0


def test_without_visits_there_is_no_block() -> None:
    assert "most-read" not in shown(("most_read", {}))


def test_every_day_of_the_period_has_its_bar_and_the_highest_fills_the_chart() -> None:
    visited("/", 4)
    visited("/news/", 4)
    visited("/", 2, days_ago=2, robots=7)
    days = charted(by_day(timezone.localdate(), 7))
    assert [day.people for day in days] == [0, 0, 0, 0, 2, 0, 8]
    assert [day.height for day in days] == [0, 0, 0, 0, HEIGHT / 4, 0, HEIGHT]
    assert days[4].robots == 7


def test_the_desk_shows_visits_as_a_chart_with_words_and_a_table(client: Client) -> None:
    visited("/news/<b>/", 1_234)
    client.force_login(make_admin())
    html = client.get("/admin/visits/").content.decode()
    assert "1,234" in html
    assert "<b>/" not in html
    assert len(re.findall(r"<rect ", html)) == 30
    assert re.search(r'<svg role="img" aria-labelledby="visits-title visits-about"', html)
    assert len(re.findall(r"<rect ", client.get("/admin/visits/?days=7").content.decode())) == 7
    assert client.get("/admin/visits/?days=99999999999").status_code == 200


def test_visits_are_for_people_of_the_desk(client: Client) -> None:
    assert client.get("/admin/visits/").status_code == 302
