"""What a visitor sees of the directory, in a small known town."""

import json
import re

import pytest
from django.test import Client
from django.utils.timezone import now

from gazetteer.directory import actions
from gazetteer.directory.models import Category, Listing
from gazetteer.directory.places import place

pytestmark = pytest.mark.django_db
QUERIES = 20


class Town:
    """Leeds has a bakery that is also a café, and fifty plumbers; Paris has one baker."""

    def __init__(self) -> None:
        self.food = actions.add_category("Food / Drink")
        self.bakeries = actions.add_category("Bakeries", self.food)
        self.cafes = actions.add_category("Cafés", self.food)
        self.trades = actions.add_category("Trades")
        self.oven = self.listing("Oven <b>& Son", "Leeds", "GB", self.bakeries, self.cafes)
        self.paris = self.listing("Zebra Boulangerie", "Paris", "FR", self.bakeries)
        self.plumbers = [self.listing(f"Plumber {number:02}", "Leeds", "GB", self.trades) for number in range(50)]

    def listing(self, name: str, city: str, country: str, *categories: Category) -> Listing:
        listing = Listing.objects.create(name=name, city=city, country=country, live=True)
        for number, category in enumerate(categories):
            actions.file_under(listing, category, primary=number == 0)
        place(listing)
        return listing


@pytest.fixture
def town() -> Town:
    return Town()


def get(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<a href="/listing/\d+/[^"/]+/">([^<]*)</a>', page)


def test_the_directory_shows_its_top_categories_with_true_counts(client: Client, town: Town) -> None:
    page = get(client, "/directory/")
    assert re.search(r'href="/directory/food-drink/">Food / Drink</a>.*?2.*?href="/directory/trades/"', page, re.DOTALL)


def test_a_category_shows_the_listings_of_its_whole_branch_each_once(client: Client, town: Town) -> None:
    page = get(client, "/directory/food-drink/")
    assert names(page) == ["Oven &lt;b&gt;&amp; Son", "Zebra Boulangerie"]
    assert 'href="/directory/food-drink/cafés/"' in page or "/directory/food-drink/caf%C3%A9s/" in page


def test_a_category_in_another_script_or_with_an_accent_is_found_at_its_address(client: Client, town: Town) -> None:
    assert "Oven" in get(client, "/directory/food-drink/cafés/")


def test_the_second_page_begins_after_the_last_listing_of_the_first(client: Client, town: Town) -> None:
    first = names(get(client, "/directory/trades/"))
    after = Listing.objects.get(name=first[-1]).pk
    second = names(get(client, f"/directory/trades/?after={after}"))
    assert [*first, *second] == [f"Plumber {number:02}" for number in range(50)]


@pytest.mark.parametrize("order", ["featured", "name", "newest"])
def test_every_order_shows_every_listing_once_over_its_pages(client: Client, town: Town, order: str) -> None:
    actions.feature(town.plumbers[7])
    actions.feature(town.plumbers[40])
    seen: list[str] = []
    url: str | None = f"/directory/trades/?order={order}"
    while url:
        page = get(client, url)
        seen += names(page)
        more = re.search(r'href="(\?[^"]*after=\d+)"[^>]*rel="next"|rel="next"[^>]*href="(\?[^"]*after=\d+)"', page)
        url = f"/directory/trades/{(more.group(1) or more.group(2)).replace('&amp;', '&')}" if more else None
    assert sorted(seen) == [f"Plumber {number:02}" for number in range(50)]
    assert (seen[:2] == ["Plumber 07", "Plumber 40"]) == (order == "featured")


def test_a_letter_narrows_the_list_and_unused_letters_are_no_links(client: Client, town: Town) -> None:
    page = get(client, "/directory/?letter=Z")
    assert names(page) == ["Zebra Boulangerie"]
    assert "letter=P" in page
    assert "letter=Q" not in page


@pytest.mark.parametrize(
    "rubbish", ["?after=%00", "?after=99999999999999999999", "?order=drop", "?letter=%27%22", "?after=-1"]
)
def test_rubbish_in_the_address_shows_the_first_page(client: Client, town: Town, rubbish: str) -> None:
    get(client, f"/directory/trades/{rubbish}")


def test_a_moved_category_redirects_from_its_old_address(client: Client, town: Town) -> None:
    actions.move_category(town.cafes, town.trades)
    response = client.get("/directory/food-drink/cafés/")
    assert response.status_code == 301
    assert "trades" in response["Location"]


def test_a_category_in_the_trash_is_not_shown_nor_those_below_it(client: Client, town: Town) -> None:
    actions.trash_category(town.food)
    get(client, "/directory/food-drink/", 404)
    get(client, "/directory/food-drink/bakeries/", 404)
    assert "Food" not in get(client, "/directory/")
    actions.restore_category(Category.objects.get(pk=town.food.pk))
    get(client, "/directory/food-drink/bakeries/")


def test_a_place_can_be_crossed_with_a_category(client: Client, town: Town) -> None:
    assert names(get(client, "/place/gb/-/leeds/in/food-drink/")) == ["Oven &lt;b&gt;&amp; Son"]
    assert names(get(client, "/place/fr/")) == ["Zebra Boulangerie"]


def test_a_crossing_without_listings_says_so_and_is_kept_from_search_engines(client: Client, town: Town) -> None:
    page = get(client, "/place/fr/in/trades/")
    assert names(page) == []
    assert 'content="noindex"' in page


def test_a_listing_is_headed_by_its_name_and_says_where_it_stands(client: Client, town: Town) -> None:
    page = get(client, town.oven.get_absolute_url())
    assert "<h1>Oven &lt;b&gt;&amp; Son</h1>" in page
    assert page.count("Caf\xe9s") >= 1
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL).group(1))  # type: ignore[union-attr]
    assert data["name"] == "Oven <b>& Son"
    assert data["address"]["addressLocality"] == "Leeds"


def test_a_misspelt_listing_address_leads_to_the_right_one(client: Client, town: Town) -> None:
    response = client.get(f"/listing/{town.oven.pk}/wrong/")
    assert (response.status_code, response["Location"]) == (301, town.oven.get_absolute_url())


def test_a_merged_listing_leads_to_what_it_was_merged_into(client: Client, town: Town) -> None:
    actions.merge(town.oven, town.paris)
    response = client.get(town.oven.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, town.paris.get_absolute_url())


def test_a_listing_in_the_trash_is_gone_and_a_draft_was_never_there(client: Client, town: Town) -> None:
    actions.trash(town.oven)
    assert "no longer" in get(client, town.oven.get_absolute_url(), 410)
    actions.unpublish(town.paris)
    get(client, town.paris.get_absolute_url(), 404)


def test_an_expired_listing_says_that_it_is_no_longer_listed(client: Client, town: Town) -> None:
    actions.expire(town.oven)
    get(client, town.oven.get_absolute_url(), 410)


def test_the_newest_listings_of_a_category_are_a_feed_in_three_formats(client: Client, town: Town) -> None:
    Listing.objects.filter(pk=town.oven.pk).update(listed_at=now())
    feed = json.loads(get(client, "/directory/food-drink/feed.json"))
    assert feed["items"][0]["title"] == "Oven <b>& Son"
    for name in ("rss", "atom"):
        assert "Oven" in get(client, f"/directory/food-drink/feed.{name}")
    get(client, "/directory/food-drink/feed.exe", 404)


@pytest.mark.parametrize("url", ["/directory/", "/directory/trades/", "/place/gb/", "/place/gb/-/leeds/in/trades/"])
def test_a_list_page_costs_a_fixed_number_of_queries(
    client: Client, town: Town, url: str, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_max_num_queries(QUERIES) as few:  # type: ignore[operator]
        get(client, url)
    for number in range(20):
        town.listing(f"Later {number}", "Leeds", "GB", town.trades)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        get(client, url)
