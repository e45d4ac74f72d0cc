from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.ops import home
from gazetteer.ops.demo import load, signin
from gazetteer.ops.demo.profiles import NAMES, Profile, profile


class Command(BaseCommand):
    help = "Fill an empty site with a demonstration, once: real listings of the world, or an invented town."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--profile", choices=NAMES, default=NAMES[0], help="(default: %(default)s)")
        parser.add_argument("--once", action="store_true", help="leave a site that has content of any kind as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = profile(options["profile"])
        quiet = options["verbosity"] == 0
        with home.held("demo"):
            said = self.state(chosen, options["once"]) or self.fill(chosen, quiet)
        if not quiet:
            self.stdout.write(said)
            self.stdout.write("\n".join(signin.lines()))

    def state(self, chosen: Profile, once: bool) -> str:
        try:
            return load.already(chosen)
        except CommandError as error:
            if once:
                return f"{error}".split(". ")[0] + ". Nothing was changed."
            raise

    def fill(self, chosen: Profile, quiet: bool) -> str:
        say = (lambda line: None) if quiet else self.stdout.write
        say(f"Filling the site with the demo “{chosen.name}” …")
        load.fill(chosen, say, quiet)
        signin.make_if_nobody()
        return "The site has " + ", ".join(f"{number:,} {name}" for name, number in load.totals().items()) + "."
