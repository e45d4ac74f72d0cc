"""Bytes of a text file to text, whatever its encoding; anything that is not text is refused with a sentence."""

import codecs
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

LARGEST = 5 * 1024 * 1024
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KNOWN_BINARIES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word, Excel or ZIP file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "an RTF file",
    b"SQLite format 3": "a database",
}
OLD_ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "mac_roman",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
"""Those that people's files are in; with every encoding there ever was, some rare one would fit anything."""
MARKUP = ("<!doctype html", "<html", "<?xml", "<rss")


class UnreadableFile(ValueError):
    """The file is not a text we can read; the message says what it is and what to do."""


@dataclass(frozen=True)
class Decoded:
    """The text, the name of its encoding, and whether that had to be worked out from the bytes."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes) -> Decoded:
    """The text of a file; raises UnreadableFile for an empty, too large, binary or marked-up one."""
    if not data.strip():
        raise UnreadableFile("The file is empty.")
    if len(data) > LARGEST:
        raise UnreadableFile(f"The file has {len(data):,} bytes; a story has at most {LARGEST:,}.")
    for start, what in KNOWN_BINARIES.items():
        if data.startswith(start):
            raise UnreadableFile(f"This is {what}, not a plain text page. Save the story as plain text (.txt) first.")
    decoded = by_mark(data) or by_zeros(data) or by_utf8(data) or by_looking(data)
    refuse_what_is_no_text(decoded.text)
    return decoded


def by_mark(data: bytes) -> Decoded | None:
    """By the byte order mark at its start."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding.removesuffix("-sig"), guessed=False)
            except UnicodeDecodeError as error:
                raise UnreadableFile(f"The file says that it is {encoding}, but byte {error.start} is not.") from error
    return None


def by_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", guessed=False)
    except UnicodeDecodeError:
        return None


def by_zeros(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: Latin letters have a zero beside each."""
    zeros = (data[0::2].count(0), data[1::2].count(0))
    if max(zeros) * 4 < len(data):
        return None
    encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    try:
        return Decoded(data.decode(encoding), encoding, guessed=True)
    except UnicodeDecodeError:
        return None


def by_looking(data: bytes) -> Decoded:
    """One of the old encodings of one byte or two, by which letters come out."""
    if b"\x00" in data:
        raise UnreadableFile("This is not a text file: it has zero bytes. Save the story as plain text (.txt) first.")
    best = from_bytes(data, cp_isolation=[*OLD_ENCODINGS]).best()
    if best is not None and best.percent_chaos < 20:
        return Decoded(str(best), best.encoding, guessed=True)
    raise UnreadableFile("The file's encoding cannot be made out. Save it as UTF-8 and try again.")


def refuse_what_is_no_text(text: str) -> None:
    if text.lstrip().lower().startswith(MARKUP):
        raise UnreadableFile("This is a web page with its markup. Copy its text into a plain text file first.")
    strange = sum(1 for letter in text if unicodedata.category(letter) == "Cc" and letter not in "\t\n\r\f")
    if strange * 50 > len(text):
        raise UnreadableFile("This is not a text file: it is full of control characters. Save it as plain text first.")
    if not any(letter.isalpha() for letter in text):
        raise UnreadableFile("There is not one word in the file.")
