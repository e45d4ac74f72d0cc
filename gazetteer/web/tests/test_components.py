"""The promises that every page relies on: what stands inside links, what is escaped, what is left out."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from markupsafe import Markup

from gazetteer.web.tests.rendering import call
from gazetteer.web.tests.samples import HOSTILE, MAP, NOON, PICTURE, category, listing, story, week

ESCAPED = "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; &#39;Söhne&#39;"


def links(html: str) -> list[str]:
    return re.findall(r"<a\b.*?</a>", html, re.S)


def test_the_link_of_a_listing_holds_its_name_and_nothing_else() -> None:
    assert call("listing_link", listing()) == '<a href="/listing/7/bakery-ble/">Bakery Blé</a>'


def test_marks_of_a_search_may_stand_inside_the_link() -> None:
    marked = listing(name=Markup("<mark>Bakery</mark> Blé"))
    assert call("listing_link", marked) == '<a href="/listing/7/bakery-ble/"><mark>Bakery</mark> Blé</a>'


@pytest.mark.parametrize("macro", ["listing_rows", "listing_grid", "listing_names"])
def test_a_list_links_each_listing_once_whatever_stands_beside_the_name(macro: str) -> None:
    rich = listing(is_featured=True, thumbnail=PICTURE, open_state={"state": "open", "text": "Open"})
    found = [link for link in links(call(macro, [rich, listing(url="/listing/8/other/")])) if "/listing/" in link]
    assert found == ['<a href="/listing/7/bakery-ble/">Bakery Blé</a>', '<a href="/listing/8/other/">Bakery Blé</a>']


def test_models_serve_as_well_as_dictionaries() -> None:
    model = SimpleNamespace(
        name="Blé", get_absolute_url=lambda: "/listing/7/ble/", city="Lyon", country="FR", featured=False
    )
    assert call("listing_link", model) == '<a href="/listing/7/ble/">Blé</a>'
    assert call("place_of", model) == "Lyon, France"


@pytest.mark.parametrize(
    ("macro", "thing"),
    [
        ("listing_row", listing(name=HOSTILE)),
        ("listing_row", listing(one_line=HOSTILE)),
        ("listing_row", listing(town=HOSTILE)),
        ("listing_link", listing(name=HOSTILE)),
        ("story_card", story(headline=HOSTILE)),
        ("story_card", story(summary=HOSTILE)),
        ("story_card", story(picture={**PICTURE, "credit": HOSTILE})),
        ("category_grid", [category(name=HOSTILE)]),
        ("category_list", [category(name=HOSTILE)]),
        ("tag_list", [{"name": HOSTILE, "url": "/t/"}]),
        ("breadcrumbs", [{"label": HOSTILE, "url": "/"}]),
        ("letters", [{"label": HOSTILE, "url": "/"}]),
        ("sort_tabs", [{"label": HOSTILE, "url": "/"}]),
        ("place_links", [{"name": HOSTILE, "url": "/"}]),
        ("contents", [{"label": HOSTILE, "url": "/"}]),
        ("phone_links", [HOSTILE]),
        ("facts", [("Name", HOSTILE)]),
        ("facts", [("Names", [HOSTILE])]),
        ("byline", [HOSTILE]),
        ("byline", [{"name": HOSTILE, "url": "/"}]),
        ("hours_table", [{"name": "Monday", "texts": [HOSTILE]}]),
        ("hours_table", [{"name": "Monday", "texts": [], "note": HOSTILE}]),
        ("quote", HOSTILE),
        ("correction", HOSTILE),
        ("empty", HOSTILE),
        ("button", HOSTILE),
        ("search_form", HOSTILE),
        ("outside_link", HOSTILE),
        ("picture", {**PICTURE, "alt": HOSTILE}),
    ],
)
def test_words_from_outside_are_escaped(macro: str, thing: object) -> None:
    html = call(macro, thing)
    assert "<script" not in html
    assert ESCAPED in html


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", ""]
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    assert "<a" not in call("outside_link", address, "Shop")


def test_a_link_to_another_site_gives_it_no_vote() -> None:
    assert call("outside_link", "https://www.example.org/") == (
        '<a href="https://www.example.org/" rel="nofollow noopener ugc">example.org/</a>'
    )


def test_a_headline_link_holds_the_headline_and_nothing_else() -> None:
    assert call("headline_link", story()) == '<a href="/news/2019/04/13/port-opens-its-books/">Port opens its books</a>'


@pytest.mark.parametrize("size", ["lead", "secondary", "row", "text"])
def test_a_story_is_linked_once_in_every_size(size: str) -> None:
    html = call("story_card", story(picture=PICTURE), size)
    assert html.count('href="/news/2019/04/13/port-opens-its-books/"') == 1


def test_the_lead_picture_comes_at_once_and_all_others_when_needed() -> None:
    assert 'fetchpriority="high"' in call("story_card", story(picture=PICTURE), "lead")
    assert 'loading="lazy"' in call("story_card", story(picture=PICTURE), "row")


def test_every_picture_says_how_large_it_is() -> None:
    assert 'width="1200" height="800"' in call("picture", PICTURE)


def test_a_picture_offers_the_newer_formats_first() -> None:
    html = call("picture", {**PICTURE, "avif_srcset": "a.avif 1x", "webp_srcset": "a.webp 1x", "srcset": "a.jpg 1x"})
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")


def test_a_caption_without_its_picture_still_shows() -> None:
    assert call("figure", None, "Deputies in the hall") == (
        '<figure class="figure"><figcaption>Deputies in the hall</figcaption></figure>'
    )


def test_a_figure_of_nothing_is_nothing() -> None:
    assert call("figure", None) == ""


def test_the_words_of_the_story_win_over_those_of_the_picture() -> None:
    html = call("figure", PICTURE, "Its own words")
    assert "Its own words" in html
    assert "The port" not in html
    assert "A. Person" in html


def test_words_left_empty_give_way_to_those_of_the_picture_and_false_shows_none() -> None:
    assert "The port" in call("figure", PICTURE, "")
    assert "The port" not in call("figure", PICTURE, False)


def test_a_time_names_its_zone_and_is_written_as_the_language_does() -> None:
    html = call("time", NOON)
    assert re.search(r'datetime="2019-04-13T\d\d:47:00[+-]\d\d:\d\d"', html)
    assert re.search(r">Saturday,? 13 April 2019 \d\d:47<", html)


def test_numbers_are_grouped() -> None:
    assert "30,953" in call("count", 30953)


def test_a_count_of_nothing_is_shown_and_an_unknown_one_is_not() -> None:
    assert "0" in call("count", 0)
    assert call("count", None) == ""


def test_the_totals_line_may_be_the_operators_own() -> None:
    assert "There are 30,953 listings and 922 categories in our website" in call("totals", 30953, 922)
    assert ">922 shelves, 30,953 entries<" in call(
        "totals", 30953, 922, wording="{categories} shelves, {listings} entries"
    )


def test_facts_without_a_value_are_left_out() -> None:
    html = call("facts", [("Founded", 0), ("Fax", ""), ("Mail", None), ("Names", [])])
    assert html.count("<dt>") == 1
    assert call("facts", [("Fax", "")]) == ""


def test_an_embed_asks_nothing_of_another_host() -> None:
    html = call("embed_placeholder", "https://video.example/w", "https://video.example/e", "A film", "video.example")
    assert not re.search(r"<(iframe|script|img|link|object)", html)
    assert '<a href="https://video.example/w"' in html


def test_a_phone_is_tapped_and_reads_from_left_to_right() -> None:
    assert '<a dir="ltr" href="tel:+33478000000">+33 4 78 00 00 00</a>' in call("phone_links", ["+33 4 78 00 00 00"])


def test_the_map_stands_as_drawn_and_says_when_it_is_approximate() -> None:
    html = call("locator", MAP, "https://maps.example/", approximate=True)
    assert str(MAP) in html
    assert "approximate" in html


def test_a_map_that_is_not_ours_is_escaped() -> None:
    assert "<script" not in call("locator", "<script>alert(1)</script>")


def test_todays_hours_are_marked() -> None:
    html = call("hours_table", week())
    assert html.count('aria-current="date"') == 1


def test_a_week_with_special_days_lists_them_after_it() -> None:
    rows = week()
    html = call("hours_table", SimpleNamespace(rows=rows[:1], special=rows[1:]))
    assert html.index("Monday") < html.index("Special days ahead") < html.index("Good Friday")


def test_the_state_of_opening_may_be_a_word_or_an_object() -> None:
    assert call("open_badge", "open", "Open now") == '<span class="open-badge open">Open now</span>'
    assert "closed" in call("open_badge", SimpleNamespace(state="closed"), "Closed")
    assert call("open_badge", "unknown") == ""


def test_letters_without_entries_are_no_links() -> None:
    html = call("letters", [{"label": "A", "url": "?letter=A"}, {"label": "B"}], "A")
    assert links(html) == ['<a href="?letter=A" aria-current="true">A</a>']


def test_the_last_breadcrumb_is_this_page() -> None:
    html = call("breadcrumbs", [{"label": "Shops", "url": "/directory/shops/"}, {"label": "Bakeries"}])
    assert '<span aria-current="page">Bakeries</span>' in html


@pytest.mark.parametrize("macro", ["pager", "neighbours", "byline", "breadcrumbs", "letters", "sort_tabs"])
def test_what_has_nothing_to_say_leaves_no_empty_shell(macro: str) -> None:
    assert call(macro, None) == ""


def test_only_the_first_children_of_a_category_are_shown() -> None:
    many = [category(name=f"Child {number}", url=f"/directory/{number}/") for number in range(9)]
    html = call("category_grid", [category(shown_children=many)], children=4)
    assert "Child 3" in html
    assert "Child 4" not in html


def test_a_long_list_of_categories_shows_the_first_and_the_current_and_opens_to_all() -> None:
    many = [category(name=f"Land {number}", url=f"/directory/{number}/", current=number == 40) for number in range(50)]
    at_once, behind = call("category_list", many, first=12).split("<details")
    assert [name in at_once for name in ("Land 11<", "Land 12<", "Land 40<")] == [True, False, True]
    assert "37 more" in behind
    assert len(links(at_once + behind)) == 50


def test_a_list_only_a_little_too_long_is_shown_whole() -> None:
    assert "<details" not in call("category_list", [category() for _ in range(15)], first=12)


class Proposal(forms.Form):
    name = forms.CharField(help_text="As over the door.")
    fax = forms.CharField(required=False)


def test_a_field_ties_label_help_and_error_to_its_input() -> None:
    field = Proposal({"name": ""})["name"]
    html = call("form_field", field)
    assert '<label for="id_name">' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert all(f'id="{target}"' in html for target in described[1].split())
    assert 'id="id_name_error"' in html


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "optional" in call("form_field", Proposal()["fax"])
    assert "optional" not in call("form_field", Proposal()["name"])
