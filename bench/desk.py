"""The desk's lists: milliseconds and queries of each, with its filters and orders.

    python -m bench desk [--home DIR …] [--listings N …] [--rounds N]

Asked for in process by somebody who may do everything, DEBUG off. Milliseconds are medians of warm renderings. The
promise: any list opens under 300 ms at 1,000,000 listings. The home is left as it was: what signing in
writes is rolled back.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from bench.homes import Home, in_home, set_up


def main(homes: list[Home], rounds: int) -> None:
    from bench.measure import table

    table([(home, in_home(home[1], "bench.desk", str(rounds))) for home in homes])


def one(rounds: int) -> dict[str, Any]:
    from django.test import Client

    from bench.measure import measured, undone
    from gazetteer.accounts.models import User

    with undone():
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.create_superuser("bench"))
        return {what: measured(client, [address], rounds) for what, address in lists()}


def lists() -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    yield "the desk's first page", "/admin/"
    yield from of_listings()
    yield "categories", reverse("categories:index")
    yield "custom fields", reverse("custom_fields:index")
    yield "imports", reverse("imports")
    yield "stories", reverse("stories:list")
    yield "sections", reverse("sections:index")
    yield "authors", reverse("authors:index")
    yield "pictures", reverse("wagtailimages:index")
    yield "people", reverse("wagtailusers_users:index")


def of_listings() -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    for what, choice in choices().items():
        yield f"listings: {what}", f"{reverse('listings:list')}?{choice}"


def choices() -> dict[str, str]:
    from gazetteer.directory.models import Category, Listing, Place

    category = Category.objects.in_use().order_by("-branch__listings").first().pk
    country = Place.objects.countries().order_by("-branch__listings")[0].country
    states = ("live", "changed", "draft", "expired", "merged", "trash")
    return {
        "all": "",
        "by name": "ordering=sort_name",
        "by name, backwards": "ordering=-sort_name",
        "oldest change": "ordering=changed_at",
        "page 60": "p=60",
        "beginning with s": "q=s",
        "by number": f"q={Listing.objects.order_by('pk').values_list('pk', flat=True)[0]}",
        **{state: f"state={state}" for state in states},
        **{f"{state}, category": f"state={state}&category={category}" for state in states},
        "category": f"category={category}",
        "country": f"country={country}",
        "category and country": f"category={category}&country={country}",
        "town": "town=l",
        "featured": "featured=yes",
        "with an owner": "owner=yes",
        "without an owner": "owner=no",
        "of the feed demo": "feed=demo",
    }


if __name__ == "__main__":
    set_up()
    print(json.dumps(one(int(sys.argv[1]))))
