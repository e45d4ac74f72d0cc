from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gazetteer.ops import home
from gazetteer.ops.process import Process


class Command(BaseCommand):
    help = "Do the background work: tasks, and what is due by the clock. Run as many as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--parent", type=int, metavar="PID", help="end when this process, which started us, ends")

    def handle(self, *args: Any, **options: Any) -> None:
        with home.running():
            Process(parent=options["parent"]).run()
