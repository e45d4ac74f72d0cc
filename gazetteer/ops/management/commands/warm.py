from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.ops import whole_site


class Command(BaseCommand):
    help = "Make every page of the site ahead of its visitors and keep it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--processes", type=int, default=0, help="at once (default: one for each processor)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EDGE:
            raise CommandError("Saved pages are turned off (GAZETTEER_EDGE), so there is nothing to make ahead.")
        tally = whole_site.warm(options["processes"], quiet=options["verbosity"] == 0)
        for line in whole_site.told(tally):
            self.stdout.write(line)
        if tally.failed:
            raise CommandError("Some pages could not be made; the log of the errors stands above.")
