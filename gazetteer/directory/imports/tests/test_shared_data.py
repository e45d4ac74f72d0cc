"""The demo's file as a whole; it is large, so only on request: SHARED_DATA=<folder of the data> pytest …"""

import os
from pathlib import Path

import pytest

from gazetteer.directory.branches import checks
from gazetteer.directory.imports.run import import_file
from gazetteer.directory.models import Branch, Category, Listing

DEMO = Path(os.environ.get("SHARED_DATA", "")) / "demo" / "listings.jsonl.gz"


@pytest.mark.django_db
@pytest.mark.skipif(not os.environ.get("SHARED_DATA"), reason="SHARED_DATA does not say where the data is")
def test_the_demo_is_30953_listings_in_922_categories():
    report = import_file(DEMO, feed="demo")
    assert (
        report.counts["new"] == Listing.objects.published().count() == Branch.objects.get(kind="all").listings == 30_953
    )
    assert Category.objects.count() == report.made["categories"] == 922
    assert Category.objects.filter(name__contains="/").count() == 7
    assert Category.find_problems() == ([], [], [], [], [])
    assert checks.differences() == []
    again = import_file(DEMO, feed="demo")
    assert again.counts["same"] + again.counts["changed"] == 30_953 and again.counts["changed"] == 0
