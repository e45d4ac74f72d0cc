"""Asking another host: the answer, or a sentence that says why there is none."""

import gzip
import time
import zlib
from typing import Any

import pytest

from gazetteer.news.wire.guard import Refused
from gazetteer.news.wire.http import Client, FetchFailed, Limits, retry_after
from gazetteer.news.wire.manners import Manners, Robots
from gazetteer.news.wire.tests.paper import Handler, Paper

SHORT = Limits(size=100_000, seconds=0.6, silence=0.4)


@pytest.fixture
def client() -> Client:
    return Client(Manners(gap=0))


def test_we_say_who_we_are_and_where_we_live(paper: Paper, client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://news.example"
    paper.says("/feed", "x")
    client.get(paper.url())
    headers = paper.asked[0][1]
    assert headers["user-agent"] == "Gazetteer (https://news.example/)"
    assert headers["host"] == f"127.0.0.1:{paper.port}"
    assert "cookie" not in headers


def test_an_unchanged_feed_is_an_answer(paper: Paper, client: Client) -> None:
    paper.says("/feed", b"", status=304)
    answer = client.get(paper.url(), headers={"If-None-Match": '"a"'})
    assert answer.is_unchanged
    assert paper.asked[0][1]["if-none-match"] == '"a"'


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda data: zlib.compress(data)[2:-4]])
def test_what_comes_packed_is_unpacked(paper: Paper, client: Client, pack: Any) -> None:
    encoding = "gzip" if pack is gzip.compress else "deflate"
    paper.says("/feed", pack(b"words " * 1000), Content_Encoding=encoding)
    assert client.get(paper.url()).body == b"words " * 1000


def test_a_bomb_is_met_with_its_first_pieces(paper: Paper, client: Client) -> None:
    paper.says("/feed", gzip.compress(bytes(30_000_000)), Content_Encoding="gzip")
    with pytest.raises(FetchFailed, match="more than"):
        client.get(paper.url(), limits=Limits(size=1_000_000))


def test_a_packing_that_was_not_asked_for_is_refused(paper: Paper, client: Client) -> None:
    paper.says("/feed", b"x", Content_Encoding="gzip, gzip")
    with pytest.raises(FetchFailed, match="did not ask for"):
        client.get(paper.url())


def test_what_is_too_large_is_not_read_to_its_end(paper: Paper, client: Client) -> None:
    paper.says("/feed", bytes(200_000))
    with pytest.raises(FetchFailed, match="sends more than"):
        client.get(paper.url(), limits=SHORT)


def test_a_host_that_sends_a_letter_now_and_then_is_cut_off(paper: Paper, client: Client) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(40):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    paper.pages["/feed"] = drip
    with pytest.raises(FetchFailed, match="longer than"):
        client.get(paper.url(), limits=SHORT)


def test_a_host_that_never_answers_is_left(paper: Paper, client: Client) -> None:
    paper.pages["/feed"] = lambda _handler: time.sleep(0.6)
    with pytest.raises(FetchFailed, match="did not answer|longer than"):
        client.get(paper.url(), limits=SHORT)


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "http://[::1]/"]
)
def test_a_redirect_to_the_inside_is_refused(paper: Paper, client: Client, place: str) -> None:
    paper.says("/feed", b"", status=302, Location=place)
    with pytest.raises(Refused):
        client.get(paper.url())


def test_a_redirect_is_followed_and_one_for_good_is_told(paper: Paper, client: Client) -> None:
    paper.says("/old", b"", status=301, Location="/feed")
    paper.says("/feed", "here")
    answer = client.get(paper.url("/old"))
    assert (answer.body, answer.moved_to) == (b"here", paper.url("/feed"))
    paper.says("/old", b"", status=302, Location="/feed")
    assert client.get(paper.url("/old")).moved_to == ""


def test_a_redirect_takes_no_password_along(paper: Paper, client: Client) -> None:
    paper.says("/old", b"", status=302, Location="/feed")
    paper.says("/feed", "here")
    client.get(paper.url("/old"), headers={"Authorization": "Bearer secret"})
    assert "authorization" in paper.asked[0][1]
    assert "authorization" not in paper.asked[1][1]


def test_redirects_in_a_circle_end(paper: Paper, client: Client) -> None:
    paper.says("/feed", b"", status=302, Location="/feed")
    with pytest.raises(FetchFailed, match="redirects more than"):
        client.get(paper.url())


def test_a_host_that_asks_us_to_wait_is_heard(paper: Paper, client: Client) -> None:
    paper.says("/feed", b"", status=429, Retry_After="120")
    with pytest.raises(FetchFailed) as caught:
        client.get(paper.url())
    assert caught.value.wait == 120
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0
    assert retry_after({"retry-after": "9" * 30}) == 24 * 60 * 60
    assert retry_after({"retry-after": "soon"}) == 0


def test_nobody_there_is_told_in_a_sentence(client: Client, settings: Any) -> None:
    settings.WIRE_ALLOW = frozenset({"127.0.0.1:9"})
    with pytest.raises(FetchFailed, match="cannot be reached"):
        client.get("http://127.0.0.1:9/")


def test_no_proxy_of_the_machine_is_used(paper: Paper, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    paper.says("/feed", "x")
    assert client.get(paper.url()).body == b"x"


def test_robots_keep_us_from_pages_and_trouble_keeps_us_out(paper: Paper, client: Client) -> None:
    paper.says("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    robots = Robots(client)
    assert robots.may_read(paper.url("/story"))
    assert not robots.may_read(paper.url("/private/story"))
    assert len(paper.asked) == 1
    paper.says("/robots.txt", "", status=503)
    assert not Robots(client).may_read(paper.url("/story"))
    paper.says("/robots.txt", "", status=404)
    assert Robots(client).may_read(paper.url("/story"))
