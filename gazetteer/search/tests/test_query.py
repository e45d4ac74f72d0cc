"""Whatever is typed, and whatever stands in an address, becomes a query."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.search.query import LAST_PAGE, LONGEST, MOST_VALUES, Box, Query, read

KINDS = {"listing", "article"}
FILTERS = ("category", "country", "year")
NAMES = ["q", "type", "category", "country", "year", "near", "radius", "box", "sort", "more", "page"]
anything = st.text(st.characters(codec=None), max_size=300)
sayable = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.dictionaries(st.sampled_from(NAMES), anything))
def test_no_parameters_are_ever_an_error(values):
    query = read(values, KINDS, FILTERS)
    assert len(query.text) <= LONGEST
    assert query.kind in KINDS | {""}
    assert 1 <= query.page <= LAST_PAGE
    query.address().encode()


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(sayable, min_size=1, max_size=3)))
def test_an_address_asks_again_for_the_same(values):
    asked = QueryDict(mutable=True)
    for name, several in values.items():
        asked.setlist(name, several)
    query = read(asked, KINDS, FILTERS)
    assert read(QueryDict(query.address().removeprefix("?")), KINDS, FILTERS) == query


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1.5", "٣", "9" * 5000, "1e9"])
def test_a_page_that_is_no_page_is_one_that_is(page):
    assert 1 <= read({"page": page}, KINDS).page <= LAST_PAGE


def test_words_are_tidied_and_what_is_unknown_is_left_out():
    query = read({"q": "  two\n\twords\x00 ", "type": "secret", "colour": "red", "category": "/shops/"}, KINDS, FILTERS)
    assert query == Query(text="two words", filters=(("category", ("shops",)),))


def test_a_filter_may_have_several_values_but_not_any_number():
    asked = QueryDict("country=fr&country=de&country=fr&" + "&".join(f"year={n}" for n in range(99)))
    query = read(asked, KINDS, FILTERS)
    assert query.values("country") == ("fr", "de")
    assert len(query.values("year")) == MOST_VALUES


def test_a_changed_query_keeps_the_rest_and_begins_at_the_first_page():
    query = Query(text="bread", kind="listing", page=2)
    assert query.address(page=3) == "?q=bread&type=listing&page=3"
    assert query.changed(kind="").address() == "?q=bread"
    assert query.toggled("country", "fr").address() == "?q=bread&type=listing&country=fr"
    assert query.toggled("country", "fr").toggled("country", "fr").filters == ()


@pytest.mark.parametrize(
    ("near", "point"),
    [
        ("45.76,4.84", (45.76, 4.84)),
        (" -41.3 , 174.8 ", (-41.3, 174.8)),
        ("91,0", None),
        ("0,181", None),
        ("Lyon", None),
    ],
)
def test_near_is_a_position_or_a_name(near, point):
    assert Query(near=near).point == point


def test_near_that_is_neither_is_left_out():
    assert read({"near": "91,181"}, KINDS).near == ""


@pytest.mark.parametrize(("typed", "km"), [("5", 5), ("0.5", 0.5), ("-3", 25), ("nan", 25), ("1e9", 20_040), ("x", 25)])
def test_a_radius_is_a_distance_on_the_earth(typed, km):
    assert read({"near": "Lyon", "radius": typed}, KINDS).radius == km


def test_a_box_may_lie_across_the_date_line_and_nothing_else_is_one():
    assert read({"box": "-50,170,-30,-170"}, KINDS).box == Box(-50, 170, -30, -170)
    for typed in ("", "1,2,3", "10,0,-10,0", "0,0,91,0", "0,0,0,999", "a,b,c,d", "nan,0,0,0"):
        assert read({"box": typed}, KINDS).box is None
