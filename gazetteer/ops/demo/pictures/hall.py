"""The lead picture: an empty assembly hall, a long table, two chairs far apart, the Korean peninsula above them."""

from math import sin

from PIL import Image, ImageDraw

from gazetteer.ops.demo.pictures.canvas import FINE, HEIGHT, WIDTH, Canvas, Point, mix
from gazetteer.ops.demo.pictures.maps import mercator, outlines_of

DARK, WALL, WARM, PALE, RED = "#0c1420", "#1d3348", "#e9b969", "#fbe7bd", "#8c2f2a"
ARMISTICE = [(126.2, 37.75), (126.7, 37.95), (127.1, 38.25), (127.8, 38.33), (128.1, 38.33), (128.36, 38.6)]


def assembly_hall() -> Image.Image:
    """The hall at dusk; the same every time."""
    canvas = Canvas(WALL, lower=DARK)
    draw_back_wall(canvas)
    draw_peninsula(canvas)
    draw_curtains(canvas)
    draw_stage(canvas)
    draw_table(canvas)
    for facing, x in ((1, 268), (-1, WIDTH - 268)):
        draw_chair(canvas, x, 700, facing)
    draw_beams(canvas)
    canvas.box(0, 810, WIDTH, HEIGHT - 810, DARK)
    for row in range(3):
        draw_seats(canvas, row)
    return canvas.finish(0.045)


def draw_back_wall(canvas: Canvas) -> None:
    for index in range(13):
        x = 180 + index * 90
        canvas.box(x, 0, 84, 640, mix(WALL, "#274863", 0.35 + 0.3 * (index % 2)))
    canvas.halo(WIDTH / 2, 330, 620, WARM, 0.55)
    canvas.halo(WIDTH / 2, 350, 330, PALE, 0.5)


def project(lon: float, lat: float) -> Point:
    """The peninsula, about 460 units high, in the middle of the back wall."""
    return WIDTH / 2 + (lon - 127.6) * 49, 318 - (mercator(lat) - mercator(38.0)) * 38.5


def peninsula_mask() -> Image.Image:
    """Where the two Koreas are, at the canvas's fine size."""
    mask = Image.new("1", (WIDTH * FINE, HEIGHT * FINE))
    for ring in outlines_of("KP", "KR"):
        ImageDraw.Draw(mask).polygon([scaled(*point) for point in ring], fill=1)
    return mask


def scaled(lon: float, lat: float) -> Point:
    x, y = project(lon, max(-80, min(80, lat)))
    return x * FINE, y * FINE


def draw_peninsula(canvas: Canvas) -> None:
    """A halftone of small lights on the wall, with the armistice line left dark."""
    mask = peninsula_mask()
    shadow = Image.new("RGB", canvas.image.size, mix(WALL, DARK, 0.55))
    canvas.image.paste(shadow, (0, 0), mask)
    canvas.draw = ImageDraw.Draw(canvas.image)
    for row in range(64):
        for column in range(64):
            x, y = 450 + column * 9 + (row % 2) * 4.5, 70 + row * 7.8
            if mask.getpixel((round(x * FINE), round(y * FINE))):
                canvas.circle(x, y, 2.6 + 0.7 * sin(column / 3 + row / 4), fill=PALE)
    points = [project(*point) for point in ARMISTICE]
    canvas.line(points, mix(WALL, DARK, 0.6), 9)
    canvas.line(points, RED, 3.5)


def draw_curtains(canvas: Canvas) -> None:
    for index in range(14):
        shade = mix(RED, DARK, 0.45 + 0.35 * abs(sin(index * 1.7)))
        hem = 640 + 14 * sin(index * 2.1)
        for x in (-8 + index * 17, WIDTH + 8 - (index + 1) * 17):
            canvas.box(x, 0, 18, hem, shade)
    for x, sign in ((232, 1), (WIDTH - 232, -1)):
        canvas.polygon([(x, 0), (x + sign * 60, 0), (x + sign * 8, 640), (x, 640)], mix(RED, DARK, 0.62))


def draw_stage(canvas: Canvas) -> None:
    canvas.polygon([(0, 628), (WIDTH, 628), (WIDTH, 800), (0, 800)], mix("#5a4030", DARK, 0.45))
    for index in range(-12, 13):
        canvas.line([(WIDTH / 2 + index * 62, 628), (WIDTH / 2 + index * 118, 800)], mix("#5a4030", DARK, 0.62), 1.5)
    canvas.halo(WIDTH / 2, 700, 560, WARM, 0.34)
    canvas.box(0, 796, WIDTH, 14, mix(WARM, DARK, 0.45))


def draw_table(canvas: Canvas) -> None:
    canvas.polygon([(336, 628), (WIDTH - 336, 628), (WIDTH - 300, 668), (300, 668)], mix(PALE, WARM, 0.35))
    canvas.polygon([(300, 668), (WIDTH - 300, 668), (WIDTH - 300, 688), (300, 688)], mix(WARM, DARK, 0.35))
    canvas.polygon([(318, 688), (WIDTH - 318, 688), (WIDTH - 330, 772), (330, 772)], mix("#6d2a27", DARK, 0.25))
    for index in range(1, 16):
        x = 318 + index * (WIDTH - 636) / 16
        canvas.line([(x, 690), (x + (WIDTH / 2 - x) * 0.02, 771)], mix("#6d2a27", DARK, 0.55), 2)
    for x in (520, WIDTH - 520):
        canvas.box(x - 26, 640, 52, 9, "#fffaf0", radius=3)
        canvas.circle(x + (60 if x < WIDTH / 2 else -60), 642, 7, fill=mix("#ffffff", WARM, 0.25))


def draw_chair(canvas: Canvas, x: float, floor: float, facing: int) -> None:
    """A high-backed chair from the side, turned towards the table."""
    wood, seat = mix(DARK, "#3c2a22", 0.6), mix(RED, DARK, 0.3)
    back = x - facing * 44
    canvas.polygon([(back - facing * 16, 540), (back + facing * 2, 536), (back + facing * 20, 676), (back, 678)], wood)
    canvas.polygon(
        [(back - facing * 8, 552), (back + facing * 3, 549), (back + facing * 19, 664), (back + facing * 8, 666)], seat
    )
    canvas.polygon([(back, 668), (x + facing * 46, 664), (x + facing * 46, 682), (back, 686)], seat)
    for leg in (back + facing * 6, x + facing * 38):
        canvas.line([(leg, 680), (leg, floor + 66)], wood, 8)
    canvas.line([(back + facing * 4, 620), (x + facing * 30, 622), (x + facing * 32, 668)], wood, 7)


def draw_beams(canvas: Canvas) -> None:
    for x in (330, WIDTH / 2, WIDTH - 330):
        canvas.glow([(x - 26, 0), (x + 26, 0), (x + 190, 660), (x - 190, 660)], PALE, 0.07)
    canvas.draw = ImageDraw.Draw(canvas.image)


def draw_seats(canvas: Canvas, row: int) -> None:
    """Backs of empty seats, larger and darker towards us."""
    width, top = 78 + row * 34, 812 + row * 44
    colour = mix("#22384b", DARK, 0.3 + row * 0.34)
    shift = -(width + 10) * (0.5 if row % 2 else 0.2)
    for index in range(-1, 2 + WIDTH // (width + 10)):
        x = shift + index * (width + 10)
        canvas.box(x, top, width, 180, mix(colour, "#56738a", 0.22), radius=22 + row * 7)
        canvas.box(x + 3, top + 4, width - 6, 180, colour, radius=20 + row * 7)
