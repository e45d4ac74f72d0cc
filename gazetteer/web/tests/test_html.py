"""Text from outside: harmless HTML, or paragraphs of plain text."""

import pytest

from gazetteer.web.html import clean_html, is_html, text_to_html, to_html


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>Good <b>bread</b></p>", "<p>Good <b>bread</b></p>"),
        ("<script>alert(1)</script>x", "x"),
        ("<p onclick='x()' style='color:red' class='a'>x</p>", "<p>x</p>"),
        ("<iframe src='https://example.org'></iframe><img src=x onerror=alert(1)>", ""),
        ("<a href='javascript:alert(1)'>x</a>", '<a rel="nofollow ugc noopener">x</a>'),
        ("<a href='https://example.org/'>x</a>", '<a href="https://example.org/" rel="nofollow ugc noopener">x</a>'),
        ("<h1>A</h1><h6>B</h6>", "<h3>A</h3><h4>B</h4>"),
        ("<div>A</div><DIV>B</DIV>", "<p>A</p><p>B</p>"),
        ("<svg><script>alert(1)</script></svg>", ""),
        ("<!-- secret --><p>x", "<p>x</p>"),
    ],
)
def test_only_harmless_html_is_left(given, kept):
    assert clean_html(given) == kept


@pytest.mark.parametrize("text", ["a < b", "I <3 bread", "x <- y -> z", "mail <alice@example.org>", "Q&A", ""])
def test_plain_text_is_not_taken_for_html(text):
    assert not is_html(text)


@pytest.mark.parametrize("text", ["<p>x", "one<br>two", "<A HREF='x'>y</A>", "<!-- x -->"])
def test_marked_up_text_is_recognised(text):
    assert is_html(text)


def test_plain_text_becomes_paragraphs_and_keeps_its_line_breaks():
    assert text_to_html("a < b\r\nc\n\n\n  \nQ&A\n") == "<p>a &lt; b<br>c</p>\n<p>Q&amp;A</p>"
    assert text_to_html(" \n ") == ""


def test_either_kind_comes_out_as_html():
    assert to_html("1 < 2") == "<p>1 &lt; 2</p>"
    assert to_html("<p>1</p>") == "<p>1</p>"
