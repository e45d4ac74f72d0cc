"""What comes with an uploaded picture: its credit is read, where it was taken and everything else is taken out.

A camera writes place, time and owner's number into a file, a phone does so by default. Nothing of that is to reach a
visitor, so it is cut out of the file itself when it comes in. Of JPEG, PNG and WebP only the pieces around the picture
are dropped and no pixel is touched; a picture that lies on its side is turned, and that alone is compressed again.
"""

import io
import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, IptcImagePlugin
from PIL.ImageFile import ImageFile

ORIENTATION, ARTIST, COPYRIGHT = 0x0112, 0x013B, 0x8298
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
KEPT_SEGMENTS = {0xE0, 0xE2, 0xED, 0xEE}
"""JFIF, the colour profile, IPTC (who made it), Adobe's colours; of all others among APP0 to APP15 nothing stays."""

DROPPED_CHUNKS = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
XMP_TEXT = {
    "credit": rb"photoshop:Credit(?:=\"([^\"]+)\"|>([^<]+)<)",
    "creator": rb"<dc:creator>.*?<rdf:li[^>]*>([^<]+)<()",
    "caption": rb"<dc:description>.*?<rdf:li[^>]*>([^<]+)<()",
    "rights": rb"<dc:rights>.*?<rdf:li[^>]*>([^<]+)<()",
}
LONGEST = 2_000


@dataclass(frozen=True)
class Said:
    """What a file says of itself; empty where it says nothing."""

    credit: str = ""
    caption: str = ""
    rights: str = ""


def said(data: bytes) -> Said:
    """Credit, caption and rights by IPTC, then XMP, then EXIF. Raises nothing for damaged ones: they say nothing."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            iptc, xmp, exif = iptc_of(image), xmp_of(image), exif_of(image)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return Said()
    credit = iptc.get("credit") or xmp.get("credit") or iptc.get("creator") or xmp.get("creator") or exif[ARTIST]
    return Said(
        credit=credit[:255],
        caption=(iptc.get("caption") or xmp.get("caption", ""))[:LONGEST],
        rights=(iptc.get("rights") or xmp.get("rights") or exif[COPYRIGHT])[:LONGEST],
    )


def iptc_of(image: ImageFile) -> dict[str, str]:
    """IIM records 2:110 credit, 2:80 by-line, 2:120 caption, 2:116 copyright."""
    names = {(2, 110): "credit", (2, 80): "creator", (2, 120): "caption", (2, 116): "rights"}
    with suppress(OSError, ValueError, SyntaxError, struct.error, KeyError, TypeError):
        found: Any = IptcImagePlugin.getiptcinfo(image) or {}
        return {names[key]: words(value) for key, value in found.items() if key in names}
    return {}


def words(value: Any) -> str:
    """Text of IPTC, which is UTF-8 in new files and Latin-1 in old ones; several values joined."""
    parts = value if isinstance(value, list) else [value]
    texts = [part if isinstance(part, str) else decoded(bytes(part)) for part in parts]
    return " ".join(", ".join(texts).replace("\0", "").split())


def decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def xmp_of(image: Image.Image) -> dict[str, str]:
    """A few words out of the XMP packet, without reading it as XML: it comes from anybody."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    data = packet.encode() if isinstance(packet, str) else bytes(packet)
    found = {}
    for name, pattern in XMP_TEXT.items():
        if match := re.search(pattern, data[:200_000], re.DOTALL):
            found[name] = words(match[1] or match[2])
    return found


def exif_of(image: Image.Image) -> dict[int, str]:
    exif = image.getexif()
    return {tag: words(str(exif.get(tag, ""))) for tag in (ARTIST, COPYRIGHT)}


def clean(data: bytes) -> bytes:
    """The file without what a camera wrote into it, upright; raises OSError for what is no picture."""
    with Image.open(io.BytesIO(data)) as image:
        kind, turned = image.format, image.getexif().get(ORIENTATION, 1) not in {0, 1}
        if turned and not getattr(image, "is_animated", False):
            return saved(image)
        cleaner = CLEANERS.get(kind or "")
        if cleaner is None:
            return saved(image) if kind == "AVIF" and ("exif" in image.info or "xmp" in image.info) else data
    try:
        return cleaner(data)
    except (ValueError, IndexError, struct.error):  # pieces that do not fit together; Pillow could read it all the same
        with Image.open(io.BytesIO(data)) as image:
            return saved(image)


def saved(image: Image.Image) -> bytes:
    """Upright and compressed again, finely, with its colour profile and nothing else."""
    upright = ImageOps.exif_transpose(image)
    options: dict[str, Any] = {"quality": 92} if image.format != "PNG" else {}
    if profile := image.info.get("icc_profile"):
        options["icc_profile"] = profile
    made = io.BytesIO()
    upright.info = {}
    upright.save(made, image.format, exif=b"", **options)
    return made.getvalue()


def clean_jpeg(data: bytes) -> bytes:
    """Without the segments that are not kept, and without what stands behind the picture's end (a phone's second)."""
    kept = [data[:2]]
    at = 2
    for marker, start, end in segments(data):
        segment = data[start:end]
        is_profile = marker != 0xE2 or segment[4:15] == b"ICC_PROFILE"
        if not 0xE0 <= marker <= 0xEF or (marker in KEPT_SEGMENTS and is_profile):
            kept.append(segment)
        at = end
    if at < 4:
        raise ValueError("no segments")
    return b"".join(kept)


def segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, end) of each segment of a JPEG up to its end; what is compressed belongs to its scan."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == EOI:
            yield marker, at, at + 2
            return
        end = at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker == SOS:
            end = end_of_scan(data, end)
        yield marker, at, end
        at = end


def end_of_scan(data: bytes, at: int) -> int:
    """The next marker that is none of the compressed data's own (a stuffed zero, a restart)."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def clean_png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + length
        if name not in DROPPED_CHUNKS:
            kept.append(data[at:end])
        if name == b"IEND":
            break
        at = end
    return b"".join(kept)


def clean_webp(data: bytes) -> bytes:
    kept, at = [], 12
    while at + 8 <= len(data):
        name, length = struct.unpack("<4sI", data[at : at + 8])
        end = at + 8 + length + length % 2
        chunk = data[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0b1100]) + chunk[9:]  # says no more that EXIF and XMP follow
        if name not in {b"EXIF", b"XMP "}:
            kept.append(chunk)
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


CLEANERS = {"JPEG": clean_jpeg, "PNG": clean_png, "WEBP": clean_webp}


def credit_exif(credit: str, rights: str) -> bytes:
    """EXIF that says whose picture it is, and nothing else; for the files that we make ourselves."""
    exif = Image.Exif()
    for tag, text in ((ARTIST, credit), (COPYRIGHT, rights)):
        if text:
            exif[tag] = text
    return exif.tobytes() if credit or rights else b""
