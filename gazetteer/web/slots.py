"""Named places in a template that other folders fill: the side column, under the story, and so on.

A lower folder's template says `{{ slot("side", section=section) }}`; a higher folder registers what stands there. So
the order of folders holds: nothing below imports what fills it.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from markupsafe import Markup

from gazetteer.changes.notes import afresh

Filler = Callable[..., str]
fillers: dict[str, list[Filler]] = defaultdict(list)


def fills(name: str) -> Callable[[Filler], Filler]:
    """Register `filler(request, **subject) -> HTML` for the slot; several stand in the order of their registration."""

    def register(filler: Filler) -> Filler:
        if filler not in fillers[name]:
            fillers[name].append(filler)
        return filler

    return register


def fill(name: str, request: HttpRequest, **subject: Any) -> Markup:
    """The HTML of everything registered for the slot, given the subject of the page (section, category, story …)."""
    with afresh():
        return Markup("").join([Markup(filler(request, **subject)) for filler in fillers[name]])  # noqa: S704 (from our own templates, escaped there)
