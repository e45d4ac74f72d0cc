"""The command `gazetteer`: what it lists, how it fails, what it makes by itself."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.core.management.base import CommandError
from django.db import OperationalError

from gazetteer import cli
from gazetteer.ops import home, troubles


def run(tmp_path: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """As a person runs it, in a home of their own; PostgreSQL is left out here, so that nobody waits for it."""
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    whole = {**clean, "GAZETTEER_HOME": str(tmp_path / "home"), **environment}
    command = [sys.executable, "-m", "gazetteer.cli", *words]
    return subprocess.run(command, env=whole, text=True, capture_output=True, timeout=120)


def test_the_overview_lists_only_commands_that_exist() -> None:
    known = get_commands()
    text = cli.overview(known)
    listed = [line.split("  ")[1] for line in text.splitlines() if line.startswith("  ")]
    assert {"serve", "work", "backup", "restore", "check", "settings", "upgrade"} <= set(listed)
    assert all(name.strip().replace(" ", "_") in known for name in listed)


@pytest.mark.parametrize("name", ["serve", "work", "backup", "restore", "check", "settings", "upgrade"])
def test_every_command_says_what_it_does(name: str) -> None:
    known = get_commands()
    parser = cli.load(name, known).create_parser("gazetteer", name)
    assert f"gazetteer {name}" in parser.format_help()
    assert len(cli.summary(name, known)) > 20


def test_a_kind_of_import_is_a_word_of_its_own() -> None:
    known: dict[str, object] = {"import_listings": "x", "import_article": "x"}
    assert cli.command_and_rest(["import", "listings", "FILE"], known) == ("import_listings", ["FILE"])
    with pytest.raises(CommandError, match="article, listings") as caught:
        cli.command_and_rest(["import", "novels"], known)
    assert caught.value.returncode == 2
    with pytest.raises(CommandError, match="no command 'dance'"):
        cli.command_and_rest(["dance"], known)


def test_help_and_settings_make_no_home(tmp_path: Path) -> None:
    assert run(tmp_path, "serve", "--help").returncode == 0
    shown = run(tmp_path, "settings", DATABASE_URL="postgres://me:hush@db/site", LANGUAGE="fr")
    assert "hush" not in shown.stdout and "fr" in shown.stdout
    assert not list((tmp_path / "home").glob("*.sqlite3"))


@pytest.mark.parametrize(
    ("words", "environment", "status", "sentence"),
    [
        (("dance",), {}, 2, "no command 'dance'"),
        (("import",), {}, 2, "Say what to import"),
        (("check",), {"DEBUG": "perhaps"}, 2, "DEBUG must be one of"),
        (("check",), {"DATABASE_URL": "mysql://x"}, 2, "postgres:// or sqlite://"),
        (("check",), {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, 1, "cannot be reached"),
        (("restore", "no-such-file.zip"), {}, 1, "no such file"),
        (("serve", "--port", "0"), {}, 2, "--port: invalid"),
    ],
)
def test_an_expected_error_is_a_sentence_and_never_a_traceback(
    tmp_path: Path, words: tuple[str, ...], environment: dict[str, str], status: int, sentence: str
) -> None:
    done = run(tmp_path, *words, **environment)
    assert done.returncode == status
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_command_the_overview_is_shown_and_it_counts_as_wrong_use(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert "gazetteer COMMAND" in done.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("database or disk is full", "disk is full"),
        ("database is locked", "held the database for too long"),
        ("unable to open database file", "cannot be opened"),
        ("no such table: news_article", "gazetteer upgrade"),
        ("file is not a database", "restore the last backup"),
        ("something else", "The database refused"),
    ],
)
def test_the_databases_errors_are_told_in_words(text: str, told: str) -> None:
    assert told in troubles.sentence(OperationalError(text))
    assert told in troubles.sentence(sqlite3.OperationalError(text))


def test_an_error_nobody_foresaw_is_named_as_our_fault() -> None:
    assert "fault of the program" in troubles.sentence(KeyError("x"))


def test_a_first_start_that_was_killed_is_taken_up_again(
    db: None, settings: "object", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    settings.HOME = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings
    monkeypatch.setattr(home, "call_command", lambda name, **_: calls.append(name))
    assert home.make_if_absent() is False
    (tmp_path / home.UNFINISHED).touch()
    assert home.make_if_absent() is True
    assert calls == ["migrate"] and not (tmp_path / home.UNFINISHED).exists()
