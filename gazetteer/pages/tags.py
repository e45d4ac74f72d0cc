"""Tags and places by how much there is under them."""

from dataclasses import dataclass

from django.db.models import Count

from gazetteer.changes.notes import reading
from gazetteer.directory.branch_pages import place_name
from gazetteer.directory.models import Place
from gazetteer.news.models import Tag

WEIGHTS = 5


@dataclass(frozen=True)
class TagLine:
    """A tag as `c.tag_list` reads it; `weight` from 1 to 5."""

    name: str
    url: str
    weight: int


def popular_tags(kind: str, number: int) -> list[TagLine]:
    """The most used, by name; one query."""
    found = story_tags(number) if kind == "stories" else busy_places(number)
    most = max((count for _name, _url, count in found), default=1)
    lines = [TagLine(name, url, weight(count, most)) for name, url, count in found]
    return sorted(lines, key=lambda tag: tag.name.casefold())


def weight(count: int, most: int) -> int:
    return 1 + round((WEIGHTS - 1) * count / most) if most else 1


@reading("tagged", "tags:all")
def story_tags(number: int) -> list[tuple[str, str, int]]:
    used = Tag.objects.filter(tagged__shown_at__isnull=False).annotate(used=Count("tagged"))
    return [(tag.name, tag.get_absolute_url(), tag.used) for tag in used.order_by("-used", "name")[:number]]


@reading("count", "places")
def busy_places(number: int) -> list[tuple[str, str, int]]:
    found = Place.objects.with_listings().order_by("-branch__listings", "sort_name")[:number]
    return [(place_name(place), place.get_absolute_url(), place.branch.listings) for place in found]
