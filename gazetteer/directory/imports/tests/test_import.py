"""What a file says is in the directory afterwards: exactly, once, and counted truly."""

import pytest

from gazetteer.changes.models import Moment
from gazetteer.directory.branches import checks
from gazetteer.directory.imports.tests.world import (
    BAKERY,
    CHAIN,
    GYM,
    bring,
    listing,
    numbers,
    paths,
    reasons,
    written_report,
)
from gazetteer.directory.models import Branch, Category, CustomField, Filing, ImportRun, Listing, Place

pytestmark = pytest.mark.django_db


def test_every_fact_of_a_row_is_stored(tmp_path):
    bring(tmp_path, BAKERY, feed="chamber")
    alice = listing("b1")
    assert (alice.name, alice.sort_name, alice.slug, alice.feed) == (
        "Alice's Bakery", "alices bakery", "alices-bakery", "chamber",
    )  # fmt: skip
    assert (alice.street, alice.city, alice.region, alice.postcode, alice.country) == (
        "1 High Street", "Leeds", "England", "LS1 1AA", "GB",
    )  # fmt: skip
    assert alice.phones == ["+44 113 496 0000"]
    assert alice.website == "https://alice.example.org/"
    assert sorted(tag.name for tag in alice.tags.all()) == ["Cakes", "bread"]
    assert alice.is_published


def test_new_listings_are_drafts_if_so_told(tmp_path):
    bring(tmp_path, BAKERY, as_drafts=True)
    assert not listing("b1").live
    assert Branch.objects.get(kind="all").listings == 0


def test_categories_are_made_on_the_way_each_once(tmp_path):
    report = bring(tmp_path, BAKERY, GYM, CHAIN)
    assert paths() == {"shops", "shops/bakery", "health", "health/gym-fitness-center", "food", "food/café"}
    assert report.made["categories"] == 6
    assert Category.find_problems() == ([], [], [], [], [])


def test_a_name_with_a_stroke_stays_one_category(tmp_path):
    bring(tmp_path, GYM)
    assert Category.objects.filter(name="Gym / Fitness Center", depth=2).count() == 1


def test_the_first_category_is_the_primary_one(tmp_path):
    bring(tmp_path, CHAIN)
    primary = Filing.objects.get(listing=listing("c1"), is_primary=True)
    assert primary.category.address == "shops/bakery"
    assert Filing.objects.filter(listing=listing("c1")).count() == 2


def test_counts_are_true_after_an_import(tmp_path):
    bring(tmp_path, BAKERY, GYM, CHAIN)
    assert checks.differences() == []
    assert Category.objects.get(address="shops").branch.listings == 2
    assert Branch.objects.get(kind="all").listings == 3


def test_places_are_made_for_country_region_and_town(tmp_path):
    bring(tmp_path, BAKERY, CHAIN, {"id": "x", "name": "X", "city": "Wien", "countries": ["AT"]})
    assert set(Place.objects.values_list("address", flat=True)) == {
        "gb", "gb/england", "gb/england/leeds", "de", "at", "at/-/wien",
    }  # fmt: skip
    assert Place.objects.get(address="at").branch.listings == 2


def test_two_spellings_of_one_town_are_one_place(tmp_path):
    rows = [
        {"id": str(n), "name": "X", "city": city, "countries": ["GB"]} for n, city in enumerate(("St. Ives", "St Ives"))
    ]
    bring(tmp_path, *rows)
    assert Place.objects.get(town="St. Ives").branch.listings == 2


def test_siblings_whose_names_give_one_web_address_get_two(tmp_path):
    bring(tmp_path, {"id": "1", "name": "A", "category": ["C"]}, {"id": "2", "name": "B", "category": ["C!"]})
    assert paths() == {"c", "c-2"}


def test_near_twins_among_categories_are_both_kept_and_told(tmp_path):
    report = bring(
        tmp_path, {"id": "1", "name": "A", "category": ["Shops"]}, {"id": "2", "name": "B", "category": ["shops"]}
    )
    assert Category.objects.count() == 2
    assert "only upper and lower case differ" in reasons(report)[0]


def test_spaces_and_forms_of_characters_make_no_second_category(tmp_path):
    bring(
        tmp_path,
        {"id": "1", "name": "A", "category": ["Cafe\u0301  bar"]},
        {"id": "2", "name": "B", "category": [" Caf\u00e9 bar "]},
    )
    assert [category.name for category in Category.objects.all()] == ["Café bar"]


def test_a_new_child_comes_after_the_ones_that_are_there(tmp_path):
    bring(tmp_path, {"id": "1", "name": "A", "category": ["T", "one"]})
    bring(tmp_path, {"id": "2", "name": "B", "category": ["T", "two"]})
    assert [c.name for c in Category.objects.get(name="T").get_children()] == ["one", "two"]
    assert Category.objects.get(name="T").numchild == 2


def test_tags_differing_in_case_are_one_and_signs_tell_apart(tmp_path):
    report = bring(
        tmp_path, {"id": "1", "name": "A", "tags": ["C++", "Bread"]}, {"id": "2", "name": "B", "tags": ["C#", "bread"]}
    )
    assert report.made["tags"] == 3


def test_descriptions_are_cleaned_and_plain_text_becomes_paragraphs(tmp_path):
    bring(
        tmp_path,
        {"id": "1", "name": "A", "description": "<p onclick='x()'>Good<script>alert(1)</script></p>"},
        {"id": "2", "name": "B", "description": "1 < 2 & more\n\nSecond"},
    )
    assert listing("1").description == "<p>Good</p>"
    assert listing("2").description == "<p>1 &lt; 2 &amp; more</p>\n<p>Second</p>"


def test_a_time_to_come_is_set_on_the_clock_and_one_that_is_over_takes_the_listing_off(tmp_path):
    bring(
        tmp_path,
        {"id": "1", "name": "A", "expires": "2999-01-01", "featured_until": "2999-02-01"},
        {"id": "2", "name": "B", "expires": "2001-01-01", "featured_until": "2001-01-01"},
    )
    kinds = sorted(Moment.objects.filter(object_id=listing("1").pk).values_list("kind", flat=True))
    assert kinds == ["directory.expire", "directory.unfeature"]
    assert listing("1").featured and listing("1").is_published
    assert not Moment.objects.filter(object_id=listing("2").pk).exists()
    assert not listing("2").featured and not listing("2").is_published and listing("2").expired


def test_an_expired_listing_comes_back_with_a_later_time(tmp_path):
    bring(tmp_path, {"id": "1", "name": "A", "expires": "2001-01-01"})
    bring(tmp_path, {"id": "1", "name": "A", "expires": "2999-01-01"})
    assert listing("1").is_published


def test_a_custom_field_is_stored_by_its_id_and_checked_by_its_kind(tmp_path):
    stars = CustomField.objects.create(key="stars", label="Stars", type="number")
    report = bring(tmp_path, {"id": "1", "name": "A", "stars": 4}, {"id": "2", "name": "B", "stars": "many"})
    assert listing("1").custom == {str(stars.pk): "4"}
    assert listing("2").custom == {}
    assert "Row 2, stars" in reasons(report)[0]


def test_names_that_mean_nothing_are_counted_and_told_once(tmp_path):
    report = bring(
        tmp_path, {"name": "A", "iata": "LBA"}, {"name": "B", "iata": "MAN", "colour": "red"}, {"name": "C", "iata": ""}
    )
    assert report.unknown == {"iata": 2, "colour": 1}
    assert any("iata: 2 values" in line for line in report.lines())


def test_a_field_defined_later_is_filled_by_the_same_file(tmp_path):
    bring(tmp_path, {"id": "1", "name": "A", "stars": 4})
    stars = CustomField.objects.create(key="stars", label="Stars", type="number")
    report = bring(tmp_path, {"id": "1", "name": "A", "stars": 4})
    assert numbers(report) == {"rows": 1, "changed": 1}
    assert listing("1").custom == {str(stars.pk): "4"}


def test_a_dry_run_tells_the_same_numbers_and_changes_nothing(tmp_path):
    rows = [BAKERY, GYM, {"id": "", "phone": "1"}, {**GYM}, {"id": "w", "name": "W", "website": "no address"}]
    before = bring(tmp_path, *rows, dry_run=True)
    assert not Listing.objects.exists() and not Category.objects.exists() and not ImportRun.objects.exists()
    after = bring(tmp_path, *rows)
    assert before.counts == after.counts
    assert (before.made, before.unknown, reasons(before)) == (after.made, after.unknown, reasons(after))


def test_the_feed_is_the_rows_own_then_the_one_told_then_the_files_name(tmp_path):
    bring(tmp_path, {"id": "1", "name": "A", "feed": "own"}, {"id": "2", "name": "B"}, feed="told")
    bring(tmp_path, {"id": "3", "name": "C"}, name="town.jsonl.gz")
    assert dict(Listing.objects.values_list("external_id", "feed")) == {"1": "own", "2": "told", "3": "town"}


def test_one_id_in_two_feeds_is_two_listings(tmp_path):
    bring(tmp_path, {"id": "1", "name": "A", "feed": "x"}, {"id": "1", "name": "A", "feed": "y"})
    assert Listing.objects.count() == 2


def test_rows_without_an_id_are_known_again(tmp_path):
    rows: list[dict[str, object]] = [
        {"name": "A", "address": {"city": "Leeds"}},
        {"name": "A", "address": {"city": "York"}},
        {"name": "B"},
    ]
    assert numbers(bring(tmp_path, *rows)) == {"rows": 3, "new": 3}
    assert numbers(bring(tmp_path, *rows)) == {"rows": 3, "same": 3}
    assert numbers(bring(tmp_path, {**rows[0], "phone": "0113 496 0000"}, *rows[1:])) == {
        "rows": 3,
        "changed": 1,
        "same": 2,
    }


def test_every_problem_is_in_the_report_file(tmp_path):
    report = bring(tmp_path, {"name": ""}, {"name": "A", "lat": 91, "lon": 0})
    text = written_report(report)
    assert "1,refused,name," in text and "2,left out,lat," in text


def test_a_packed_file_reads_as_the_plain_one(tmp_path):
    report = bring(tmp_path, BAKERY, GYM, name="firms.jsonl.gz")
    assert (tmp_path / "firms.jsonl.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert numbers(report) == {"rows": 2, "new": 2}
