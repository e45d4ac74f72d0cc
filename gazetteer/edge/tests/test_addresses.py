"""Which addresses have kept pages, and the one way in which each is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.edge import addresses, encodings


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", True), ("/news/", True), ("/listing/5/x/", True), ("/fr/news/", True), ("/about/", True),
        ("/admin/", False), ("/search/", False), ("/fr/search/", False), ("/account/login/", False),
        ("/-/side/", False), ("/fr/-/side/", False), ("/media/a.jpg", False), ("/static/site.css", False),
        ("/healthz", False), ("/setup/", False),
    ],
)  # fmt: skip
def test_forms_results_files_and_the_desk_are_not_kept(path: str, kept: bool) -> None:
    assert addresses.keeps(path) is kept


def test_only_what_pages_read_is_left_of_a_query_in_one_order() -> None:
    assert addresses.tidy_query("utm_source=x&order=name&after=5") == "after=5&order=name"
    assert addresses.tidy_query("order=name&after=5&after=6") == addresses.tidy_query("after=6&order=name")
    assert addresses.tidy_query("order=") == ""


@given(st.text(max_size=60))
def test_no_query_is_an_error(query: str) -> None:
    tidied = addresses.tidy_query(query)
    assert addresses.tidy_query(tidied) == tidied


def test_a_host_that_is_not_ours_is_known() -> None:
    assert addresses.is_ours("localhost:8000")
    assert addresses.is_ours("[::1]:80")
    assert not addresses.is_ours("evil.example")
    assert not addresses.is_ours("")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("zstd, gzip", "zstd"), ("", "identity"), ("*", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"), ("br;q=0, gzip;q=0", "identity"), ("deflate", "identity"),
        ("gzip;q=rubbish", "gzip"), ("BR", "br"), ("identity;q=1, gzip;q=0.5", "identity"),
    ],
)  # fmt: skip
def test_the_encoding_is_the_best_that_the_browser_takes(accepted: str, chosen: str) -> None:
    assert encodings.chosen(accepted) == chosen
