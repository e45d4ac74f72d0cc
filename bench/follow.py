"""A correction and a withdrawal from the wire: seconds until they are at every place that a visitor can ask for.

    python -m bench follow [--home DIR …]

A small paper on loopback sends a story, its correction and its withdrawal as ninjs; each is asked for at once (how long
a source is left alone between two askings is its rhythm, and not measured). After it came, every address is asked for
until it says so. Everything is in process, without the page store, and rolled back.
"""

import json
import sys
from time import perf_counter
from typing import Any

from bench.homes import Home, in_home, set_up


def main(homes: list[Home], rounds: int) -> None:
    for name, home in homes:
        print(f"in a home with {name} listings, seconds after the source was asked")
        for what, seconds in in_home(home, "bench.follow").items():
            print(f"  {what:44}{seconds:>8.3f}")


def one() -> dict[str, float]:
    from bench.measure import undone
    from gazetteer.news.models import Article, Section
    from gazetteer.news.wire.tests.paper import make_source, printing

    found: dict[str, float] = {}
    with undone(), printing() as paper:
        source = make_source(
            paper.url(), "Bench Wire", section=Section.objects.tops().first(), filing="publish", takes="full",
            carry_on=True, engines="all",
        )  # fmt: skip
        paper.says("/feed", ninjs(1, "The pier opens in May."))
        follow(found, "a new story", source, {})
        story = Article.objects.get(source=source)
        places = {"its page": story.get_absolute_url(), "corrections": "/news/corrections/",
                  "feed of corrections": "/news/corrections/feed.atom"}  # fmt: skip
        paper.says("/feed", ninjs(2, "(Corrects the month)</p><p>The pier opens in June."))
        follow(found, "a correction", source, {name: (url, "Corrects the month", True) for name, url in places.items()})
        paper.says("/feed", ninjs(3, "", pubstatus="canceled"))
        notice, feed = "has withdrawn this story", "/news/feed"
        gone = {
            "its page": (story.get_absolute_url(), notice, True),
            **{f"feed.{form}": (f"{feed}.{form}", notice, True) for form in ("rss", "atom", "json")},
            "the news": ("/news/", "Pier of the bench", False),
            "search": ("/search/?q=pier+of+the+bench&type=article", story.get_absolute_url(), False),
            "sitemap": (f"/sitemap-stories-{story.pk // 50_000}.xml", story.get_absolute_url(), False),
        }
        follow(found, "a withdrawal", source, gone)
    return found


def ninjs(version: int, text: str, **more: Any) -> str:
    moment = f"2026-04-13T0{version}:00:00Z"
    said = {"uri": "urn:pier", "version": str(version), "versioncreated": moment, "pubstatus": "usable"}
    return json.dumps({**said, "headline": "Pier of the bench", "body_html": f"<p>{text}</p>", **more})


def follow(found: dict[str, float], what: str, source: Any, places: dict[str, tuple[str, str, bool]]) -> None:
    """Ask the source, then every place until it says, or no longer says, the words; seconds since the asking began."""
    from gazetteer.news.models import Source
    from gazetteer.news.wire import run
    from gazetteer.news.wire.tests.paper import tools

    Source.objects.filter(pk=source.pk).update(busy_until=None)
    begun = perf_counter()
    report = run.take(source.pk, tools())
    if report is None or report.error:
        raise RuntimeError(f"The source could not be asked: {report}")
    found[f"{what}: written"] = perf_counter() - begun
    for name, (address, words, wanted) in places.items():
        wait_for(address, words, wanted)
        found[f"{what}: {name}"] = perf_counter() - begun


def wait_for(address: str, words: str, wanted: bool) -> None:
    for _ in range(20):
        if (words in text_at(address)) is wanted:
            return
    raise RuntimeError(f"{address} does not say so.")


def text_at(address: str) -> str:
    from django.test import Client

    answer: Any = Client(HTTP_HOST="localhost").get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode())


if __name__ == "__main__":
    set_up()
    print(json.dumps(one()), file=sys.stdout)
