"""Every kind of page that may be kept notes what it read, and every table that it reads is under watch."""

import pytest
from django.test import Client

from gazetteer.changes.notes import recording

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

NOT_KEPT = {"search", "search_empty", "search_nothing", "sign_in", "not_found", "wagtail_serve"}
"""Kinds of pages that no store keeps: results, forms, errors, files."""


def test_every_table_that_any_kind_of_page_reads_is_under_watch(kinds: dict[str, str]) -> None:
    client = Client()
    unkept = {}
    for kind, address in kinds.items():
        if kind not in NOT_KEPT:
            with recording() as noted:
                assert client.get(address).status_code == 200, address
            unkept[kind] = noted.unkept
    assert {kind: why for kind, why in unkept.items() if why} == {}
    assert len(unkept) >= 15
