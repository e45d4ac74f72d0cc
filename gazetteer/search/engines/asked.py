"""A query's text taken apart into what must be found, alike for every engine."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from gazetteer.search.engines import analysis
from gazetteer.search.engines.base import Marks, Query, Rules

LONGEST = 400
MOST_WORDS = 24
"""Whoever pastes a page is answered by its first words."""


SURE, PERHAPS = 2_000.0, 20.0
"""What a code counts: nobody types a phone number by chance; a word may be the name in a domain and anything else."""


@dataclass(frozen=True)
class Item:
    """One word: found as it stands, by `alike` (stems, spellings), by all its `pairs` of letters, or as a half."""

    word: str
    alike: frozenset[str] = frozenset()
    pairs: tuple[str, ...] = ()
    half: bool = False

    @cached_property
    def forms(self) -> frozenset[str]:
        return self.alike | {self.word}


@dataclass(frozen=True)
class Group:
    """What must be found together: all `items`, or one of `also` (synonyms), or one of `codes` (form, term, worth).

    `text`: the words as they were typed.
    """

    text: str
    items: tuple[Item, ...]
    also: tuple[tuple[Item, ...], ...] = ()
    codes: tuple[tuple[str, str, float], ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Asked:
    """`whole` and `compact`: the text as a whole name. At least one group is not optional, if there is any."""

    groups: tuple[Group, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    whole: str = ""
    compact: str = ""
    text: str = field(default="", compare=False)

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.phrases)

    def marks(self) -> Marks:
        items = [item for group in self.groups for found in (group.items, *group.also) for item in found]
        words = {item.word for item in items} | {word for phrase in self.phrases for word in phrase}
        halves = tuple(item.word for item in items if item.half)
        stems = {form for item in items for form in item.alike} | {pair for item in items for pair in item.pairs}
        return Marks(frozenset(words), halves, frozenset(stems))


def read(query: Query, shortest_half: int = 3) -> Asked:
    """Whatever is typed: what holds no letter and no digit asks nothing."""
    text = query.text[:LONGEST]
    return Asked(
        groups=with_one_needed(tuple(groups_of(text, query.rules, shortest_half))[:MOST_WORDS]),
        phrases=sequences(query.phrases),
        without=sequences(query.without),
        whole=analysis.whole(text),
        compact=analysis.compact(text),
        text=text,
    )


def sequences(texts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    found = (tuple(analysis.words(text)) for text in texts)
    return tuple(words for words in found if words)


def with_one_needed(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Stop words alone (The Who) are all needed."""
    if groups and all(group.optional for group in groups):
        return tuple(Group(each.text, each.items, each.also, each.codes) for each in groups)
    return groups


SPECIAL = re.compile(f"(?P<domain>{analysis.DOMAIN.pattern})|(?P<phone>{analysis.PHONE.pattern})", re.I)


def groups_of(text: str, rules: Rules, shortest_half: int) -> Iterator[Group]:
    """Domains and phone numbers are looked up whole, or by their words; all else by its words."""
    at = 0
    for found in SPECIAL.finditer(text):
        yield from word_groups(text[at : found.start()], rules, 0)
        yield from special_group(found[0], "domain" if found["domain"] else "phone")
        at = found.end()
    yield from word_groups(text[at:], rules, shortest_half)


def special_group(text: str, form: str) -> Iterator[Group]:
    items = tuple(item_of(word) for word in analysis.words(text))
    terms = [analysis.host(text)] if form == "domain" else analysis.phone_asked(text)
    # What looks like a phone may be the code of something (ISBN, VAT number).
    codes = [(form, term, SURE) for term in terms] + [("code", analysis.compact(text), SURE)]
    if items:
        yield Group(text, items, codes=tuple(codes))


def word_groups(text: str, rules: Rules, shortest_half: int) -> Iterator[Group]:
    """`shortest_half`: the text ends the query, and its last word may be a half of so many letters and more; 0: not."""
    found = list(typed_words(text))
    stop = analysis.STOP_WORDS if rules.stop_words is None else rules.stop_words
    synonyms = {tuple(analysis.words(key)): value for key, value in rules.synonyms.items()}
    longest = max(map(len, synonyms), default=0)
    at = 0
    while at < len(found):
        size = next((n for n in range(longest, 0, -1) if tuple(w for w, _ in found[at : at + n]) in synonyms), 1)
        words = [word for word, _typed in found[at : at + size]]
        ends = bool(shortest_half) and at + size == len(found)
        half = ends and (len(words[-1]) >= shortest_half or analysis.is_unspaced(words[-1]))
        also = tuple(items_of(each) for each in synonyms.get(tuple(words), ()))
        items = tuple(
            item_of(word, typed, half=half and n == size - 1) for n, (word, typed) in enumerate(found[at : at + size])
        )
        optional = size == 1 and words[0] in stop and not ends
        yield Group(" ".join(words), items, tuple(filter(None, also)), codes_of(words), optional)
        at += size


def codes_of(words: list[str]) -> tuple[tuple[str, str, float], ...]:
    """One word may be a code, or the name in a domain."""
    if len(words) > 1 or len(words[0]) < 2:
        return ()
    return ("code", words[0], SURE), ("domain", words[0], PERHAPS)


def typed_words(text: str) -> Iterator[tuple[str, str]]:
    """Folded words, each with how it was typed (accents tell a stemmer something)."""
    if text.isascii():
        yield from ((word, word) for word in analysis.ascii_words(text))
        return
    for piece, _start, _end in analysis.pieces(text):
        words = analysis.folded(piece)
        yield from ((word, piece if len(words) == 1 else word) for word in words)


def items_of(text: str) -> tuple[Item, ...]:
    return tuple(item_of(word, typed) for word, typed in typed_words(text))


def item_of(word: str, typed: str = "", half: bool = False) -> Item:
    alike = analysis.others_of_piece(typed or word, tuple(analysis.STEMMERS)) | analysis.all_stems(word)
    pairs = tuple(analysis.pairs(word)) if analysis.is_unspaced(word) else ()
    return Item(word, alike - {word}, pairs, half)


# ---- Words written together or apart -------------------------------------------------------------------------------

SHORTEST_JOINED = 3


def respelt(wanted: Asked, known: Callable[[str], int]) -> Asked:
    """Also with two words written as one (`star bucks`), and a word nobody knows as two (`burgerking`).

    `known`: in how many documents a word stands.
    """
    groups: list[Group] = []
    at = 0
    while at < len(wanted.groups):
        group = wanted.groups[at]
        following = wanted.groups[at + 1] if at + 1 < len(wanted.groups) else None
        if following and (joined := joined_word(group, following, known)):
            items = group.items + following.items
            groups.append(Group(f"{group.text} {following.text}", items, ((item_of(joined),),)))
            at += 2
            continue
        parts = parted(group, known)
        groups.append(replace(group, also=(*group.also, parts)) if parts else group)
        at += 1
    return replace(wanted, groups=tuple(groups))


def joined_word(one: Group, other: Group, known: Callable[[str], int]) -> str:
    if len(one.items) != 1 or len(other.items) != 1 or one.also or other.also:
        return ""
    joined = one.items[0].word + other.items[0].word
    return joined if len(joined) >= SHORTEST_JOINED and known(joined) else ""


def parted(group: Group, known: Callable[[str], int]) -> tuple[Item, ...]:
    """The two known words that an unknown one is made of; of several ways the one whose rarer word is the commonest."""
    if len(group.items) != 1:
        return ()
    word = group.items[0].word
    if len(word) < 2 * SHORTEST_JOINED or any(known(form) for form in group.items[0].forms):
        return ()
    cuts = [(word[:n], word[n:]) for n in range(SHORTEST_JOINED, len(word) - SHORTEST_JOINED + 1)]
    counted = [(min(known(left), known(right)), left, right) for left, right in cuts]
    commonest, left, right = max(counted)
    return (item_of(left), item_of(right)) if commonest else ()
