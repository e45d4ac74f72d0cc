"""Pictures as the components show them: an address for each width, size and words, and no work left in the page.

A page never cuts a picture itself (that takes up to a second). A cut that exists is linked as a file; one that does not
is linked by a signed address, made when a browser first asks for it, and linked as a file from then on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from wagtail.images.models import Filter
from wagtail.images.views.serve import generate_image_url

from gazetteer.web.models import Picture


@dataclass(frozen=True)
class Cut:
    """How a picture is cut for one kind of place: widths in pixels, and height over width where that is fixed."""

    widths: tuple[int, ...]
    ratio: float | None = None

    def spec(self, width: int) -> str:
        size = f"width-{width}" if self.ratio is None else f"fill-{width}x{round(width * self.ratio)}"
        return f"{size}|format-webp"


CUTS = {
    "whole": Cut((480, 960, 1600)),
    "card": Cut((320, 640, 1280), ratio=2 / 3),
    "square": Cut((96, 192), ratio=1),
}


@dataclass(frozen=True)
class ShownPicture:
    """What `c.picture` and `c.figure` read."""

    src: str
    width: int
    height: int
    srcset: str
    alt: str
    caption: str
    credit: str


def prefetch(pictures: Iterable[Picture | None]) -> None:
    """Read which cuts of these pictures exist, in one query."""
    found = [picture for picture in pictures if picture is not None]
    if found:
        prefetch_related_objects(found, "renditions")


def shown(picture: Picture | None, cut: str = "whole", **words: str) -> ShownPicture | None:
    """The picture for a template; None where there is none or its rights have ended.

    `words` (`alt`, `caption`, `credit`) stand in place of the picture's own where they are not empty. Without
    `prefetch()` before, this reads the picture's cuts in one query of its own.
    """
    if picture is None or (picture.expires_at and picture.expires_at <= timezone.now()):
        return None
    rule = CUTS[cut]
    widths = [width for width in rule.widths if width < picture.width] or [min(rule.widths[0], picture.width)]
    addresses = {width: address(picture, rule.spec(width)) for width in widths}
    middle = widths[len(widths) // 2]
    return ShownPicture(
        src=addresses[middle],
        width=middle,
        height=round(middle * (rule.ratio or picture.height / picture.width)),
        srcset=", ".join(f"{url} {width}w" for width, url in addresses.items()),
        alt=words.get("alt") or picture.description,
        caption=words.get("caption") or picture.caption,
        credit=words.get("credit") or picture.credit,
    )


def address(picture: Picture, spec: str) -> str:
    """Where that cut is: its file, or the signed address that makes it."""
    key = Filter(spec).get_cache_key(picture)
    for made in existing(picture):
        if made.filter_spec == spec and made.focal_point_key == key:
            return str(made.url)
    return str(generate_image_url(picture, spec))


def existing(picture: Picture) -> Any:
    return picture.renditions.all()
