"""Contrast of two colours after WCAG 2.2, and the nearest colour that passes.

Ratios are those of https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio; AA asks 4.5 for text.
"""

import colorsys
import re

AA_TEXT = 4.5
HEX = re.compile(r"#[0-9a-f]{6}")
STEPS = 200


def is_colour(text: str) -> bool:
    return HEX.fullmatch(text.lower()) is not None


def channels(colour: str) -> tuple[float, float, float]:
    """`#rrggbb` → red, green, blue from 0 to 1; raises ValueError for anything else."""
    if not is_colour(colour):
        raise ValueError(f"{colour!r} is not a colour like #0a5c7d")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest_passing(colour: str, ground: str, wanted: float = AA_TEXT) -> str:
    """The colour of the same hue, least changed in lightness, that reaches the ratio on that ground."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels(colour))
    for step in range(STEPS + 1):
        for tried in (lightness - step / STEPS, lightness + step / STEPS):
            if 0 <= tried <= 1:
                candidate = as_hex(colorsys.hls_to_rgb(hue, tried, saturation))
                if ratio(candidate, ground) >= wanted:
                    return candidate
    return ink_on(ground)


def as_hex(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in rgb)


def ink_on(ground: str) -> str:
    """White or black, whichever reads better on that ground (one of the two always has at least 4.5)."""
    return max(("#ffffff", "#000000"), key=lambda ink: ratio(ink, ground))
