"""Importing again: only what differs changes, and what the desk did in between stands."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.directory import actions
from gazetteer.directory.branches import checks
from gazetteer.directory.imports.models import Imported
from gazetteer.directory.imports.run import import_file
from gazetteer.directory.imports.tests.world import BAKERY, CHAIN, GYM, bring, listing, numbers, reasons, write
from gazetteer.directory.models import Category, Filing, Listing, Place, TaggedListing

pytestmark = pytest.mark.django_db


def edit(external_id, **values):
    Listing.objects.filter(external_id=external_id).update(**values)


def filed(external_id):
    """Addresses of its categories, the primary one first."""
    rows = Filing.objects.filter(listing=listing(external_id)).order_by("-is_primary", "category__address")
    return list(rows.values_list("category__address", flat=True))


def everything():
    """All that an import writes, but for the times it was written at."""
    hidden = {"changed_at", "created_at", "listed_at", "first_published_at", "last_published_at"}
    listings = [{k: v for k, v in row.items() if k not in hidden} for row in Listing.objects.order_by("id").values()]
    others = [list(model.objects.order_by("pk").values()) for model in (Filing, TaggedListing, Imported, Place)]
    return listings, others, list(Category.objects.values("id", "path", "name", "address", "numchild"))


def test_the_same_file_again_changes_nothing(tmp_path):
    bring(tmp_path, BAKERY, GYM, CHAIN)
    before = everything()
    assert numbers(bring(tmp_path, BAKERY, GYM, CHAIN)) == {"rows": 3, "same": 3}
    assert everything() == before


def test_the_same_facts_in_another_order_are_the_same(tmp_path):
    bring(tmp_path, BAKERY)
    report = bring(tmp_path, dict(reversed(BAKERY.items())))
    assert numbers(report) == {"rows": 1, "same": 1}


def test_only_what_differs_changes(tmp_path):
    bring(tmp_path, BAKERY, GYM)
    edit("b1", email="desk@example.org")
    report = bring(tmp_path, {**BAKERY, "website": "https://new.example.org/"}, GYM)
    assert numbers(report) == {"rows": 2, "changed": 1, "same": 1}
    assert (listing("b1").website, listing("b1").email) == ("https://new.example.org/", "desk@example.org")


def test_what_a_whole_row_no_longer_says_is_taken_back(tmp_path):
    bring(tmp_path, BAKERY)
    bring(tmp_path, {"id": "b1", "name": "Alice's Bakery"})
    alice = listing("b1")
    assert (alice.website, alice.phones, alice.city, filed("b1"), list(alice.tags.all())) == ("", [], "", [], [])
    assert not alice.placings.exists()
    assert checks.differences() == []


def test_a_table_speaks_only_of_its_columns(tmp_path):
    bring(tmp_path, BAKERY)
    report = bring(tmp_path, "id,name,website\nb1,Alice's Bakery,\n", name="firms.csv")
    assert numbers(report) == {"rows": 1, "changed": 1}
    assert (listing("b1").website, listing("b1").phones, filed("b1")) == ("", ["+44 113 496 0000"], ["shops/bakery"])


def test_a_value_that_only_the_desk_changed_stands(tmp_path):
    bring(tmp_path, BAKERY)
    edit("b1", phones=["+44 113 496 0999"])
    report = bring(tmp_path, {**BAKERY, "email": "alice@example.org"})
    assert listing("b1").phones == ["+44 113 496 0999"]
    assert listing("b1").email == "alice@example.org"
    assert numbers(report) == {"rows": 1, "changed": 1}


def test_where_desk_and_file_differ_the_desk_stands_and_it_is_told_once(tmp_path):
    bring(tmp_path, BAKERY)
    edit("b1", name="Alice the Baker")
    changed = {**BAKERY, "name": "ALICE LTD"}
    report = bring(tmp_path, changed)
    assert listing("b1").name == "Alice the Baker"
    assert numbers(report) == {"rows": 1, "same": 1, "conflicts": 1}
    assert reasons(report) == [
        "Row 1, name: the desk has “Alice the Baker”, which stands; the file says “ALICE LTD” (conflict)"
    ]
    assert numbers(bring(tmp_path, changed)) == {"rows": 1, "same": 1}


def test_desk_and_file_that_agree_are_no_conflict(tmp_path):
    bring(tmp_path, BAKERY)
    edit("b1", email="alice@example.org")
    assert "conflicts" not in numbers(bring(tmp_path, {**BAKERY, "email": "alice@example.org"}))


def test_filings_follow_the_row_and_the_desks_own_are_kept(tmp_path):
    bring(tmp_path, BAKERY, GYM)
    actions.file_under(listing("b1"), Category.objects.get(name="Health"))
    report = bring(tmp_path, {**BAKERY, "category": ["Food", "Bread"]}, GYM)
    assert filed("b1") == ["food/bread", "health"]
    assert "1 more in which the desk filed it were kept" in reasons(report)[0]
    assert checks.differences() == []


def test_a_filing_that_the_desk_took_away_does_not_come_back(tmp_path):
    bring(tmp_path, CHAIN)
    Filing.objects.filter(listing=listing("c1"), category__name="Café").delete()
    bring(tmp_path, {**CHAIN, "email": "c@example.org"})
    assert filed("c1") == ["shops/bakery"]


def test_the_desks_primary_category_stands(tmp_path):
    bring(tmp_path, CHAIN)
    actions.file_under(listing("c1"), Category.objects.get(name="Café"), primary=True)
    report = bring(tmp_path, {**CHAIN, "categories": [["Hotels"], *CHAIN["categories"]]})
    assert filed("c1") == ["food/café", "hotels", "shops/bakery"]
    assert numbers(report) == {"rows": 1, "changed": 1, "conflicts": 1}


def test_the_primary_category_changes_with_the_row(tmp_path):
    bring(tmp_path, CHAIN)
    bring(tmp_path, {**CHAIN, "categories": CHAIN["categories"][::-1]})
    assert filed("c1") == ["food/café", "shops/bakery"]
    assert Filing.objects.filter(listing=listing("c1"), is_primary=True).count() == 1


def test_a_category_that_the_desk_renamed_is_not_made_again(tmp_path):
    bring(tmp_path, BAKERY)
    actions.rename_category(Category.objects.get(name="Bakery"), "Bakers", slug="bakers")
    bring(tmp_path, BAKERY, {"id": "2", "name": "New", "category": ["Shops", "Bakery"]})
    assert Category.objects.count() == 2
    assert filed("2") == ["shops/bakers"]


def test_a_withdrawn_listing_stays_withdrawn(tmp_path):
    bring(tmp_path, BAKERY)
    actions.unpublish(listing("b1"))
    bring(tmp_path, {**BAKERY, "email": "alice@example.org"})
    assert not listing("b1").live and listing("b1").email == "alice@example.org"


def test_what_is_in_the_trash_stays_there_and_is_told(tmp_path):
    bring(tmp_path, BAKERY)
    actions.trash(listing("b1"))
    report = bring(tmp_path, {**BAKERY, "email": "alice@example.org"})
    assert listing("b1").deleted_at
    assert "is in the trash and stays there" in reasons(report)[0]


def test_a_wrong_value_never_touches_the_one_that_is_stored(tmp_path):
    bring(tmp_path, BAKERY)
    bring(tmp_path, {**BAKERY, "website": "no address"})
    assert listing("b1").website == "https://alice.example.org/"


def test_a_row_with_a_wrong_value_is_told_about_each_time(tmp_path):
    row = {**BAKERY, "website": "no address"}
    assert reasons(bring(tmp_path, row)) == reasons(bring(tmp_path, row)) != []


def test_a_listing_that_moved_stands_at_its_new_place_only(tmp_path):
    bring(tmp_path, BAKERY)
    bring(tmp_path, {**BAKERY, "address": {**BAKERY["address"], "city": "York"}})
    assert set(listing("b1").placings.values_list("place__address", flat=True)) == {
        "gb",
        "gb/england",
        "gb/england/york",
    }
    assert Place.objects.get(town="Leeds").branch.listings == 0


NAMES = st.sampled_from(["Alice", "Bob", "Ünal", "c/o D"])
ROW = st.fixed_dictionaries(
    {"id": st.sampled_from("abcd"), "name": NAMES},
    optional={
        "categories": st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=3),
        "tags": st.lists(NAMES, max_size=3),
        "countries": st.lists(st.sampled_from(["GB", "DE", "nowhere"]), max_size=2),
        "city": NAMES,
        "phone": st.sampled_from(["1", "+44 113 496 0000", ["0113 4960", 7]]),
        "website": st.sampled_from(["example.org", "javascript:alert(1)", None]),
        "lat": st.floats(-100, 100),
        "lon": st.floats(-100, 100),
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=st.lists(ROW, min_size=1, max_size=6), second=st.lists(ROW, min_size=1, max_size=6))
def test_importing_twice_is_importing_once_and_counts_stay_true(tmp_path, first, second):
    for rows in (first, second):
        report = import_file(write(tmp_path, *rows))
        before = everything()
        again = import_file(write(tmp_path, *rows))
        assert everything() == before
        assert again.counts["new"] == again.counts["changed"] == 0
        assert again.counts["refused"] == report.counts["refused"]
        assert checks.differences() == []
