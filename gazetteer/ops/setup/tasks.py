"""Filling a new site in the background. Each may be run again: an import goes on, the demo starts over."""

from pathlib import Path
from typing import TypedDict

from django.core.management import call_command
from django_tasks import task

from gazetteer.accounts.models import User
from gazetteer.directory.imports import import_file
from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.pages.actions import recompose_home


class Outcome(TypedDict):
    """What a task tells: the report's lines, or in a sentence why it could not be done."""

    lines: list[str]
    problem: str


@task
def bring_listings(path: str, person: int) -> Outcome:
    """Import the uploaded file. A file that cannot be imported is not tried again: it would be the same file."""
    by = User.objects.filter(pk=person).first()
    try:
        report = import_file(Path(path), by=by)
    except ImportFailed as error:
        return {"lines": [], "problem": str(error)}
    recompose_home(by=by)
    return {"lines": report.lines(), "problem": ""}


@task
def load_demo(profile: str, person: int) -> Outcome:
    """Fill in the demo, `world` or `town`."""
    call_command("demo", profile=profile, verbosity=0)
    recompose_home(by=User.objects.filter(pk=person).first())
    return {"lines": [], "problem": ""}
