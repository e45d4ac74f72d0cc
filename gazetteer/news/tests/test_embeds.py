"""What is embedded from elsewhere is asked about once, when saved, and never trusted."""

from types import SimpleNamespace
from typing import Any

import pytest
from wagtail.embeds.exceptions import EmbedNotFoundException

from gazetteer.news import embeds
from gazetteer.news.blocks import EmbedBlock

URL = "https://www.video.example/watch/1"


def answering(monkeypatch: pytest.MonkeyPatch, **answer: Any) -> list[str]:
    """Let the other site answer so; returns the list of what it is asked."""
    asked: list[str] = []

    def get_embed(url: str, **options: Any) -> SimpleNamespace:
        asked.append(url)
        if not answer:
            raise EmbedNotFoundException
        return SimpleNamespace(**{"title": "", "provider_name": "", "html": "", **answer})

    monkeypatch.setattr(embeds, "get_embed", get_embed)
    return asked


def save(**values: str) -> Any:
    block = EmbedBlock()
    return block.clean(block.to_python({"url": URL, **values}))


def test_its_title_provider_and_frame_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(
        monkeypatch,
        title="A  film",
        provider_name="Video",
        html='<iframe width=1 src="https://v.example/e?a=1&amp;b=2">',
    )
    value = save()
    assert (value["title"], value["provider"], value["frame"]) == ("A film", "Video", "https://v.example/e?a=1&b=2")


def test_it_is_asked_only_once_for_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, title="A film")
    value = save()
    save(**{name: value[name] for name in ("title", "provider", "frame", "asked")})
    assert asked == [URL]


def test_the_writers_own_title_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, title="A film")
    assert save(title="Our words")["title"] == "Our words"


def test_where_nobody_answers_it_is_a_link_with_the_name_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch)
    value = save()
    assert (value["provider"], value["frame"]) == ("video.example", "")


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="javascript:alert(1)">',
        '<iframe src="http://plain.example/">',
        '<iframe src="https://a@b.example/">',
        '<iframe src="data:text/html,x">',
        '<script src="https://x.example/"></script>',
        "<iframe>",
    ],
)
def test_a_frame_that_is_not_plain_https_is_left_out(html: str) -> None:
    assert embeds.frame_in(html) == ""


def test_an_address_without_its_scheme_becomes_https() -> None:
    assert embeds.frame_in("<iframe src='//v.example/e'>") == "https://v.example/e"
