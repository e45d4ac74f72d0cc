"""Imports at the desk: a file is checked, then brought in; what was refused is told."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gazetteer.directory.desk.tests.world import FRAMEWORK_WORDS, Town, html_of, seen, sign_in
from gazetteer.directory.imports.tasks import bring_file
from gazetteer.directory.models import ImportRun, Listing

BRING = "/admin/imports/bring/"
ROWS = b'{"id": "1", "name": "Crumb", "category": ["Food", "Tea rooms"], "rooms": 3}\n{"id": "2"}\n'


@pytest.fixture
def worker(settings: Any, tmp_path: Path) -> Callable[[], None]:
    """Does the tasks that wait."""
    settings.HOME = tmp_path

    def work() -> None:
        for row in DBTaskResult.objects.ready():
            row.return_value = row.task.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
            row.status = TaskResultStatus.SUCCESSFUL
            row.save()

    return work


def upload(client: Client, content: bytes = ROWS, name: str = "cafes.jsonl", **values: Any) -> str:
    """The address of the page that tells how the check goes on."""
    answer = client.post(BRING, {"file": SimpleUploadedFile(name, content), "feed": "", **values})
    return str(answer.headers.get("Location", ""))


def test_a_file_is_only_checked_first_and_imported_when_the_editor_says_so(
    desk: Client, town: Town, worker: Callable[[], None]
) -> None:
    checking = upload(desk)
    assert "waits for its turn" in html_of(desk, checking)
    worker()
    html = html_of(desk, checking)
    assert "2 rows: 1 would be new" in html
    assert not Listing.objects.filter(name="Crumb").exists()
    importing = str(desk.post(checking).headers["Location"])
    worker()
    assert "1 new" in html_of(desk, importing)
    assert Listing.objects.published().get(name="Crumb").feed == "cafes"


def test_an_import_tells_its_numbers_and_its_problems(desk: Client, town: Town, worker: Callable[[], None]) -> None:
    checking = upload(desk, feed="chamber", as_drafts="on")
    worker()
    desk.post(checking)
    worker()
    run = ImportRun.objects.get()
    assert run.file_name in html_of(desk, "/admin/imports/")
    html = seen(html_of(desk, reverse("import_run", args=[run.pk])))
    assert re.search(r"Refused\s+1", html)
    assert "the row is refused" in html
    assert "rooms" in html
    assert not Listing.objects.get(name="Crumb").live


def test_a_file_that_is_no_file_of_listings_is_told_in_a_sentence(
    desk: Client, town: Town, worker: Callable[[], None]
) -> None:
    checking = upload(desk, b"\x00\x01", "photo.png")
    worker()
    html = html_of(desk, checking)
    assert "help-critical" in html
    assert "Import it now" not in html
    assert desk.post(checking).status_code == 200
    assert not ImportRun.objects.exists()


def test_no_screen_of_imports_says_a_word_of_the_framework(
    desk: Client, town: Town, worker: Callable[[], None]
) -> None:
    checking = upload(desk)
    worker()
    for screen in ("/admin/imports/", BRING, checking):
        assert not FRAMEWORK_WORDS.findall(seen(html_of(desk, screen)))


def test_who_looks_after_a_branch_or_only_writes_brings_in_nothing(
    town: Town, client: Client, worker: Callable[[], None]
) -> None:
    for name, group in (("cat", "Category editors"), ("rita", "Reporters")):
        sign_in(client, name, group, town.food)
        upload(client)
        assert client.get("/admin/imports/").status_code == 302
        assert client.get(BRING).status_code == 302
    assert not DBTaskResult.objects.filter(task_path=bring_file.module_path).exists()


def test_nobody_sees_the_tasks_of_other_parts_here(desk: Client, town: Town) -> None:
    assert desk.get("/admin/imports/progress/nothing/").status_code == 404
    assert desk.get("/admin/imports/progress/00000000-0000-0000-0000-000000000000/").status_code == 404
