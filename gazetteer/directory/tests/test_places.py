"""Where a listing is found: its country, region and town, each a place that is made when first named."""

import pytest

from gazetteer.directory import places
from gazetteer.directory.branches import checks
from gazetteer.directory.models import Branch, Listing, Place
from gazetteer.directory.places import PlaceName


@pytest.mark.parametrize(
    ("address", "found_at"),
    [
        (("GB", "England", "Leeds", []), ["gb", "gb/england", "gb/england/leeds"]),
        (("GB", "", "Leeds", []), ["gb", "gb/-/leeds"]),
        (("", "", "Leeds", ["GB"]), ["gb", "gb/-/leeds"]),
        (("", "", "Leeds", ["GB", "IE"]), ["gb", "ie"]),
        (("GB", "", "Leeds", ["GB", "IE"]), ["gb", "ie", "gb/-/leeds"]),
        (("", "England", "Leeds", []), []),
        (("JP", "東京都", "", []), ["jp", "jp/東京都"]),
    ],
)
def test_the_places_of_an_address(address, found_at):
    assert [name.address for name in places.names_of(*address)] == found_at


def test_a_town_stands_under_its_region_or_else_its_country():
    assert PlaceName("GB", "England", "Leeds").parent == PlaceName("GB", "England")
    assert PlaceName("GB", "", "Leeds").parent == PlaceName("GB")
    assert PlaceName("GB").parent is None


@pytest.mark.django_db
def test_a_place_comes_with_those_above_it_once():
    for _ in range(2):
        places.find_or_make([PlaceName("GB", "England", "Leeds"), PlaceName("GB", "England", "York")])
    parents = dict(Place.objects.values_list("address", "parent__address"))
    assert parents == {
        "gb": None, "gb/england": "gb", "gb/england/leeds": "gb/england", "gb/england/york": "gb/england",
    }  # fmt: skip
    assert Place.objects.count() == Branch.objects.filter(kind="place").count() == 4


@pytest.mark.django_db
def test_a_listing_that_moves_leaves_its_old_places():
    alice = Listing.objects.create(name="Alice's Bakery", city="Leeds", country="GB")
    places.place(alice)
    alice.city, alice.countries = "York", ["IE"]
    places.place(alice)
    assert set(alice.placings.values_list("place__address", flat=True)) == {"gb", "ie", "gb/-/york"}
    assert checks.differences() == []
