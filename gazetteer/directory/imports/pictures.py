"""Pictures that rows name: files beside the imported one go into the library, addresses wait to be fetched.

An import never asks another host for anything. An address is kept with what the feed said (`Imported.pictures`), and
the report says that it is to be fetched.
"""

import os
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from PIL import Image, UnidentifiedImageError

from gazetteer.directory.imports.problems import Bad, shown
from gazetteer.directory.imports.rows import PictureName, Row
from gazetteer.web.models import Picture

MOST_PIXELS = 120_000_000
FORMATS = {"AVIF", "GIF", "JPEG", "PNG", "WEBP"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture of a row; `picture` is its id in the library, None while it is to be fetched (or in a dry run)."""

    name: PictureName
    picture: int | None

    def as_json(self) -> dict[str, Any]:
        name = self.name
        return {
            "source": name.source,
            "caption": name.caption,
            "credit": name.credit,
            "use": name.use,
            "picture": self.picture,
        }


def is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def take(row: Row, folder: Path, dry_run: bool) -> list[Taken]:
    """Every picture of the row that can be had; the others are told of. Doing it twice does no harm."""
    taken = []
    for name in row.pictures or ():
        try:
            taken.append(take_one(row, name, folder, dry_run))
        except Bad as error:
            row.tell("logo" if name.use == "logo" else "images", f"{error}; it was left out")
    return taken


def take_one(row: Row, name: PictureName, folder: Path, dry_run: bool) -> Taken:
    if is_address(name.source):
        row.tell("logo" if name.use == "logo" else "images", f"{shown(name.source, 200)} is to be fetched", "note")
        return Taken(name, None)
    path = beside(folder, name.source)
    check_picture(path, name.source)
    return Taken(name, None if dry_run else into_library(path, name, row.columns["name"]))


def beside(folder: Path, source: str) -> Path:
    """The file of that name in or below the folder; nothing outside of it may be read through a link or `..`."""
    try:
        path = (folder / source).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise Bad(f"{shown(source)} is no name of a file") from error
    if not path.is_relative_to(folder.resolve()):
        raise Bad(f"{shown(source)} is not in the folder of the imported file. Put it there")
    if not path.is_file() or not os.access(path, os.R_OK):
        raise Bad(f"there is no picture {shown(source)} beside the imported file")
    if path.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise Bad(f"{shown(source)} is larger than pictures may be")
    return path


def check_picture(path: Path, source: str) -> None:
    """It is a picture of a kind we show, whole, and not so large that showing it would fill the memory."""
    try:
        with Image.open(path) as image:
            kind, pixels = image.format, image.width * image.height
            image.verify()
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Bad(f"{shown(source)} is damaged or no picture") from error
    if kind not in FORMATS:
        raise Bad(f"{shown(source)} is of the kind {kind}. Save it as JPEG, PNG or WebP")
    if pixels > MOST_PIXELS:
        raise Bad(
            f"{shown(source)} has {pixels / 1e6:.0f} million pixels, the most is {MOST_PIXELS // 1_000_000} million"
        )


def into_library(path: Path, name: PictureName, title: str) -> int:
    """The library's picture with this very content, or a new one; returns its id."""
    content = path.read_bytes()
    digest = sha1(content, usedforsecurity=False).hexdigest()  # what Wagtail keeps in `file_hash`
    there = Picture.objects.filter(file_hash=digest).order_by("id").values_list("id", flat=True).first()
    if there is not None:
        return int(there)
    with path.open("rb") as file:
        picture = Picture(
            title=title[:255], caption=name.caption, credit=name.credit, file=ImageFile(file, name=path.name)
        )
        picture.file_size, picture.file_hash = len(content), digest
        picture.save()
    return int(picture.pk)
