"""What of the newsroom can be found, and that every change of it reaches the index."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gazetteer.news.models import Article, Byline
from gazetteer.news.tests.world import make_author, make_section, make_story
from gazetteer.search import index
from gazetteer.search.engines.base import Engine, OneOf, Query

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with index.opened("memory", tmp_path / "search") as made:
        yield made


@pytest.fixture
def story(engine: Engine) -> Article:
    """A story of Ann's in Football, below Sport, indexed."""
    football = make_section("Football", parent=make_section("Sport"))
    body = [("paragraph", "<p>The <b>referees</b> went home.</p>")]
    made = make_story("Match called off", football, lead="Snow lay a metre deep.", body=body)
    Byline.objects.create(article=made, author=make_author("Ann"))
    index.follow(engine)
    return made


def found(engine: Engine, text: str = "", **asked: Any) -> list[str]:
    results = engine.search(Query(text, kinds=("article",), loosen=False, **asked))
    return [str(hit.shown["title"]) for hit in results.hits]


@pytest.mark.parametrize("typed", ["match called off", "metre of snow", "referee", "ann", "football", "sport snow"])
def test_a_story_is_found_by_all_that_is_said_in_it(engine: Engine, story: Article, typed: str) -> None:
    assert found(engine, typed) == ["Match called off"]


def test_a_story_is_narrowed_by_section_author_and_year(engine: Engine, story: Article) -> None:
    year = str(story.published_at.year if story.published_at else "")
    for name, value in (("section", "sport"), ("section", "sport/football"), ("author", "ann"), ("year", year)):
        assert found(engine, filters=(OneOf(name, (value,)),)) == ["Match called off"], name


def test_what_readers_may_not_read_any_more_goes(engine: Engine, story: Article) -> None:
    Article.objects.filter(pk=story.pk).update(live=False)
    index.follow(engine)
    assert found(engine) == []


def test_its_line_leads_to_it(engine: Engine, story: Article) -> None:
    shown = engine.search(Query("match", kinds=("article",))).hits[0].shown
    assert shown["url"] == story.get_absolute_url()
    assert shown["category"]["url"] == "/news/sport/football/"


def test_sections_are_found(engine: Engine, story: Article) -> None:
    titles = [hit.shown["title"] for hit in engine.search(Query("football", kinds=("section",))).hits]
    assert titles == ["Football"]
