"""Every kind of page that may be kept notes what it read, and every table that it reads is under watch."""

from typing import Any

import pytest
from django.test import Client

from gazetteer.changes.notes import recording
from gazetteer.web.parts import FROM_EDGE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

NOT_KEPT = {
    "search", "search_empty", "search_listings", "search_narrowed", "search_near", "search_nothing", "sign_in",
    "not_found", "wagtail_serve",
}  # fmt: skip
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


FEW = {
    "count", "tagged", "tree", "wagtailcore_page", "pages_homepage", "pages_standingpage", "pages_sitesettings",
    "pages_sidecolumn", "directory_customfield",
}  # fmt: skip
"""What a page may depend on as a whole: tables seldom written, and what the home page and the directory's sum up."""


def test_no_page_hangs_on_a_whole_table_that_is_often_written(kinds: dict[str, str]) -> None:
    client = Client()
    whole = {}
    for kind, address in kinds.items():
        if kind not in NOT_KEPT:
            with recording() as noted:
                client.get(address)
            whole[kind] = {key for key in noted.keys if ":" not in key} - FEW
    assert {kind: tables for kind, tables in whole.items() if tables} == {}


def test_a_page_holds_marks_for_the_blocks_that_it_shares(kinds: dict[str, str]) -> None:
    client = Client()
    with recording() as noted:
        body = client.get(kinds["article"]).content
    assert {"today", "side", "totals"} <= {part.address.split("/")[2] for part in noted.parts}
    assert body.count(b"\0") == 2 * len(noted.parts)
    whole = client.get(kinds["article"]).content
    edge: Any = {FROM_EDGE: True}
    for number, part in enumerate(noted.parts):
        with recording() as block:
            html = client.get(part.address, **edge).content
        if part.unless in block.shows:
            html = client.get(part.instead, **edge).content
        body = body.replace(b"\0%d\0" % number, html)
    assert body == whole
