"""Which addresses are asked, whatever a name leads to."""

import socket
from typing import Any

import pytest

from gazetteer.news.wire import guard
from gazetteer.news.wire.guard import Refused

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104 (it is not bound to)
    "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "168.63.129.16",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::10.0.0.1",
    "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_is_connected_to(address: str) -> None:
    with pytest.raises(Refused):
        guard.check_address(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_the_open_internet_is(address: str) -> None:
    guard.check_address(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://fisk.example/", "gopher://fisk.example/", "data:text/plain,x", "//fisk.example/",
        "http://fisk.example:22/", "https://fisk.example:6379/", "http://fisk.example:99999/", "http://", "http://[::1",
        "http://fisk.example/a b", "http://fisk.example/\r\nHost: x", "http://" + "a" * 64 + ".example/", "feed",
    ],
)  # fmt: skip
def test_no_other_scheme_port_or_trick_in_an_address(url: str) -> None:
    with pytest.raises(Refused):
        guard.target(url)


def test_a_name_in_any_script_and_a_password_in_the_address_are_made_plain() -> None:
    target = guard.target("https://user:pass@Bücher.example/å?q=ä#part")
    assert target.url == "https://xn--bcher-kva.example/%C3%A5?q=%C3%A4"


def test_the_address_that_is_connected_to_is_the_one_that_was_checked(monkeypatch: Any) -> None:
    """A name that leads outside when it is checked and inside when it is used (rebinding) finds no second lookup."""
    answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: next(answers))
    with pytest.raises(Refused, match="not on the open internet"):
        guard.connect("rebind.example", 80, 1)


def test_what_the_operator_names_may_stand_inside(settings: Any) -> None:
    settings.WIRE_ALLOW = frozenset({"feeds.internal:8081", "[::1]"})
    assert guard.is_allowed("feeds.internal", 8081)
    assert not guard.is_allowed("feeds.internal", 8082)
    assert guard.is_allowed("::1", 80)
    assert guard.target("http://feeds.internal:8081/x").port == 8081
