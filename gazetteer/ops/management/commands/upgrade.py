from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gazetteer.ops.management.commands.serve import collect_static
from gazetteer.ops.upgrade import upgrade, way_back


class Command(BaseCommand):
    help = "After installing a new release: backup, then bring the tables up to it, check, and say how to go back."

    def handle(self, *args: Any, **options: Any) -> None:
        done = upgrade(self.stdout.write)
        collect_static()
        if done.backup is None:
            self.stdout.write("The tables are those of this release already.")
        else:
            self.stdout.write(f"{len(done.steps)} steps made. {way_back(done.backup)}")
        if done.faults:
            for sentence in done.faults:
                self.stderr.write(sentence)
            raise CommandError("The tables are up to date, but faults were found. Run `gazetteer rebuild`.")
        self.stdout.write("All is well. Start the site with `gazetteer serve`.")
