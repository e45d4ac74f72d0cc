"""What the site is called and looks like, for code in folders below the one that keeps its settings."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

PAPER, INK, ACCENT = "#fbfaf7", "#1b1d21", "#0b5a72"
"""As `site.css` has them."""


@dataclass(frozen=True)
class Brand:
    """Its name in its first language, and its colours by day as `#rrggbb`."""

    name: str
    paper: str = PAPER
    ink: str = INK
    accent: str = ACCENT


providers: list[Callable[[], Brand]] = []


def provide(provider: Callable[[], Brand]) -> None:
    """Register who knows; called in an app's `ready()`. The last one wins."""
    providers.append(provider)


def brand() -> Brand:
    return providers[-1]() if providers else Brand(settings.WAGTAIL_SITE_NAME)
