"""Broken and hostile documents: a sentence or items, never a fault, and nothing unsafe in what is made of them.

`python -m bench.wire fuzz` does the same with 20,000 feeds of feedparser's corpus, broken in many ways.
"""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.news.wire.clean import clean
from gazetteer.news.wire.formats import NotReadable, Received, read
from gazetteer.news.wire.item import CleanCopy
from gazetteer.news.wire.tests.paper import item, rss

TAG = re.compile(r"<(/?\w+)([^>]*)>")
HARMLESS = {"p", "a", "b", "i", "sub", "sup", "br", "ul", "ol", "li"}
HREF = re.compile(r'^(?: href="(?:https?:|mailto:|tel:|#)[^"]*")?$')

LETTERS = "ab<>&;\"'/= \n\x00\x0bé中\u202e\U0001f600"

pieces = st.one_of(
    st.text(LETTERS, max_size=30),
    st.sampled_from(
        [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">',
            "<![CDATA[", "]]>",
            "&lt;script&gt;alert(1)&lt;/script&gt;", "&e;", "\x00",
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
            "<svg><style><img src=x onerror=alert(1)>", "</item>", "<item>", "<div>" * 300, "<table><tr><td>", "&#1;",
        ]
    ),
)  # fmt: skip
NAMES = st.sampled_from(
    ["id", "uri", "title", "rendered", "guid", "content", "content_html", "headlines", "bodies", "value", "role", "url",
     "associations", "renditions", "href", "date_published", "versionCreated", "pubStatus", "authors", "name",
     "_embedded"]
)  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(LETTERS, max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def harmless(copy: CleanCopy) -> bool:
    blocks = [block.value for block in copy.blocks if block.kind in {"paragraph", "list"}]
    marks = [mark for html in blocks for mark in TAG.findall(html)]
    return all(name.strip("/") in HARMLESS and HREF.match(rest) for name, rest in marks)


def survives(data: bytes, name: str) -> None:
    try:
        _format, document = read(Received(data, address="https://fisk.example/feed"), name)
    except NotReadable as error:
        assert str(error)
        return
    for each in document.items:
        assert harmless(clean(each))


@given(st.lists(pieces, max_size=8), st.integers(0, 400), st.binary(max_size=8))
def test_a_broken_feed_is_read_or_refused_and_harms_nobody(parts: list[str], place: int, dirt: bytes) -> None:
    whole = rss(item(1, text="".join(parts)), item(2)).encode("utf-8", "replace")
    survives(whole[:place] + dirt + whole[place:], "feed")


@pytest.mark.parametrize("name", ["jsonfeed", "ninjs", "wordpress"])
@given(value=anything)
def test_json_of_any_shape_is_read_or_refused(name: str, value: Any) -> None:
    for document in (value, {"items": [value, value]}, [value]):
        survives(json.dumps(document).encode(), name)
