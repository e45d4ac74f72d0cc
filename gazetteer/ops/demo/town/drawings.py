"""Pictures of firms that do not exist: a front, the same at dusk, the way there, a logo."""

from math import pi, sin
from typing import Any

from PIL import Image

from gazetteer.ops.demo.pictures.canvas import (
    BRICK,
    DUSK,
    HEIGHT,
    ICE,
    INK,
    LEAF,
    NIGHT,
    OCHRE,
    PAPER,
    SAND,
    SEA,
    SHADE,
    WIDTH,
    Canvas,
    Point,
    chance,
    mix,
)

WALLS = ("#d8c3a5", "#c9b8a8", "#b98f73", "#cdd2c0", "#e2d5bd", "#a9b7bd")
PAINTS = (BRICK, SEA, LEAF, DUSK, "#7a4a6b", OCHRE, "#3f5a54", "#8a3f3a")
SMALL = (WIDTH * 2 // 3, HEIGHT * 2 // 3)


def draw(row: dict[str, Any], file: str) -> Image.Image:
    """The picture of that name; which kind it is shows in the name's end."""
    stem = file.rsplit(".", 1)[0]
    if stem.endswith("-logo"):
        return logo(row)
    if stem.endswith("-map"):
        return way(row).resize(SMALL)
    return front(row, dusk=stem.endswith("-dusk")).resize(SMALL)


def front(row: dict[str, Any], *, dusk: bool) -> Image.Image:
    """A house with a shop front, as many windows as chance allows, and the firm's name over the door."""
    rng = chance(row["id"])
    wall, paint = rng.choice(WALLS), rng.choice(PAINTS)
    canvas = Canvas("#2b3c58" if dusk else "#cfe0e6", lower="#d98f6b" if dusk else "#f2eddd")
    shade = (lambda colour: mix(colour, NIGHT, 0.45)) if dusk else (lambda colour: colour)
    glass = "#f6d88f" if dusk else ICE
    for x in (-120, 1150):
        canvas.box(x, rng.randint(150, 300), 420, 700, shade(mix(wall, rng.choice(WALLS), 0.7)))
    canvas.polygon([(250, 190), (720, rng.randint(60, 120)), (1190, 190)], shade(mix(BRICK, INK, 0.25)))
    canvas.box(290, 186, 860, 640, shade(wall))
    draw_windows(canvas, rng.randint(2, 4), glass if rng.random() < 0.6 or not dusk else shade(ICE), shade(PAPER))
    draw_shop(canvas, row["name"], shade(paint), glass)
    draw_street(canvas, shade, rng.randint(0, 2))
    return canvas.finish()


def draw_windows(canvas: Canvas, number: int, glass: str, frame: str) -> None:
    width = 860 / number
    for index in range(number):
        x = 290 + width * (index + 0.5) - 62
        canvas.box(x - 8, 232, 140, 190, frame, radius=4)
        canvas.box(x, 240, 124, 174, glass)
        canvas.line([(x + 62, 240), (x + 62, 414)], frame, 7)
        canvas.line([(x, 327), (x + 124, 327)], frame, 7)


def draw_shop(canvas: Canvas, name: str, paint: str, glass: str) -> None:
    canvas.box(310, 460, 820, 366, paint)
    canvas.box(310, 460, 820, 84, mix(paint, INK, 0.25))
    latin = "".join(letter for letter in name if ord(letter) < 0x250).strip()
    canvas.text(720, 502, latin, min(56, 1240 / max(len(latin), 12)), "#fbf3df", anchor="mm")
    canvas.box(346, 574, 330, 190, glass)
    canvas.box(864, 574, 230, 190, glass)
    canvas.box(706, 574, 128, 252, mix(paint, INK, 0.4), radius=6)
    canvas.box(722, 592, 96, 110, glass, radius=4)
    canvas.circle(818, 726, 8, fill=OCHRE)
    for x in range(370, 660, 58):
        canvas.box(x, 700, 36, 64, mix(paint, SAND, 0.55), radius=8)


def draw_street(canvas: Canvas, shade: Any, extra: int) -> None:
    canvas.box(0, 826, WIDTH, 134, shade("#a8a396"))
    canvas.box(0, 826, WIDTH, 16, shade("#c9c4b5"))
    if extra == 1:
        canvas.box(1180, 640, 16, 190, shade(INK))
        canvas.circle(1188, 610, 40, fill=shade(LEAF))
    if extra == 2:
        for x in (180, 268):
            canvas.circle(x, 836, 38, outline=shade(INK), width=7)
        canvas.line([(180, 836), (222, 780), (268, 836)], shade(BRICK), 8)


def logo(row: dict[str, Any]) -> Image.Image:
    """A coloured disc with up to two initials."""
    rng = chance("logo " + row["id"])
    colour = rng.choice(PAINTS)
    words = [word for word in row["name"].replace("&", " ").split() if word[0].isascii() and word[0].isalpha()]
    initials = "".join(word[0].upper() for word in words if word not in {"The", "of", "and"})[:2]
    canvas = Canvas(PAPER)
    canvas.circle(480, 480, 440, fill=colour)
    canvas.circle(480, 480, 392, outline=mix(colour, PAPER, 0.6), width=10)
    canvas.text(480, 490, initials, 400 if len(initials) < 2 else 310, PAPER, anchor="mm")
    return canvas.finish(0).crop((0, 0, 960, 960)).resize((480, 480))


def way(row: dict[str, Any]) -> Image.Image:
    """A plan of the town, drawn once and for all, with a flag on the firm."""
    canvas = Canvas("#ecebdc")
    rng = chance("streets of Quillbrook")
    for _ in range(120):
        x, y = rng.randint(0, WIDTH), rng.randint(0, HEIGHT)
        canvas.box(x, y, rng.randint(30, 110), rng.randint(30, 90), mix(SHADE, SAND, rng.random()), radius=4)
    brook: list[Point] = [(x, 520 + 150 * sin(x / 420 * pi) + x * 0.12) for x in range(-20, WIDTH + 40, 20)]
    canvas.line(brook, "#9cc4cf", 64)
    for points in ([(0, 300), (700, 380), (1440, 240)], [(420, 0), (520, 960)], [(980, 0), (860, 480), (1100, 960)]):
        canvas.line([(float(x), float(y)) for x, y in points], "#ffffff", 30)
    x = 720 + (row["lon"] + 2.86) * 26_000
    y = 480 - (row["lat"] - 52.41) * 26_000
    x, y = min(max(x, 120), WIDTH - 120), min(max(y, 160), HEIGHT - 120)
    canvas.line([(x, y), (x, y - 110)], INK, 8)
    canvas.polygon([(x, y - 116), (x + 92, y - 88), (x, y - 58)], BRICK)
    canvas.circle(x, y, 13, fill=INK)
    return canvas.finish()
