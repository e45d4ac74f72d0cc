"""Pictures as stories ask for them: what to draw together with the words that go with it.

Drawing is put off until the picture is wanted, so that reading the stories costs nothing.
"""

from functools import partial

from gazetteer.ops.demo.forms import Picture
from gazetteer.ops.demo.names import listed
from gazetteer.ops.demo.pictures import charts, maps, scenes
from gazetteer.ops.demo.world import Row, distance_km


def bars(name: str, what: str, pairs: list[tuple[str, int]], caption: str) -> Picture:
    """A bar chart, largest first; the alternative text tells every figure."""
    figures = listed([f"{label} {number:,}" for label, number in pairs])
    return Picture(name, partial(charts.bar_chart, pairs), alt=f"Bar chart. {what}: {figures}.", caption=caption)


def share(name: str, part: int, whole: int, what: str, caption: str) -> Picture:
    """A hundred squares, as many of them filled as the part is per cent of the whole."""
    alt = f"Chart of a hundred squares, {round(100 * part / whole)} of them filled. {what}: {part:,} of {whole:,}."
    return Picture(name, partial(charts.hundred_squares, part / whole), alt=alt, caption=caption)


def board(name: str, words: list[str], caption: str) -> Picture:
    """A departure board whose flaps show short words of capital letters."""
    alt = f"Drawing of a departure board that shows {listed(words)}."
    return Picture(name, partial(scenes.flap_board, words), alt=alt, caption=caption)


def world_dots(
    name: str,
    airports: list[Row],
    lit: list[Row],
    alt: str,
    caption: str,
    *,
    labels: bool = False,
    joined: bool = False,
) -> Picture:
    """The world as a cloud of airports, some of them lit; with labels, these show their codes."""
    draw = partial(
        maps.world_of_dots,
        [(row["lon"], row["lat"]) for row in airports],
        [(row["lon"], row["lat"], row["iata"] if labels else "") for row in lit],
        joined=joined,
    )
    return Picture(name, draw, alt=alt, caption=caption)


def polar_dots(name: str, airports: list[Row], alt: str, caption: str) -> Picture:
    """Airports around the North Pole, the Arctic Circle drawn in."""
    return Picture(name, partial(maps.polar, [(row["lon"], row["lat"]) for row in airports]), alt=alt, caption=caption)


def country_dots(name: str, airports: list[Row], alt: str, caption: str) -> Picture:
    """One country's airports on a map of their own, land behind them."""
    return Picture(name, partial(maps.region, [(row["lon"], row["lat"]) for row in airports]), alt=alt, caption=caption)


def two_places(name: str, one: Row, two: Row, alt: str, caption: str) -> Picture:
    """Two airports and the distance between them."""
    ends = [(row["lon"], row["lat"], row["iata"]) for row in (one, two)]
    return Picture(name, partial(maps.pair, ends, distance_km(one, two)), alt=alt, caption=caption)


def scene(name: str, motif: str, alt: str, caption: str) -> Picture:
    """One of the drawn scenes, by its motif."""
    return Picture(name, partial(scenes.SCENES[motif]), alt=alt, caption=caption)
