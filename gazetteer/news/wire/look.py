"""What a source would make of itself if it were asked now: fetched, read and cleaned, and nothing written."""

import copy as copying
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from gazetteer.news.wire import file, step
from gazetteer.news.wire.clean import clean
from gazetteer.news.wire.fetch import fetch
from gazetteer.news.wire.formats import NotReadable, read
from gazetteer.news.wire.guard import Refused
from gazetteer.news.wire.http import Client, FetchFailed
from gazetteer.news.wire.item import CleanCopy, WireItem
from gazetteer.news.wire.models import Source

SHOWN = 10


@dataclass
class Seen:
    """One item: its copy, as much of its lead as may be shown, and what the source's rules would make of it."""

    item: WireItem
    copy: CleanCopy
    lead: str
    blocks: int
    pictures: int
    outcome: str
    why: str


@dataclass
class Look:
    """`problem`: why nothing could be had, in a sentence; else the first items and how many there are."""

    problem: str = ""
    format: str = ""
    title: str = ""
    count: int = 0
    items: list[Seen] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def look_at(source: Source, client: Client) -> Look:
    """Never raises for what the source does."""
    asked = copying.copy(source)
    asked.etag = asked.last_modified = asked.mark = ""
    found = Look()
    try:
        fetched = fetch(asked, client)
        found.told += fetched.told
        for received in fetched.documents[:SHOWN]:
            found.format, document = read(received, source.format)
            found.title = found.title or document.title
            found.count += len(document.items)
            found.told += document.problems
            found.items += [seen(source, item) for item in document.items[: SHOWN - len(found.items)]]
    except (Refused, FetchFailed, NotReadable) as error:
        found.problem = str(error)
    return found


def seen(source: Source, item: WireItem) -> Seen:
    copy = clean(item)
    ready = step.decide(source, item, copy, timezone.now())
    lead, blocks = file.shared(copy, source)
    pictures = sum(bool(picture.url or picture.data) for picture in copy.pictures)
    outcome = _("published at once") if ready.publish else str(ready.outcome.label)
    return Seen(item, copy, lead, len(blocks), pictures, outcome, ready.why)
