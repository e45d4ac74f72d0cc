"""What an import did, for a terminal, for the desk, and in full in a file."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gazetteer.directory.imports.problems import Problem

KEPT = 200
"""Problems kept with the run in the database; the file has all."""
LONGEST_FILE = 512 * 1024 * 1024
HEADING = ("row", "what became of it", "field", "reason")
COUNTERS = ("counts", "made", "unknown", "kinds")


@dataclass
class Report:
    """Numbers of rows by what became of them, what was made on the way, and every problem.

    `counts`: `rows` and the four outcomes `new`, `changed`, `same`, `refused`, which add up to it; `conflicts` is the
    number of rows in which the desk's value stands against the file's (they count as changed or same as well).
    `made`: categories, places, tags, pictures. `unknown`: names that mean nothing to us and how often they had a value.
    """

    counts: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    dry_run: bool = False
    path: Path | None = None
    seconds: float = 0.0

    def add(self, problem: Problem) -> None:
        self.kinds[problem.kind] += 1
        if len(self.problems) < KEPT:
            self.problems.append(problem)

    def copy(self) -> "Report":
        counters = {name: getattr(self, name).copy() for name in COUNTERS}
        return replace(self, problems=list(self.problems), **counters)

    def state(self) -> dict[str, Any]:
        """The numbers as they are stored with the run."""
        return {name: dict(getattr(self, name)) for name in COUNTERS}

    @classmethod
    def resumed(cls, state: dict[str, Any], problems: list[list[Any]]) -> "Report":
        counts, made, unknown, kinds = (Counter(state.get(name, {})) for name in COUNTERS)
        return cls(counts, made, unknown, kinds, [Problem(*problem) for problem in problems])

    def lines(self, most: int = 20) -> list[str]:
        """The report as people read it."""
        counts = self.counts
        would = "would be " if self.dry_run else ""
        lines = [
            f"{counts['rows']:,} rows: {counts['new']:,} {would}new, {counts['changed']:,} {would}changed, "
            f"{counts['same']:,} the same, {counts['refused']:,} refused, "
            f"{counts['conflicts']:,} in conflict with the desk."
        ]
        made = [f"{number:,} {what}" for what, number in self.made.items() if number]
        if made:
            lines.append(f"{'To be made' if self.dry_run else 'Made'} on the way: {', '.join(made)}.")
        if self.unknown:
            lines += ["Names that mean nothing here and were left out (define a custom field to keep one):"]
            lines += [f"  {name}: {number:,} values" for name, number in self.unknown.most_common(most)]
        lines += self.told(most)
        if self.dry_run:
            lines.append("Nothing was changed (--dry-run).")
        return lines

    def told(self, most: int) -> list[str]:
        total = self.kinds.total()
        if not total:
            return []
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in self.kinds.most_common())
        lines = [f"Problems: {kinds}. The first of them:", *(f"  {problem}" for problem in self.problems[:most])]
        return [*lines, f"All {total:,} are in {self.path}"] if self.path else lines


class ProblemFile:
    """Every problem as a row of a table beside the database; what an interrupted batch had written is cut off again."""

    def __init__(self, path: Path, size: int = 0) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.file = path.open("r+b" if size and path.exists() else "w+b")
        self.cut(min(size, self.file.seek(0, io.SEEK_END)))
        if not size:
            self.write([HEADING])

    def write(self, rows: Any) -> None:
        if self.file.tell() < LONGEST_FILE:
            text = io.StringIO()
            csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
            self.file.write(text.getvalue().encode("utf-8", "replace"))

    def cut(self, size: int) -> None:
        """Forget what was written after so many bytes."""
        self.file.seek(size)
        self.file.truncate()

    def saved(self) -> int:
        """Bytes that are safely written."""
        self.file.flush()
        return self.file.tell()

    def close(self) -> None:
        self.file.close()


def safe(cell: Any) -> Any:
    """Text that a spreadsheet program would take for a formula is marked as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
