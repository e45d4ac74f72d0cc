import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.ops import home
from gazetteer.ops.server import Plan, address_is_free, serve

MOST_WORKERS = 4


class Command(BaseCommand):
    help = "Serve the site, with its background work. SIGTERM or Ctrl-C ends it properly."

    def add_arguments(self, parser: CommandParser) -> None:
        processes = min(os.cpu_count() or 1, MOST_WORKERS)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=port, default=8000, help="(default: %(default)s)")
        parser.add_argument("--workers", type=above_zero, default=processes, help="processes (default: %(default)s)")
        parser.add_argument("--threads", type=above_zero, default=4, help="threads of each (default: %(default)s)")
        parser.add_argument("--no-work", action="store_true", help="without background work: run `gazetteer work` too")
        parser.add_argument("--access-log", action="store_true", help="write a line for every request")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan(
            host=options["host"],
            port=options["port"],
            workers=options["workers"],
            threads=options["threads"],
            with_work=not options["no_work"],
            access_log=options["access_log"],
        )
        refuse_old_tables()
        if not address_is_free(plan.host, plan.port):
            raise CommandError(f"Port {plan.port} on {plan.host} is taken by another program. Choose one with --port.")
        collect_static()
        with home.running():
            serve(plan, lambda: self.tell(plan))

    def tell(self, plan: Plan) -> None:
        address = f"http://{plan.host}:{plan.port}/"
        work = "with background work" if plan.with_work else "without background work"
        self.stdout.write(f"Gazetteer serves {address} ({plan.workers} processes, {work}). Ctrl-C stops it.")
        if home.nobody_is_in_charge():
            self.stdout.write(f"Nobody is in charge yet. Set the site up at {address}setup/?token={home.setup_token()}")
        self.stdout.flush()


def above_zero(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError
    return number


def refuse_old_tables() -> None:
    if missing := home.missing_migrations():
        raise CommandError(
            f"The database is of an earlier release ({len(missing)} steps behind). "
            "Run `gazetteer upgrade`: it makes a backup first."
        )


def collect_static() -> None:
    """Put the static files in order for this release; one process at a time."""
    with home.held("static"):
        stamp, mark = Path(settings.STATIC_ROOT) / ".release", home.release_mark()
        if stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
            return
        sys.stderr.write("Preparing the static files …\n")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(mark, encoding="utf-8")
