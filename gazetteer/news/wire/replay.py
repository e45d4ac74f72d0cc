"""Reading again what came, as it came, with the parser of today: for stories and for what waits."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from gazetteer.news.wire import identity, raw, step
from gazetteer.news.wire.clean import as_json
from gazetteer.news.wire.formats import NotReadable, Received, read
from gazetteer.news.wire.item import WireItem
from gazetteer.news.wire.models import Incoming, Outcome, Source
from gazetteer.news.wire.run import Report, Tools

STAYS = {Outcome.REFUSED, Outcome.JOINED}


def replay(source: Source, tools: Tools, *, dry_run: bool = False, say: Callable[[str], None] = print) -> Report:
    """Read again the newest version of every item of the source that is still kept; what differs now is brought in."""
    report = Report(source.name)
    for row in rows(source):
        word = replay_one(source, row, tools, report, dry_run)
        report.counts[word] += 1
        if word not in {"same", "gone"}:
            say(f"  {row.headline[:80]}: {word}")
    return report


def rows(source: Source) -> Iterator[Incoming]:
    ids = list(Incoming.objects.filter(source=source, raw__isnull=False).order_by("id").values_list("pk", flat=True))
    for pk in ids:
        row = Incoming.objects.select_related("raw", "source", "article").filter(pk=pk, raw__isnull=False).first()
        if row is not None and row.outcome not in STAYS:
            yield row


def replay_one(source: Source, row: Incoming, tools: Tools, report: Report, dry_run: bool) -> str:
    try:
        item = item_of(row)
    except NotReadable as error:
        report.told.append(f"{row.headline[:80]}: {error}")
        return "unreadable"
    if item is None or row.raw is None:
        return "gone"
    ready = step.prepare(source, item, row, tools)
    if not differs(row, ready):
        return "same"
    if dry_run:
        return "would change"
    marks = identity.marks_of(item)
    with transaction.atomic():
        locked = Incoming.objects.select_for_update(of=("self",)).select_related("source", "article").get(pk=row.pk)
        word = step.again(locked, ready, marks, row.raw)
        now = timezone.now()
        Incoming.objects.filter(pk=row.pk).update(changed_at=now)
    return "changed" if word == "same" else word


def differs(row: Incoming, ready: step.Prepared) -> bool:
    """Whether today's parser makes anything else of it; notes do not count, and nor does a page read since."""
    now = as_json(ready.item, ready.copy)
    was = row.copy or {}
    said = ("headline", "lead", "blocks", "pictures", "byline", "dateline")
    same_copy = all((was.get("copy") or {}).get(name) == now["copy"][name] for name in said)
    return not same_copy or was.get("item") != now["item"] or row.status != ready.item.status


def item_of(row: Incoming) -> WireItem | None:
    """The item in its raw document: the only one, or the one that is known by the same marks."""
    if row.raw is None:
        return None
    document = row.raw
    name = row.guid if document.format in {"text", "html", "markdown", "docx"} else ""
    chosen = "" if document.format == "unknown" else document.format
    received = Received(raw.data_of(document), address=document.address, name=name or row.guid)
    _format, found = read(received, chosen)
    if len(found.items) == 1:
        return found.items[0]
    for item in found.items:
        marks = identity.marks_of(item)
        if (marks.guid and marks.guid == row.guid) or (not row.guid and row.link and marks.link == row.link):
            return item
    return next((item for item in found.items if identity.text_key(item) == row.text_key), None)
