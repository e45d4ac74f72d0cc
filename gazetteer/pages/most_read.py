"""What visitors asked for most, from the counts of their visits (`edge/visits.py`)."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from gazetteer.changes import notes
from gazetteer.directory.models import Listing
from gazetteer.edge.models import VisitCount
from gazetteer.news.models import Article

COUNTS_HOLD = datetime.timedelta(minutes=15)
"""How long numbers of visits are shown before they are counted anew."""

LOOKED_THROUGH = 5
"""Addresses read for each one shown: some lead to what is gone meanwhile, or are of another language."""

STORY = re.compile(r"(?:/[a-z-]+)?/news/(\d{4})/(\d{2})/(\d{2})/([^/]+)/")
LISTING = re.compile(r"(?:/[a-z-]+)?/listing/(\d{1,18})/")


@dataclass(frozen=True)
class Read:
    """One line of the list."""

    name: str
    url: str


def most_read(kind: str, days: int, number: int) -> list[Read]:
    """The most visited `stories` or `listings` of the last days, today among them, that visitors may still see."""
    notes.fresh_until(next_count(timezone.now()))
    paths = most_visited({"stories": "/news/", "listings": "/listing/"}[kind], days, number * LOOKED_THROUGH)
    return (stories(paths) if kind == "stories" else listings(paths))[:number]


def next_count(now: datetime.datetime) -> datetime.datetime:
    """The next full quarter of an hour, so that all lists are counted anew at once."""
    step = COUNTS_HOLD.total_seconds()
    return datetime.datetime.fromtimestamp((now.timestamp() // step + 1) * step, tz=datetime.UTC)


def most_visited(below: str, days: int, number: int) -> list[str]:
    """Paths by their visits, the most visited first; a page in another language counts by itself."""
    counted = VisitCount.objects.of_the_last(days, timezone.localdate()).filter(people__gt=0)
    language = f"/{get_language()}{below}"
    # The numbers change all the time: the page says itself until when they hold (`COUNTS_HOLD`).
    with notes.reading(besides=(VisitCount._meta.db_table,)):
        found = counted.filter(Q(path__startswith=below) | Q(path__startswith=language)).by_path()[:number]
        return [row["path"] for row in found]


def stories(paths: Iterable[str]) -> list[Read]:
    wanted = list(dict.fromkeys(address for path in paths if (address := story_address(path))))
    if not wanted:
        return []
    at = Q()
    for date, slug in wanted:
        at |= Q(address_date=date, slug=slug)
    found = {(each.address_date, each.slug): each for each in Article.objects.published().filter(at)}
    return [Read(found[each].headline, found[each].get_absolute_url()) for each in wanted if each in found]


def story_address(path: str) -> tuple[datetime.date, str] | None:
    match = STORY.fullmatch(path)
    if match is None:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])), match[4]
    except ValueError:
        return None


def listings(paths: Iterable[str]) -> list[Read]:
    wanted = list(dict.fromkeys(int(match[1]) for path in paths if (match := LISTING.match(path))))
    found = Listing.objects.published().in_bulk(wanted)
    return [Read(found[pk].name, found[pk].get_absolute_url()) for pk in wanted if pk in found]
