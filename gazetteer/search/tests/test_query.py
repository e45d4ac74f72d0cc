"""Whatever is typed becomes a query."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.search.query import LAST_PAGE, LONGEST, Query, read
from gazetteer.search.registry import after

KINDS = {"listing", "article"}
anything = st.text(st.characters(codec=None), max_size=300)


@given(st.dictionaries(st.sampled_from(["q", "type", "category", "country", "page"]), anything))
def test_no_parameters_are_ever_an_error(values):
    query = read(values, KINDS)
    assert len(query.text) <= LONGEST
    assert query.kind in KINDS | {""}
    assert 1 <= query.page <= LAST_PAGE
    query.address().encode()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_an_address_asks_again_for_the_same(text):
    query = read({"q": text, "page": "3"}, KINDS)
    asked = {name: values[0] for name, values in parse_qs(query.address().removeprefix("?")).items()}
    assert read(asked, KINDS) == query


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1.5", "٣", "9" * 5000, "1e9"])
def test_a_page_that_is_no_page_is_one_that_is(page):
    assert 1 <= read({"page": page}, KINDS).page <= LAST_PAGE


def test_words_are_tidied_and_what_is_unknown_is_left_out():
    query = read({"q": "  two\n\twords\x00 ", "type": "secret", "country": "GBR", "category": "/shops/"}, KINDS)
    assert query == Query(text="two words", category="shops")


def test_a_changed_query_keeps_the_rest():
    query = Query(text="bread", kind="listing", page=2)
    assert query.address(page=3) == "?q=bread&type=listing&page=3"
    assert query.address(kind_of="", type="", page=1) == "?q=bread"


@given(
    st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), min_size=1, max_size=20),
    st.text(max_size=5),
)
def test_all_that_begins_with_a_prefix_lies_in_its_range(prefix, rest):
    assert prefix <= prefix + rest < after(prefix)
