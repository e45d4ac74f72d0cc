"""Categories that an import made stand in the order of their names; what an editor arranged stays."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from gazetteer.directory import actions
from gazetteer.directory.branches import checks
from gazetteer.directory.branches.order import sort_new_siblings
from gazetteer.directory.models import Category, Filing, Listing

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return list(Category.objects.order_by("path").values_list("name", flat=True))


def test_new_siblings_are_sorted_by_name_with_all_below_them() -> None:
    since = now()
    shops = actions.add_category("Shops")
    tiles = actions.add_category("Tiles", shops)
    actions.add_category("Éclairs", shops)
    actions.add_category("Airports")
    listing = Listing.objects.create(name="Tile & Co", live=True)
    Filing.objects.create(listing=listing, category=tiles)
    assert sort_new_siblings(since) == 4
    assert names() == ["Airports", "Shops", "Éclairs", "Tiles"]
    assert checks.differences() == []
    assert Category.find_problems() == ([], [], [], [], [])


def test_siblings_of_which_an_editor_made_one_keep_their_order() -> None:
    zoos = actions.add_category("Zoos")
    Category.objects.filter(pk=zoos.pk).update(created_at=now() - timedelta(days=1))
    since = now()
    actions.add_category("Airports")
    assert sort_new_siblings(since) == 0
    assert names() == ["Zoos", "Airports"]


def test_addresses_do_not_change_with_the_order() -> None:
    since = now()
    actions.add_category("Bread")
    actions.add_category("Apples")
    before = dict(Category.objects.values_list("pk", "address"))
    sort_new_siblings(since)
    assert dict(Category.objects.values_list("pk", "address")) == before
