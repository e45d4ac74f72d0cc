from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.check import Command as DjangoCheck

from gazetteer.ops import health, home


class Command(DjangoCheck):
    help = "Look for faults: in the program, the tables, the triggers, the counts. With --live: is it fit to go live?"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        for action in parser._actions:
            if action.dest == "args":  # Django says nothing of it
                action.help = "folders of the program to look at, such as news; without any, all"
        parser.add_argument("--live", action="store_true", help="everything a live site needs, each well or not")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        super().handle(*app_labels, **options)
        if options["live"]:
            self.live()
        elif not (app_labels or options.get("tags") or options.get("list_tags") or options.get("deploy")):
            self.database()

    def database(self) -> None:
        """What is wrong in the database, as sentences."""
        missing = home.missing_migrations()
        wrong = [f"The database is {len(missing)} steps behind this release."] if missing else health.contradictions()
        if not wrong:
            self.stdout.write("The tables, triggers and counts are as they should be.")
            return
        for sentence in wrong:
            self.stderr.write(sentence)
        todo = "Run `gazetteer upgrade`." if missing else "Run `gazetteer rebuild`."
        raise CommandError(f"{len(wrong)} faults found. {todo}")

    def live(self) -> None:
        found = health.findings()
        for finding in found:
            mark = self.style.SUCCESS("well") if finding.is_well else self.style.ERROR("TO DO")
            self.stdout.write(f"{mark:<5}  {finding.name}: {finding.told}")
            if not finding.is_well:
                self.stdout.write(f"       → {finding.todo}")
        ill = sum(not finding.is_well for finding in found)
        if ill:
            raise CommandError(f"{ill} of {len(found)} things are to be done before this site goes live.")
