"""The clock: what is due is done, one thing at a time, whatever happens to the others.

A subject says what a kind of moment means, and sets moments in the transaction of its own writes:

    @handler("news.publish", _("is published"))
    def publish_on_time(article: Article, moment: Moment) -> None: ...

    set_moment("news.publish", article, article.go_live_at)
    set_moment("news.publish", article, None)  # cancelled

`run_due` does each due moment in a transaction of its own, which also marks it done: a process killed at any
point leaves either everything or nothing, and the next run takes the moment up again. Work outside the database
(a mail, a request) belongs in a task that the handler enqueues, so that it leaves only if the transaction commits.

Wagtail's `publish_scheduled` clears a schedule before it saves, outside a transaction, and stops at the first bad
item; this is why we have our own.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import Promise

from gazetteer.changes.models import Moment

logger = logging.getLogger(__name__)

Handler = Callable[[Any, Moment], None]
Text = str | Promise
handlers: dict[str, Handler] = {}
labels: dict[str, Text] = {}

moment_failed = Signal()
"""Sent after a failure was written down, with `moment` and `error`; `ops` mails it and the desk shows it."""

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
LONGEST_WAIT = timedelta(hours=12)
BATCH = 200
ERROR_CHARACTERS = 2_000


class UnknownKind(LookupError):
    """A moment of a kind that no installed part handles."""


@dataclass
class Outcome:
    """What one run did: ids of moments done, failed, and left to another worker."""

    done: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


def handler(kind: str, label: Text = "") -> Callable[[Handler], Handler]:
    """Register the function that does moments of `kind`; it gets the object and the moment.

    `label` says at the desk what becomes of the object then (“is published”).
    """

    def register(function: Handler) -> Handler:
        if handlers.get(kind, function) is not function:
            raise ValueError(f"{kind} already has a handler: {handlers[kind].__qualname__}.")
        handlers[kind] = function
        labels[kind] = label
        return function

    return register


def label(moment: Moment) -> str:
    """What happens then, in words; the kind itself where its part is no longer installed."""
    return str(labels.get(moment.kind) or moment.kind)


def set_moment(kind: str, obj: models.Model, due_at: datetime | None, **details: Any) -> Moment | None:
    """Set when `kind` is due for `obj`, in place of the time set before; None cancels. Returns the open moment."""
    if obj.pk is None:
        raise ValueError(f"{obj!r} must be saved before a moment can be set for it.")
    due = {} if due_at is None else {obj.pk: due_at}
    with transaction.atomic():
        open_moments(kind, type(obj), [obj.pk]).delete()
        return next(iter(add_moments(kind, type(obj), due, details)), None)


def set_moments(kind: str, model: type[models.Model], due_by_id: Mapping[int, datetime | None], **details: Any) -> None:
    """`set_moment` for many objects of one model, in two queries for every few hundred of them."""
    ids = list(due_by_id)
    due = {pk: due_at for pk, due_at in due_by_id.items() if due_at is not None}
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            open_moments(kind, model, ids[start : start + BATCH]).delete()
        add_moments(kind, model, due, details)


def open_moments(kind: str, model: type[models.Model], ids: list[int]) -> models.QuerySet[Moment]:
    return Moment.objects.filter(kind=kind, subject=model._meta.label, object_id__in=ids, done_at=None)


def add_moments(
    kind: str, model: type[models.Model], due_by_id: Mapping[int, datetime], details: dict[str, Any]
) -> list[Moment]:
    for due_at in due_by_id.values():
        if timezone.is_naive(due_at):
            raise ValueError(f"The time {due_at} of {kind} has no time zone.")
    label = model._meta.label
    rows = (
        Moment(kind=kind, subject=label, object_id=pk, due_at=due_at, details=details)
        for pk, due_at in due_by_id.items()
    )
    return Moment.objects.bulk_create(rows, batch_size=BATCH)


def moment_of(kind: str, obj: models.Model) -> Moment | None:
    """The open moment of `kind` for `obj`, with its error if it failed."""
    return open_moments(kind, type(obj), [obj.pk]).first()


def failing() -> models.QuerySet[Moment]:
    """Moments that were due, failed, and will be tried again: what the desk must see."""
    return Moment.objects.filter(done_at=None, failures__gt=0).order_by("due_at", "id")


def due(now: datetime) -> models.QuerySet[Moment]:
    """Open moments to be done now.

    A wait beyond the longest we ever set can only come from a clock that was wrong when it was written, so it is
    not waited for.
    """
    may_try = Q(retry_at=None) | Q(retry_at__lte=now) | Q(retry_at__gt=now + LONGEST_WAIT)
    return Moment.objects.filter(may_try, done_at=None, due_at__lte=now).order_by("due_at", "id")


def next_due(now: datetime) -> datetime | None:
    """When the clock has something to do next, seen from `now`."""
    waiting = Moment.objects.filter(done_at=None, due_at__gt=now).order_by("due_at").values_list("due_at", flat=True)
    return waiting.first()


def run_due(now: datetime | None = None, limit: int | None = None) -> Outcome:
    """Do what is due, oldest first, each in its own transaction; any number of workers may run this at once."""
    now = now or timezone.now()
    outcome = Outcome()
    for number, pk in enumerate(due_ids(now)):
        if limit is not None and number >= limit:
            break
        run_one(pk, now, outcome)
    return outcome


def due_ids(now: datetime) -> Iterator[int]:
    """Ids of due moments, read in batches that never look back: a moment met once is not met again in this run."""
    last: tuple[datetime, int] | None = None
    while True:
        rows = due(now)
        if last:
            rows = rows.filter(Q(due_at__gt=last[0]) | Q(due_at=last[0], id__gt=last[1]))
        batch = list(rows.values_list("due_at", "id")[:BATCH])
        yield from (pk for _, pk in batch)
        if len(batch) < BATCH:
            return
        last = batch[-1]


def run_one(pk: int, now: datetime, outcome: Outcome) -> None:
    """Do one moment, and write down how it went; nothing but a wish to stop the process gets out of here."""
    try:
        with transaction.atomic():
            moment = claim(pk, now)
            if moment is None:
                outcome.left.append(pk)
                return
            perform(moment)
        outcome.done.append(pk)
    except Exception as error:
        logger.exception("Moment %s failed; it is kept and will be tried again.", pk)
        outcome.failed.append(pk)
        write_down(pk, now, error)


def claim(pk: int, now: datetime) -> Moment | None:
    """The moment, marked done by this transaction and nobody else's; None if another worker has it or it changed.

    On PostgreSQL the row is locked and a locked one is passed over. SQLite has one writer, so the conditional update
    is the first statement of the transaction and settles it.
    """
    still_due = due(now).filter(pk=pk)
    can_lock = connection.features.has_select_for_update_skip_locked
    if can_lock and not still_due.select_for_update(skip_locked=True).values_list("pk").first():
        return None
    if not still_due.order_by().update(done_at=now, error="", retry_at=None):
        return None
    return Moment.objects.get(pk=pk)


def perform(moment: Moment) -> None:
    """Call the handler, unless the object no longer exists: then there is nothing left to do."""
    if moment.kind not in handlers:
        raise UnknownKind(f"No installed part knows what {moment.kind} means.")
    subject = apps.get_model(moment.subject)._base_manager.filter(pk=moment.object_id).first()
    if subject is not None:
        handlers[moment.kind](subject, moment)


def write_down(pk: int, now: datetime, error: Exception) -> None:
    """Keep the error and when to try again, unless the moment was meanwhile done, moved or cancelled; then alarm."""
    try:
        failures = Moment.objects.filter(pk=pk, done_at=None).values_list("failures", flat=True).first()
        if failures is None:
            return
        text = f"{type(error).__name__}: {error}"[:ERROR_CHARACTERS]
        changed = Moment.objects.filter(pk=pk, done_at=None, failures=failures).update(
            failures=F("failures") + 1, error=text, retry_at=now + wait_after(failures)
        )
        if changed:
            alarm(Moment.objects.get(pk=pk), error)
    except Exception:
        logger.exception("The failure of moment %s could not be written down; it stays due.", pk)


def wait_after(failures: int) -> timedelta:
    return WAITS[failures] if failures < len(WAITS) else LONGEST_WAIT


def alarm(moment: Moment, error: Exception) -> None:
    """Tell whoever listens; a listener that fails is itself only logged."""
    for listener, answer in moment_failed.send_robust(sender=Moment, moment=moment, error=error):
        if isinstance(answer, Exception):
            logger.error("The alarm %s failed: %s", listener, answer)
