"""Listings from files: readers → checked rows → plan → apply, streaming and resumable, with a dry run.

from gazetteer.directory.imports import import_file

report = import_file("firms.csv", feed="chamber", dry_run=True)
print(*report.lines(), sep="\\n")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gazetteer.directory.imports.report import Report


def import_file(path: Any, **choices: Any) -> "Report":
    """See `run.import_file`, which this is; it is imported when called, for it needs the models."""
    from gazetteer.directory.imports.run import import_file as run

    return run(path, **choices)
