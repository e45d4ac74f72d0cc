"""What was damaged behind the program's back is made anew from the facts."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from gazetteer.changes import triggers
from gazetteer.directory import actions
from gazetteer.directory.models import Branch, Filing, Listing
from gazetteer.ops import health

pytestmark = pytest.mark.django_db


def rebuild(*words: str) -> str:
    out = StringIO()
    call_command("rebuild", *words, stdout=out)
    return out.getvalue()


def test_wrong_counts_are_made_anew() -> None:
    shops = actions.add_category("Shops")
    listing = Listing.objects.create(name="Oven & Son", live=True)
    Filing.objects.create(listing=listing, category=shops)
    Branch.objects.update(listings=99)
    assert health.contradictions()
    assert "as they should be" in rebuild()
    assert Branch.objects.get(pk=shops.branch_id).listings == 1


def test_triggers_that_somebody_dropped_are_made_again_with_what_they_missed() -> None:
    triggers.drop_all(connection)
    Listing.objects.create(name="Oven & Son", live=True)
    assert "triggers" in rebuild()
    assert Branch.objects.get(kind="all").listings == 1
    assert health.contradictions() == []


def test_one_part_alone_can_be_made_anew() -> None:
    assert rebuild("stories").startswith("Made anew: stories.")


def test_robots_are_told_what_is_no_page(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Disallow: /search/" in text
