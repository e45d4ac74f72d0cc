"""What is cleared away by the hour, so that no table grows for ever."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gazetteer.changes import log
from gazetteer.changes.models import Moment
from gazetteer.edge.models import VisitCount
from gazetteer.news.wire.tasks import tidy as tidy_wire
from gazetteer.ops.models import Worker
from gazetteer.search import tally

KEEP_TASKS = timedelta(days=7)
KEEP_FAILED_TASKS = timedelta(days=90)
KEEP_MOMENTS = timedelta(days=90)
KEEP_WORKERS = timedelta(days=1)
KEEP_VISITS = timedelta(days=800)
BATCH = 500


def tidy() -> None:
    now = timezone.now()
    in_batches(DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_TASKS))
    in_batches(DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED_TASKS))
    in_batches(Moment.objects.filter(done_at__lt=now - KEEP_MOMENTS))
    in_batches(Session.objects.filter(expire_date__lt=now))
    in_batches(Worker.objects.filter(seen_at__lt=now - KEEP_WORKERS))
    in_batches(VisitCount.objects.filter(day__lt=(now - KEEP_VISITS).date()))
    while log.clear():
        pass
    tidy_wire()
    tally.fold()


def in_batches(rows: "QuerySet[Any]") -> None:
    """Delete without holding the database for longer than one batch takes."""
    while ids := list(rows.order_by().values_list("pk", flat=True)[:BATCH]):
        rows.model._base_manager.filter(pk__in=ids).delete()
