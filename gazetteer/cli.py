"""`gazetteer`: every command of the product. Thin: each is a management command of its subject.

`gazetteer import listings FILE` runs the command `import_listings`; Django's own (`migrate`, `shell` …) are reached
by their names. An absent home is made first. An expected error is one sentence that says what to do next.
"""

import logging
import os
import sys
from collections.abc import Mapping, Sequence

import django
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError, SystemCheckError

logger = logging.getLogger(__name__)

SUBJECTS = (
    ("Begin", ("demo", "serve", "work", "warm")),
    ("Bring in", ("import listings", "import article", "import site", "import mosets", "import wordpress", "wire")),
    ("Take out", ("export listings", "export site", "export static", "backup", "restore")),
    ("Look after", ("check", "settings", "upgrade", "rebuild")),
    ("From Django", ("createsuperuser", "changepassword", "migrate", "shell", "dbshell", "sendtestemail")),
)
GROUPS = ("import", "export")
NEEDS_NO_HOME = frozenset(
    "settings restore migrate makemigrations makemessages compilemessages collectstatic showmigrations sqlmigrate "
    "squashmigrations test startapp help version".split()
)
WRONG_USE = 2
STOPPED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 failed, 2 wrongly called, 130 stopped by Ctrl-C."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gazetteer.settings")
    try:
        django.setup()
        return run(words)
    except KeyboardInterrupt:
        return complain("Stopped.", STOPPED)
    except ImproperlyConfigured as error:
        return complain(f"A setting is wrong: {error} `gazetteer settings` lists them.", WRONG_USE)
    except (CommandError, PermissionDenied) as error:
        return complain(str(error), getattr(error, "returncode", 1))
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader is gone; nothing may be written at exit
        return 1
    except Exception as error:  # noqa: BLE001 (the last door: told in a sentence, with --traceback in full)
        return unexpected(error, "--traceback" in words)


def run(words: list[str]) -> int:
    known = get_commands()
    if not words or words[0] in {"help", "--help", "-h"}:
        print(overview(known))
        return 0 if words else WRONG_USE
    if words[0] in {"version", "--version"}:
        print(version())
        return 0
    name, rest = command_and_rest(words, known)
    command = load(name, known)
    options = parse(command, name, rest)
    if name not in NEEDS_NO_HOME:
        from gazetteer.ops import home

        home.make_if_absent()
    return execute(command, options)


def version() -> str:
    from importlib.metadata import version as version_of

    return f"Gazetteer {version_of('gazetteer')}"


def command_and_rest(words: list[str], known: Mapping[str, object]) -> tuple[str, list[str]]:
    """The management command meant by the first words; raises CommandError naming what is near."""
    first, rest = words[0], words[1:]
    if first not in GROUPS:
        if first in known:
            return first, rest
        raise CommandError(f"There is no command {first!r}. `gazetteer help` lists them.", returncode=WRONG_USE)
    kinds = sorted(name.removeprefix(f"{first}_") for name in known if name.startswith(f"{first}_"))
    if rest and rest[0] in kinds:
        return f"{first}_{rest[0]}", rest[1:]
    if rest and rest[0] in {"--help", "-h"}:
        print(f"gazetteer {first} KIND …, where KIND is one of: {', '.join(kinds) or 'none yet'}")
        raise SystemExit(0)
    raise CommandError(
        f"Say what to {first}: `gazetteer {first} KIND`, where KIND is one of: {', '.join(kinds) or 'none yet'}.",
        returncode=WRONG_USE,
    )


def load(name: str, known: Mapping[str, object]) -> BaseCommand:
    app = known[name]
    return app if isinstance(app, BaseCommand) else load_command_class(str(app), name)


def spoken(name: str) -> str:
    """The command as a person types it: `import_listings` is "import listings"."""
    group, _, kind = name.partition("_")
    return f"{group} {kind}" if group in GROUPS else name


def parse(command: BaseCommand, name: str, rest: list[str]) -> dict[str, object]:
    # So that wrong options are told with the usage and status 2; the stubs do not know the attribute.
    command._called_from_command_line = True  # type: ignore[attr-defined]
    parser = command.create_parser("gazetteer", spoken(name))
    return vars(parser.parse_args(rest))


def execute(command: BaseCommand, options: dict[str, object]) -> int:
    from django.db import connections

    command._called_from_command_line = True  # type: ignore[attr-defined]  # as Django's own runner sets it
    arguments = options.pop("args", ())
    try:
        command.execute(*arguments, **options)  # type: ignore[misc]  # what argparse gave
    except SystemCheckError as error:
        print(str(error), file=sys.stderr)
        return 1
    finally:
        drop_changed_pages()
        connections.close_all()
    return 0


def drop_changed_pages() -> None:
    """What the command wrote is on no kept page when the shell shows its prompt again."""
    from django.conf import settings
    from django.db import DatabaseError

    from gazetteer.edge.following import catch_up_now
    from gazetteer.edge.shared import shared

    if settings.EDGE and shared().folder.exists():
        try:
            catch_up_now(shared())
        except DatabaseError as error:  # the command has said what is wrong with it; a server looks again anyway
            logger.debug("The log of changes cannot be read: %s", error)


def overview(known: Mapping[str, object]) -> str:
    """Every command there is, by subject, with its one line of help."""
    lines = ["gazetteer COMMAND [--help]", ""]
    for subject, names in SUBJECTS:
        there = [name for name in names if name.replace(" ", "_") in known]
        if there:
            lines += [subject, *(f"  {name:<18} {summary(name, known)}" for name in there), ""]
    lines.append("Django's other commands are reached by their names.")
    return "\n".join(lines)


def summary(name: str, known: Mapping[str, object]) -> str:
    text = str(load(name.replace(" ", "_"), known).help or "").strip()
    return " ".join(text.split("\n\n")[0].split())


def complain(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def unexpected(error: Exception, with_traceback: bool) -> int:
    """An error nobody foresaw, or one of the machine's own (no space, no database): a sentence, never silence."""
    if with_traceback:
        raise error
    from gazetteer.ops import troubles

    return complain(troubles.sentence(error), 1)


if __name__ == "__main__":
    sys.exit(main())
