"""Filling a new site in the background. Each may be run again: an import goes on, the demo starts over."""

from pathlib import Path

from django.core.management import call_command
from django_tasks import task

from gazetteer.accounts.models import User
from gazetteer.directory.imports import import_file
from gazetteer.pages.actions import recompose_home


@task
def bring_listings(path: str, person: int) -> list[str]:
    """Import the uploaded file; returns the report's lines."""
    by = User.objects.filter(pk=person).first()
    report = import_file(Path(path), by=by)
    recompose_home(by=by)
    return report.lines()


@task
def load_demo(profile: str, person: int) -> list[str]:
    """Fill in the demo, `world` or `town`."""
    call_command("demo", profile=profile, verbosity=0)
    recompose_home(by=User.objects.filter(pk=person).first())
    return []
