"""What every drawing stands on: a canvas twice the size, the palette, type, and a grain like that of paper."""

import random
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1440, 960
FINE = 2
"""Everything is drawn this many times larger and brought down at the end, which smooths every edge."""

PAPER = "#f4efe4"
SHADE = "#e7dfcf"
INK = "#1b2430"
NIGHT = "#14202e"
DUSK = "#24405a"
SEA = "#2b6f86"
ICE = "#cfe3ea"
BRICK = "#b5452f"
OCHRE = "#d99a3a"
SAND = "#ecd9ae"
LEAF = "#4f7f52"
ROSE = "#e3a08c"

FONT = Path(__file__).parents[3] / "web" / "static" / "web" / "fonts" / "newsreader-headline.woff2"
Point = tuple[float, float]


@cache
def font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The paper's own headline face; Pillow's where this copy of it cannot read the file."""
    try:
        return ImageFont.truetype(FONT, size)
    except OSError:
        return ImageFont.load_default(size)


class Canvas:
    """A drawing in units of the finished picture, 1440 wide and 960 high, the origin at the top left."""

    def __init__(self, background: str = PAPER, *, lower: str = "") -> None:
        size = (WIDTH * FINE, HEIGHT * FINE)
        self.image = fade(background, lower, size) if lower else Image.new("RGB", size, background)
        self.draw = ImageDraw.Draw(self.image)

    def polygon(self, points: list[Point], fill: str) -> None:
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=fill)

    def line(self, points: list[Point], fill: str, width: float = 2, *, curved: bool = True) -> None:
        joint = "curve" if curved else None
        self.draw.line([(x * FINE, y * FINE) for x, y in points], fill=fill, width=round(width * FINE), joint=joint)

    def box(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        corners = (x * FINE, y * FINE, (x + width) * FINE, (y + height) * FINE)
        self.draw.rounded_rectangle(corners, radius * FINE, fill=fill)

    def circle(
        self, x: float, y: float, radius: float, fill: str | None = None, outline: str | None = None, width: float = 2
    ) -> None:
        corners = ((x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE)
        self.draw.ellipse(corners, fill=fill, outline=outline, width=round(width * FINE))

    def arc(self, x: float, y: float, radius: float, start: float, end: float, fill: str, width: float) -> None:
        corners = ((x - radius) * FINE, (y - radius) * FINE, (x + radius) * FINE, (y + radius) * FINE)
        self.draw.arc(corners, start, end, fill=fill, width=round(width * FINE))

    def text(self, x: float, y: float, words: str, size: float, fill: str = INK, anchor: str = "lm") -> None:
        self.draw.text((x * FINE, y * FINE), words, fill=fill, font=font(size * FINE), anchor=anchor)

    def glow(self, points: list[Point], colour: str, strength: float) -> None:
        """A see-through area, such as a beam of light; `strength` from 0 to 1."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon([(x * FINE, y * FINE) for x, y in points], fill=round(255 * strength))
        self.image.paste(colour, (0, 0), mask)

    def halo(self, x: float, y: float, radius: float, colour: str, strength: float) -> None:
        """A round light that fades outwards."""
        side = round(2 * radius * FINE)
        mask = Image.radial_gradient("L").point(lambda value: round(max(0, 255 - 1.42 * value) * strength))
        box = (round((x - radius) * FINE), round((y - radius) * FINE))
        self.image.paste(colour, (*box, box[0] + side, box[1] + side), mask.resize((side, side)))

    def finish(self, grain: float = 0.035) -> Image.Image:
        """The picture at its proper size, with a little grain."""
        return Image.blend(self.image.reduce(FINE), paper_grain(), grain)


def fade(upper: str, lower: str, size: tuple[int, int]) -> Image.Image:
    """A plane that goes from one colour at the top to another at the bottom."""
    column = (1, size[1])
    mask = Image.linear_gradient("L").crop((0, 0, 1, 256)).resize(column)
    strip = Image.composite(Image.new("RGB", column, lower), Image.new("RGB", column, upper), mask)
    return strip.resize(size, Image.Resampling.NEAREST)


@cache
def paper_grain() -> Image.Image:
    """Grey noise, the same each time."""
    noise = random.Random(1702).randbytes(WIDTH * HEIGHT)  # noqa: S311 - grain, not a secret
    return Image.frombytes("L", (WIDTH, HEIGHT), noise).convert("RGB")


def mix(one: str, two: str, part: float) -> str:
    """A colour `part` of the way from one to the other."""
    first, second = ([int(colour[index : index + 2], 16) for index in (1, 3, 5)] for colour in (one, two))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(first, second, strict=True))


def chance(seed: str) -> random.Random:
    """Chance that falls the same way each time."""
    return random.Random(seed)  # noqa: S311 - composition, not a secret
