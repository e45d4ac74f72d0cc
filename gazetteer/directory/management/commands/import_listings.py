from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.changes.progress import Progress
from gazetteer.directory.imports import import_file
from gazetteer.directory.imports.problems import ImportFailed


class Command(BaseCommand):
    help = "Bring in listings from a file: JSON lines, CSV or Excel, plain or with .gz."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="docs/use/imports.md says how its rows are written")
        parser.add_argument("--feed", help="feed of rows that name none; else the file's name without its ending")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of each row")
        parser.add_argument("--as-drafts", action="store_true", help="do not publish new listings")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Progress("Listings", quiet=options["verbosity"] == 0) as progress:
                report = import_file(
                    options["file"], feed=options["feed"], dry_run=options["dry_run"], as_drafts=options["as_drafts"],
                    progress=progress.add,
                )  # fmt: skip
        except ImportFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(report.lines()))
        if report.counts["refused"] == report.counts["rows"]:
            raise CommandError("Nothing was imported: every row was refused.")
