"""Where a place is that was typed, for searches near it. A subject that knows places registers how it finds them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Located:
    """A point in degrees, and what it is called on screen."""

    lat: float
    lon: float
    label: str


Locator = Callable[[str], Located | None]
locators: list[Locator] = []


def register(locator: Locator) -> Locator:
    locators.append(locator)
    return locator


def locate(name: str) -> Located | None:
    """The place that is called so; the best match of the first subject that knows one."""
    return next((found for locator in locators if (found := locator(name))), None)
