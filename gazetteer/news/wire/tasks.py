"""The wire by the clock and in the background. Each may be run again and does no harm twice."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from gazetteer.changes.clock import handler, moment_of, set_moment
from gazetteer.changes.models import Moment
from gazetteer.news.models import Article
from gazetteer.news.wire import file, match, raw, run, step
from gazetteer.news.wire.models import Incoming, Source

MOST_AT_A_TIME = 40
LATE = timedelta(minutes=30)


@handler(run.FETCH, _("is asked for news"))
def fetch_on_time(source: Source, moment: Moment) -> None:
    """A source is due: one task asks all that are."""
    if source.is_on and not is_waiting():
        ask_due.enqueue()


def is_waiting() -> bool:
    """Whether the task stands ready to be taken; then it will see this source too."""
    return DBTaskResult.objects.ready().filter(task_path=ask_due.module_path).exists()


@task
def ask_due() -> dict[str, int]:
    """Ask sources that are due; returns how many were asked, and how many of them failed.

    Not too many at a time, so that mails and other tasks come in between.
    """
    reports = run.round_of_due(most=MOST_AT_A_TIME)
    wind_up()
    if Source.objects.due(timezone.now()).exists() and not is_waiting():
        ask_due.enqueue()
    return {"asked": len(reports), "failed": sum(bool(report.error) for report in reports)}


def wind_up() -> None:
    """Set a moment for each source in use that has none: its worker was killed, or other hands made it."""
    now = timezone.now()
    for source in Source.objects.in_use().filter(next_at__lt=now - LATE):
        if moment_of(run.FETCH, source) is None and (source.busy_until is None or source.busy_until < now):
            set_moment(run.FETCH, source, now)


@task
def bring_pictures(incoming: int) -> int:
    """The pictures of a story that was taken from the queue; returns how many."""
    row = Incoming.objects.select_related("source", "article").filter(pk=incoming, article__isnull=False).first()
    if row is None or row.article is None or row.article.deleted_at is not None:
        return 0
    item, copy = step.read_again(row)
    found = step.pictures_for(row.source, copy, run.Tools())
    with transaction.atomic():
        changed, conflict = file.update_story(row, row.article, item, copy, found)
        row.notes = [*row.notes, *copy.notes][-60:]
        row.has_conflict, row.conflict = bool(conflict), conflict
        row.save()
    return len(found) if changed else 0


@task
def match_story(article: int) -> bool:
    """Who else tells one of our stories; False if it is gone."""
    row = Article.objects.filter(pk=article, shown_at__isnull=False).first()
    if row is not None:
        match.take_in_story(row)
    return row is not None


def tidy() -> None:
    """By the hour: what came, for no longer than its rights allow; and stories that were never matched."""
    raw.tidy()
    forget_copy()
    match.catch_up()
    match.tidy()


def forget_copy() -> int:
    """The clean copy of what was never used goes with the raw item; what the item is known by stays."""
    return (
        Incoming.objects.filter(raw__isnull=True, article__isnull=True, copy__isnull=False)
        .filter(changed_at__lt=timezone.now() - timedelta(days=1))
        .update(copy=None)
    )
