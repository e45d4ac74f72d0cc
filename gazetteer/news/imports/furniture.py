"""What stands on a page around its story and is not of it: labels, totals, share buttons, notices.

Only lines before the date line and after the last paragraph are looked at. Each is dropped for a named reason and
listed in the report; the first that fits none ends the search.
"""

import re
from collections.abc import Sequence

TOTALS = re.compile(r"\b\d[\d.,'’\s]*\s+listings\b.*\b\d[\d.,'’\s]*\s+categories\b", re.I)
LATEST = re.compile(r"^(?:the\s+)?(?:latest|more|recent|other|related|top|most read|popular)\b.{0,60}$", re.I)
DOORS = re.compile(
    r"^(?:home|next|previous|prev|back|top|print|e-?mail|share|tweet|comments?|no comments|subscribe"
    r"|sign ?(?:in|up|out)|log ?(?:in|out)|register|search|menu"
    r"|read more|see also|advertisement|sponsored"
    r"|(?:contact|about)(?: us)?|terms.*|privacy.*|site ?map|rss|facebook|twitter|reddit|whatsapp"
    r"|\d+\s+(?:comments?|shares?|views?|hits?)"
    r"|hits:.*|tags?:.*|category:.*|written by.*)$",
    re.I,
)
NOTICE = re.compile(r"^(?:©|\(c\)\s|copyright\s*(?:©|\(c\)|\d{4}|by\b)|powered by\b)|all rights reserved\.?$", re.I)
TRAIL = re.compile(r"^[^.!?]{1,80}(?:\s[>»›|/]\s[^.!?]{1,80})+$")
WORDS_OF_A_LABEL = 8
LETTERS_OF_A_LABEL = 70
LONGEST = 200
ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$|[。！？]$")


def reason_to_drop(line: str, sections: Sequence[str]) -> str:
    """Why the line is furniture; empty if it is not known to be any."""
    text = line.strip()
    if len(text) > LONGEST:
        return ""
    if text.casefold() in {name.casefold() for name in sections}:
        return "the label of a section"
    for pattern, reason in (
        (TOTALS, "the totals line of the page"),
        (TRAIL, "the path to the page"),
        (DOORS, "a link or button of the page"),
        (NOTICE, "a notice of the page"),
    ):
        if pattern.search(text):
            return reason
    if LATEST.match(text) and not ENDS_SENTENCE.search(text):
        return "the heading of a list beside the story"
    return ""


def looks_like_label(line: str) -> bool:
    """A few words without the end of a sentence, such as only a page's own lettering has after the last paragraph."""
    text = line.strip()
    return len(text) <= LETTERS_OF_A_LABEL and len(text.split()) <= WORDS_OF_A_LABEL and not ENDS_SENTENCE.search(text)
