"""Every kind of block: shows what it promises, in a known number of queries, and nothing when it has nothing."""

import datetime
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from gazetteer.directory.models import Place, Placing
from gazetteer.pages.blocks import registry
from gazetteer.pages.blocks.base import PageBlock
from gazetteer.pages.blocks.stream import blocks_for
from gazetteer.pages.models import SiteSettings
from gazetteer.pages.showing import shown_blocks
from gazetteer.pages.tests.world import make_category, make_listing, make_picture
from gazetteer.web.plugins import hookimpl, manager

NAMES = sorted(registry.registered())


def stream(*blocks):
    """Blocks as they are stored: by name, with only what differs from the usual."""
    field = blocks_for("home")
    return field.to_python([{"type": name, "value": {**usual(field, name), **values}} for name, values in blocks])


def usual(field, name):
    block = field.child_blocks[name]
    return block.get_prep_value(block.get_default())


def request_for(path="/"):
    request = RequestFactory().get(path)
    request.site_settings = SiteSettings.current()  # type: ignore[attr-defined]  # as the middleware does
    return request


def shown(*blocks, **subject):
    """The HTML of these blocks on a page about `subject`."""
    request = request_for()
    ready = shown_blocks(request, {"main": stream(*blocks)}, subject)["main"]
    return render_to_string("pages/side.html", {"blocks": ready}, request)


def names_in(html):
    return re.findall(r'<a href="/listing/\d+/[^"]+/">([^<]+)</a>', html)


@pytest.mark.parametrize("name", NAMES)
def test_every_block_stands_on_an_empty_site(db, name):
    if name not in {"picture", "advert"}:  # these cannot be stored without their picture
        shown((name, {}))


@pytest.mark.parametrize("name", NAMES)
def test_every_block_has_plain_labels(name):
    block = registry.registered()[name]()
    words = " ".join(
        str(child.label) + str(child.field.help_text)
        for child in block.child_blocks.values()
        if hasattr(child, "field")
    )
    assert str(block.label)
    assert not re.search(r"slug|snippet|stream|rendition|facet", words + str(block.label), re.IGNORECASE)


def test_new_listings_come_newest_first(world):
    make_listing("Newest", world.culture, listed_at=timezone.now() + datetime.timedelta(minutes=1))
    assert names_in(shown(("listings", {"order": "new", "number": 2})))[0] == "Newest"


def test_featured_listings_are_the_featured_ones(world):
    assert names_in(shown(("listings", {"order": "featured"}))) == ["City Museum"]


def test_changed_listings_come_latest_change_first(world):
    type(world.brown).objects.filter(pk=world.brown.pk).update(changed_at=timezone.now() + datetime.timedelta(hours=1))
    assert names_in(shown(("listings", {"order": "changed", "number": 1}))) == ["Brown Bread"]


def test_listings_by_name_and_of_one_branch(world):
    assert names_in(shown(("listings", {"order": "name", "category": world.shops.pk}))) == [
        "Alba Bakery",
        "Brown Bread",
    ]


def test_listings_at_random_are_listings(world):
    found = names_in(shown(("listings", {"order": "random", "number": 2})))
    assert found
    assert set(found) <= {"Alba Bakery", "Brown Bread", "City Museum"}


def test_many_blocks_of_listings_cost_as_much_as_one(world, django_assert_max_num_queries):
    blocks = [("listings", {"order": order}) for order in ("new", "featured", "changed", "name", "new")]
    with django_assert_max_num_queries(5):
        request = request_for()
        shown_blocks(request, {"main": stream(*blocks)})


def test_an_unpublished_listing_stands_in_no_block(world):
    world.brown.live = False
    world.brown.save()
    blocks = [("listings", {"order": order, "number": 9}) for order in ("new", "changed", "name", "random")]
    assert "Brown Bread" not in shown(*blocks)


def test_the_entrance_counts_each_listing_of_a_branch_once(world):
    html = shown(("directory_entrance", {}))
    assert 'Shops</a> <span class="count">2</span>' in html
    assert 'Culture</a> <span class="count">2</span>' in html
    assert 'Bakeries</a> <span class="count">2</span>' in html
    assert 'role="search"' in html


def test_the_entrance_shows_only_the_first_subcategories_of_each(world):
    for name in ("Bicycles", "Books", "Bridal"):
        make_category(name, world.shops)
    html = shown(("directory_entrance", {"children": 2}))
    assert "Bicycles" in html
    assert "Books" not in html
    assert "Bakeries" not in shown(("directory_entrance", {"children": 0}))


def test_the_tree_goes_as_deep_as_asked(world):
    assert "Bakeries" not in shown(("category_tree", {"levels": 1}))
    assert "Bakeries" in shown(("category_tree", {"levels": 2}))


def test_the_tree_of_one_branch_begins_below_it(world):
    html = shown(("category_tree", {"category": world.shops.pk}))
    assert "Bakeries" in html
    assert "Culture" not in html


def test_the_path_opens_the_tree_at_the_page_s_category(world):
    html = shown(("category_path", {}), category=world.bakeries)
    assert "<details open>" in html
    assert re.search(r'<li aria-current="true"><a href="/directory/shops/bakeries/">', html)
    assert "Culture" in html


def test_siblings_lead_back_up(world):
    html = shown(("category_siblings", {}), category=world.bakeries)
    assert '<a href="/directory/shops/">Shops</a>' in html
    assert "Culture" not in html


def test_beside_a_listing_the_category_is_its_primary_one(world):
    assert "Bakeries" in shown(("category_siblings", {}), listing=world.alba)


def test_subcategories_of_a_fixed_category(world):
    assert "Bakeries" in shown(("category_children", {"category": world.shops.pk}))
    assert shown(("category_children", {"category": world.culture.pk})).strip() == ""


def test_search_with_categories_offers_them(world):
    assert '<option value="shops">Shops</option>' in shown(("category_search", {}))


def test_filters_offer_categories_and_countries(world):
    country = Place.objects.create(country="GB", address="gb", sort_name="gb")
    Placing.objects.create(listing=world.alba, place=country)
    html = shown(("narrow", {}))
    assert '<option value="culture">Culture</option>' in html
    assert '<option value="gb">United Kingdom</option>' in html


def test_places_are_listed_with_their_counts(world):
    country = Place.objects.create(country="GB", address="gb", sort_name="gb")
    Placing.objects.create(listing=world.alba, place=country)
    assert re.search(r'<a href="/place/gb/">United Kingdom <span class="count">1</span></a>', shown(("places", {})))


def test_tags_weigh_by_how_many_published_stories_carry_them(world):
    for story in world.stories[:4]:
        story.tags.add("often")
        story.save()
    world.stories[0].tags.add("once")
    world.stories[0].save()
    html = shown(("tag_cloud", {}))
    assert re.search(r'data-weight="5">often<', html)
    assert re.search(r'data-weight="2">once<', html)


def test_the_menu_offers_only_ways_that_exist(world):
    html = shown(("menu", {"ways": ["home", "search", "submit"]}))
    assert 'href="/search/"' in html
    assert "submit" not in html


def test_the_last_change_is_that_of_a_published_listing(world):
    later = timezone.now() + datetime.timedelta(days=2)
    type(world.brown).objects.filter(pk=world.brown.pk).update(changed_at=later, live=False)
    assert f"{later:%Y-%m-%d}" not in shown(("last_update", {}))


def test_text_keeps_no_script(world):
    block = blocks_for("home").child_blocks["text"]
    line = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": [], "data": {}}
    typed = {"blocks": [{**line, "text": "<script>alert(1)</script>"}], "entityMap": {}}
    form_data = {"text-title": "", "text-language": "", "text-text": json.dumps(typed)}
    value = block.clean(block.value_from_datadict(form_data, {}, "text"))
    assert "<script>" not in shown(("text", {"text": value["text"].source}))


def test_a_picture_has_its_credit_and_description(world):
    html = shown(("picture", {"picture": make_picture().pk}))
    assert 'alt="A green field"' in html
    assert '<span class="credit">Ada</span>' in html


def test_a_picture_whose_rights_have_ended_is_not_shown(world):
    ended = make_picture(expires_at=timezone.now() - datetime.timedelta(days=1))
    assert shown(("picture", {"picture": ended.pk})).strip() == ""


def advert(**values):
    return ("advert", {"picture": make_picture().pk, "alt": "Buy bread", "address": "https://bread.example/", **values})


def test_an_advert_is_marked_and_votes_for_nobody(world):
    html = shown(advert())
    assert "Advertisement" in html
    assert 'rel="sponsored nofollow noopener"' in html
    assert 'alt="Buy bread"' in html


@pytest.mark.parametrize(
    ("first", "last", "stands"), [(0, 0, True), (1, None, False), (None, -1, False), (-1, 1, True)]
)
def test_an_advert_stands_from_its_first_to_its_last_day(world, first, last, stands):
    today = timezone.localdate()
    days = {
        name: str(today + datetime.timedelta(days=offset)) if offset is not None else None
        for name, offset in (("first_day", first), ("last_day", last))
    }
    assert ("Buy bread" in shown(advert(**days))) is stands


def test_an_advert_that_ends_before_it_begins_is_refused(world):
    block = blocks_for("home").child_blocks["advert"]
    value = block.to_python(advert(first_day="2026-05-02", last_day="2026-05-01")[1])
    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "bread.example"])
def test_an_advert_leads_nowhere_strange(world, address):
    block = blocks_for("home").child_blocks["advert"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python(advert(address=address)[1]))


class Weather(PageBlock):
    name = "weather"
    template = "pages/blocks/text.html"

    def context(self, request, value, subject):
        return {"text": "<p>Fine</p>"}


@pytest.fixture
def plug_in():
    class PlugIn:
        @hookimpl
        def page_blocks(self):
            return [Weather]

    made = PlugIn()
    manager().register(made)
    registry.registered.cache_clear()
    yield
    manager().unregister(made)
    registry.registered.cache_clear()


def test_a_plug_in_adds_a_block_as_ours_are_added(db, plug_in):
    assert "Fine" in shown(("weather", {}))


def test_two_blocks_of_one_name_are_refused(db, monkeypatch, plug_in):
    monkeypatch.setattr(Weather, "name", "text")
    registry.registered.cache_clear()
    with pytest.raises(ValueError, match="Two page blocks are called 'text'"):
        registry.registered()
