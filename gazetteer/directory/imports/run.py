"""One import from beginning to end: the file, its rows in batches, each planned and carried out in one transaction.

The place in the file is written in the transaction of every batch. Killed at any point, the same command goes on from
there; run again when it is done, it changes only what differs.
"""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from wagtail.log_actions import log

from gazetteer.accounts.models import User
from gazetteer.accounts.policy import Person, require
from gazetteer.directory.branches.order import sort_new_siblings
from gazetteer.directory.imports import categories, custom, pictures, tables
from gazetteer.directory.imports.apply import Writer
from gazetteer.directory.imports.categories import Tree
from gazetteer.directory.imports.paths import written
from gazetteer.directory.imports.plan import Identity, Plan, There, digests, make_plan, tell_trash
from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.readers import Raw
from gazetteer.directory.imports.report import ProblemFile, Report
from gazetteer.directory.imports.rows import Checker, Row, identify, new_row
from gazetteer.directory.imports.seen import Seen
from gazetteer.directory.imports.source import Source, open_source
from gazetteer.directory.imports.tags import Tags
from gazetteer.directory.models import ImportRun, Listing

BATCH = 250
"""Rows in one transaction: some 80 ms with the write lock held, so that the site goes on writing in between."""
TRIES = 3
HOPELESS = 1000
Told = Callable[[int], object]


def import_file(
    path: Path | str, *, feed: str | None = None, dry_run: bool = False, as_drafts: bool = False, by: Person = None,
    progress: Told | None = None,
) -> Report:  # fmt: skip
    """Bring in a file of listings; docs/use/imports.md says how rows are written.

    `feed` is the feed of rows that name none; without it the file's name is. `by` is the person who asked for it, or
    None. `progress` is called with the number of rows done since the last call. Raises ImportFailed with a sentence for
    people if the file as a whole cannot be imported, and PermissionDenied if `by` may not; what is wrong with single
    rows is in the report.
    """
    require(by, "import", Listing)
    if not as_drafts:
        require(by, "publish", Listing)
    source = open_source(Path(path), feed, "-drafts" if as_drafts else "")
    started = time.monotonic()
    run = Run(source, dry_run, as_drafts, by)
    try:
        with tables.long_work():
            for batch in batches(source.reader.read(source.path)):
                run.take(batch)
                if progress:
                    progress(len(batch))
        run.finish()
    except ImportFailed:
        run.fail()
        raise
    finally:
        run.close()
    run.report.seconds = time.monotonic() - started
    return run.report


def batches(raws: Iterator[Raw]) -> Iterator[list[Raw]]:
    while batch := list(itertools.islice(raws, BATCH)):
        yield batch


class Run:
    """An import under way."""

    def __init__(self, source: Source, dry_run: bool, as_drafts: bool, by: Person) -> None:
        self.source, self.dry_run, self.live = source, dry_run, not as_drafts
        self.record = ImportRun(feed=source.feed, file_name=source.path.name) if dry_run else begin(source, by)
        self.report = Report.resumed(self.record.counts, self.record.problems)
        self.report.dry_run = dry_run
        self.problem_file = ProblemFile(self.report_path(), self.record.counts.get("report_size", 0))
        self.report.path = self.problem_file.path
        self.checker, self.seed = Checker(source.feed, custom.checks()), custom.seed()
        self.seen = Seen()
        self.look_anew()

    def report_path(self) -> Path:
        name = f"import-{self.record.pk}.csv" if self.record.pk else f"dry-run-{now():%Y%m%d-%H%M%S-%f}.csv"
        return Path(settings.HOME) / "reports" / name

    def look_anew(self) -> None:
        """Read categories and tags from the database again."""
        self.tree, self.tags = Tree(), Tags()
        self.writer = Writer(self.tree, self.tags, self.live)

    # A batch

    def take(self, raws: list[Raw]) -> None:
        """Plan and carry out a batch, again if somebody changed what it builds on meanwhile."""
        for raw in raws:
            identify(raw, self.source.feed)
            raw.digest = raw.digest[:24] + self.seed
        again = self.seen.add((raw.number, raw.feed, raw.external_id) for raw in raws if not raw.refused)
        raws = [raw for raw in raws if raw.number > self.record.rows_done]
        size = self.problem_file.saved()
        for attempt in range(TRIES if raws else 0):
            try:
                return self.attempt(raws, again)
            except IntegrityError as error:
                if attempt == TRIES - 1:
                    raise ImportFailed(
                        f"Rows {raws[0].number} to {raws[-1].number} cannot be stored: {error}"
                    ) from error
                self.problem_file.cut(size)
                self.look_anew()

    def attempt(self, raws: list[Raw], again: dict[int, int]) -> None:
        """Check, plan and write the rows; the run itself goes on only if all of it succeeds."""
        report = self.report.copy()
        there = digests((raw.feed, raw.external_id) for raw in raws if not raw.refused)
        rows = [self.check(raw, again) for raw in raws if not self.is_same(raw, again, there)]
        good = [row for row in rows if not row.refused]
        for row in good:
            if row.pictures:
                row.taken = pictures.take(row, self.source.path.parent, self.dry_run)
        with nullcontext() if self.dry_run else transaction.atomic():
            plan = self.plan(good, there, report)
            count(report, plan, rows, len(raws))
            self.problem_file.write(problem.as_row() for row in rows for problem in row.problems)
            if not self.dry_run:
                self.writer.write(plan)
                self.save_place(report, raws[-1].number)
        self.record.rows_done = raws[-1].number
        self.report = report
        if report.counts["rows"] == report.counts["refused"] >= HOPELESS:
            raise ImportFailed(f"None of the first {report.counts['rows']:,} rows is a listing. {report.problems[0]}")

    def is_same(self, raw: Raw, again: dict[int, int], there: dict[Identity, There]) -> bool:
        if raw.refused or raw.number in again:
            return False
        known = there.get((raw.feed, raw.external_id))
        return known is not None and known.digest == raw.digest != ""

    def check(self, raw: Raw, again: dict[int, int]) -> Row:
        if raw.number in again:
            row = new_row(raw)
            row.tell("id", f"row {again[raw.number]} of this file has the same id", "refused")
            return row
        return self.checker.check(raw)

    def plan(self, rows: list[Row], there: dict[Identity, There], report: Report) -> Plan:
        """The plan, with every category and tag that it names made, or pretended to be."""
        missing = self.tree.missing(path for row in rows for path in row.paths or ())
        tell_twins(rows, missing, self.tree)
        (categories.pretend if self.dry_run else categories.make)(self.tree, missing)
        tags = self.tags.missing(tag for row in rows for tag in row.tags or ())
        (self.tags.pretend if self.dry_run else self.tags.make)(tags)
        tell_trash(rows, self.tree)
        report.made += Counter(categories=len(missing), tags=len(tags))
        return make_plan(rows, there, self.tree, self.tags, lock=not self.dry_run)

    def save_place(self, report: Report, number: int) -> None:
        """Write down how far we are, unless another process has gone on from where we were."""
        state = {**report.state(), "report_size": self.problem_file.saved()}
        problems = [[p.row, p.field, p.reason, p.kind] for p in report.problems]
        mine = ImportRun.objects.filter(
            pk=self.record.pk, rows_done=self.record.rows_done, state=ImportRun.State.RUNNING
        )
        if not mine.update(rows_done=number, counts=state, problems=problems):
            raise ImportFailed(
                f"Another process is importing {self.source.path.name} too. Let it finish, or stop it first."
            )

    # The end

    def finish(self) -> None:
        if not self.report.counts["rows"]:
            raise ImportFailed(f"{self.source.path.name} holds no rows.")
        if not self.dry_run:
            sort_new_siblings(self.record.started_at)
        self.end(ImportRun.State.DONE)

    def fail(self) -> None:
        self.end(ImportRun.State.FAILED)

    def end(self, state: ImportRun.State) -> None:
        if not self.dry_run:
            ImportRun.objects.filter(pk=self.record.pk, rows_done=self.record.rows_done).update(
                state=state, finished_at=now()
            )

    def close(self) -> None:
        self.seen.close()
        self.problem_file.close()


def begin(source: Source, by: Person) -> ImportRun:
    """The interrupted run of this very file and feed, or a new one."""
    same = ImportRun.objects.filter(fingerprint=source.fingerprint, feed=source.feed, state=ImportRun.State.RUNNING)
    return same.order_by("-id").first() or start(source, by)


def start(source: Source, by: Person) -> ImportRun:
    person = by if isinstance(by, User) else None
    with transaction.atomic():
        run = ImportRun.objects.create(
            feed=source.feed, file_name=source.path.name[-300:], fingerprint=source.fingerprint, started_by=person
        )
        log(run, "wagtail.create", user=person)
    return run


def count(report: Report, plan: Plan, rows: list[Row], total: int) -> None:
    """Add a batch's numbers and problems to the report."""
    changed = sum(change.is_change for change in plan.changes)
    refused = sum(row.refused for row in rows)
    same = total - len(plan.new) - changed - refused
    conflicts = sum(any(problem.kind == "conflict" for problem in row.problems) for row in rows)
    report.counts += Counter(
        rows=total, new=len(plan.new), changed=changed, same=same, refused=refused, conflicts=conflicts
    )
    for row in rows:
        report.unknown.update(row.unknown)
        for problem in row.problems:
            report.add(problem)


def tell_twins(rows: list[Row], missing: list[tuple[str, ...]], tree: Tree) -> None:
    """Tell of new categories whose names differ from others only in upper and lower case."""
    twins = tree.twins(missing)
    for row in rows if twins else ():
        for path in row.paths or ():
            if twin := twins.pop(path, None):
                row.tell(
                    "categories",
                    f"{written(path)} is made beside {written(twin)}: only upper and lower case differ",
                    "note",
                )
