"""Pictures as the components show them: made in every size when they come in, and no work left for any visitor.

Each picture is cut into the widths of `CUTS` as AVIF and WebP, and once as JPEG for what reads neither, by a task that
is enqueued with the write. What was made is one column of the picture's own row, so a page that shows it asks nothing
more. Until the task has run, the uploaded file itself is shown.
"""

import io
import logging
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from gazetteer.changes.notes import fresh_until, note
from gazetteer.web import picture_files
from gazetteer.web.models import Picture

logger = logging.getLogger(__name__)

FOLDER = "sizes"
RECIPE = "1"
"""Part of every key: another number has all sizes made anew."""

OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 50, "speed": 9, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 3},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
"""Measured in docs/decisions/0009-news.md."""


@dataclass(frozen=True)
class Cut:
    """How a picture is cut for one kind of place: widths in pixels, and height over width where that is fixed."""

    widths: tuple[int, ...] = ()
    jpeg: int = 0
    """The width that is also made as JPEG."""
    ratio: float | None = None


CUTS = {
    "whole": Cut((480, 960, 1600), 960),
    "card": Cut((320, 640, 1280), 640, ratio=2 / 3),
    "square": Cut((96, 192), 192, ratio=1),
    "16x9": Cut((), 1200, ratio=9 / 16),
    "4x3": Cut((), 1200, ratio=3 / 4),
    "1x1": Cut((), 1200, ratio=1),
}
"""The last three are what search engines and other sites ask for; no page of ours shows them."""

OUTSIDE = ("16x9", "4x3", "1x1")


@dataclass(frozen=True)
class ShownPicture:
    """What `c.picture` and `c.figure` read."""

    src: str
    width: int
    height: int
    avif_srcset: str
    webp_srcset: str
    alt: str
    caption: str
    credit: str


def shown(picture: Picture | None, cut: str = "whole", **words: str) -> ShownPicture | None:
    """The picture for a template; None where there is none or its rights have ended. Asks the database nothing.

    `words` (`alt`, `caption`, `credit`) stand in place of the picture's own where they are not empty.
    """
    if picture is None or has_ended(picture):
        return None
    made = picture.sizes.get("cuts", {}).get(cut)
    src, width, height = whole_file(picture) if made is None else (address(picture, cut, made["jpg"][0]), *made["jpg"])
    widths = made["widths"] if made else []
    return ShownPicture(
        src=src,
        width=width,
        height=height,
        avif_srcset=srcset(picture, cut, widths, "avif"),
        webp_srcset=srcset(picture, cut, widths, "webp"),
        alt=words.get("alt") or picture.description,
        caption=words.get("caption") or picture.caption,
        credit=words.get("credit") or picture.credit,
    )


def has_ended(picture: Picture) -> bool:
    """Whether its rights have; noted, since the page is another from then on."""
    note(f"picture:{picture.pk}")
    if picture.expires_at is None:
        return False
    has = picture.expires_at <= timezone.now()
    if not has:
        fresh_until(picture.expires_at)
    return has


def whole_file(picture: Picture) -> tuple[str, int, int]:
    return str(picture.file.url), picture.width, picture.height


def address(picture: Picture, cut: str, width: int, form: str = "jpg") -> str:
    return str(default_storage.url(name_of(picture, picture.sizes["key"], cut, width, form)))


def name_of(picture: Picture, key: str, cut: str, width: int, form: str) -> str:
    return f"{FOLDER}/{picture.pk}/{key}/{cut}-{width}.{form}"


def srcset(picture: Picture, cut: str, widths: list[int], form: str) -> str:
    return ", ".join(f"{address(picture, cut, width, form)} {width}w" for width in widths)


def outside(picture: Picture | None) -> list[tuple[str, int, int]]:
    """(address, width, height) of the crops 16:9, 4:3 and 1:1 for search engines and cards, the widest first."""
    if picture is None or has_ended(picture):
        return []
    made = picture.sizes.get("cuts", {})
    found = [(address(picture, cut, made[cut]["jpg"][0]), *made[cut]["jpg"]) for cut in OUTSIDE if cut in made]
    return found or [whole_file(picture)]


# Making them


def key_of(picture: Picture) -> str:
    """Which file and point of interest the sizes are of."""
    parts = (RECIPE, picture.file.name, picture.file_hash, *focal_point(picture))
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:12]


def focal_point(picture: Picture) -> tuple[float, float] | tuple[()]:
    if picture.focal_point_x is None or picture.focal_point_y is None:
        return ()
    return picture.focal_point_x, picture.focal_point_y


def is_made(picture: Picture) -> bool:
    return bool(picture.sizes.get("key") == key_of(picture))


def make(picture: Picture) -> bool:
    """Make all sizes of the picture as it is now, unless they are there; False for a file that cannot be cut.

    Raises OSError only where the storage fails. May be killed at any point and run again.
    """
    if is_made(picture):
        return True
    key = key_of(picture)
    try:
        image = opened(picture)
        cuts = {name: make_cut(picture, image, key, name, rule) for name, rule in CUTS.items()} if image else {}
    except (SyntaxError, ValueError, Image.DecompressionBombError, UnidentifiedImageError) as error:
        logger.warning("Picture %s (%s) cannot be cut: %s", picture.pk, picture.file.name, error)
        cuts = {}
    before = picture.sizes
    picture.sizes = {"key": key, "cuts": cuts, "before": before.get("key", "")}
    type(picture).objects.filter(pk=picture.pk).update(sizes=picture.sizes)
    if before.get("before", "") not in {"", key}:
        remove(picture.pk, before["before"])  # those made last stay: pages in browsers still name them
    return bool(cuts)


def opened(picture: Picture) -> Image.Image | None:
    """The picture upright in sRGB; None for one that moves, which is shown as it is."""
    with picture.file.storage.open(picture.file.name) as file:
        image = Image.open(file)
        if getattr(image, "is_animated", False):
            return None
        image.draft("RGB", (3200, 3200))  # a JPEG is decoded at a half or a quarter where that is enough
        image.load()
    return in_srgb(ImageOps.exif_transpose(image))


def in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return turned or image.convert("RGB")
        except ImageCms.PyCMSError:
            pass  # a profile that says nothing usable
    return image.convert("RGBA" if has_alpha else "RGB")


def make_cut(picture: Picture, image: Image.Image, key: str, name: str, rule: Cut) -> dict[str, Any]:
    """Every file of one cut; answers the widths made, and the JPEG's width and height."""
    box = crop_box(image.size, rule.ratio, relative_focus(picture))
    widest = round(box[2] - box[0])
    widths = [width for width in rule.widths if width < widest] or [min(rule.widths, default=0) and widest]
    if rule.widths and widths[-1] < widest < rule.widths[-1]:
        widths.append(widest)
    jpeg = min(rule.jpeg, widest)
    jpeg_size = (jpeg, jpeg)
    for width in sorted({*filter(None, widths), jpeg}, reverse=True):
        height = round(width * (rule.ratio or image.height / image.width)) or 1
        scaled = image.resize((width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=3)
        for form in ("avif", "webp") if width in widths and rule.widths else ():
            store(picture, name_of(picture, key, name, width, form), scaled, form)
        if width == jpeg:
            store(picture, name_of(picture, key, name, width, "jpg"), on_white(scaled), "jpg")
            jpeg_size = scaled.size
    return {"widths": [width for width in widths if width], "jpg": list(jpeg_size)}


def relative_focus(picture: Picture) -> tuple[float, float]:
    point = focal_point(picture)
    return (point[0] / picture.width, point[1] / picture.height) if point else (0.5, 0.5)


def crop_box(
    size: tuple[int, int], ratio: float | None, focus: tuple[float, float]
) -> tuple[float, float, float, float]:
    """The largest part of that shape whose middle is as near to the point of interest as the edges allow."""
    width, height = float(size[0]), float(size[1])
    if ratio is None:
        return (0, 0, width, height)
    wide, high = min(width, height / ratio), min(height, width * ratio)
    left = min(max(focus[0] * width - wide / 2, 0), width - wide)
    top = min(max(focus[1] * height - high / 2, 0), height - high)
    return (left, top, left + wide, top + high)


def on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def store(picture: Picture, name: str, image: Image.Image, form: str) -> None:
    made = io.BytesIO()
    image.info = {}
    image.save(made, exif=picture_files.credit_exif(picture.credit, picture.licence), **OPTIONS[form])
    default_storage.delete(name)  # of a run that was killed
    default_storage.save(name, ContentFile(made.getvalue()))


def remove(pk: int, *keys: str) -> None:
    """Delete the files of these keys; nothing where there are none."""
    for folder in (f"{FOLDER}/{pk}/{key}" for key in keys):
        try:
            _folders, files = default_storage.listdir(folder)
        except OSError:
            continue
        for file in files:
            default_storage.delete(str(PurePosixPath(folder, file)))
        default_storage.delete(folder)


def keys_of(picture: Picture) -> list[str]:
    """Keys under which files of it may lie."""
    return [key for key in (picture.sizes.get("key"), picture.sizes.get("before")) if key]


def missing() -> "QuerySet[Picture]":
    """Pictures whose sizes were never made; those of an older recipe or point are found by `make` itself."""
    return Picture.objects.filter(sizes={})


def make_missing() -> tuple[int, int]:
    """Make what is not there or of another recipe, for every picture; answers how many were made and how many not."""
    made = failed = 0
    for picture in Picture.objects.order_by("pk").iterator(chunk_size=100):
        if is_made(picture):
            continue
        try:
            done = make(picture)
        except OSError as error:
            logger.warning("Picture %s (%s) cannot be read: %s", picture.pk, picture.file.name, error)
            done = False
        made, failed = made + done, failed + (not done)
    return made, failed
