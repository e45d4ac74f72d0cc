from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.ops import whole_site


class Command(BaseCommand):
    help = "Write the whole public site as files that any web server can serve: ADDRESS/index.html, and .gz beside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
        parser.add_argument("--processes", type=int, default=0, help="at once (default: one for each processor)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written ({error.strerror}). Name another folder.") from error
        tally = whole_site.export(folder, options["processes"], quiet=options["verbosity"] == 0)
        for line in whole_site.told(tally):
            self.stdout.write(line)
        self.stdout.write(f"The site is in {folder}. Search, forms and the desk need the program.")
        if tally.failed:
            raise CommandError("Some pages could not be made; the log of the errors stands above.")
