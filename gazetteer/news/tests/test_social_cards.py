"""The picture that other sites show for a story without one."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image, features

from gazetteer.news import actions, social_cards, tasks
from gazetteer.news.models import Article
from gazetteer.news.tests.drawn import drawn_picture
from gazetteer.news.tests.world import World, make_story
from gazetteer.web.brand import Brand

LOOK = Brand("The Gazette", paper="#ffffff", ink="#000000", accent="#ff0000")


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def drawn(headline: str) -> Image.Image:
    return Image.open(BytesIO(social_cards.draw(headline, "World", LOOK))).convert("RGB")


def has_ink(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return image.crop(box).convert("L").getextrema()[0] < 128  # type: ignore[operator]  # one band, so numbers


HEADLINE_LEFT, HEADLINE_RIGHT = (60, 140, 500, 420), (700, 140, 1140, 420)


def test_a_card_has_the_size_that_other_sites_ask_for_and_the_headline_in_it() -> None:
    image = drawn("Ferry sails")
    assert image.size == (1200, 630)
    assert has_ink(image, HEADLINE_LEFT)
    assert image.getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow here has no Raqm, which shapes Arabic")
def test_a_headline_from_right_to_left_stands_at_the_right() -> None:
    if social_cards.face_for("عودة") is None:
        pytest.skip("this machine has no Arabic font")
    image = drawn("عودة")
    assert has_ink(image, HEADLINE_RIGHT)
    assert not has_ink(image, HEADLINE_LEFT)


def test_a_script_that_no_font_has_leaves_the_name_of_the_site_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(social_cards, "machine_font", lambda characters: None)
    image = drawn("渡船")
    assert not has_ink(image, HEADLINE_RIGHT)
    assert has_ink(image, (60, 260, 700, 380))


def test_however_long_a_headline_nothing_runs_out_of_the_card() -> None:
    for text in ("word " * 200, "x" * 300):
        image = drawn(text)
        assert not has_ink(image, (1130, 20, 1200, 630))
        assert not has_ink(image, (0, 590, 1200, 630))


def test_publishing_has_the_card_drawn_and_another_headline_another(newsroom: World, own_media: Path) -> None:
    article = actions.create("Ferry sails", section=newsroom.town)
    actions.publish(article)
    rows = DBTaskResult.objects.filter(task_path="gazetteer.news.tasks.draw_card")
    assert [row.args_kwargs["args"] for row in rows] == [[article.pk]]
    first = tasks.draw_card.call(article.pk)
    assert (own_media / first).exists()
    assert tasks.draw_card.call(article.pk) == first
    article.refresh_from_db()
    article.headline = "Ferry sails at six"
    actions.save_draft(article)
    actions.publish(article)
    second = tasks.draw_card.call(article.pk)
    assert second != first
    assert Article.objects.get().social_card == second
    assert [file.name for file in (own_media / "cards").iterdir()] == [Path(second).name]


def test_a_story_with_a_picture_needs_none(newsroom: World, own_media: Path) -> None:
    article = make_story("Ferry", newsroom.town)
    tasks.draw_card.call(article.pk)
    Article.objects.update(picture=drawn_picture())
    assert tasks.draw_card.call(article.pk) == ""
    assert list((own_media / "cards").iterdir()) == []


def test_the_page_names_the_card_where_there_is_no_picture(newsroom: World, client: Client) -> None:
    article = make_story("Ferry", newsroom.town)
    name = tasks.draw_card.call(article.pk)
    html = client.get(article.get_absolute_url()).content.decode()
    assert f'<meta property="og:image" content="http://127.0.0.1:8000/media/{name}">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html
