"""What stands beside a page: everywhere, in a section and below it, in a branch and below it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from gazetteer.pages import actions
from gazetteer.pages.default_home import plain, stories
from gazetteer.pages.models import SideColumn, SiteSettings
from gazetteer.pages.side import side_column
from gazetteer.pages.tests.world import make_section


def column(text: str, **facts):
    return SideColumn.objects.create(name=text, blocks=[("text", {**plain(), "text": f"<p>{text}</p>"})], **facts)


def beside(**subject) -> str:
    request = RequestFactory().get("/")
    request.site_settings = SiteSettings.current()  # type: ignore[attr-defined]  # as the middleware does
    return side_column(request, **subject)


def subjects(world):
    return {
        "article": {"article": world.stories[0]},
        "section": {"section": world.world},
        "category": {"category": world.bakeries},
        "listing": {"listing": world.alba},
    }


def test_without_columns_there_is_no_side(world):
    assert beside(section=world.world) == ""


@pytest.mark.parametrize("kind", ["article", "section", "category", "listing"])
def test_a_column_for_everywhere_stands_everywhere(world, kind):
    column("Here")
    assert "Here" in beside(**subjects(world)[kind])


@pytest.mark.parametrize("kind", ["article", "section", "category", "listing"])
def test_a_column_can_be_kept_from_one_kind_of_page(world, kind):
    column("Here", **{f"on_{kind}": False})
    for other, subject in subjects(world).items():
        assert ("Here" in beside(**subject)) is (other != kind)


def test_a_section_s_column_stands_beside_it_and_its_stories_and_nowhere_else(world):
    column("Only World", section=world.world)
    assert "Only World" in beside(section=world.world)
    assert "Only World" in beside(article=world.stories[0])
    assert "Only World" not in beside(section=world.sport)
    assert "Only World" not in beside(category=world.shops)


def test_a_section_s_column_stands_in_the_sections_below(world):
    child = world.sport.add_child(name="Football", slug="football", address="sport/football")
    column("All sport", section=world.sport)
    assert "All sport" in beside(section=child)


def test_a_branch_s_column_stands_beside_all_below_it_and_its_listings(world):
    column("Shopping", category=world.shops)
    assert "Shopping" in beside(category=world.shops)
    assert "Shopping" in beside(category=world.bakeries)
    assert "Shopping" in beside(listing=world.alba)
    assert "Shopping" not in beside(category=world.culture)
    assert "Shopping" not in beside(listing=world.museum)


def test_what_is_of_the_place_comes_before_what_is_everywhere(world):
    column("Everywhere", position=0)
    column("Only World", section=world.world, position=9)
    html = beside(section=world.world)
    assert html.index("Only World") < html.index("Everywhere")


def test_a_column_may_take_the_place_of_those_for_everywhere(world):
    column("Everywhere")
    column("Only World", section=world.world, replaces=True)
    assert "Everywhere" not in beside(section=world.world)
    assert "Everywhere" in beside(section=world.sport)


def test_a_hidden_column_stands_nowhere(world):
    column("Hidden", is_shown=False)
    assert beside(section=world.world) == ""


def test_the_story_being_read_is_not_offered_beside_itself(world):
    SideColumn.objects.create(name="Latest", blocks=[("section_stories", stories(world.world, 3, "text"))])
    html = beside(article=world.stories[0])
    assert "Story 0" not in html
    assert "Story 2" in html


def test_a_column_belongs_to_a_section_or_a_branch_not_both(world):
    with pytest.raises(ValidationError):
        SideColumn(name="Both", section=world.world, category=world.shops).full_clean()


def test_a_new_site_has_columns_and_composing_again_adds_none(world):
    assert len(actions.compose_side_columns()) == 2
    assert actions.compose_side_columns() == []
    assert "Latest World News" in beside(article=world.stories[1])
    assert "New in the directory" in beside(category=world.bakeries)


def test_the_side_column_is_part_of_a_category_s_page(client, world):
    column("Beside the page")
    assert "Beside the page" in client.get("/directory/shops/").content.decode()


def test_a_section_in_its_own_script_has_its_column(world):
    section = make_section("Welt")
    column("Nur hier", section=section)
    assert "Nur hier" in beside(section=section)
