"""How a text becomes words that are found again: one reading for what is indexed, for what is asked, for all engines.

A word is cut out by ICU (https://unicode-org.github.io/icu/userguide/boundaryanalysis/), which knows the words of
Thai, Chinese and Japanese, then folded: no case, no accents, compatibility forms as plain ones. Beside its words a text
has `others`: stems (Snowball) in its languages, `ae` for `ä`, and the pairs of letters of scripts without spaces, for
there a compound is cut differently when it stands alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import tantivy
from icu4py.breakers import WordBreaker

from gazetteer.search.engines.base import Marks, Words

LONGEST_WORD = 60
"""Characters; what is longer is no word that anybody types."""

ASCII_WORDS = re.compile(r"[a-z0-9](?:[a-z0-9']*[a-z0-9])?")
SIGNS = re.compile(r"[\W_]+")
APOSTROPHES = re.compile("['’ʼ‘`´ʻ＇״׳]")
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
ELIDED = frozenset("l d j m n s t c qu jusqu lorsqu puisqu quoiqu dell all nell dall sull un quest quell sant".split())
"""What stands before an apostrophe in French, Italian and Catalan and is no part of the word after it."""

PLAIN = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t",
    "ə": "e", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None, "ׇ": None, "ς": "σ", "ё": "е", "є": "е", "ґ": "г",
    "\u200b": None, "\u200c": None, "\u200d": None, "\u00ad": None,
})  # fmt: skip

SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

STOP_WORDS = frozenset(
    "the a an and of in near at for to with from on by und der die das den dem des im in am an bei fur von vom zu zum "
    "zur mit et le la les un une de du des au aux en dans pres pour y el los las del al para con e i il lo gli da di "
    "dei della nel per o os as do dos em no na och og pa av med ja w ve van het een op te и в на по для".split()
)
"""Words that need not be found: articles, conjunctions and prepositions, which stand between the words of
names; folded."""

DROPPED = frozenset({"the", "and"})
"""Left out of a whole name: `The Smith and Sons` is `Smith & Sons`."""

STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hu": "hungarian", "it": "italian", "no": "norwegian", "nb": "norwegian", "nn": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "es": "spanish", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip

STEMMED_SCRIPTS = {"ar": "ARABIC", "el": "GREEK", "ru": "CYRILLIC", "ta": "TAMIL"}
"""The script of a stemmer's language, where it is not Latin."""

UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
)
"""Scripts whose words stand together without spaces, or grow together as in Korean."""


# ---- Words ---------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    if text.isascii():
        return ascii_words(text)
    return [word for piece, _start, _end in pieces(text) for word in folded(piece)]


def ascii_words(text: str) -> list[str]:
    """The same as by ICU, several times as fast: most texts are plain."""
    lower = text.lower()
    if "." in lower:
        lower = DOTTED.sub(lambda found: found[0].replace(".", ""), lower)
    found = ASCII_WORDS.findall(lower)
    if "'" in lower:
        found = [word for piece in found for word in unquoted(piece)]
    return [word[:LONGEST_WORD] for word in found] if len(text) > LONGEST_WORD else found


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """What ICU takes for a word, as it stands, with where it begins and ends."""
    for start, end in WordBreaker(text, "en").segments():
        piece = text[start:end]
        if any(map(str.isalnum, piece)):
            yield piece, start, end


@lru_cache(maxsize=100_000)
def folded(piece: str) -> tuple[str, ...]:
    """The words in a piece: mostly one; more where signs stand in it that do not hold letters together."""
    plain = DOTTED.sub(lambda found: found[0].replace(".", ""), piece + ".")[: len(piece)] if "." in piece else piece
    found = [word for part in unquoted(plain) for word in SIGNS_BUT_MARKS.split(fold(part)) if word]
    return tuple(word[:LONGEST_WORD] for word in found)


SIGNS_BUT_MARKS = re.compile(
    r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f]+"
)


def unquoted(piece: str) -> list[str]:
    """Without apostrophes: `l'hotel` is two words, of which the first is none; `McDonald's` is one."""
    first, *rest = APOSTROPHES.split(piece)
    if rest and first.lower() in ELIDED and len(rest[0]) > 1:
        return ["".join(rest)]
    return [first + "".join(rest)]


def fold(word: str) -> str:
    """Without case and accents, compatibility forms and digits of any script as plain ones, katakana as hiragana."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(PLAIN)
    kept = "".join(plain_character(c) for c in apart if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)


def plain_character(character: str) -> str:
    if "\u30a1" <= character <= "\u30f6":
        return chr(ord(character) - 0x60)
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return character


# ---- What else a word is found by ----------------------------------------------------------------


def others(text: str, languages: Iterable[str]) -> list[str]:
    """What a text is found by beside its words, each once: stems, spelt-out letters, pairs of letters."""
    chosen = tuple(languages)
    if text.isascii():
        found: set[str] = set()
        for word in ascii_words(text):
            found |= stems(word, chosen)
        return list(found)
    found = set()
    for piece, _start, _end in pieces(text):
        found |= others_of_piece(piece, chosen)
    if UNSPACED.search(text):
        found.update(pair for run in runs(text) for pair in pairs(run))
    return list(found)


@lru_cache(maxsize=100_000)
def others_of_piece(piece: str, languages: tuple[str, ...]) -> frozenset[str]:
    plain = folded(piece)
    found = {other for word in plain for other in stems(word, languages)}
    if len(plain) == 1 and not piece.isascii():
        accented = unquoted(unicodedata.normalize("NFC", piece).lower())[0]
        found.update(folded(accented.translate(SPELT_OUT)))
        found.update(stems(accented, languages))
    return frozenset(found.difference(plain))


@lru_cache(maxsize=200_000)
def stems(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    """The folded stems of a word in those languages whose script it is written in, without the word itself."""
    if len(word) < 3 or word.isdigit():
        return frozenset()
    found = {fold(stem) for language in languages if fits(word, language) for stem in stemmer(language).analyze(word)}
    return frozenset(stem for stem in found if len(stem) > 1) - {fold(word)}


def fits(word: str, language: str) -> bool:
    return language in STEMMERS and STEMMED_SCRIPTS.get(language, "LATIN") == script_of(word[0])


@lru_cache(maxsize=10_000)
def script_of(character: str) -> str:
    """The first word of the character's name in Unicode, which for letters is their script."""
    return "LATIN" if character.isascii() else unicodedata.name(character, "").partition(" ")[0]


@lru_cache(maxsize=64)
def stemmer(language: str) -> tantivy.TextAnalyzer:
    snowball = tantivy.Filter.stemmer(STEMMERS[language])
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(snowball).build()


def all_stems(word: str) -> frozenset[str]:
    """In every language there is a stemmer for: what is asked may be in any."""
    return stems(word, tuple(STEMMERS))


def runs(text: str) -> Iterator[str]:
    """Stretches of letters of scripts without spaces, folded."""
    run = ""
    for character in text:
        if UNSPACED.match(character):
            run += character
        elif run:
            yield fold(run)
            run = ""
    if run:
        yield fold(run)


def pairs(run: str) -> list[str]:
    """Letters two by two."""
    return [run[n : n + 2] for n in range(len(run) - 1)] if len(run) > 2 else []


def is_unspaced(word: str) -> bool:
    return bool(word) and bool(UNSPACED.match(word[0]))


# ---- Whole names, phones, domains, codes ---------------------------------------------------------


def whole(text: str) -> str:
    """A name as a whole, by which it is the same name: its words but articles and `and`."""
    return whole_of(words(text))


def whole_of(found: Sequence[str]) -> str:
    return " ".join([word for word in found if word not in DROPPED] or found)[:300]


def compact(text: str) -> str:
    """The same without spaces: `7-Eleven` is `7 eleven` is `7eleven`."""
    return whole(text).replace(" ", "")


PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s().\u00a0/\u2010-\u2015-]{4,}\d(?!\w)")
EXTENSION = re.compile(r"(?:ext\.?|x|#|;ext=|доб\.?)\s*\d+\s*$", re.I)
FEWEST_DIGITS = 6


def digits(text: str) -> str:
    """The digits of a phone number as dialled from abroad, or without the 0 it is dialled with at home."""
    bare = EXTENSION.sub("", text).replace("(0)", "")
    return "".join(c for c in fold(bare) if c.isdigit()).lstrip("0")


def phone_forms(text: str) -> list[str]:
    """What a number is found by: its ends from six digits on, for who knows which part of it is typed."""
    number = digits(text)
    return [number[start:] for start in range(max(1, len(number) - FEWEST_DIGITS + 1))] if len(number) > 4 else []


def phone_asked(text: str) -> list[str]:
    """Ways to look for a typed number: as it is, and without a country's code, for many are kept without."""
    number = digits(text)
    if len(number) < FEWEST_DIGITS:
        return []
    abroad = text.strip().startswith(("+", "00"))
    return [number[start:] for start in range(4 if abroad else 1) if len(number) - start >= FEWEST_DIGITS + 1] or [
        number
    ]


DOMAIN = re.compile(
    r"(?:[\w.+-]+@)?(?:https?://|www\.)?(?:[^\W_](?:[\w-]*\w)?\.)+[^\W\d_]{2,24}(?::\d+)?(?:/\S*)?", re.I
)


def host(text: str) -> str:
    """The host in an address of the web or of mail, in lower case, without `www.`."""
    bare = text.strip().casefold().partition("://")[2] or text.strip().casefold()
    name = re.split(r"[/?#]", bare, maxsplit=1)[0].rpartition("@")[2].partition(":")[0].strip(".")
    name = name.removeprefix("www.")
    if "xn--" in name:
        try:
            return name.encode("ascii").decode("idna")
        except UnicodeError:
            return name
    return name


def domain_forms(text: str) -> list[str]:
    """What a web address is found by: its host, what is above it, and the name before the ending."""
    parts = host(text).split(".")
    if len(parts) < 2:
        return parts if parts[0] else []
    above = [".".join(parts[n:]) for n in range(len(parts) - 1)]
    return [*above, *(part for part in parts[:-1] if len(part) > 3)]


def code_forms(text: str) -> list[str]:
    """A code by its letters and digits alone."""
    found = compact(text)
    return [found] if found else []


FORMS = {"phone": phone_forms, "domain": domain_forms, "code": code_forms}


# ---- One letter wrong ----------------------------------------------------------------------------

SHORTEST_MISTYPED = 4
"""Letters: in shorter words one other letter is another word."""

ALPHABETS = {
    "LATIN": "abcdefghijklmnopqrstuvwxyz",
    "CYRILLIC": "абвгдежзиклмнопрстуфхцчшщъыьэюя",
    "GREEK": "αβγδεζηθικλμνξοπρστυφχψω",
    "ARABIC": "ابتثجحخدذرزسشصضطظعغفقكلمنهويء",
    "HEBREW": "אבגדהוזחטיכלמנסעפצקרשתםןץףך",
}


def can_be_mistyped(word: str) -> bool:
    return len(word) >= SHORTEST_MISTYPED and not any(map(str.isdigit, word)) and script_of(word[0]) in ALPHABETS


def one_edit_away(word: str) -> set[str]:
    """All that is one letter more, less or other, or two neighbours changed about, in the word's alphabet."""
    letters = ALPHABETS[script_of(word[0])]
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found.update(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    found.update(left + letter + right[1:] for left, right in cuts if right for letter in letters)
    found.update(left + letter + right for left, right in cuts for letter in letters)
    found.discard(word)
    return found


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbours changed about, makes one of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1)
    return a[1:] == b if len(a) > len(b) else a == b[1:]


# ---- Marks ---------------------------------------------------------------------------------------


def marked(text: str, marks: Marks, languages: tuple[str, ...] = tuple(STEMMERS)) -> list[tuple[str, bool]]:
    """The text in stretches, and of each whether it was looked for; joined they are the text again."""
    found: list[tuple[str, bool]] = []
    at = 0
    for piece, start, end in pieces(text):
        if is_marked(piece, marks, languages):
            if start > at:
                found.append((text[at:start], False))
            found.append((text[start:end], True))
            at = end
    if at < len(text):
        found.append((text[at:], False))
    return found


def is_marked(piece: str, marks: Marks, languages: tuple[str, ...]) -> bool:
    own = folded(piece)
    if any(word in marks.words or word.startswith(marks.halves or ("\0",)) for word in own):
        return True
    wanted = marks.words | marks.stems
    return any(other in wanted for other in others_of_piece(piece, languages)) or any(w in marks.stems for w in own)


def excerpt(text: str, marks: Marks, length: int = 200) -> list[tuple[str, bool]]:
    """About so many characters around where most of what was looked for stands, marked; cut at spaces, with `…`."""
    stretches = marked(text, marks)
    if len(text) <= length:
        return stretches
    start = best_start(stretches, length)
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    return [each for each in [(before, False), *cut(stretches, start, end), (after, False)] if each[0]]


def best_start(stretches: list[tuple[str, bool]], length: int) -> int:
    """Where a window of that length holds the most marked letters; a little before its first mark."""
    places, at = [], 0
    for stretch, is_mark in stretches:
        if is_mark:
            places.append((at, len(stretch)))
        at += len(stretch)
    if not places:
        return 0
    best = max(places, key=lambda place: sum(size for where, size in places if 0 <= where - place[0] < length - 40))
    return max(0, min(best[0] - 30, at - length))


def cut(stretches: list[tuple[str, bool]], start: int, end: int) -> Iterator[tuple[str, bool]]:
    at = 0
    for stretch, is_mark in stretches:
        part = stretch[max(0, start - at) : max(0, end - at)]
        at += len(stretch)
        if part:
            yield part, is_mark


def languages_of(value: str | Words, default: tuple[str, ...]) -> tuple[str, ...]:
    return value.languages if isinstance(value, Words) and value.languages else default


def text_of(value: str | Words) -> str:
    return value.text if isinstance(value, Words) else str(value)
