"""Writes the pages of `docs/` that are made from the code: `make docs`. A test fails when they are out of date."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

DOCS = Path(__file__).resolve().parent
# Every Django command has these; they are told once, at the top of the page.
SHARED = frozenset("help version verbosity settings pythonpath traceback no_color force_color skip_checks".split())


def settings_page() -> str:
    """Every row of `environment.SETTINGS` as a table."""
    from gazetteer.ops.management.commands.settings import markdown

    return f"""# Settings

Each is read from the environment when the program starts, and has a value when it is not set. Any of them may come
from a file instead: with `SECRET_KEY_FILE=/run/secrets/key` the file's text is the value. `gazetteer settings` shows
them with what they are set to.

What editors may change (name, logo, colours, languages, contact) is not here but at `/admin/`, *Site settings*.

{markdown()}
"""


def own_commands() -> Iterator[tuple[str, BaseCommand]]:
    """The commands of our own folders, by name."""
    for name, app in sorted(get_commands().items()):
        if str(app).startswith("gazetteer."):
            yield name, load_command_class(app, name)


def how_written(action: argparse.Action) -> str:
    """`--port PORT`, `FILE`: as it is typed."""
    value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    words = [action.option_strings[-1]] if action.option_strings else []
    if action.choices and not action.metavar:
        value = "|".join(str(choice) for choice in action.choices)
    return " ".join([*words, *([str(value)] if value else [])])


def told(text: str | None) -> str:
    return (text or "").replace("%%", "%").replace("|", r"\|")


def described(title: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    """The lines of one command, and after it those of its subcommands."""
    yield from ("", f"## {title}", "", told(parser.description))
    every = [action for action in parser._actions if action.help != argparse.SUPPRESS]
    own = [action for action in every if action.dest not in SHARED]
    branches = [action for action in own if isinstance(action, argparse._SubParsersAction)]
    rows = [f"| `{how_written(action)}` | {told(action.help)} |" for action in own if action not in branches]
    if rows:
        yield from ("", "| | |", "|---|---|", *rows)
    for action in branches:
        for name, below in action.choices.items():
            yield from described(f"{title} {name}", below)


def commands_page() -> str:
    """Every command of ours with what may be said to it."""
    lines = [
        "# Commands",
        "",
        "`.venv/bin/gazetteer COMMAND`. Each makes the site's folder and tables first if they are absent, exits with",
        "an error code when it fails, and says what to do next. All have `--help`, and `--traceback` to show where an",
        "error was.",
    ]
    for name, command in own_commands():
        spoken = name.replace("_", " ") if name.startswith(("import_", "export_")) else name
        lines += described(spoken, command.create_parser("gazetteer", name))
    return "\n".join([*lines, ""])


def pages() -> dict[Path, str]:
    return {DOCS / "use" / "settings.md": settings_page(), DOCS / "use" / "commands.md": commands_page()}


def main() -> None:
    os.environ["GAZETTEER_HOME"] = tempfile.mkdtemp(prefix="gazetteer-docs-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "gazetteer.settings"
    django.setup()
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
