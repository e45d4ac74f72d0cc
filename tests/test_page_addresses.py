"""Addresses that pages write without asking the address map are those of the address map."""

import datetime

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix

from gazetteer.directory import page_addresses as directory
from gazetteer.news import page_addresses as news
from gazetteer.web.addresses import page

SLUGS = ["bread", "bread-co", "brød", "面包", "خبز", "a+b", "50%", "it's", "a&b", "(new)", "~home", "a:b@c"]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_of_a_row_is_where_the_address_map_has_it(slug: str) -> None:
    day = datetime.date(2019, 4, 3)
    path = f"top/{slug}"
    assert directory.listing_address(5, slug) == reverse("listing", args=[5, slug])
    assert directory.category_address(path) == reverse("category", args=[path])
    assert directory.place_address(path) == reverse("place", args=[path])
    assert directory.crossing_address("gb", path) == reverse("place", args=[f"gb/in/{path}"])
    assert news.story_address(day, slug) == reverse("article", args=["2019", "04", "03", slug])
    assert news.section_address(path) == reverse("section", args=[path])
    assert news.author_address(slug) == reverse("author", args=[slug])
    assert news.tag_address(slug) == reverse("tag", args=[slug])


def test_what_has_no_slug_has_an_address() -> None:
    assert directory.listing_address(5, "") == reverse("listing", args=[5, "listing"])
    assert news.story_address(datetime.date(2019, 4, 3), "") == reverse("article", args=["2019", "04", "03", "-"])


def test_another_language_stands_before_them_all() -> None:
    outer = get_script_prefix()
    home = page("directory")
    set_script_prefix(f"{outer}fr/")
    try:
        assert page("directory") == reverse("directory") == f"{outer}fr{home}"
        assert directory.listing_address(5, "bread") == reverse("listing", args=[5, "bread"])
    finally:
        set_script_prefix(outer)
