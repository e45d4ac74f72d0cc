"""Charts in the paper's own dress."""

from PIL import Image

from gazetteer.ops.demo.pictures.canvas import BRICK, DUSK, HEIGHT, INK, OCHRE, PAPER, SEA, SHADE, Canvas, mix

MARGIN = 90


def bar_chart(pairs: list[tuple[str, int]]) -> Image.Image:
    """Lying bars with their labels and figures, the first one in the accent colour; up to ten of them."""
    canvas = Canvas(PAPER)
    step = (HEIGHT - 2 * MARGIN) / len(pairs)
    thick = min(step * 0.62, 92)
    largest = max(number for _, number in pairs)
    for index, (label, number) in enumerate(pairs):
        middle = MARGIN + step * (index + 0.5)
        draw_bar(canvas, middle, thick, label, number, number / largest, BRICK if index == 0 else SEA)
    canvas.line([(MARGIN + 290, MARGIN), (MARGIN + 290, HEIGHT - MARGIN)], INK, 3)
    return canvas.finish()


def draw_bar(canvas: Canvas, middle: float, thick: float, label: str, number: int, part: float, colour: str) -> None:
    left, longest = MARGIN + 290, 820
    canvas.box(left, middle - thick / 2, longest, thick, mix(PAPER, SHADE, 0.6))
    canvas.box(left, middle - thick / 2, max(longest * part, 4), thick, colour)
    canvas.text(left - 24, middle, short(label), min(thick * 0.62, 40), anchor="rm")
    canvas.text(left + longest + 24, middle, f"{number:,}", min(thick * 0.62, 40), colour)


def short(label: str) -> str:
    """A label that fits beside its bar."""
    return label if len(label) <= 16 else f"{label[:15].rstrip()}."


def hundred_squares(part: float) -> Image.Image:
    """Ten rows of ten, as many filled as `part` of one is per cent; the figure stands beside them."""
    canvas = Canvas(PAPER)
    filled = round(part * 100)
    side, gap, left, top = 62, 14, 120, 106
    for index in range(100):
        row, column = divmod(index, 10)
        colour = BRICK if index < filled else mix(SHADE, DUSK, 0.12)
        canvas.box(left + column * (side + gap), top + row * (side + gap), side, side, colour, radius=8)
    canvas.text(1150, HEIGHT / 2 - 30, f"{filled}", 250, INK, anchor="mm")
    canvas.text(1150, HEIGHT / 2 + 130, "in a hundred", 52, INK, anchor="mm")
    canvas.line([(1010, HEIGHT / 2 + 84), (1290, HEIGHT / 2 + 84)], OCHRE, 5)
    return canvas.finish()
