"""Filling a new site in the background. Each may be run again and then goes on where it was."""

from pathlib import Path

from django_tasks import task

from gazetteer.accounts.models import User
from gazetteer.directory.imports import import_file
from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.tasks import Outcome
from gazetteer.ops.demo import load, profiles
from gazetteer.pages.actions import recompose_home


@task(priority=50)  # somebody is watching
def bring_listings(path: str, person: int) -> Outcome:
    """Import the uploaded file. A file that cannot be imported is not tried again: it would be the same file."""
    by = User.objects.filter(pk=person).first()
    try:
        report = import_file(Path(path), by=by)
    except ImportFailed as error:
        return {"lines": [], "problem": str(error)}
    recompose_home(by=by)
    return {"lines": report.lines(), "problem": ""}


@task(priority=50)  # somebody is watching
def load_demo(name: str, person: int) -> Outcome:
    """Fill in the demo, `world` or `town`; killed half-way, the next try goes on."""
    profile = profiles.profile(name)
    told: list[str] = []
    if not load.already(profile):
        load.fill(profile, told.append, quiet=True)
    return {"lines": told, "problem": ""}
