"""A small town with everything in it, for tests of the product as a whole."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests import pages


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo `town`, in a transaction that is undone after the module's last test."""
    from gazetteer.ops.demo import load
    from gazetteer.ops.demo.profiles import profile

    with django_db_blocker.unblock(), transaction.atomic():
        load.fill(profile("town"), lambda line: None, quiet=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kinds(town: None, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """An address of each kind of page in the town."""
    client = Client()
    with django_db_blocker.unblock():
        return pages.find(lambda path: client.get(path).content.decode())
