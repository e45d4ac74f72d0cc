"""How far a filling task is, from the tables of tasks and imports."""

from dataclasses import dataclass, field

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gazetteer.directory.models import ImportRun
from gazetteer.pages.totals import Totals, count_totals


@dataclass(frozen=True)
class Progress:
    """`state` is waiting, running, done or failed; `lines` the report; `error` what went wrong, for people."""

    state: str
    totals: Totals
    rows_done: int = 0
    lines: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def is_under_way(self) -> bool:
        return self.state in {"waiting", "running"}


STATES = {
    TaskResultStatus.READY: "waiting",
    TaskResultStatus.RUNNING: "running",
    TaskResultStatus.SUCCESSFUL: "done",
    TaskResultStatus.FAILED: "failed",
}


def progress_of(task: str) -> Progress | None:
    row = DBTaskResult.objects.filter(pk=task).first()
    if row is None:
        return None
    run = ImportRun.objects.order_by("-id").first()
    state, outcome = STATES[TaskResultStatus(row.status)], row.return_value or {}
    problem = last_line(row.traceback) if state == "failed" else outcome.get("problem", "")
    return Progress(
        state="failed" if problem else state,
        totals=count_totals(),
        rows_done=run.rows_done if run else 0,
        lines=outcome.get("lines", []),
        error=problem,
    )


def last_line(traceback: str) -> str:
    """The sentence at the end of a traceback, without the name of the error's class."""
    last = traceback.strip().rpartition("\n")[2]
    return last.partition(": ")[2] or last
