"""Saved pages: a hit is answered without Django, a miss is kept, and exactly what changed is dropped."""

from collections.abc import Callable
from typing import Any


def in_front_of(application: Callable[..., Any]) -> Callable[..., Any]:
    """Django's application with the store of pages before it, unless that is turned off."""
    from django.conf import settings

    if not settings.EDGE:
        return application
    from gazetteer.edge.middleware import Edge
    from gazetteer.edge.shared import shared

    return Edge(application, shared())
