"""Whether two texts are one story told twice: the comparing alone, without a database.

A text becomes a `Print`: the hashes of its shingles (three words, or eight characters where a script has no spaces),
a few of them as *anchors* by which an index finds it, and its *slots*: every number and name with the words around it.

`compare` looks at the true overlap of the shingles, never at an estimate. Overlap alone would join the weather of two
days and two posts of a live blog, so two more things count: whether what stands in the same slot is the same (a report
made from a template has other numbers and names in the same words), and whether the one begins with something that
the other has (a post of a live blog repeats the background and begins with its own news). Figures and the thresholds'
margins: docs/decisions/0008-matching.md.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from zlib import crc32

VERSION = 1
"""Of how prints are made; stored ones of another version are made anew."""

WORDS_A_SHINGLE = 3
CHARACTERS_A_SHINGLE = 8
WINDOW = 20
"""Of so many shingles in a row at least one is an anchor: the same passage of 22 words has an anchor in common."""
LOW = 0xFFFFFFFF
LONGEST = 5_000
"""Words that are looked at; a story's copies agree long before."""

UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: written without spaces between words."""
TOKEN = re.compile(rf"{UNSPACED.pattern}|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_ENDS = frozenset('.!?…:;\n"“”«»()–—。！？؟।')


@dataclass(frozen=True)
class Token:
    """A word, number or character. `plain`: folded; `mask`: what it is in a slot's surroundings."""

    plain: str
    is_number: bool
    is_name: bool

    @property
    def mask(self) -> str:
        return "#" if self.is_number else "@" if self.is_name else self.plain


@dataclass
class Print:
    """What is kept of one text for comparing. Hashes are unsigned, of 32 bits; anchors of 63."""

    shingles: array[int]
    anchors: list[int]
    slots: dict[int, int]
    headline: frozenset[str] = frozenset()
    headline_facts: frozenset[str] = frozenset()
    words: int = 0

    @cached_property
    def set(self) -> frozenset[int]:
        return frozenset(self.shingles)


@dataclass(frozen=True)
class Likeness:
    """What two prints have in common; each from 0 to 1.

    contained: of the shorter text's shingles; jaccard: of all shingles; opening: of the first words of one, the better
    of the two ways; agreement: of the slots that both have, how many hold the same; slots: how many both have.
    headline: of the words of the shorter headline.
    """

    contained: float = 0.0
    jaccard: float = 0.0
    opening: float = 0.0
    of_longer: float = 0.0
    agreement: float = 1.0
    slots: int = 0
    headline: float = 0.0


def print_of(headline: str, text: str) -> Print:
    tokens = tokens_of(text)
    shingles = shingles_of(tokens)
    title = tokens_of(headline)
    return Print(
        array("I", [each & LOW for each in shingles]),
        [*anchors_of(shingles), *headline_anchors(title)],
        slots_of(tokens),
        frozenset(each.plain for each in title if len(each.plain) > 2 or each.is_number),
        frozenset(each.plain for each in title if each.is_number or each.is_name),
        len(tokens) // (3 if is_unspaced(tokens) else 1),
    )


def tokens_of(text: str) -> list[Token]:
    """Words in order, without accents and capitals; a capital makes a name where it does not begin a sentence."""
    text = unicodedata.normalize("NFKC", text)
    found: list[Token] = []
    end = 0
    for match in TOKEN.finditer(text):
        word = match[0]
        is_number = word[0].isdigit()
        begins = not found or not SENTENCE_ENDS.isdisjoint(text[end : match.start()])
        is_name = not is_number and not begins and word[0].isupper()
        found.append(Token(plain_number(word) if is_number else folded(word), is_number, is_name))
        end = match.end()
        if len(found) == LONGEST:
            break
    return found


def plain_number(text: str) -> str:
    """In Western digits, whatever its script; separators as they stand but for the comma."""
    digits = text if text.isascii() else "".join(str(unicodedata.digit(each, each)) for each in text)
    return digits.replace(",", ".")


def folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each)).replace("’", "'")


def is_unspaced(tokens: Sequence[Token]) -> bool:
    some = tokens[:200]
    return sum(1 for each in some if UNSPACED.match(each.plain)) * 2 > len(some)


def shingles_of(tokens: Sequence[Token]) -> list[int]:
    """Hashes in the order of the text; a text shorter than one shingle is one."""
    size = CHARACTERS_A_SHINGLE if is_unspaced(tokens) else WORDS_A_SHINGLE
    words = [each.plain for each in tokens]
    if not words:
        return []
    starts = range(max(len(words) - size + 1, 1))
    return [number(" ".join(words[start : start + size])) for start in starts]


def number(text: str) -> int:
    """63 bits, so that both databases hold it in a signed column."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def anchors_of(shingles: Sequence[int]) -> list[int]:
    """The least hash of every window, in order, each once (winnowing: Schleimer, Wilkerson and Aiken, 2003)."""
    if not shingles:
        return []
    spans = range(max(len(shingles) - WINDOW + 1, 1))
    return list(dict.fromkeys(min(shingles[start : start + WINDOW]) for start in spans))


def headline_anchors(title: Sequence[Token]) -> list[int]:
    """Every two of its four longest words: by these a text too short for anything else is found."""
    longest = sorted({each.plain for each in title}, key=lambda word: (-len(word), word))[:4]
    return [number(f"headline {one} {other}") for one, other in combinations(sorted(longest), 2)]


def slots_of(tokens: Sequence[Token]) -> dict[int, int]:
    """What stands at every number and name, by the two words before it and the one behind; if it is always the same."""
    found: dict[int, int] = {}
    doubtful: set[int] = set()
    for place in range(2, len(tokens)):
        token = tokens[place]
        if token.is_number or token.is_name:
            behind = tokens[place + 1].mask if place + 1 < len(tokens) else ""
            around = crc32(f"{tokens[place - 2].mask} {tokens[place - 1].mask} _ {behind}".encode())
            what = crc32(token.plain.encode())
            if found.setdefault(around, what) != what:
                doubtful.add(around)
    return {around: what for around, what in found.items() if around not in doubtful}


OPENING = 20
"""Shingles in a row that count as a beginning."""
IN_FRONT = (0, 5, 10)
"""Words in front of it that do not count: a dateline, the name of an agency."""


def likeness(one: Print, other: Print) -> Likeness:
    common = len(one.set & other.set)
    least = min(len(one.set), len(other.set)) or 1
    both = one.slots.keys() & other.slots.keys()
    same = sum(1 for each in both if one.slots[each] == other.slots[each])
    longer, shorter = (one, other) if len(one.set) >= len(other.set) else (other, one)
    of_longer = opening(longer, shorter)
    return Likeness(
        contained=common / least,
        jaccard=common / (len(one.set | other.set) or 1),
        opening=max(of_longer, opening(shorter, longer)),
        of_longer=of_longer,
        agreement=same / len(both) if both else 1.0,
        slots=len(both),
        headline=share(one.headline, other.headline),
    )


def opening(one: Print, other: Print) -> float:
    known = [each in other.set for each in one.shingles[: OPENING + IN_FRONT[-1]]]
    runs = [known[start : start + OPENING] for start in IN_FRONT if start == 0 or start + OPENING <= len(known)]
    return max(sum(run) / len(run) if run else 0.0 for run in runs)


def share(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / min(len(some), len(others)) if some and others else 0.0


@dataclass(frozen=True)
class Thresholds:
    """Where the lines are drawn; each with what it keeps apart."""

    contained: float = 0.3
    """A phrase or a quotation in common, from a reprint cut to a third with a paragraph of the desk's own."""
    opening: float = 0.4
    """The same background behind other news, from a story that begins as the other does."""
    part: float = 0.4
    """Jaccard below which the longer text must begin as the shorter does: a review of the day has a part of many."""
    whole: float = 0.85
    """From where on the beginning does not matter (paragraphs in another order), if `alike` is reached too."""
    alike: float = 0.65
    agreement: float = 0.6
    """Two reports from one template, from a report whose desk corrected some numbers."""
    slots: int = 4
    """From how many slots in common on their agreement says something."""
    headline: float = 0.8
    """Of headlines, where one of the texts is too short to say anything."""
    same_source: float = 0.8
    """Jaccard from which on two items of one source are one: what a source tells apart mostly is two things."""


LINES = Thresholds()
FEWEST = 10
"""Shingles; with fewer, only headline, numbers and names can be compared."""
WORDS_OF_HEADLINE = 4


def is_same(one: Print, other: Print, *, same_source: bool = False, lines: Thresholds = LINES) -> bool:
    """Whether they tell one story: neither happens to be about the same, nor comes out of the same template."""
    return decide(one, other, likeness(one, other), same_source=same_source, lines=lines)


def decide(one: Print, other: Print, found: Likeness, *, same_source: bool = False, lines: Thresholds = LINES) -> bool:
    """The same, of what was found already."""
    if min(len(one.set), len(other.set)) < FEWEST:
        return not same_source and is_same_by_headline(one, other, lines)
    if found.slots >= lines.slots and found.agreement < lines.agreement:
        return False
    if same_source:
        return found.jaccard >= lines.same_source
    begins_so = (found.of_longer if found.jaccard < lines.part else found.opening) >= lines.opening
    return found.contained >= lines.contained and (begins_so or is_nearly_all(found, lines))


def is_nearly_all(found: Likeness, lines: Thresholds) -> bool:
    return found.contained >= lines.whole and found.jaccard >= lines.alike


def is_same_by_headline(one: Print, other: Print, lines: Thresholds) -> bool:
    """Nearly all words of the shorter headline, and no number or name of a headline that contradicts the other's."""
    common = one.headline & other.headline
    if len(common) < WORDS_OF_HEADLINE or share(one.headline, other.headline) < lines.headline:
        return False
    return all(some <= others or others <= some for some, others in facts_of(one, other))


def facts_of(one: Print, other: Print) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The numbers of both headlines, and the names of both."""
    split = [(frozenset(e for e in p.headline_facts if e[0].isdigit()), p.headline_facts) for p in (one, other)]
    return [(split[0][0], split[1][0]), (split[0][1] - split[0][0], split[1][1] - split[1][0])]
