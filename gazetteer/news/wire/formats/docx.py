"""A press release as Word (.docx), by mammoth; pictures in it come along."""

import io
import zipfile
from typing import Any

import mammoth

from gazetteer.news.wire.formats import Format, NotReadable, Received
from gazetteer.news.wire.formats.marked_up import item_from
from gazetteer.news.wire.formats.text import guid_of
from gazetteer.news.wire.item import WireDocument, WirePicture

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2_000
LARGEST_PICTURE = 25 * 1024 * 1024
MOST_PICTURES = 30
STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def fits(received: Received) -> bool:
    return received.data.startswith(b"PK\x03\x04") and b"word/" in received.data


def read(received: Received) -> WireDocument:
    refuse_bombs(received.data)
    pictures: list[WirePicture] = []
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(received.data),
            convert_image=mammoth.images.img_element(lambda image: keep(image, pictures)),
            style_map=STYLES,
        )
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, RecursionError, OSError) as error:
        raise NotReadable(f"The Word file is damaged ({type(error).__name__}). Save it anew.") from error
    item = item_from(result.value, received)
    item.pictures = pictures
    item.guid = guid_of(received)
    item.raw = received.data
    return WireDocument(items=[item])


def refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise NotReadable("The Word file is damaged. Save it anew.") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotReadable("The Word file is larger than a press release can be.")


def keep(image: Any, pictures: list[WirePicture]) -> dict[str, str]:
    """Take the picture out; it stands at its place by its number in the list."""
    if len(pictures) >= MOST_PICTURES:
        return {"src": ""}
    with image.open() as stream:
        data = stream.read(LARGEST_PICTURE + 1)
    if len(data) > LARGEST_PICTURE:
        return {"src": ""}
    ending = str(image.content_type or "").rpartition("/")[2][:5] or "jpeg"
    pictures.append(WirePicture(data=data, alt=image.alt_text or "", name=f"picture-{len(pictures) + 1}.{ending}"))
    return {"src": f"{INSIDE}{len(pictures) - 1}"}


INSIDE = "https://inside.invalid/"
"""Stands for a picture that the item itself brings, by its number; no host can have this name (RFC 2606)."""

FORMAT = Format("docx", "Word", fits, read, (".docx",))
