"""Names as they are sorted, as they stand in an A–Z bar, and as part of a web address. Any script."""

import re
import unicodedata

from django.utils.text import slugify

SORT_KEY_LENGTH = 60
SLUG_LENGTH = 80
NAMELESS = "~"  # sorts after letters and digits of the Latin script
DIGITS = "0"
OTHER = "#"

ASCII_WORDS = re.compile("[a-z0-9]+")
NO_WORD = re.compile(r"[^\w\s-]")
BETWEEN_WORDS = re.compile(r"[-\s]+")

# Latin letters that Unicode does not take apart into a letter and an accent.
PLAIN = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t",
    "'": None, "’": None, "ʼ": None, "‘": None, "`": None, "´": None, "ʻ": None, "״": None, "׳": None,
})  # fmt: skip

ALPHABETS: dict[str, str] = {
    "Latn": "abcdefghijklmnopqrstuvwxyz",
    "Cyrl": "абвгдежзиклмнопрстуфхцчшщъыьэюя",
    "Grek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Armn": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "Geor": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "Arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "Hebr": "אבגדהוזחטיכלמנסעפצקרשת",
    "Deva": "अआइईउऊऋएऐओऔकखगघचछजझटठडढतथदधनपफबभमयरलवशषसह",
    "Thai": "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "Kana": "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ",
    "Hang": "\u1100\u1102\u1103\u1105\u1106\u1107\u1109\u110b\u110c\u110e\u110f\u1110\u1111\u1112",
}
"""By ISO 15924 script, the letters of an A–Z bar: each is how a sort key can begin."""

SCRIPTS: dict[str, str] = {
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"), "Cyrl"),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb"), "Arab"),
    **dict.fromkeys(("he", "yi"), "Hebr"),
    **dict.fromkeys(("hi", "mr", "ne"), "Deva"),
    "el": "Grek", "hy": "Armn", "ka": "Geor", "th": "Thai", "ja": "Kana", "ko": "Hang",
}  # fmt: skip


def sort_key(name: str, language: str = "") -> str:
    """What a name is sorted by: accents, case and punctuation folded away; never empty, at most 60 characters.

    Articles count ("The Bakery" stands under T): an index that drops them must know each name's language, and
    readers look where the sign begins. `language` is kept for alphabets that order letters in their own way.
    """
    if name.isascii():  # most names; the same as below, ten times as fast, which an import of a million feels
        words = ASCII_WORDS.findall(name.lower().translate(PLAIN))
    else:
        words = "".join(c if is_kept(c) else " " for c in folded(name)).split()
    return " ".join(words)[:SORT_KEY_LENGTH].rstrip() or NAMELESS


def folded(text: str) -> str:
    """Compatibility forms and accents taken off; katakana as hiragana, for an index mixes the two."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(PLAIN)
    return "".join(as_hiragana(c) for c in apart if not unicodedata.combining(c))


def as_hiragana(character: str) -> str:
    return chr(ord(character) - 0x60) if "\u30a1" <= character <= "\u30f6" else character


def is_kept(character: str) -> bool:
    """Letters, digits, and the vowel signs of scripts that write them as marks."""
    return character.isalnum() or unicodedata.category(character) in {"Mc", "Mn"}


def initial(key: str) -> str:
    """The letter of the A–Z bar a sort key stands under: `A`, `0` for any digit, `#` for what is neither."""
    first = key[:1]
    if first.isdigit():
        return DIGITS
    return first.upper() if first.isalpha() else OTHER


def alphabet(language: str) -> list[str]:
    """The letters of the A–Z bar for a site in that language, as visitors read them; digits and the rest at the end."""
    script = SCRIPTS.get(language.split("-")[0].split("_")[0].lower(), "Latn")
    return [letter.upper() for letter in ALPHABETS[script]] + [DIGITS, OTHER]


def key_range(letter: str) -> tuple[str, str] | None:
    """Sort keys from the first on and before the second begin with `letter`, byte by byte.

    None for what is no single letter or digit: `#` has no one range, for signs stand all over Unicode.
    """
    key = sort_key(letter) if letter else NAMELESS
    if key == NAMELESS or len(letter) != 1:
        return None
    if key.isdigit():
        return "0", ":"
    return key[0], chr(ord(key[0]) + 1)


def make_slug(name: str) -> str:
    """The name as part of a web address, in any script; cut at a word, `listing` where nothing is left of it."""
    slug = ascii_slug(name) if name.isascii() else slugify(name, allow_unicode=True)
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug.strip("-_") or "listing"


def ascii_slug(name: str) -> str:
    """What Django's `slugify` makes of it, without its handling of lazy texts, which takes longer than the work."""
    return BETWEEN_WORDS.sub("-", NO_WORD.sub("", name.lower())).strip("-_")
