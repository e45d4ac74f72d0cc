"""Which paragraph of a plain text page is the caption of a photograph that did not come with it.

A caption is one sentence, alone, between paragraphs. It is taken for one when

* it says so: begins with “Photo:”, “Caption:”, “FILE –” and the like, or ends with a credit such as
  “(AP Photo/Jane Doe)” (certain); or
* it ends with a full date with its year, names a place just before it (“in Pyongyang, April 11, 2019.”), quotes
  nobody, and tells in the present tense, as captions do and reports do not (high).

A sentence that meets only some of this stays in the text, and the report says that it may be a caption.
"""

import re
from dataclasses import dataclass
from enum import Enum

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DATE = rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}})"
ENDS_WITH_DATE = re.compile(rf",?\s*(?:on\s+)?(?:\w+day,?\s+)?{DATE}\.?\s*$")
PLACE = re.compile(r"\b(?:in|at|near|outside|off|from|over)\s+(?:the\s+)?[A-ZÀ-Þ]\w+[^.;:]*$")
MARKED = re.compile(
    r"^(?:\[?(?:photo|picture|image|caption|photograph)\]?\s*[:\-–—]|file\s*(?:photo|picture|image)?\s*[:\-–—])\s*",
    re.I,
)
CREDIT = re.compile(
    r"\s*(?:\((?P<bracketed>[^()]*(?:photo|picture|image|reuters|getty|afp|\bap\b|courtesy|via )[^()]*)\)"
    r"|\b(?:photo|picture|image)(?:\s+by|:)\s*(?P<named>[^.()]{2,80})|©\s*(?P<owned>[^.()]{2,80}))\.?\s*$",
    re.I,
)
REPORTING = re.compile(r"\b(?:said|says|told|added|asked|warned|was|were|had|has|have|will|would|could|did)\b", re.I)
PAST = frozenset(
    "went met held shook spoke came took gave left saw began ran won lost fell rose stood sat made led sent spent "
    "arrived attended".split()
)
QUOTES = '"“”„«»'
SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*\s+(?=[\"“A-ZÀ-Þ])")
ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|No|vs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec))\.$"
)


class Confidence(Enum):
    CERTAIN = "certain"
    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True)
class Caption:
    """The caption's words, its credit if it carries one, how sure we are and why."""

    text: str
    credit: str
    confidence: Confidence
    reason: str


def sentences(text: str) -> int:
    """How many sentences the text has; a full stop after an abbreviation or an initial ends none."""
    count, start = 1, 0
    for found in SENTENCE_END.finditer(text):
        if not ABBREVIATION.search(text[start : found.start() + 1]):
            count += 1
    return count


def read_caption(text: str) -> Caption | None:
    """The caption that this paragraph is or may be; None when nothing speaks for it."""
    marked = MARKED.match(text)
    credit_found = CREDIT.search(text)
    credit = next((part.strip() for part in credit_found.groups() if part), "") if credit_found else ""
    words = text[marked.end() if marked else 0 : credit_found.start() if credit_found else len(text)].strip()
    if marked:
        return Caption(words, credit, Confidence.CERTAIN, "it says that it is one")
    if sentences(text) > 2 or not words:
        return None
    if credit_found:
        return Caption(words, credit, Confidence.CERTAIN, "it ends with a photographer's or agency's credit")
    return by_shape(text)


def by_shape(text: str) -> Caption | None:
    """By what captions have in common: one sentence in the present tense that ends with its place and date."""
    dated = ENDS_WITH_DATE.search(text)
    if not dated or sentences(text) != 1:
        return None
    before = text[: dated.start()]
    missing = [
        what
        for what, there in (
            ("it names no place before its date", PLACE.search(before)),
            ("it quotes somebody", not any(quote in text for quote in QUOTES)),
            ("it does not tell in the present tense", tells_in_present(before)),
        )
        if not there
    ]
    if missing:
        return Caption(text, "", Confidence.LOW, "it ends with a date, but " + " and ".join(missing))
    reason = "it is one sentence in the present tense, standing alone, that ends with its place and date"
    return Caption(text, "", Confidence.HIGH, reason)


def tells_in_present(words: str) -> bool:
    """No reporting verb anywhere, and no past tense up to the first thing it is done to."""
    if REPORTING.search(words):
        return False
    start = re.split(r",|\b(?:the|a|an|in|at|near|with|to)\b", words, maxsplit=1)[0].split()
    return not any(word.casefold() in PAST or word.casefold().endswith("ed") for word in start[1:])
