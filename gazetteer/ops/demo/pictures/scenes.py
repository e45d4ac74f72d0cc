"""Small scenes, each made of a few plain shapes."""

from math import cos, pi, radians, sin

from PIL import Image

from gazetteer.ops.demo.pictures.canvas import (
    BRICK,
    DUSK,
    FINE,
    HEIGHT,
    ICE,
    INK,
    LEAF,
    NIGHT,
    OCHRE,
    PAPER,
    ROSE,
    SAND,
    SEA,
    SHADE,
    WIDTH,
    Canvas,
    Point,
    chance,
    mix,
)


def flap_board(words: list[str]) -> Image.Image:
    """A departure board: each word on flaps, up to twelve words of three letters."""
    canvas = Canvas("#10161d", lower="#1b242e")
    columns = 1 if len(words) < 3 else 2 if len(words) < 5 else 3
    rows = -(-len(words) // columns)
    side = min(230.0, (HEIGHT - 160) / rows * 0.72, (WIDTH - 200) / columns / 3.6)
    for index, word in enumerate(words):
        row, column = divmod(index, columns)
        x = WIDTH * (column + 0.5) / columns - 1.5 * side * 1.08
        y = HEIGHT * (row + 0.5) / rows * 0.9 + HEIGHT * 0.05 - side * 0.65
        for place, letter in enumerate(word):
            draw_flap(canvas, x + place * side * 1.08, y, side, letter)
    return canvas.finish(0.03)


def draw_flap(canvas: Canvas, x: float, y: float, side: float, letter: str) -> None:
    tall = side * 1.3
    canvas.box(x, y, side, tall, "#27323d", radius=side * 0.09)
    canvas.box(x, y + tall / 2, side, tall / 2, "#2d3945", radius=side * 0.09)
    canvas.text(x + side / 2, y + tall / 2, letter, side * 0.84, "#f3cf7a", anchor="mm")
    canvas.line([(x, y + tall / 2), (x + side, y + tall / 2)], "#10161d", side * 0.035)


def lines() -> Image.Image:
    """Metro lines with round stations."""
    canvas = Canvas(PAPER)
    colours = (BRICK, SEA, OCHRE, LEAF, DUSK)
    routes: tuple[list[Point], ...] = (
        [(0, 220), (380, 220), (620, 460), (1040, 460), (1440, 860)],
        [(0, 700), (300, 700), (540, 460), (540, 0)],
        [(160, 960), (160, 560), (460, 260), (980, 260), (1440, 260)],
        [(1180, 0), (1180, 420), (960, 640), (520, 640), (0, 640)],
        [(780, 960), (780, 640), (900, 520), (900, 180), (1080, 0)],
    )
    for colour, route in zip(colours, routes, strict=True):
        canvas.line(route, PAPER, 34)
        canvas.line(route, colour, 22)
    for x, y in (
        (540, 460),
        (620, 460),
        (900, 460),
        (780, 640),
        (300, 640),
        (900, 260),
        (1180, 260),
        (540, 260),
        (1180, 600),
    ):
        canvas.circle(x, y, 25, fill=INK)
        canvas.circle(x, y, 17, fill=PAPER)
    return canvas.finish()


def wires() -> Image.Image:
    """A trolleybus under its wires at sunset."""
    canvas = Canvas("#f0b27a", lower="#f7e3bd")
    canvas.circle(1060, 560, 190, fill="#f6d08a")
    rng = chance("houses")
    x = 0.0
    while x < WIDTH:
        width, tall = rng.randint(70, 150), rng.randint(120, 300)
        canvas.box(x, 740 - tall, width, tall, mix("#b9735a", DUSK, rng.random() * 0.4))
        x += width + rng.randint(0, 16)
    canvas.box(0, 738, WIDTH, 222, "#4b4a55")
    for offset in (0, 26):
        canvas.line([(0, 190 + offset), (720, 236 + offset), (1440, 180 + offset)], INK, 4)
    canvas.line([(620, 470), (470, 238)], INK, 7)
    canvas.line([(650, 470), (500, 262)], INK, 7)
    canvas.box(330, 470, 780, 300, BRICK, radius=36)
    canvas.box(330, 640, 780, 20, PAPER)
    for index in range(6):
        canvas.box(366 + index * 118, 515, 100, 100, "#cfe0e4", radius=10)
    canvas.box(1070, 515, 40, 190, "#cfe0e4", radius=10)
    for x_wheel in (500, 930):
        canvas.circle(x_wheel, 775, 56, fill=INK)
        canvas.circle(x_wheel, 775, 24, fill=SHADE)
    for index in range(8):
        canvas.box(60 + index * 190, 870, 100, 12, SAND)
    return canvas.finish()


def waves() -> Image.Image:
    """A small ferry on rows of waves."""
    canvas = Canvas("#f3e6cd", lower="#cfe0e2")
    canvas.circle(1110, 250, 86, fill=OCHRE)
    canvas.polygon([(420, 470), (1040, 470), (980, 590), (470, 590)], PAPER)
    canvas.polygon([(436, 520), (1016, 520), (980, 590), (470, 590)], BRICK)
    canvas.box(500, 390, 430, 82, "#ffffff", radius=8)
    canvas.box(570, 320, 250, 74, "#ffffff", radius=8)
    canvas.box(700, 226, 62, 96, DUSK)
    canvas.box(700, 246, 62, 22, OCHRE)
    for index in range(9):
        canvas.circle(532 + index * 46, 432, 13, fill=SEA)
    for row in range(6):
        colour = mix("#6fb0bd", DUSK, row / 6)
        shift, top = (row % 2) * 60, 560 + row * 70
        bumps = [(x, top + 26 * sin((x + shift) / 60 * pi / 1.0)) for x in range(-40, WIDTH + 60, 10)]
        canvas.polygon([*bumps, (WIDTH + 60, HEIGHT), (-40, HEIGHT)], colour)
    return canvas.finish()


def ice() -> Image.Image:
    """A runway on blue ice."""
    canvas = Canvas("#f6e7d2", lower="#e8f1f4")
    canvas.circle(720, 395, 64, fill="#f7c77d")
    ridges = chance("ridges")
    for index in range(5):
        top = 360 + index * 34
        points = [(x, top + ridges.randint(-42, 30) * (1 - index / 7)) for x in range(-80, WIDTH + 160, 120)]
        canvas.polygon([*points, (WIDTH + 80, 700), (-80, 700)], mix("#9fc3d2", "#eaf4f7", index / 5))
    canvas.polygon([(0, 540), (WIDTH, 540), (WIDTH, HEIGHT), (0, HEIGHT)], ICE)
    canvas.polygon([(690, 540), (750, 540), (1180, HEIGHT), (260, HEIGHT)], "#86b7ca")
    for index in range(9):
        part = (index / 9) ** 1.9
        y = 548 + part * 400
        for sign in (-1, 1):
            canvas.box(
                720 + sign * (36 + part * 480) - 4 - part * 7, y - 10 - part * 40, 8 + part * 14, 14 + part * 46, BRICK
            )
    return canvas.finish()


def bread() -> Image.Image:
    """A baker's shelf."""
    canvas = Canvas("#5b3d2a", lower="#442c1f")
    rng = chance("loaves")
    for shelf in range(3):
        floor = 300 + shelf * 290
        canvas.box(0, floor, WIDTH, 26, "#8a6243")
        x = 60.0
        while x < WIDTH - 180:
            width, tall = rng.choice([(250, 104), (170, 138), (330, 88), (150, 116)])
            crust = mix("#c98a45", "#8f5a2a", rng.random())
            canvas.box(x, floor - tall, width, tall, crust, radius=tall * 0.46)
            canvas.box(x + 12, floor - tall + 10, width - 24, tall * 0.4, mix(crust, SAND, 0.35), radius=tall * 0.2)
            for cut in range(1, 4):
                middle = x + width * cut / 4
                canvas.line(
                    [(middle - 14, floor - tall * 0.35), (middle + 14, floor - tall * 0.82)], mix(crust, PAPER, 0.6), 7
                )
            x += width + 26
    return canvas.finish()


def tapes() -> Image.Image:
    """Video cassettes on a shelf, one gone."""
    canvas = Canvas("#2a2330", lower="#1c1822")
    rng = chance("tapes")
    colours = ("#8c5a6b", "#4f6d7a", "#b08a4f", "#6f7a53", "#a35d4a", "#556080")
    for shelf in range(2):
        floor = 470 + shelf * 420
        for index in range(17):
            x = 62 + index * 78
            if (shelf, index) == (1, 9):
                continue
            colour = rng.choice(colours)
            canvas.box(x, floor - 340, 70, 340, colour, radius=4)
            canvas.box(x + 10, floor - 312, 50, 190, mix(colour, PAPER, 0.72), radius=3)
            for line in range(rng.randint(2, 4)):
                canvas.box(x + 18, floor - 292 + line * 30, rng.randint(20, 34), 8, mix(colour, INK, 0.3))
            canvas.circle(x + 35, floor - 70, 17, outline=mix(colour, INK, 0.45), width=5)
        canvas.box(0, floor, WIDTH, 24, "#4a3b33")
    return canvas.finish()


def shutters() -> Image.Image:
    """Shop fronts at night, one still lit."""
    canvas = Canvas("#1a2636", lower="#121a26")
    canvas.box(0, 740, WIDTH, 220, "#0e141d")
    fronts = ("#5b4a55", "#46586a", "#6a4a3e", "#4a5f52", "#5a5468")
    for index, colour in enumerate(fronts):
        x = 30 + index * 280
        canvas.box(x, 240, 262, 500, mix(colour, NIGHT, 0.35))
        canvas.box(x, 296, 262, 66, colour)
        lit = index == 3
        if lit:
            canvas.halo(x + 131, 560, 330, OCHRE, 0.5)
        canvas.box(x + 18, 390, 226, 350, "#f5d48d" if lit else mix(colour, NIGHT, 0.6))
        if lit:
            canvas.line([(x + 131, 390), (x + 131, 740)], "#7a5a2c", 6)
            canvas.box(x + 50, 560, 60, 120, BRICK, radius=8)
            canvas.box(x + 150, 600, 70, 80, SEA, radius=8)
        else:
            for slat in range(14):
                canvas.line([(x + 18, 402 + slat * 25), (x + 244, 402 + slat * 25)], mix(colour, NIGHT, 0.82), 4)
    canvas.circle(1240, 120, 48, fill="#e9e2cf")
    return canvas.finish()


def charging() -> Image.Image:
    """A car at a charging post, the shadow of a petrol pump behind it."""
    canvas = Canvas("#d9e6dc", lower="#f2efe2")
    canvas.box(0, 730, WIDTH, 230, "#8b9490")
    canvas.box(1120, 240, 190, 490, "#c3d2c8", radius=16)
    canvas.box(1150, 280, 130, 110, "#d9e6dc", radius=8)
    canvas.line([(1310, 330), (1372, 400), (1372, 600), (1330, 640)], "#c3d2c8", 16)
    canvas.box(1000, 380, 96, 350, INK, radius=20)
    canvas.box(1018, 410, 60, 80, "#7fd1a3", radius=8)
    canvas.line([(1010, 540), (930, 690), (860, 680), (840, 600)], INK, 13)
    canvas.polygon([(300, 560), (410, 430), (640, 430), (760, 560)], SEA)
    canvas.box(180, 545, 680, 160, SEA, radius=60)
    canvas.polygon([(352, 552), (428, 456), (514, 456), (514, 552)], ICE)
    canvas.polygon([(536, 552), (536, 456), (628, 456), (708, 552)], ICE)
    for x in (330, 710):
        canvas.circle(x, 708, 76, fill=INK)
        canvas.circle(x, 708, 36, fill=SHADE)
    canvas.box(826, 584, 30, 34, OCHRE, radius=6)
    return canvas.finish()


def pylons() -> Image.Image:
    """Pylons over hills at dusk."""
    canvas = Canvas("#3f5873", lower="#e8b287")
    for index in range(4):
        top = 560 + index * 90
        hill = [(x, top + 60 * sin(x / (230 + index * 60) + index * 1.7)) for x in range(-20, WIDTH + 40, 20)]
        canvas.polygon([*hill, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], mix("#7a6a6f", NIGHT, 0.2 + index * 0.24))
    stands = [(130, 700, 1.35), (480, 640, 1.05), (780, 600, 0.82), (1030, 578, 0.64), (1240, 560, 0.5)]
    for (x, foot, size), (next_x, next_foot, next_size) in zip(stands, stands[1:], strict=False):
        for arm in (-1, 1):
            for level in (0.62, 0.84):
                start = (x + arm * 88 * size, foot - 400 * size * level)
                end = (next_x + arm * 88 * next_size, next_foot - 400 * next_size * level)
                canvas.line(sagging(start, end), NIGHT, 2.4)
    for x, foot, size in stands:
        draw_pylon(canvas, x, foot, size)
    return canvas.finish()


def sagging(start: Point, end: Point) -> list[Point]:
    steps = [index / 24 for index in range(25)]
    drop = abs(end[0] - start[0]) * 0.13
    return [
        (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part + drop * sin(pi * part))
        for part in steps
    ]


def draw_pylon(canvas: Canvas, x: float, foot: float, size: float) -> None:
    tall = 400 * size
    canvas.line([(x - 46 * size, foot), (x, foot - tall), (x + 46 * size, foot)], NIGHT, 7 * size)
    for level in (0.18, 0.38, 0.58):
        half = 46 * size * (1 - level)
        canvas.line([(x - half, foot - tall * level), (x + half * 0.7, foot - tall * (level + 0.18))], NIGHT, 3 * size)
        canvas.line([(x + half, foot - tall * level), (x - half * 0.7, foot - tall * (level + 0.18))], NIGHT, 3 * size)
    for level in (0.64, 0.86):
        canvas.line([(x - 88 * size, foot - tall * level), (x + 88 * size, foot - tall * level)], NIGHT, 5 * size)


def beach() -> Image.Image:
    """A beach from above."""
    canvas = Canvas("#1f7f92", lower="#49a9ac")
    for index, colour in enumerate(("#6fc0bd", "#bfe3da", "#f7f4e6", "#f0dcae", "#ead09a")):
        edge = [(x, 300 + index * 74 + 34 * sin(x / 170 + index * 0.8)) for x in range(-20, WIDTH + 40, 20)]
        canvas.polygon([*edge, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], colour)
    rng = chance("parasols")
    for column in range(9):
        for row in range(2):
            x, y = 120 + column * 150 + rng.randint(-26, 26), 720 + row * 140 + rng.randint(-20, 20)
            draw_parasol(canvas, x, y, rng.choice((BRICK, SEA, OCHRE, LEAF)))
    canvas.line([(1330, 690), (1330, 540)], INK, 6)
    canvas.box(1333, 540, 84, 30, "#c8392b")
    canvas.box(1333, 570, 84, 30, "#f2c53d")
    return canvas.finish()


def draw_parasol(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.circle(x + 12, y + 16, 46, fill="#d3b77e")
    for wedge in range(8):
        angles = [radians(45 * wedge + 45 * part / 4) for part in range(5)]
        fan = [(x + 46 * cos(angle), y + 46 * sin(angle)) for angle in angles]
        canvas.polygon([(x, y), *fan], colour if wedge % 2 else PAPER)
    canvas.circle(x, y, 6, fill=INK)


def towers() -> Image.Image:
    """Five water towers against an evening sky."""
    canvas = Canvas("#e9b98c", lower="#f6e5c8")
    dark = "#3b3f55"
    canvas.box(0, 800, WIDTH, 160, dark)
    canvas.box(120, 360, 130, 440, dark)
    canvas.polygon([(90, 360), (280, 360), (250, 240), (120, 240)], dark)
    canvas.polygon([(110, 240), (260, 240), (185, 170)], dark)
    for x in (400, 470, 540):
        canvas.line([(x, 800), (470 + (x - 470) * 0.6, 420)], dark, 16)
    canvas.circle(470, 350, 104, fill=dark)
    canvas.polygon([(700, 800), (760, 800), (748, 460), (712, 460)], dark)
    canvas.polygon([(600, 330), (860, 330), (750, 470), (710, 470)], dark)
    canvas.box(600, 290, 260, 44, dark, radius=12)
    for x in (960, 1010, 1060, 1110):
        canvas.line([(x, 800), (x, 440)], dark, 12)
    canvas.box(936, 280, 200, 170, dark, radius=20)
    canvas.polygon([(926, 284), (1146, 284), (1036, 200)], dark)
    canvas.polygon([(1270, 800), (1350, 800), (1334, 400), (1286, 400)], dark)
    canvas.box(1220, 300, 180, 104, dark, radius=50)
    canvas.circle(860, 160, 60, fill="#f9efcf")
    return canvas.finish()


def park() -> Image.Image:
    """A park from above."""
    canvas = Canvas("#b7cf95", lower="#9fbf84")
    canvas.line([(0, 760), (360, 640), (700, 700), (1060, 420), (1440, 380)], SAND, 54)
    canvas.line([(620, 960), (700, 700), (600, 360), (760, 0)], SAND, 44)
    canvas.draw.ellipse((1720, 1180, 2560, 1720), fill="#7fb4bd")
    canvas.draw.ellipse((1760, 1210, 2500, 1680), fill="#92c4cb")
    rng = chance("trees")
    for _ in range(150):
        x, y, radius = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), rng.uniform(26, 62)
        if is_light(canvas, x, y):  # on a path or the pond
            continue
        green = mix("#3f6b45", "#86a955", rng.random())
        canvas.circle(x + 8, y + 12, radius, fill="#7d9d68")
        canvas.circle(x, y, radius, fill=green)
        canvas.circle(x - radius * 0.25, y - radius * 0.3, radius * 0.55, fill=mix(green, SAND, 0.22))
    return canvas.finish()


def is_light(canvas: Canvas, x: float, y: float) -> bool:
    spot = canvas.image.getpixel((min(round(x * FINE), WIDTH * FINE - 1), min(round(y * FINE), HEIGHT * FINE - 1)))
    return isinstance(spot, tuple) and spot[2] > 160


def clocks() -> Image.Image:
    """Twelve clock faces with twelve hours."""
    canvas = Canvas("#24405a", lower="#1a3044")
    for index in range(12):
        row, column = divmod(index, 4)
        x, y = 210 + column * 340, 170 + row * 310
        canvas.circle(x, y, 124, fill=PAPER)
        for mark in range(12):
            angle = radians(mark * 30)
            inner = 96 if mark % 3 else 86
            canvas.line(
                [(x + inner * sin(angle), y - inner * cos(angle)), (x + 110 * sin(angle), y - 110 * cos(angle))], INK, 5
            )
        hour, minute = radians(index * 30 + 15), radians(180)
        canvas.line([(x, y), (x + 62 * sin(hour), y - 62 * cos(hour))], INK, 11)
        canvas.line([(x, y), (x + 88 * sin(minute), y - 88 * cos(minute))], BRICK, 6)
        canvas.circle(x, y, 9, fill=INK)
    return canvas.finish()


def bottles() -> Image.Image:
    """Bottles in three colours, lined up."""
    canvas = Canvas("#eef0e4", lower="#d9dccb")
    rng = chance("bottles")
    glass = (("#3f6b45", 480), ("#7a4a25", 960), ("#a9c9c9", 1440))
    for row in range(3):
        for index in range(18):
            x = 20 + index * 80 + (row % 2) * 36
            base = 520 + row * 190
            colour = next(tint for tint, limit in glass if x < limit + 40)
            draw_bottle(canvas, x, base, rng.uniform(0.85, 1.1), mix(colour, NIGHT, 0.12 * (2 - row)))
    return canvas.finish()


def draw_bottle(canvas: Canvas, x: float, base: float, size: float, colour: str) -> None:
    tall = 330 * size
    canvas.box(x, base - tall * 0.62, 62, tall * 0.62, colour, radius=14)
    canvas.polygon(
        [
            (x + 2, base - tall * 0.58),
            (x + 60, base - tall * 0.58),
            (x + 42, base - tall * 0.78),
            (x + 20, base - tall * 0.78),
        ],
        colour,
    )
    canvas.box(x + 20, base - tall, 22, tall * 0.28, colour, radius=4)
    canvas.box(x + 10, base - tall * 0.42, 42, tall * 0.22, mix(colour, PAPER, 0.72), radius=3)


def cups() -> Image.Image:
    """Four cups of tea with pearls."""
    canvas = Canvas("#f6e6df", lower="#efd6cf")
    rng = chance("pearls")
    for index, colour in enumerate(("#c9976b", "#b9c98c", "#d7a3b4", "#a8b9cf")):
        x = 130 + index * 310
        canvas.line([(x + 150, 470), (x + 178, 150)], mix(colour, INK, 0.35), 24)
        canvas.polygon([(x, 330), (x + 250, 330), (x + 212, 840), (x + 38, 840)], mix(colour, "#ffffff", 0.55))
        canvas.polygon([(x + 8, 430), (x + 242, 430), (x + 212, 840), (x + 38, 840)], colour)
        canvas.box(x - 14, 312, 278, 34, mix(colour, "#ffffff", 0.3), radius=16)
        for _ in range(26):
            part = rng.random()
            canvas.circle(x + 62 + rng.uniform(0, 126), 826 - part * part * 170, 15, fill="#3a2620")
    canvas.box(0, 840, WIDTH, 120, mix("#efd6cf", BRICK, 0.22))
    return canvas.finish()


def pizza() -> Image.Image:
    """A pizza from above with one slice pulled out."""
    canvas = Canvas(PAPER)
    for row in range(12):
        for column in range(18):
            if (row + column) % 2:
                canvas.box(column * 80, row * 80, 80, 80, mix(PAPER, BRICK, 0.28))
    canvas.circle(690, 480, 400, fill="#ffffff")
    rng = chance("toppings")
    for wedge in range(8):
        out = 60 if wedge == 0 else 0
        middle = radians(wedge * 45 + 22.5)
        x, y = 690 + out * cos(middle), 480 + out * sin(middle)
        draw_slice(canvas, x, y, wedge * 45, "#c98a45", 360)
        draw_slice(canvas, x, y, wedge * 45, "#e8b95c", 322)
        for _ in range(3):
            angle, away = middle + radians(rng.uniform(-13, 13)), rng.uniform(110, 280)
            canvas.circle(x + away * cos(angle), y + away * sin(angle), 27, fill=BRICK)
        angle, away = middle + radians(rng.uniform(-12, 12)), rng.uniform(120, 270)
        canvas.circle(x + away * cos(angle), y + away * sin(angle), 12, fill=LEAF)
    return canvas.finish()


def draw_slice(canvas: Canvas, x: float, y: float, start: float, colour: str, radius: float) -> None:
    rim = [
        (x + radius * cos(radians(start + step * 4.5)), y + radius * sin(radians(start + step * 4.5)))
        for step in range(11)
    ]
    canvas.polygon([(x, y), *rim], colour)
    canvas.line([(x, y), rim[0]], mix(colour, INK, 0.25), 3)


def coffee() -> Image.Image:
    """Cups seen from above."""
    canvas = Canvas("#d9c3a5", lower="#c7ad8c")
    for index in range(12):
        row, column = divmod(index, 4)
        x, y = 210 + column * 340, 170 + row * 310
        canvas.circle(x + 8, y + 12, 132, fill="#b0946f")
        canvas.circle(x, y, 130, fill="#fbf6ea")
        canvas.box(x + 78, y - 22, 84, 44, "#fbf6ea", radius=20)
        canvas.circle(x, y, 100, fill="#efe6d3")
        canvas.circle(x, y, 90, fill="#4a2d1d")
        for ring in range(index % 4):
            canvas.circle(x + ring * 5, y + ring * 4, 70 - ring * 22, outline="#c79a66", width=13)
    return canvas.finish()


def machine() -> Image.Image:
    """A vending machine with odd goods."""
    canvas = Canvas("#2f4f5f", lower="#223a47")
    canvas.halo(640, 460, 560, ICE, 0.22)
    canvas.box(390, 50, 660, 860, BRICK, radius=26)
    canvas.box(430, 96, 470, 640, "#15222c", radius=14)
    for row in range(4):
        canvas.box(430, 240 + row * 160, 470, 10, "#5d7280")
        for column in range(4):
            x, floor = 452 + column * 113, 240 + row * 160
            draw_goods(canvas, x, floor, (row * 2 + column * 3) % 5)
    canvas.box(926, 130, 90, 120, "#15222c", radius=10)
    canvas.text(971, 190, "1.20", 34, "#7fd1a3", anchor="mm")
    for index in range(9):
        canvas.box(930 + index % 3 * 30, 290 + index // 3 * 34, 24, 26, PAPER, radius=5)
    canvas.box(948, 430, 46, 12, INK)
    canvas.box(430, 770, 470, 96, "#15222c", radius=14)
    return canvas.finish()


def draw_goods(canvas: Canvas, x: float, floor: float, kind: int) -> None:
    if kind == 0:
        canvas.box(x + 16, floor - 108, 58, 108, OCHRE, radius=4)
        canvas.box(x + 24, floor - 90, 42, 10, PAPER)
    elif kind == 1:
        canvas.box(x + 26, floor - 104, 40, 104, SEA, radius=12)
        canvas.box(x + 26, floor - 66, 40, 26, PAPER)
    elif kind == 2:
        canvas.circle(x + 45, floor - 48, 44, outline=INK, width=16)
        canvas.circle(x + 45, floor - 48, 44, outline="#8a98a2", width=4)
    elif kind == 3:
        canvas.box(x + 6, floor - 76, 82, 76, PAPER, radius=2)
        for line in range(4):
            canvas.box(x + 14, floor - 64 + line * 15, 66, 6, "#6a6a6a")
    else:
        canvas.box(x + 12, floor - 96, 66, 96, LEAF, radius=10)


def books() -> Image.Image:
    """A bookcase in the street."""
    canvas = Canvas("#cfdcd2", lower="#efe9d8")
    canvas.box(0, 800, WIDTH, 160, "#b9b09c")
    canvas.box(690, 700, 60, 170, "#5a4636")
    canvas.polygon([(360, 210), (720, 90), (1080, 210)], BRICK)
    canvas.box(400, 204, 640, 510, "#6d5542", radius=10)
    canvas.box(430, 234, 580, 450, "#f3ead6")
    rng = chance("books")
    for shelf in range(2):
        floor = 452 + shelf * 224
        x = 442.0
        while x < 968:
            width, tall = rng.randint(20, 46), rng.randint(130, 200)
            colour = rng.choice((BRICK, SEA, OCHRE, LEAF, DUSK, ROSE, INK))
            canvas.box(x, floor - tall, width, tall, colour, radius=3)
            canvas.box(x + 5, floor - tall + 22, width - 10, 10, mix(colour, PAPER, 0.6))
            x += width + 3
        canvas.box(430, floor, 580, 14, "#6d5542")
    canvas.line([(720, 234), (720, 690)], "#8a705a", 7)
    canvas.glow([(450, 240), (620, 240), (500, 684), (440, 684)], "#ffffff", 0.18)
    return canvas.finish()


def weights() -> Image.Image:
    """A rack of dumb-bells."""
    canvas = Canvas("#39424d", lower="#272e37")
    for row in range(3):
        y = 240 + row * 250
        canvas.box(60, y + 66, 1320, 20, "#5b6672")
        for column in range(4):
            size = 34 + row * 14 + column * 4
            draw_dumbbell(canvas, 220 + column * 335, y, size, (BRICK, OCHRE, SEA)[row])
    return canvas.finish()


def draw_dumbbell(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    canvas.box(x - 84, y - 12, 168, 24, "#b6bfc8", radius=8)
    for sign in (-1, 1):
        canvas.box(x + sign * 78 - 22, y - size, 44, size * 2, colour, radius=10)
        canvas.box(x + sign * 112 - 14, y - size * 0.72, 28, size * 1.44, mix(colour, INK, 0.35), radius=8)


def pitch() -> Image.Image:
    """A sports pitch with its track, from above."""
    canvas = Canvas("#7f9f6a", lower="#6f9160")
    for lane in range(6):
        inset = lane * 22
        canvas.box(
            70 + inset,
            80 + inset,
            1300 - 2 * inset,
            800 - 2 * inset,
            "#b5563d" if lane % 2 else "#bd6146",
            radius=400 - inset,
        )
    canvas.box(202, 212, 1036, 536, "#88ad6b", radius=268)
    for stripe in range(10):
        canvas.box(330 + stripe * 78, 240, 78, 480, "#7ea262" if stripe % 2 else "#88ad6b")
    canvas.line([(330, 240), (1110, 240), (1110, 720), (330, 720), (330, 238)], PAPER, 6, curved=False)
    canvas.line([(720, 240), (720, 720)], PAPER, 6)
    canvas.circle(720, 480, 86, outline=PAPER, width=6)
    for x in (330, 980):
        canvas.line([(x, 350), (x + 130, 350), (x + 130, 610), (x, 610), (x, 348)], PAPER, 6, curved=False)
    return canvas.finish()


def lifebelt() -> Image.Image:
    """A lifebelt on dark water."""
    canvas = Canvas("#17465a", lower="#0f3345")
    for ring in range(7):
        canvas.circle(720, 480, 330 + ring * 84, outline=mix("#2f7187", "#0f3345", ring / 7), width=10)
    canvas.circle(720, 480, 300, fill=PAPER)
    for wedge in range(4):
        canvas.arc(720, 480, 300, wedge * 90 + 20, wedge * 90 + 65, BRICK, 130)
    canvas.circle(720, 480, 170, fill="#1b5166")
    canvas.circle(720, 480, 172, outline="#123c4e", width=6)
    canvas.arc(720, 480, 330, 200, 340, SAND, 10)
    return canvas.finish()


def racks() -> Image.Image:
    """An aisle between racks of machines."""
    canvas = Canvas("#0b1420", lower="#101d2c")
    canvas.polygon([(0, HEIGHT), (WIDTH, HEIGHT), (800, 420), (640, 420)], "#1c2f42")
    canvas.polygon([(620, 380), (820, 380), (820, 430), (620, 430)], "#35567a")
    canvas.halo(720, 410, 220, ICE, 0.5)
    rng = chance("lights")
    for side in (-1, 1):
        for bay in range(7):
            near, far = (1 - bay / 7) ** 1.6, (1 - (bay + 0.86) / 7) ** 1.6
            outer, inner = 720 + side * (90 + 640 * near), 720 + side * (90 + 640 * far)
            canvas.polygon(
                [
                    (outer, 410 - 420 * near),
                    (inner, 410 - 420 * far),
                    (inner, 410 + 540 * far),
                    (outer, 410 + 540 * near),
                ],
                mix("#16273a", "#2b4a66", bay / 9),
            )
            for row in range(16):
                part = (row + 0.5) / 16
                for step in range(4):
                    mid = near + (far - near) * (step + 0.5) / 4
                    x, y = 720 + side * (90 + 640 * mid), 410 + mid * (-420 + 960 * part)
                    if rng.random() < 0.62:
                        canvas.circle(
                            x, y, 1.2 + 3.4 * mid, fill=rng.choice(("#7fd1a3", "#7fd1a3", "#f2c77d", "#8ec7e8"))
                        )
    return canvas.finish()


SCENES = {
    "lines": lines,
    "wires": wires,
    "waves": waves,
    "ice": ice,
    "bread": bread,
    "tapes": tapes,
    "shutters": shutters,
    "charging": charging,
    "pylons": pylons,
    "beach": beach,
    "towers": towers,
    "park": park,
    "clocks": clocks,
    "bottles": bottles,
    "cups": cups,
    "pizza": pizza,
    "coffee": coffee,
    "machine": machine,
    "books": books,
    "weights": weights,
    "pitch": pitch,
    "lifebelt": lifebelt,
    "racks": racks,
}
