"""Pictures of an item into the library: fetched by the same armour, with the credit they carry, without their place.

What a file says of itself (IPTC, XMP) stands in for what the item does not say. EXIF goes, and with it where the camera
was; IPTC's own record of credit and caption stays in the file.
"""

import io
import struct
import warnings
from dataclasses import dataclass
from hashlib import sha1
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree
from django.core.files.base import ContentFile
from django.utils.text import get_valid_filename
from PIL import Image, ImageFile, ImageOps, IptcImagePlugin, UnidentifiedImageError

from gazetteer.news.wire.guard import Refused
from gazetteer.news.wire.http import PICTURE, Client, FetchFailed
from gazetteer.news.wire.item import WirePicture
from gazetteer.web.models import Picture

MOST = 12
"""Pictures of one item; the rest is told of and left."""
MOST_PIXELS = 100_000_000
SMALLEST = 100
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
IPTC = {"caption": (2, 120), "credit": (2, 110), "byline": (2, 80), "source": (2, 115), "copyright": (2, 116),
        "terms": (2, 40)}  # fmt: skip
XMP = {"Credit": "credit", "creator": "byline", "rights": "copyright", "description": "caption", "Source": "source",
       "UsageTerms": "terms", "AltTextAccessibility": "alt", "Instructions": "terms"}  # fmt: skip
LARGEST_XMP = 512 * 1024
QUALITY = 95


class NotTaken(ValueError):
    """The picture cannot be had or shown; the message says why."""


@dataclass
class Said:
    """What a file says of itself."""

    caption: str = ""
    credit: str = ""
    byline: str = ""
    source: str = ""
    copyright: str = ""
    terms: str = ""
    alt: str = ""


def take(wanted: WirePicture, title: str, client: Client) -> Picture:
    """The picture in the library: the one there with this very content, or a new one. Raises NotTaken."""
    data = wanted.data or fetched(wanted.url, client)
    kind, said = look(data)
    clean = without_place(data, kind)
    digest = sha1(clean, usedforsecurity=False).hexdigest()  # what Wagtail keeps in `file_hash`
    there = Picture.objects.filter(file_hash=digest).order_by("id").first()
    return there or add(wanted, said, title, clean, digest, kind)


def fetched(url: str, client: Client) -> bytes:
    try:
        return client.get(url, limits=PICTURE, headers={"accept": "image/*"}).body
    except (Refused, FetchFailed) as error:
        raise NotTaken(str(error)) from error


def look(data: bytes) -> tuple[str, Said]:
    """The kind of a picture that is whole and of a size we show, and what it says of itself. Raises NotTaken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                refuse_unfit(image)
                said = said_by(image)
                kind = image.format or ""
                image.verify()
    except NotTaken:
        raise
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, struct.error, TypeError, KeyError, IndexError,
            Image.DecompressionBombError, Image.DecompressionBombWarning, RuntimeError) as error:  # fmt: skip
        raise NotTaken("It is damaged or no picture.") from error
    return kind, said


def refuse_unfit(image: Image.Image) -> None:
    if image.format not in ENDINGS:
        raise NotTaken(f"It is of the kind {image.format}, which is not shown.")
    if image.width * image.height > MOST_PIXELS:
        raise NotTaken(f"It has {image.width * image.height / 1e6:.0f} million pixels.")
    if image.width < SMALLEST or image.height < SMALLEST:
        raise NotTaken(f"It has only {image.width} × {image.height} pixels.")


def said_by(image: ImageFile.ImageFile) -> Said:
    """By IPTC's record, and for what is not there by XMP."""
    said = Said()
    record = IptcImagePlugin.getiptcinfo(image) or {}
    for name, key in IPTC.items():
        setattr(said, name, text_of(record.get(key)))
    for name, value in by_xmp(image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b"").items():
        if not getattr(said, name):
            setattr(said, name, value)
    return said


def text_of(value: Any) -> str:
    parts = value if isinstance(value, list) else [value]
    words = [part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part or "") for part in parts]
    return " ".join(", ".join(words).replace("\x00", "").split())[:2_000]


def by_xmp(packet: bytes | str) -> dict[str, str]:
    data = packet.encode() if isinstance(packet, str) else packet
    if not data or len(data) > LARGEST_XMP:
        return {}
    try:
        root = SafeTree.fromstring(data.strip(b"\x00 \r\n"))
    except (ParseError, DefusedXmlException, ValueError):
        return {}
    found: dict[str, str] = {}
    for element in root.iter():
        for name, value in [(element.tag, " ".join(element.itertext())), *element.attrib.items()]:
            known = XMP.get(str(name).rpartition("}")[2])
            words = " ".join(str(value).split())[:2_000]
            if known and words:
                found.setdefault(known, words)
    return found


def add(wanted: WirePicture, said: Said, title: str, data: bytes, digest: str, kind: str) -> Picture:
    agency = ", ".join(dict.fromkeys(part for part in (said.byline, said.credit or said.source) if part))
    name = get_valid_filename(unquote(urlsplit(wanted.url).path.rpartition("/")[2]) or wanted.name or "picture")
    stem = name.rpartition(".")[0] or name
    picture = Picture(
        title=(title or stem)[:255],
        description=(wanted.alt or said.alt)[:255],
        caption=wanted.caption or said.caption,
        credit=(wanted.credit or agency or said.copyright)[:255],
        licence=wanted.licence[:120],
        source_url=wanted.url if len(wanted.url) <= 500 else "",
        usage_terms="\n".join(part for part in (said.terms, said.copyright) if part),
    )
    picture.file = ContentFile(data, name=f"{stem[:80]}.{ENDINGS[kind]}")
    picture.file_size, picture.file_hash = len(data), digest
    picture.save()
    return picture


def without_place(data: bytes, kind: str) -> bytes:
    """The picture without EXIF, and without XMP that names a place by GPS; untouched where it has neither."""
    with Image.open(io.BytesIO(data)) as image:
        exif = image.getexif()
        packet = image.info.get("xmp") or b""
        has_place = b"GPS" in (packet.encode() if isinstance(packet, str) else packet)
        if not exif and not has_place:
            return data
        if kind == "JPEG" and exif.get(0x0112, 1) == 1:
            return without_segments(data, has_place)
        return saved_anew(image, kind)


def without_segments(data: bytes, drop_xmp: bool) -> bytes:
    """A JPEG without its EXIF (and XMP), its picture untouched: only the segments before the scan are looked at."""
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        if data[place + 1] == 0xFF:  # filling
            place += 1
            continue
        length = 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        segment = data[place : place + length]
        is_exif = segment[1] == 0xE1 and segment[4:10] == b"Exif\x00\x00"
        is_xmp = segment[1] == 0xE1 and segment[4:].startswith(b"http://ns.adobe.com/x")
        if not is_exif and not (is_xmp and drop_xmp):
            kept.append(segment)
        place += length
    return b"".join([*kept, data[place:]])


def saved_anew(image: Image.Image, kind: str) -> bytes:
    """Turned as its EXIF says, and saved without it."""
    turned = ImageOps.exif_transpose(image)
    turned.info = {name: value for name, value in turned.info.items() if name in {"icc_profile", "transparency"}}
    out = io.BytesIO()
    options: dict[str, Any] = {"quality": QUALITY} if kind in {"JPEG", "WEBP", "AVIF"} else {}
    turned.save(out, format=kind, icc_profile=turned.info.get("icc_profile"), **options)
    return out.getvalue()
