from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.ops.archive.bring_back import bring_back
from gazetteer.ops.archive.form import Refused, verify


class Command(BaseCommand):
    help = "Bring a backup back into an empty home, or with --replace in place of the site that is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that `gazetteer backup` wrote")
        parser.add_argument("--replace", action="store_true", help="keep the present site aside, put the backup there")
        parser.add_argument("--verify", action="store_true", help="only read the file and say whether it is whole")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verify"]:
                return self.tell_verified(options["file"])
            report = bring_back(options["file"], replace=options["replace"])
        except Refused as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        made = report.manifest
        self.stdout.write(
            f"Back is the site of {made.made_at}: {sum(made.tables.values()):,} rows of {len(made.tables)} tables, "
            f"{report.files:,} files; all compared with the backup."
        )
        if report.aside:
            self.stdout.write(f"What stood here before is kept in {report.aside}.")
        if report.settings:
            self.stdout.write(f"What was set in the environment then is written in {report.settings}; set it again.")
        self.stdout.write("Start the site with `gazetteer serve`.")

    def tell_verified(self, file: Path) -> None:
        made = verify(file)
        self.stdout.write(f"{file} is whole: the site of {made.made_at}, {sum(made.tables.values()):,} rows.")
