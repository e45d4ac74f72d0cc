"""One source from asking to filing, and all that are due beside each other: one that is bad never stops the others.

Each item is a transaction of its own, so a run that is killed goes on where it was: what was filed is known again, and
the source is only noted as read to the end when all of it was.
"""

import hashlib
import logging
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connections, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gazetteer.changes.clock import set_moment
from gazetteer.news.wire import alarms, identity, raw, rhythm, step
from gazetteer.news.wire.fetch import Fetched, fetch
from gazetteer.news.wire.formats import NotReadable, Received, read
from gazetteer.news.wire.guard import Refused
from gazetteer.news.wire.http import Client, FetchFailed
from gazetteer.news.wire.item import WireDocument, WireItem
from gazetteer.news.wire.manners import Robots
from gazetteer.news.wire.models import Incoming, Outcome, Source

logger = logging.getLogger(__name__)

AT_ONCE = 8
LEASE = timedelta(minutes=15)
"""How long a source is this worker's alone; one whose worker died is free after that."""
FETCH = "news.wire.fetch"

writing = threading.Lock()
"""SQLite has one writer: threads of one process queue here, and not at its lock, which they would poll."""


@dataclass
class Tools:
    """What a run shares between sources: the client with its manners, and what robots.txt files said."""

    client: Client = field(default_factory=Client)
    robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self.robots = Robots(self.client)


@dataclass
class Report:
    """What one run over one source did: how many items of each kind, and what went wrong."""

    source: str
    counts: Counter[str] = field(default_factory=Counter)
    error: str = ""
    told: list[str] = field(default_factory=list)

    def line(self) -> str:
        if self.error:
            return f"{self.source}: {self.error}"
        words = ", ".join(f"{count} {name}" for name, count in self.counts.items() if count)
        return f"{self.source}: {words or 'nothing new'}"


def round_of_due(
    now: datetime | None = None, at_once: int = AT_ONCE, tools: Tools | None = None, most: int | None = None
) -> list[Report]:
    """Ask the sources that are due, some at once; at most `most`, those that have waited longest."""
    ids = list(Source.objects.due(now or timezone.now()).values_list("pk", flat=True)[:most])
    return round_of(ids, at_once, tools)


def round_of(ids: Sequence[int], at_once: int = AT_ONCE, tools: Tools | None = None) -> list[Report]:
    tools = tools or Tools()
    if at_once <= 1 or len(ids) <= 1:
        return [report for pk in ids if (report := take(pk, tools)) is not None]
    with ThreadPoolExecutor(min(at_once, len(ids)), thread_name_prefix="wire") as pool:
        return [report for report in pool.map(lambda pk: take_in_thread(pk, tools), ids) if report is not None]


def take_in_thread(pk: int, tools: Tools) -> Report | None:
    """`take` with a database connection of this thread's own, which is closed at the end."""
    close_old_connections()
    try:
        return take(pk, tools)
    finally:
        connections.close_all()


def take(pk: int, tools: Tools) -> Report | None:
    """Ask one source and file what came; None if another worker is at it. Never raises for what the source did."""
    now = timezone.now()
    source = lease(pk, now)
    if source is None:
        return None
    report = Report(source.name)
    fetched = Fetched()
    try:
        fetched = fetch(source, tools.client)
        for document in fetched.documents:
            take_document(source, document, tools, report)
        report.told += fetched.told
    except (Refused, FetchFailed, NotReadable) as error:
        report.error = str(error)
        return failed(source, report, now, getattr(error, "wait", 0))
    except Exception as error:
        logger.exception("The source %s met a fault of ours.", source)
        report.error = f"A fault of the program: {type(error).__name__}: {str(error)[:200]}"
        return failed(source, report, now)
    if report.counts["failed"]:
        report.error = f"{report.counts['failed']} items could not be filed; they will be tried again. " + " ".join(
            report.told[-3:]
        )
        return failed(source, report, now)
    return succeeded(source, fetched, report, now)


def lease(pk: int, now: datetime) -> Source | None:
    """The source, now this worker's; None if it is gone, or another's."""
    free = Q(busy_until=None) | Q(busy_until__lte=now)
    with writing:
        mine = Source.objects.filter(free, pk=pk).update(busy_until=now + LEASE, last_asked_at=now)
    return Source.objects.select_related("section").get(pk=pk) if mine else None


def take_document(source: Source, received: Received, tools: Tools, report: Report) -> None:
    """Read one document and file its items, oldest first. A press release that cannot be read is kept and told of."""
    try:
        format_name, document = read(received, source.format)
    except NotReadable as error:
        if received.name or received.content_type == "message/rfc822":
            note_unreadable(source, received, str(error))
            report.counts["unreadable"] += 1
            report.told.append(f"{received.name or 'A mail'}: {error}")
            return
        raise
    report.told += document.problems
    learn_about(source, document)
    file_items(source, document.items, received, format_name, tools, report)


def learn_about(source: Source, document: WireDocument) -> None:
    """What the document says of the source itself, where the desk has not said it."""
    source.asked_pause = document.pause
    values: dict[str, Any] = {"asked_pause": document.pause}
    if not source.home and document.home:
        values["home"] = document.home[:1000]
    with writing:
        Source.objects.filter(pk=source.pk).update(**values)


def file_items(
    source: Source, items: Sequence[WireItem], received: Received, format_name: str, tools: Tools, report: Report
) -> None:
    all_marks = [identity.marks_of(item) for item in items]
    level = identity.level_for(source, all_marks)
    known = identity.Known(source, level, all_marks)
    for item, marks in reversed(list(zip(items, all_marks, strict=True))):
        report.counts[file_one(source, item, marks, known, received, format_name, tools, report)] += 1
    set_level(source, known.level_after(), report)


def set_level(source: Source, level: str, report: Report) -> None:
    if level == source.identity:
        return
    with writing:
        Source.objects.filter(pk=source.pk).update(identity=level)
    source.identity = level
    report.told.append(f"Its ids cannot be trusted; items are told apart by {level} from now on.")


def file_one(
    source: Source, item: WireItem, marks: identity.Marks, known: identity.Known, received: Received,
    format_name: str, tools: Tools, report: Report,
) -> str:  # fmt: skip
    """What became of one item, in a word. A fault of ours in one item is told of, and does not stop the others."""
    row = known.find(marks)
    if row is not None and row.digest == marks.digest:
        return "same"
    try:
        prepared = step.prepare(source, item, row, tools)
        with writing, transaction.atomic():
            kept = raw.keep(source, format_name, raw.raw_of(item, received.data), received.address, timezone.now())
            row, word = step.store(source, prepared, marks, known.level, row, kept)
        known.add(row)
        return word
    except Exception as error:
        logger.exception("An item of %s could not be filed: %s", source, item.title or item.guid)
        report.told.append(f"“{(item.title or item.guid)[:100]}”: {type(error).__name__}: {str(error)[:200]}")
        return "failed"


def note_unreadable(source: Source, received: Received, why: str) -> None:
    """A file or mail that cannot be read: kept, and shown to the desk."""
    digest = hashlib.sha256(received.data).hexdigest()
    now = timezone.now()
    with writing, transaction.atomic():
        kept = raw.keep(source, source.format or "unknown", received.data, received.name, now)
        Incoming.objects.update_or_create(
            source=source,
            key=digest,
            defaults={
                "guid": received.name, "digest": digest, "headline": received.name or _("A mail"),
                "outcome": Outcome.LEFT_OUT, "why": why[:500], "raw": kept, "changed_at": now,
            },
        )  # fmt: skip


def failed(source: Source, report: Report, now: datetime, wait: int = 0) -> Report:
    """Write down what went wrong and when to try again; alarm if it has been going on."""
    failures = source.failures + 1
    after = rhythm.next_at(source, now, failures, wait)
    with writing, transaction.atomic():
        Source.objects.filter(pk=source.pk).update(
            failures=failures, last_error=report.error[:2000], told="\n".join(report.told)[:4000], busy_until=None,
            next_at=after,
        )  # fmt: skip
        set_moment(FETCH, source, after if source.is_on else None)
    alarms.failing(source, failures, report.error)
    return report


def succeeded(source: Source, fetched: Fetched, report: Report, now: datetime) -> Report:
    """Keep how far it was read, learn its rhythm, and say if it has fallen silent."""
    is_new = report.counts["new"] + report.counts["published"] + report.counts["waiting"] > 0
    newest = now if is_new else source.last_new_at
    between = rhythm.gaps(source)
    silent = rhythm.is_silent(source, between, newest, now)
    source.learned_minutes = rhythm.learned(between)
    source.asked_pause = max(source.asked_pause, fetched.pause)
    after = rhythm.next_at(source, now)
    values: dict[str, Any] = {
        "failures": 0, "last_error": "", "last_ok_at": now, "last_new_at": newest, "busy_until": None,
        "learned_minutes": source.learned_minutes, "next_at": after, "etag": fetched.etag,
        "last_modified": fetched.last_modified, "mark": fetched.mark or source.mark,
        "silent_since": (source.silent_since or now) if silent else None, "told": "\n".join(report.told)[:4000],
    }  # fmt: skip
    if fetched.moved_to:
        values["address"] = fetched.moved_to[:1000]
        report.told.append(f"It has moved to {fetched.moved_to}.")
    with writing, transaction.atomic():
        Source.objects.filter(pk=source.pk).update(**values)
        set_moment(FETCH, source, after if source.is_on else None)
    if silent and source.silent_since is None:
        alarms.silent(source, silence(newest))
    return report


def silence(newest: datetime | None) -> str:
    since = f"{newest:%Y-%m-%d %H:%M} UTC" if newest else "ever"
    return f"Nothing new has come since {since}, which is much longer than usual."
