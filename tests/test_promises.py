"""What the documents promise of the code, kept: settings, commands, models, folders."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from docs import generate
from gazetteer.changes import clock
from gazetteer.environment import SETTINGS

HOUSE = Path(__file__).resolve().parent.parent / "gazetteer"
# Names that tell nobody what is in them: each file is named for what it does.
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "lib", "tools", "base_utils", "constants", "managers"}
COMMANDS = dict(generate.own_commands())


def subjects() -> list[Path]:
    """The folders of the house."""
    return [folder for folder in sorted(HOUSE.iterdir()) if (folder / "apps.py").exists()]


@pytest.mark.parametrize("path", generate.pages(), ids=lambda path: path.name)
def test_pages_made_from_the_code_are_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generate.pages()[path], "run `make docs`"


def test_every_setting_is_documented_with_its_default() -> None:
    page = (generate.DOCS / "use" / "settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"| `{setting.name}` | `{setting.default}` | {setting.help} |" in page


def test_settings_say_what_they_are_for_in_a_sentence() -> None:
    assert [setting.name for setting in SETTINGS if not re.match(r"\S.{9,}\.$", setting.help)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_what_each_argument_is(name: str) -> None:
    parser = COMMANDS[name].create_parser("gazetteer", name)
    own = [action for action in parser._actions if action.dest not in generate.SHARED]
    assert len(COMMANDS[name].help) > 10
    assert [action.dest for action in own if not action.help] == []
    with redirect_stdout(io.StringIO()) as shown:
        parser.print_help()
    assert COMMANDS[name].help.split()[0] in shown.getvalue()


@pytest.mark.django_db
def test_models_match_migrations() -> None:
    with redirect_stdout(io.StringIO()) as shown:
        try:
            call_command("makemigrations", check=True, dry_run=True, verbosity=1)
        except SystemExit:
            pytest.fail(f"run `makemigrations`: {shown.getvalue()}")


def test_each_folder_has_one_line_of_migrations() -> None:
    assert MigrationLoader(None, ignore_no_migrations=True).detect_conflicts() == {}


@pytest.mark.parametrize("folder", subjects(), ids=lambda folder: folder.name)
def test_a_folder_is_an_app_with_tests_and_says_what_it_is(folder: Path) -> None:
    docstring = re.match(r'"""(.{15,}?)"""', (folder / "__init__.py").read_text(encoding="utf-8"), re.DOTALL)
    assert docstring, f"{folder.name}/__init__.py begins with a sentence about the folder"
    assert apps.is_installed(f"gazetteer.{folder.name}")
    assert list((folder / "tests").glob("**/test_*.py")), f"{folder.name} has no test"


def test_files_are_named_for_what_is_in_them() -> None:
    assert [path for path in HOUSE.rglob("*.py") if path.stem in VAGUE] == []


def test_templates_stand_where_their_language_says() -> None:
    """Public ones in `<app>/jinja2/<app>/`; the desk's and the mails' in `<app>/templates/`, in Django's language."""
    for folder in subjects():
        strays = [path for path in (folder / "jinja2").glob("*") if path.is_file()]
        assert strays == [], "a template outside its app's own folder may hide another app's"


def test_every_model_has_a_plain_name_for_the_desk() -> None:
    unnamed = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("gazetteer.") and not str(model._meta.verbose_name_plural).strip()
    ]
    assert unnamed == []


def test_the_desk_says_in_words_what_becomes_of_a_thing_when_its_moment_comes() -> None:
    assert sorted(kind for kind in clock.handlers if "." in kind and not clock.labels.get(kind)) == []
