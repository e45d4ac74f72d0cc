"""The query language: at worst, words."""

from datetime import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.search.language import Narrowing, Typed, read

NAMES = frozenset({"category", "in"})
pieces = st.sampled_from(
    ['"', "-", ":", " ", "category:", "in:", "before:", "after:", "2019", "-13", "bread", "«", "”", "é"]
)


@given(st.lists(pieces, max_size=20).map("".join) | st.text(st.characters(codec=None), max_size=100))
def test_whatever_is_typed_is_read(typed):
    found = read(typed, NAMES)
    if any(map(str.isalnum, typed)):
        assert found.says_what


def test_plain_words_stay_as_they_are():
    assert read("the Smith & Sons, London", NAMES) == Typed("the Smith & Sons, London")


def test_quotes_keep_words_together_whichever_quotes_they_are():
    for typed in (
        '"sourdough loaf" bread',
        "“sourdough loaf” bread",
        "„sourdough loaf“ bread",
        "«sourdough loaf» bread",
    ):
        assert read(typed, NAMES) == Typed("bread", ("sourdough loaf",))


def test_a_lone_quote_is_no_quote():
    assert read('the 5" disk', NAMES).text == 'the 5" disk'
    assert read('"unfinished business', NAMES).phrases == ()


def test_a_minus_leaves_out_a_word_or_a_phrase():
    assert read('bank -river -"bank holiday"', NAMES) == Typed("bank", without=("river", "bank holiday"))


@pytest.mark.parametrize("typed", ["well-known", "Stratford - upon - Avon", "03 -5555", "--help"])
def test_not_every_dash_is_a_minus(typed):
    assert read(typed, NAMES).without == ()


def test_a_search_only_for_what_is_left_out_is_a_search_for_it():
    assert read("-river", NAMES) == Typed("river")


def test_known_names_narrow_and_unknown_ones_are_words():
    found = read('bread category:shops/bakeries -in:"New Zealand" colour:red', NAMES)
    assert found.text == "bread colour:red"
    assert found.narrowings == (
        Narrowing("category", "shops/bakeries", "category:shops/bakeries"),
        Narrowing("in", "New Zealand", '-in:"New Zealand"', negated=True),
    )


def test_a_name_without_a_value_and_an_address_of_the_web_are_words():
    assert read("category: in:", NAMES).text == "category: in:"
    assert read("https://example.org/a", NAMES).text == "https://example.org/a"


def test_before_and_after_take_a_year_a_month_or_a_day():
    found = read("flood after:2018 before:2019-04", NAMES)
    assert found.text == "flood"
    assert (found.start, found.end) == (
        timezone.make_aware(datetime(2018, 1, 1)),
        timezone.make_aware(datetime(2019, 4, 1)),
    )


@pytest.mark.parametrize("typed", ["before:christmas", "before:2019-13", "after:2019-02-30", "before:0000", "before:"])
def test_a_date_that_is_none_is_words(typed):
    assert read(typed, NAMES) == Typed(typed)
