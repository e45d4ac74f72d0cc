"""Beginnings that cover a range of an index: no text within it may begin with none of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.changes.spans import covering, hour, hours_between

TEXTS = st.text(alphabet=" 09abkyzé日", max_size=9)
MOMENTS = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


def begins(text: str, beginnings: list[str]) -> bool:
    return any(text.startswith(each) for each in beginnings)


@given(low=TEXTS, high=TEXTS, text=TEXTS)
def test_every_text_in_a_range_begins_with_one_of_its_beginnings(low: str, high: str, text: str) -> None:
    low, text, high = sorted((low, text, high))
    assert begins(text.ljust(4), covering(low, high, 4))


@given(st.lists(MOMENTS, min_size=3, max_size=3))
def test_every_moment_is_within_the_range_before_it_after_it_and_around_it(moments: list[datetime]) -> None:
    first, moment, last = sorted(moments)
    for range_ in ((first, last), (first, None), (None, last), (None, None)):
        assert begins(hour(moment), hours_between(*range_))


def test_a_range_within_a_day_does_not_reach_the_next() -> None:
    first = datetime(2026, 11, 27, 9, tzinfo=UTC)
    found = hours_between(first, first + timedelta(hours=2))
    assert begins("2026-11-27 10", found)
    assert not begins("2026-11-28 10", found)


def test_a_page_of_names_does_not_reach_the_whole_alphabet() -> None:
    found = covering("0bakery", "0bank", 7)
    assert begins("0bamboo", found)
    assert not begins("0butcher", found)
