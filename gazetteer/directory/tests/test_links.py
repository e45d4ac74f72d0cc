import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.directory.links import (
    NETWORKS,
    LinkError,
    check_url,
    display_host,
    network_of,
    normalise_url,
    social_links,
    website_link,
)


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("example.org", "https://example.org/"),
        ("  //example.org/a  ", "https://example.org/a"),
        ("HTTP://Example.ORG:80/Path?q=1#top", "http://example.org/Path?q=1#top"),
        ("https://example.org:8443", "https://example.org:8443/"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://example.org/a%20b?x=%C3%A9", "https://example.org/a%20b?x=%C3%A9"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ],
)
def test_addresses_are_read_as_people_type_them(raw, url):
    assert normalise_url(raw) == url
    assert normalise_url(url) == url
    assert check_url(raw) == ""


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "mailto:a@example.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "blob:https://example.org/x",
        "view-source:https://example.org/",
        "https://user:secret@example.org/",
        "https://good.example@evil.example/",
        "https://example.org\\@evil.example/",
        "https://exa mple.org/",
        "https://exam\u200bple.org/",
        "https://example.org/\u202egnp.exe",
        "https://localhost/",
        "https://intranet/",
        "https://127.0.0.1/",
        "https://192.168.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://[fe80::1%25eth0]/",
        "https://example.org:99999/",
        "https:///path",
        "https://",
        "https://-.example/",
        "https://.example.org..",
        "https://[",
        "not an address",
        "word",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_what_must_not_be_linked_is_refused_with_a_message(raw):
    with pytest.raises(LinkError):
        normalise_url(raw)
    assert check_url(raw)
    assert website_link(raw) is None


@given(st.text(max_size=40) | st.text("htps:/javscrip.@\\\t\n %#?[]0x", max_size=30))
def test_what_comes_out_is_always_a_plain_web_address(raw):
    try:
        url = normalise_url(raw)
    except LinkError:
        return
    assert url.startswith(("https://", "http://"))
    assert url.isascii()
    assert not set(url) & set("\"'<> \\\t\n") - {"'"}
    assert "@" not in url.split("/")[2]
    assert normalise_url(url) == url


def test_no_address_at_all_is_right_too():
    assert check_url("  ") == ""


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/x", "example.org"),
        ("https://xn--bcher-kva.example/", "bücher.example"),
        ("https://xn--r8jz45g.xn--zckzah/", "例え.テスト"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),  # "apple" in Cyrillic letters
        ("https://xn--pple-43d.com/", "xn--pple-43d.com"),  # one Cyrillic letter in a Latin word
        ("https://8.8.8.8/", "8.8.8.8"),
        ("https://xn--zzzzzzzz.com/", "xn--zzzzzzzz.com"),
    ],
)
def test_the_host_is_shown_readably_unless_it_could_deceive(url, host):
    assert display_host(url) == host


def test_a_website_is_a_link_that_lends_no_trust():
    link = website_link("www.example.org/welcome")
    assert link is not None
    assert (link.url, link.label) == ("https://www.example.org/welcome", "example.org")
    assert set(link.rel.split()) == {"nofollow", "noopener", "external"}


@pytest.mark.parametrize(
    ("key", "value", "url", "label"),
    [
        ("facebook", "https://www.facebook.com/transcove", "https://www.facebook.com/transcove", "Facebook"),
        ("facebook", "transcove", "https://www.facebook.com/transcove", "Facebook"),
        ("instagram", "@cafe.x", "https://www.instagram.com/cafe.x", "Instagram"),
        ("x", "@bbc", "https://x.com/bbc", "X (Twitter)"),
        ("Twitter", "twitter.com/bbc", "https://twitter.com/bbc", "X (Twitter)"),
        ("youtube", "https://m.youtube.com/@bbc", "https://m.youtube.com/@bbc", "YouTube"),
        ("mastodon", "https://social.example/@bbc", "https://social.example/@bbc", "social.example"),
        ("something", "https://forum.example/u/1", "https://forum.example/u/1", "forum.example"),
    ],
)
def test_accounts_on_networks_are_linked_under_the_networks_name(key, value, url, label):
    (link,) = social_links({key: value})
    assert (link.url, link.label) == (url, label)
    assert "me" in link.rel.split()


def test_accounts_that_cannot_be_linked_are_left_out_and_the_rest_is_in_order():
    accounts = {"youtube": "@b", "facebook": "a", "tiktok": "javascript:alert(1)", "mastodon": "@nameonly", "vk": ""}
    assert [link.network for link in social_links(accounts)] == ["facebook", "youtube"]


def test_a_network_is_known_by_its_host_alone():
    assert network_of("https://facebook.com.evil.example/") == ""
    assert network_of("https://notfacebook.com/") == ""
    assert network_of("https://de-de.facebook.com/x") == "facebook"


def test_no_two_networks_claim_the_same_host():
    hosts = [host for _label, _pattern, hosts in NETWORKS.values() for host in hosts]
    assert len(set(hosts)) == len(hosts)
