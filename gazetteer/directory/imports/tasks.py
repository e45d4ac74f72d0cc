"""Importing an uploaded file in the background. It may be run again and then goes on where it was."""

from pathlib import Path
from typing import TypedDict
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django_tasks import task

from gazetteer.accounts.models import User
from gazetteer.directory.imports import import_file
from gazetteer.directory.imports.problems import ImportFailed


class Outcome(TypedDict):
    """What a task tells: the report's lines, or in a sentence why it could not be done."""

    lines: list[str]
    problem: str


def keep(upload: UploadedFile) -> Path:
    """The uploaded file in the home, under its own name (the import takes the feed's name from it)."""
    folder = Path(settings.HOME) / "incoming" / uuid4().hex
    folder.mkdir(parents=True, mode=0o700)
    path = folder / get_valid_filename(Path(upload.name or "listings").name)
    with path.open("wb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
    return path


@task
def bring_file(path: str, feed: str, only_check: bool, as_drafts: bool, person: int) -> Outcome:
    """Import or only check the file. One that cannot be imported is not tried again: it would be the same file."""
    by = User.objects.filter(pk=person).first()
    if by is None:
        return {"lines": [], "problem": "The account that asked for this import is gone."}
    try:
        report = import_file(Path(path), feed=feed or None, dry_run=only_check, as_drafts=as_drafts, by=by)
    except ImportFailed as error:
        return {"lines": [], "problem": str(error)}
    return {"lines": report.lines(), "problem": ""}
