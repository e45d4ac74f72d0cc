"""What cleaning makes of HTML from anywhere."""

import pytest

from gazetteer.news.wire.clean import as_json, clean, from_json
from gazetteer.news.wire.item import CleanCopy, WireItem, WirePicture

BASE = "https://fisk.example/news/pier"


def copy_of(html: str, **more: object) -> CleanCopy:
    return clean(WireItem(title="New pier", html=html, base=BASE, **more))  # type: ignore[arg-type]  # by name, any column


def shown(copy: CleanCopy) -> str:
    return "".join([copy.headline, copy.lead, *(block.value for block in copy.blocks)])


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
        "<svg><script>alert(1)</script></svg>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<p style='background:url(javascript:alert(1))'>x</p>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<embed embedtype='media' url='x'>",
        "<a linktype='page' id='1'>x</a>", "<object data='x'></object>", "<form action='//evil'><input></form>",
    ],
)  # fmt: skip
def test_nothing_that_acts_comes_through(evil: str) -> None:
    html = shown(copy_of(f"<p>Before</p>{evil}<p>After {evil}</p>")).lower()
    for word in ("<script", "onerror=", "javascript:", "<iframe", "style=", "srcdoc", "embedtype", "linktype", "<form"):
        assert word not in html
    assert "before" in html


def test_links_are_made_whole_and_marks_are_kept() -> None:
    copy = copy_of("<p>First.</p><p>See <a href='../roads?a=1&amp;b=2' onclick='x'><strong>roads</strong></a>.</p>")
    assert copy.blocks[0].value == '<p>See <a href="https://fisk.example/roads?a=1&amp;b=2"><b>roads</b></a>.</p>'


def test_a_picture_that_loads_late_is_found_once() -> None:
    copy = copy_of(
        "<p>Text.</p><img src='data:image/gif;base64,R0' data-src='/p.jpg' width=800 height=600>"
        "<noscript><img src='/p.jpg'></noscript>"
        "<picture><source srcset='/q-400.webp 400w, /q-1200.webp 1200w, /q-9000.webp 9000w'>"
        "<img src='/blank.gif'></picture>"
    )
    assert [picture.url for picture in copy.pictures] == [
        "https://fisk.example/p.jpg",
        "https://fisk.example/q-1200.webp",
    ]


def test_caption_and_credit_are_set_apart() -> None:
    copy = copy_of(
        "<p>Text.</p><figure><img src='/a.jpg'><figcaption>The pier "
        "<span class='credit'>Photo: Ann Lee</span></figcaption></figure>"
        "<div class='wp-caption'><img src='/b.jpg'><p class='wp-caption-text'>The bay (AP Photo/Ben Roe)</p></div>"
    )
    assert [(each.caption, each.credit) for each in copy.pictures] == [
        ("The pier", "Ann Lee"),
        ("The bay", "AP Photo/Ben Roe"),
    ]
    assert "bay" not in shown(copy)


def test_furniture_goes_and_is_told_of() -> None:
    copy = copy_of(
        "<p>Saturday, 13 April 2019</p><p>The pier opens.</p><div class='sharedaddy'><a href='#'>Tweet</a></div>"
        "<p>It is long.</p><p>The post <a href='/'>New pier</a> appeared first on <a href='/'>Fisk</a>.</p>"
        "<img src='https://pixel.wp.com/b.gif?x=1' width=1 height=1>"
        "<h3>Related</h3><ul><li><a href='/1'>One</a></li></ul>"
    )
    assert copy.lead == "The pier opens."
    assert [block.value for block in copy.blocks] == ["<p>It is long.</p>"]
    assert len(copy.dropped) == 6


def test_a_story_in_a_division_with_a_bad_name_stays() -> None:
    words = "The council spoke about social housing for a long time, and nobody agreed. " * 5
    assert words.strip() in shown(copy_of(f"<div class='social-affairs'><p>{words}</p><p>{words}</p></div>"))


def test_blocks_of_every_kind() -> None:
    copy = copy_of(
        "<p>Lead.</p><h2>Heading</h2>One<br><br>Two<ul><li>a</li><li>b</li></ul><blockquote>Words<cite>Ann</cite></blockquote>"
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table><pre>x\ny</pre>"
    )
    assert [block.kind for block in copy.blocks] == [
        "heading",
        "paragraph",
        "paragraph",
        "list",
        "quote",
        "table",
        "paragraph",
    ]
    assert copy.blocks[4].who == "Ann"


def test_a_standfirst_is_the_lead_and_an_excerpt_is_not() -> None:
    own = copy_of("<p>The pier opens on Sunday.</p>", summary="<p>A town waits.</p>")
    assert (own.lead, len(own.blocks)) == ("A town waits.", 1)
    cut = copy_of("<p>The pier opens on Sunday.</p>", summary="The pier opens…")
    assert (cut.lead, len(cut.blocks)) == ("The pier opens on Sunday.", 0)


def test_a_dateline_is_set_apart_and_a_note_without_a_headline_has_one() -> None:
    copy = clean(WireItem(text="FISK (AP) — The pier opens on Sunday."))
    assert (copy.dateline, copy.lead) == ("FISK", "The pier opens on Sunday.")
    assert copy.headline.startswith("FISK (AP) — The pier")


def test_copy_is_kept_and_found_again_as_it_was() -> None:
    item = WireItem(guid="1", title="New pier", html="<p>Text.</p>", pictures=[WirePicture(data=b"x", name="a.png")])
    copy = clean(item)
    again, copy_again = from_json(as_json(item, copy))
    assert (again.guid, copy_again.headline, copy_again.lead) == ("1", "New pier", "Text.")
    assert copy_again.pictures[0].data == b""


def test_html_of_any_depth_is_read() -> None:
    assert "deep" in shown(copy_of("<div>" * 5_000 + "deep" + "</div>" * 5_000))
    assert "deep" in shown(copy_of("<b>" * 3_000 + "deep"))
