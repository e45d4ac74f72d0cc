"""The words of HTML, without its marks."""

import re
from html import unescape

import nh3

BETWEEN = re.compile(r"(?i)(</?(?:p|div|li|ul|ol|h[1-6]|tr|td|th|br|hr|blockquote|figure|figcaption)\b)")


def text_of(html: str) -> str:
    """The text of it in one line: blocks parted by a blank, scripts and styles left out."""
    if "<" not in html:
        return " ".join(unescape(html).split())
    return " ".join(unescape(nh3.clean(BETWEEN.sub(r" \1", html), tags=set())).split())
