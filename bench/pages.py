"""Every kind of public page: milliseconds and queries to make it, and bytes of its HTML, plain and by gzip.

    python -m bench pages [--home DIR …] [--listings N …] [--rounds N]

A page is asked for in process, DEBUG off, nobody signed in, nothing kept from one request to the next. Of kinds with
many pages up to 20 are drawn by chance with a fixed seed. Milliseconds are medians of warm renderings. The goal
of a page made anew: at most 2.5 ms and 8 queries for a story, category, place and listing, at any size of the
directory.
"""

import json
import random
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from bench.homes import Home, in_home, set_up

SEED, DRAWN = 20, 20


def main(homes: list[Home], rounds: int) -> None:
    from bench.measure import table

    table([(home, in_home(home[1], "bench.pages", str(rounds))) for home in homes])


def one(rounds: int) -> dict[str, Any]:
    from django.test import Client

    from bench.measure import measured

    client = Client(HTTP_HOST="localhost")
    return {what: measured(client, addresses, rounds) for what, addresses in kinds() if addresses}


def drawn(rows: Any) -> list[str]:
    """Addresses of up to 20 of them, the same with every run."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(SEED).sample(ids, min(DRAWN, len(ids)))
    return [each.get_absolute_url() for each in rows.model._default_manager.filter(pk__in=chosen)]


def kinds() -> Iterator[tuple[str, list[str]]]:
    yield "home", ["/"]
    yield from of_news()
    yield from of_directory()
    yield from of_places()
    yield "search: a word", ["/search/?q=museum"]
    yield "search: one letter", ["/search/?q=s"]
    yield "search: suggestions", ["/search/suggest/?q=mus"]


def of_news() -> Iterator[tuple[str, list[str]]]:
    from django.urls import reverse

    from gazetteer.news.lists import months_with_stories
    from gazetteer.news.models import Article, Author, Section, Tag

    yield "news", [reverse("news")]
    yield "story", drawn(Article.objects.published())
    yield "section", drawn(Section.objects.in_use())
    months = islice(months_with_stories(), 5)
    yield "archive", [reverse("archive")]
    yield "archive: a month", [reverse("archive_month", args=[f"{each:%Y}", f"{each:%m}"]) for each in months]
    yield "author", drawn(Author.objects.in_use())
    yield "tag", [reverse("tag", args=[each.slug]) for each in Tag.objects.order_by("pk")[:5]]


def of_directory() -> Iterator[tuple[str, list[str]]]:
    from django.urls import reverse

    from gazetteer.directory.models import Category, Listing

    in_use = Category.objects.in_use()
    largest = in_use.order_by("-branch__listings").first()
    yield "directory", [reverse("directory")]
    yield "category: the largest", [largest.get_absolute_url()]
    yield "category: the largest, newest", [f"{largest.get_absolute_url()}?order=newest"]
    yield "category: the largest, letter M", [f"{largest.get_absolute_url()}?letter=M"]
    yield "category: 10 to 100 listings", drawn(in_use.filter(branch__listings__range=(10, 100)))
    yield "listing", drawn(Listing.objects.published())


def of_places() -> Iterator[tuple[str, list[str]]]:
    from django.urls import reverse

    from gazetteer.directory.models import Category, Place

    yield "places", [reverse("places")]
    country = Place.objects.countries().order_by("-branch__listings")[0]
    yield "place: the largest country", [country.get_absolute_url()]
    yield "place: town", drawn(Place.objects.with_listings().exclude(town=""))
    tops = Category.objects.tops().order_by("-branch__listings")[:3]
    yield (
        "place × category: the largest",
        [crossing(country.address, top.address) for top in tops],
    )


def crossing(place: str, category: str) -> str:
    from django.urls import reverse

    return reverse("place", args=[f"{place}/in/{category}"])


if __name__ == "__main__":
    set_up()
    print(json.dumps(one(int(sys.argv[1]))))
