"""Three sides of a value: what the feed said last, what it says now, what stands here."""

import pytest
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.directory.imports import merge, tables
from gazetteer.directory.names import ASCII_WORDS, make_slug, sort_key


@pytest.mark.parametrize(
    ("now", "last", "here", "final"),
    [
        ([1, 2], [1, 2], [1, 2], [1, 2]),
        ([1, 3], [1, 2], [1, 2], [1, 3]),
        ([1], [1], [1, 9], [1, 9]),
        ([1, 2], [1, 2], [1], [1]),
        ([], [1, 2], [1, 2, 9], [9]),
        ([2], [1], [], [2]),
    ],
)
def test_members(now, last, here, final):
    assert merge.members(now, last, here) == final


@pytest.mark.parametrize(
    ("now", "last", "here", "final", "chosen"),
    [
        ([1, 2], [1, 2], 1, [1, 2], (1, False)),
        ([2, 1], [1, 2], 1, [1, 2], (2, False)),
        ([3, 1], [1, 2], 2, [1, 2, 3], (2, True)),
        ([3], [1], 1, [3], (3, False)),
        ([], [1], 9, [9], (9, False)),
        ([], [1], 1, [9], (9, False)),
        ([], [1], 1, [], (None, False)),
    ],
)
def test_the_primary_category(now, last, here, final, chosen):
    assert merge.primary(now, last, here, final) == chosen


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_json_is_written_as_django_writes_it(value):
    import json

    assert tables.dump(value) == json.dumps(value)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_names_gives_the_same_keys(name):
    assert (
        make_slug(name + " x").split("-")[0]
        == (slugify(name + " x", allow_unicode=True)[:80] or "listing").split("-")[0]
    )
    # A letter outside ASCII takes the long way; folded away, it must leave the key of the rest.
    assert sort_key(name + " \u0301") == sort_key(name)
    assert ASCII_WORDS.sub("", sort_key(name)).strip() in ("", "~")
