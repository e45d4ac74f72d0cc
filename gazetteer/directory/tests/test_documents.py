"""What of the directory can be found, by what, and that every change of it reaches the index."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gazetteer.directory import actions, places
from gazetteer.directory.documents import open_now
from gazetteer.directory.models import CustomField, Filing, Listing
from gazetteer.search import index
from gazetteer.search.engines.base import Between, Engine, OneOf, Query, Wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with index.opened("memory", tmp_path / "search") as made:
        yield made


@pytest.fixture
def oven(engine: Engine) -> Listing:
    """A bakery in Leeds, indexed."""
    bakeries = actions.add_category("Bakeries", parent=actions.add_category("Food"))
    actions.edit_category(bakeries, names_by_lang={"fr": "Boulangeries"})
    listing = make(
        "Oven & Son", city="Leeds", region="England", country="GB", street="1 Mill Lane", phones=["0113 496 0123"],
        website="https://www.ovenandson.co.uk/", alt_names=["The Old Oven"], acronyms=["OAS"],
        names_by_lang={"ja": "オーブン製パン"}, description="<p>Sourdough &amp; rye.</p>", lat=53.8, lon=-1.55,
        timezone="Europe/London", opening_hours="Mo-Fr 08:00-17:00",
    )  # fmt: skip
    Filing.objects.create(listing=listing, category=bakeries, is_primary=True)
    index.follow(engine)
    return listing


def make(name: str, **columns: Any) -> Listing:
    listing = Listing.objects.create(name=name, live=True, **columns)
    places.place(listing)
    return listing


def found(engine: Engine, text: str = "", **asked: Any) -> list[str]:
    results = engine.search(Query(text, kinds=("listing",), loosen=False, **asked))
    return [str(hit.shown["title"]) for hit in results.hits]


@pytest.mark.parametrize(
    "typed",
    [
        "oven son", "old oven", "oas", "オーブン製パン", "bakery leeds", "boulangerie", "food england", "mill lane",
        "royaume-uni", "sourdough", "0113 496 0123", "+44 113 4960123", "ovenandson.co.uk",
    ],
)  # fmt: skip
def test_a_listing_is_found_by_all_that_is_said_of_it(engine: Engine, oven: Listing, typed: str) -> None:
    assert found(engine, typed) == ["Oven & Son"]


def test_a_line_of_the_results_needs_nothing_else(engine: Engine, oven: Listing) -> None:
    shown = engine.search(Query("oven")).hits[0].shown
    assert shown["url"] == oven.get_absolute_url()
    assert (shown["about"], shown["place"]) == ("Sourdough & rye.", {"city": "Leeds", "country": "GB"})
    assert shown["category"] == {
        "name": "Bakeries",
        "names": {"fr": "Boulangeries"},
        "url": "/directory/food/bakeries/",
    }


def test_what_is_written_is_found_and_what_goes_is_not(engine: Engine, oven: Listing) -> None:
    Listing.objects.filter(pk=oven.pk).update(name="Stove & Daughter")
    index.follow(engine)
    assert (found(engine, "stove"), found(engine, "oven son")) == (["Stove & Daughter"], [])
    Listing.objects.filter(pk=oven.pk).update(live=False)
    index.follow(engine)
    assert found(engine) == []


def test_a_category_that_is_called_otherwise_is_found_so_with_all_in_it(engine: Engine, oven: Listing) -> None:
    actions.edit_category(oven.filings.get().category, name="Patisseries")
    index.follow(engine)
    assert found(engine, "patisserie leeds") == ["Oven & Son"]
    assert found(engine, "bakery leeds") == []


def test_a_tag_put_on_is_found(engine: Engine, oven: Listing) -> None:
    oven.tags.add("Gluten free")
    oven.save()
    index.follow(engine)
    assert found(engine, filters=(OneOf("tag", ("gluten-free",)),)) == ["Oven & Son"]


def test_places_and_categories_are_counted_and_found(engine: Engine, oven: Listing) -> None:
    facets = (Wanted("category"), Wanted("category", under="food"), Wanted("country"), Wanted("town"), Wanted("kind"))
    counts = engine.search(Query("oven", facets=facets)).facets
    assert counts["country"].values == (("gb", 1),)
    assert counts["town"].values == (("gb/england/leeds", 1),)
    titles = [hit.shown["title"] for hit in engine.search(Query("leeds", kinds=("place",))).hits]
    assert titles == ["Leeds"]
    assert engine.search(Query("boulangeries", kinds=("category",))).hits[0].shown["title"] == "Bakeries"


def test_values_that_visitors_filter_by_are_in_the_index(engine: Engine, oven: Listing) -> None:
    seats = CustomField.objects.create(key="seats", label="Seats", type="number", is_filter=True)
    secret = CustomField.objects.create(key="secret", label="Secret", type="text")
    Listing.objects.filter(pk=oven.pk).update(custom={str(seats.pk): 40, str(secret.pk): "x"})
    index.follow(engine)
    assert found(engine, filters=(Between(f"custom.{seats.pk}", 30, 50),)) == ["Oven & Son"]
    assert found(engine, filters=(OneOf(f"custom.{secret.pk}", ("x",)),)) == []


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [("2026-11-27T08:00", True), ("2026-11-27T07:59", False), ("2026-07-24T07:00", True), ("2026-11-28T09:00", False)],
)
def test_open_now_is_true_to_the_minute_and_in_summer_too(
    engine: Engine, oven: Listing, moment: str, is_open: bool
) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    hours = OneOf("hours", tuple(open_now(engine, at)))
    assert found(engine, filters=(hours,)) == (["Oven & Son"] if is_open else [])
