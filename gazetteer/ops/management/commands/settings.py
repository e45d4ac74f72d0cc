import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gazetteer.environment import SETTINGS, raw_value

SECRET = ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL")


class Command(BaseCommand):
    help = "List every setting: its name in the environment, its value now, and what it is for."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--markdown", action="store_true", help="as a table for the documentation, without values")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(markdown() if options["markdown"] else values())


def markdown() -> str:
    rows = [f"| `{each.name}` | `{each.default}` | {each.help} |" for each in SETTINGS]
    return "\n".join(["| name | when unset | meaning |", "|---|---|---|", *rows])


def values() -> str:
    width = max(len(each.name) for each in SETTINGS)
    lines = [f"{each.name:<{width}}  {shown(each.name, each.default)}\n{'':<{width}}  {each.help}" for each in SETTINGS]
    return "\n".join([*lines, "", f"{'':<{width}}  Any of these may be read from a file: NAME_FILE=/path."])


def shown(name: str, default: str) -> str:
    """The value with its origin; of a secret only that it is set."""
    raw = raw_value(name, os.environ)
    if raw is None:
        return f"{default or '(empty)'}  (unset)"
    return "(set, not shown)" if name in SECRET else raw
