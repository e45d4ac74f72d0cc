"""The front page: composed by itself, changed by hand, fast, and no story twice."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from gazetteer.changes import notes
from gazetteer.directory import actions as directory
from gazetteer.pages import actions
from gazetteer.pages.default_home import plain, stories
from gazetteer.pages.models import HomePage, SiteSettings
from gazetteer.pages.tests.world import make_listing, make_story


def headlines(page: str) -> list[str]:
    return re.findall(r">(Story \d+)</a>", page)


def front(client) -> str:
    return client.get("/").content.decode()


def rearrange(**places):
    home = HomePage.objects.get()
    for place in HomePage.PLACES:
        setattr(home, place, places.get(place, []))
    home.save_revision().publish()


def lead(placed=(), number=3, section=None):
    return ("lead_stories", {**plain(), "stories": list(placed), "number": number, "section": section})


def test_before_the_first_run_the_front_page_leads_to_it(client, db):
    assert 'href="/setup/"' in front(client)


def test_the_composed_page_shows_stories_sections_directory_and_totals(client, world):
    actions.compose_default_home()
    page = front(client)
    assert "Story 0" in page
    assert "Latest World News" in page
    assert '<a href="/directory/shops/">Shops</a> <span class="count">2</span>' in page
    assert "There are 3 listings and 3 categories in our website" in page


def test_composing_twice_changes_nothing(client, world):
    first = actions.compose_default_home()
    rearrange(main=[("totals_line", plain())])
    assert actions.compose_default_home() == first
    assert headlines(front(client)) == []


def test_no_story_stands_twice(client, world):
    actions.compose_default_home()
    seen = headlines(front(client))
    assert len(seen) == len(set(seen)) == 12


def test_a_story_set_by_hand_leads_and_is_taken_by_no_block_before_or_after_it(client, world):
    actions.compose_default_home()
    everything = ("section_stories", stories(None, 20, "row"))
    rearrange(top=[everything], main=[lead([world.stories[7]], number=1)], below=[everything])
    seen = headlines(front(client))
    assert seen.count("Story 7") == 1
    assert seen[-1] == "Story 7"


def test_the_newest_fill_what_was_not_set_by_hand(client, world):
    actions.compose_default_home()
    rearrange(top=[lead([world.stories[7], world.stories[5]], number=4)])
    assert headlines(front(client)) == ["Story 7", "Story 5", "Story 0", "Story 1"]


def test_a_story_taken_down_leaves_its_place_to_the_next(client, world):
    actions.compose_default_home()
    rearrange(top=[lead([world.stories[7]], number=2)])
    world.stories[7].live = False
    world.stories[7].save()
    assert headlines(front(client)) == ["Story 0", "Story 1"]


def test_a_story_that_has_gone_for_good_breaks_nothing(client, world):
    actions.compose_default_home()
    rearrange(top=[lead([world.stories[7]], number=1)])
    world.stories[7].delete()
    assert headlines(front(client)) == ["Story 0"]


def test_a_block_of_a_section_shows_only_that_section(client, world):
    actions.compose_default_home()
    rearrange(main=[("section_stories", stories(world.sport, 3, "row"))])
    assert headlines(front(client)) == ["Story 1", "Story 3", "Story 5"]


def test_blocks_that_compete_for_the_same_stories_are_all_filled(client, world):
    actions.compose_default_home()
    rearrange(
        top=[lead(number=4)], main=[("section_stories", stories(section, 3, "row")) for section in (None, world.sport)]
    )
    assert headlines(front(client)) == [f"Story {number}" for number in (0, 1, 2, 3, 4, 5, 6, 7, 9, 11)]


def test_totals_are_true_at_once_when_a_listing_is_taken_down(client, world):
    actions.compose_default_home()
    directory.unpublish(world.brown)
    page = front(client)
    assert "There are 2 listings and 3 categories in our website" in page
    assert '<a href="/directory/shops/">Shops</a> <span class="count">1</span>' in page


def test_the_front_page_costs_at_most_twelve_queries_however_much_there_is(
    client, world, django_assert_max_num_queries
):
    for number in range(30):
        story = make_story(f"More {number}", world.world, 20 + number)
        story.tags.add("airports", f"tag {number}")
        story.save()
        make_listing(f"Firm {number}", world.bakeries, featured=number % 3 == 0)
    actions.compose_default_home()
    with django_assert_max_num_queries(12):
        front(client)


def test_a_block_for_readers_of_one_language_is_not_shown_to_others(client, world):
    actions.compose_default_home()
    actions.change_settings(other_languages=["de"])
    text = {**plain(), "text": "<p>Nur auf Deutsch</p>", "language": "de"}
    rearrange(main=[("text", text)])
    assert "Nur auf Deutsch" not in front(client)
    assert "Nur auf Deutsch" in client.get("/de/").content.decode()


def test_the_sections_are_linked_at_the_top(client, world):
    world.sport.names_by_lang = {"de": "Spocht"}
    world.sport.save()
    actions.compose_default_home()
    actions.change_settings(other_languages=["de"])
    assert '<a href="/news/sport/">Sport</a>' in front(client)
    assert '<a href="/de/news/sport/">Spocht</a>' in client.get("/de/").content.decode()


def test_an_old_navigation_is_not_touched_by_composing(world):
    link = {"text": "Mine", "address": "/mine/", "others": []}
    actions.change_settings(navigation=[("link", link)])
    actions.compose_default_home()
    assert [item.value["text"] for item in SiteSettings.current().navigation] == ["Mine"]


@pytest.mark.parametrize("path", ["/", "/news/", "/directory/"])
def test_a_page_knows_its_place_in_the_navigation(client, world, path):
    actions.compose_default_home()
    page = client.get(path).content.decode()
    marked = re.findall(r'<a href="([^"]+)" aria-current="page">', page)
    assert marked[:1] == ([path] if path != "/" else [])


def test_a_place_that_has_an_end_is_the_newest_s_again_after_it(client, world):
    actions.compose_default_home()
    now = timezone.now()
    old, older = make_story("Story 90", None, hours_ago=90), make_story("Story 91", None, hours_ago=91)
    ended, running = now - timedelta(seconds=1), now + timedelta(hours=1)
    rearrange(top=[lead([{"story": old, "until": ended}, {"story": older, "until": running}], number=2)])
    assert headlines(front(client))[0] == "Story 91"
    assert "Story 90" not in headlines(front(client))
    with notes.recording() as noted:
        front(client)
    assert noted.fresh_until is not None and noted.fresh_until <= running.timestamp()


def test_the_desk_s_preview_says_why_each_story_is_there_and_the_page_does_not(client, world):
    actions.compose_default_home()
    old = make_story("Story 90", None, hours_ago=90)
    rearrange(top=[lead([old], number=2)], main=[("section_stories", stories(None, 2, "row"))])
    page = HomePage.objects.get()
    preview = page.make_preview_request(preview_mode=page.default_preview_mode).content.decode()
    assert "Set by hand, place 1" in preview
    assert preview.count("Here by itself: the newest of every section") == 3
    assert 'class="why"' not in front(client)
