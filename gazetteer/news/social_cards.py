"""The picture that other sites show when they link to a story that has none: its headline, drawn, 1200 × 630.

Drawn by a task after publication, never while somebody waits. The font is the one we bring; for a script that it does
not have, one of the machine's own is asked for by the very characters (fontconfig), shaped and laid from right to left
by Raqm. Where neither can set the headline, the card shows the site's name alone rather than empty boxes.
"""

import io
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac
from PIL import Image, ImageDraw, ImageFont, features

import gazetteer.web
from gazetteer.news.models import Article
from gazetteer.web.brand import Brand, brand

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
SIZES = (84, 76, 68, 60, 54, 48, 42)
MOST_LINES = 5
OWN_FONT = Path(gazetteer.web.__file__).parent / "static/web/fonts/newsreader-headline.woff2"
FOLDER = "cards"
RIGHT_TO_LEFT = {"R", "AL"}
NEEDS_SHAPING = {"R", "AL", "NSM"}


@dataclass(frozen=True)
class Face:
    """A font file, and which of the fonts in it."""

    path: str
    index: int = 0

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self.path, size, index=self.index)


def update(article: Article) -> str:
    """Draw the card of a story without a picture, drop that of one with; answers its name in the media folder."""
    wanted = "" if article.picture_id else name_of(article, brand())
    if article.social_card == wanted:
        return wanted
    if wanted:
        data = draw(article.headline, section_name(article), brand())
        default_storage.delete(wanted)
        default_storage.save(wanted, ContentFile(data))
    Article.objects.filter(pk=article.pk).update(social_card=wanted)
    if article.social_card:
        default_storage.delete(article.social_card)
    return wanted


def section_name(article: Article) -> str:
    return article.section.name_in(article.language) if article.section else ""


def name_of(article: Article, look: Brand) -> str:
    """Another name for other words; it cannot be guessed, for the headline may be under embargo still."""
    said = "\n".join((article.headline, section_name(article), look.name, look.paper, look.ink, look.accent))
    return f"{FOLDER}/{article.pk}-{salted_hmac('gazetteer.news.card', said).hexdigest()[:16]}.png"


def draw(headline: str, section: str, look: Brand) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), look.paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=look.accent)
    rtl = is_right_to_left(headline)
    face = face_for(headline)
    if face is not None:
        write_block(pen, headline, face, look.ink, rtl)
        write_line(pen, section, 34, MARGIN, look.accent, rtl)
    name_face = face_for(look.name)
    if name_face is not None:
        place = HEIGHT - MARGIN - 44 if face else HEIGHT // 2 - 44
        write_line(pen, look.name, 44 if face else 88, place, look.ink, rtl)
    made = io.BytesIO()
    image.quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def write_block(pen: ImageDraw.ImageDraw, text: str, face: Face, colour: str, rtl: bool) -> None:
    """The headline as large as it fits, cut with an ellipsis where even the smallest does not."""
    room = HEIGHT - 2 * MARGIN - 60 - 72
    for size in SIZES:
        font = face.at(size)
        lines = broken(text, font)
        if len(lines) <= MOST_LINES and len(lines) * size * 1.2 <= room:
            break
    most = min(MOST_LINES, int(room / (size * 1.2)))
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(lines[most - 1] + " ", font)]
    for number, line in enumerate(lines):
        write(pen, line, font, MARGIN + 60 + number * size * 1.2, colour, rtl)


def write_line(pen: ImageDraw.ImageDraw, text: str, size: int, top: float, colour: str, rtl: bool) -> None:
    face = face_for(text) if text else None
    if face is not None:
        lines = broken(text, face.at(size))
        first = shortened(lines[0] + " ", face.at(size)) if len(lines) > 1 else lines[0]
        write(pen, first, face.at(size), top, colour, rtl)


def write(
    pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, top: float, colour: str, rtl: bool
) -> None:
    direction = ("rtl" if is_right_to_left(text) else "ltr") if features.check("raqm") else None
    if rtl:
        pen.text((WIDTH - MARGIN, top), text, colour, font, anchor="ra", direction=direction)
    else:
        pen.text((MARGIN, top), text, colour, font, anchor="la", direction=direction)


def broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """The text in lines of the card's width: at spaces, and between characters where a word is wider (Chinese)."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if fits(longer, font):
            line = longer
            continue
        if line:
            lines.append(line)
        line = ""
        for character in word:
            if line and not fits(line + character, font):
                lines.append(line)
                line = ""
            line += character
    return [*lines, line] if line or not lines else lines


def shortened(line: str, font: ImageFont.FreeTypeFont) -> str:
    """With an ellipsis at its end, for which what is too much gives way."""
    line = line.rstrip()
    while line and not fits(line + "…", font):
        line = line[:-1].rstrip()
    return line + "…"


def fits(text: str, font: ImageFont.FreeTypeFont) -> bool:
    return font.getlength(text) <= WIDTH - 2 * MARGIN


def is_right_to_left(text: str) -> bool:
    """By the first letter that has a direction, as browsers do with `dir="auto"`."""
    strong = (unicodedata.bidirectional(each) for each in text)
    return next((each for each in strong if each in {"L", *RIGHT_TO_LEFT}), "L") in RIGHT_TO_LEFT


def face_for(text: str) -> Face | None:
    """A font that has every character of it: ours, or one of the machine's; None where nothing can set it well."""
    characters = {each for each in text if unicodedata.category(each)[0] not in "ZC"}
    if needs_shaping(characters) and not features.check("raqm"):
        return None
    return Face(str(OWN_FONT)) if has_all(characters) else machine_font("".join(sorted(characters)))


def needs_shaping(characters: set[str]) -> bool:
    return any(
        unicodedata.bidirectional(each) in NEEDS_SHAPING or unicodedata.category(each) in {"Mn", "Mc"}
        for each in characters
    )


def has_all(characters: set[str]) -> bool:
    """Whether our own font draws something for each."""
    font = Face(str(OWN_FONT)).at(40)
    return all(font.getmask(each).getbbox() is not None for each in characters)


@lru_cache(maxsize=64)
def machine_font(characters: str) -> Face | None:
    """The machine's font with all these characters, a bold serif before others; None without fontconfig."""
    program = shutil.which("fc-list")
    if program is None or not characters:
        return None
    wanted = ":charset=" + " ".join(f"{ord(each):x}" for each in characters)
    answer = subprocess.run(  # noqa: S603 (our own words and numbers of characters)
        [program, "--format=%{file}\t%{index}\t%{style}\n", wanted], capture_output=True, text=True, timeout=20
    )
    found = [line.split("\t") for line in answer.stdout.splitlines() if line.count("\t") == 2]
    faces = sorted((rank(file, style), file, int(index) & 0xFFFF) for file, index, style in found if is_outline(file))
    return Face(faces[0][1], faces[0][2]) if faces else None


def is_outline(file: str) -> bool:
    return file.lower().endswith((".ttf", ".otf", ".ttc"))


def rank(file: str, style: str) -> tuple[bool, bool, bool, bool]:
    """Sorts first: upright, bold, serif or Naskh, not monospaced."""
    words = f"{file} {style}".lower()
    return (
        "italic" in words or "oblique" in words,
        "bold" not in words or "mono" in words,
        "serif" not in words.replace("sansserif", "") and "naskh" not in words,
        "condensed" in words or "black" in words,
    )
