"""What follows from stories and sections is true after every write, whoever writes."""

import datetime
import uuid

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gazetteer.news import triggers
from gazetteer.news.models import Article, Byline, OldAddress, Section, StoryRow, Tag, TaggedArticle
from gazetteer.news.tests.world import APRIL, World, make_section, make_story

Rows = set[tuple[int, int, datetime.datetime]]


def rows() -> Rows:
    return set(StoryRow.objects.values_list("section_id", "article_id", "published_at"))


def slowly() -> Rows:
    """The same, read from the facts one by one."""
    found: Rows = set()
    for article in Article.objects.all():
        usable = article.status == "usable" and article.live and not article.embargoed and not article.deleted_at
        sections = [article.section, *article.other_sections.all()]
        for section in filter(None, sections):
            for above in [section, *section.get_ancestors()]:
                if usable and article.published_at:
                    found.add((above.pk, article.pk, article.published_at))
    return found


def sections_of(article: Article) -> set[str]:
    return set(StoryRow.objects.filter(article=article).values_list("section__name", flat=True))


def test_a_published_story_is_listed_in_its_section_and_all_above(newsroom: World) -> None:
    story = make_story("Summit", newsroom.korea)
    assert sections_of(story) == {"Korea", "Asia", "World"}


def test_a_draft_is_listed_nowhere(newsroom: World) -> None:
    assert sections_of(make_story("Summit", newsroom.korea, live=False)) == set()


@pytest.mark.parametrize(
    "hidden", [{"live": False}, {"embargoed": True}, {"deleted_at": APRIL}, {"status": "withheld"}]
)
def test_a_story_leaves_every_list_with_the_write_that_hides_it_and_comes_back(
    newsroom: World, hidden: dict[str, object]
) -> None:
    story = make_story("Summit", newsroom.korea)
    Article.objects.filter(pk=story.pk).update(**hidden)
    assert not Article.objects.published().exists()
    assert sections_of(story) == set()
    Article.objects.filter(pk=story.pk).update(live=True, embargoed=False, deleted_at=None, status="usable")
    assert Article.objects.published().count() == 1
    assert sections_of(story) == {"Korea", "Asia", "World"}


def test_a_story_also_in_other_sections_is_listed_once_in_each(newsroom: World) -> None:
    story = make_story("Summit", newsroom.korea)
    story.other_sections.set([newsroom.sport, newsroom.asia])
    story.save()
    assert sections_of(story) == {"Korea", "Asia", "World", "Sport"}
    assert StoryRow.objects.filter(article=story).count() == 4
    story.other_sections.set([])
    story.save()
    assert sections_of(story) == {"Korea", "Asia", "World"}


def test_stories_made_in_bulk_are_listed_too(newsroom: World) -> None:
    Article.objects.bulk_create(
        Article(headline=f"Story {n}", slug=f"s{n}", section=newsroom.sport, published_at=APRIL) for n in range(5)
    )
    assert StoryRow.objects.filter(section=newsroom.sport).count() == 5


def test_a_new_display_time_moves_it_in_every_list(newsroom: World) -> None:
    story = make_story("Summit", newsroom.korea)
    later = APRIL + datetime.timedelta(days=3)
    Article.objects.filter(pk=story.pk).update(published_at=later)
    assert set(StoryRow.objects.values_list("published_at", flat=True)) == {later}


def test_stories_follow_a_section_that_moves(newsroom: World) -> None:
    story = make_story("Summit", newsroom.korea)
    newsroom.korea.move(newsroom.sport, "last-child")
    assert sections_of(story) == {"Korea", "Sport"}
    Section.objects.get(name="Sport").move(Section.objects.get(name="Town"), "first-child")
    assert sections_of(story) == {"Korea", "Sport", "Town"}


def test_bylines_and_tags_know_when_their_story_is_shown(newsroom: World) -> None:
    story = make_story("Summit", newsroom.korea, live=False)
    tag = Tag.objects.create(name="Korea")
    byline = Byline.objects.create(article=story, author=newsroom.ada, shown_at=timezone.now())
    tagged = TaggedArticle.objects.create(content_object=story, tag=tag)
    assert not Article.objects.by_author(newsroom.ada).exists()
    byline.refresh_from_db()
    assert byline.shown_at is None
    Article.objects.filter(pk=story.pk).update(live=True)
    assert list(Article.objects.by_author(newsroom.ada)) == [story]
    assert list(Article.objects.with_tag(tag)) == [story]
    byline.shown_at = None
    byline.save()
    tagged.refresh_from_db()
    assert list(Article.objects.by_author(newsroom.ada)) == [story]
    assert tagged.shown_at == APRIL


def test_a_deleted_story_leaves_no_rows(newsroom: World) -> None:
    make_story("Summit", newsroom.korea).delete()
    assert not StoryRow.objects.exists()


def test_a_published_story_with_a_new_address_leaves_the_old_one_behind(newsroom: World) -> None:
    story = make_story("Summit", newsroom.korea)
    Article.objects.filter(pk=story.pk).update(slug="talks")
    assert OldAddress.objects.get().path == "/news/2019/04/13/summit/"
    Article.objects.filter(pk=story.pk).update(slug="summit")
    assert OldAddress.objects.get().path == "/news/2019/04/13/talks/"


def test_a_draft_that_changes_its_address_leaves_nothing_behind(newsroom: World) -> None:
    story = make_story("Summit", newsroom.korea, live=False, first_published_at=None)
    Article.objects.filter(pk=story.pk).update(slug="talks")
    assert not OldAddress.objects.exists()


def test_a_section_with_a_new_address_leaves_the_old_one_behind(newsroom: World) -> None:
    Section.objects.filter(pk=newsroom.korea.pk).update(address="world/korea")
    assert OldAddress.objects.get().path == "/news/world/asia/korea/"


def test_all_rows_can_be_made_anew(newsroom: World) -> None:
    make_story("Summit", newsroom.korea)
    true = rows()
    StoryRow.objects.all().delete()
    triggers.rebuild(connection)
    assert rows() == true


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["story", "move", "hide", "show", "file", "also", "not also", "drop"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=15,
)


class Property(TestCase):
    @hypothesis_settings(max_examples=25)
    @given(STEPS)
    def test_rows_equal_a_slow_reading_after_any_writes(self, steps: list[tuple[str, int, int]]) -> None:
        make_section("A")
        make_section("B", make_section("C"))
        make_section("D", Section.objects.get(name="B"))
        make_section("E")
        for step, first, second in steps:
            self.do(step, first, second)
            assert rows() == slowly()

    def do(self, step: str, first: int, second: int) -> None:
        sections = list(Section.objects.order_by("name"))
        section, other = sections[first % len(sections)], sections[second % len(sections)]
        if step == "story":
            make_story(f"Story {uuid.uuid4()}", section, hours=second)
            return
        if step == "move":
            if other != section and not other.is_descendant_of(section):
                section.move(other, "first-child")
            return
        articles = list(Article.objects.order_by("pk"))
        if not articles:
            return
        self.change(step, articles[second % len(articles)], section)

    def change(self, step: str, article: Article, section: Section) -> None:
        same = Article.objects.filter(pk=article.pk)
        if step == "hide":
            same.update(embargoed=True)
        elif step == "show":
            same.update(embargoed=False, live=True)
        elif step == "file":
            same.update(section=section)
        elif step == "also":
            article.other_sections.add(section)
            article.save()
        elif step == "not also":
            article.other_sections.remove(section)
            article.save()
        else:
            article.delete()
