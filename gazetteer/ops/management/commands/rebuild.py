from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.ops import health, rebuild


class Command(BaseCommand):
    help = "Make anew what follows from the facts, after a damage or a write behind the program's back, then check it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "part", nargs="?", choices=list(rebuild.PARTS), help="only this part (default: all, one after another)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name in [options["part"]] if options["part"] else rebuild.PARTS:
            rebuild.PARTS[name]()
            self.stdout.write(f"Made anew: {name}.")
        if faults := health.contradictions():
            raise CommandError("Still wrong: " + " ".join(faults))
        self.stdout.write("The tables, triggers and counts are as they should be.")
