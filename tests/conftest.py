"""A small town with everything in it, for tests of the product as a whole: in the test's database, or served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from tests import pages, served
from tests.browser import chromium


@pytest.fixture(scope="module")
def town(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo `town`, in a transaction that is undone after the module's last test, with an index of its own."""
    from gazetteer.ops.demo import load
    from gazetteer.ops.demo.profiles import profile
    from gazetteer.search import index

    folder = settings.SEARCH_FOLDER
    settings.SEARCH_FOLDER = tmp_path_factory.mktemp("index")
    index.engine.cache_clear()
    with django_db_blocker.unblock(), transaction.atomic():
        load.fill(profile("town"), lambda line: None, quiet=True)
        index.build(index.engine())
        yield
        transaction.set_rollback(True)
    settings.SEARCH_FOLDER = folder
    index.engine.cache_clear()


@pytest.fixture(scope="module")
def kinds(town: None, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """An address of each kind of page in the town."""
    client = Client()
    with django_db_blocker.unblock():
        return pages.find(lambda path: client.get(path).content.decode())


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home with the town in it, which nobody serves: copies of it are served."""
    own = tmp_path_factory.getbasetemp()
    return served.filled_home(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def site(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[served.Site]:
    """The town, served, to be looked at only. A test that writes serves a copy of `filled_home`."""
    with served.serve(filled_home, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def addresses(site: served.Site) -> dict[str, str]:
    """An address of each kind of page in the served town."""
    return pages.find(site.fetch)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Ended with the module: while Playwright runs, Django forbids the same thread to ask its database."""
    with chromium() as started:
        yield started
