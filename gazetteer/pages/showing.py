"""From stored blocks to blocks ready for their templates, so that no story stands twice on a page."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from gazetteer.pages.blocks.base import ShownBlock, Subject


class StoriesShown:
    """Ids of the stories that already stand on this page; it lives as long as the request."""

    def __init__(self) -> None:
        self.placed: set[int] = set()
        self.shown: set[int] = set()

    def taken(self) -> set[int]:
        """What an automatic block must leave out: shown already, or placed by hand further down."""
        return self.placed | self.shown


def stories_shown(request: HttpRequest) -> StoriesShown:
    if not hasattr(request, "stories_shown"):
        request.stories_shown = StoriesShown()  # type: ignore[attr-defined]
    return request.stories_shown  # type: ignore[attr-defined,no-any-return]


def in_language(items: Iterable[Any]) -> list[Any]:
    language = get_language()
    return [item for item in items if item.value["language"] in ("", None, language)]


def shown_blocks(
    request: HttpRequest, fields: dict[str, Iterable[Any]], subject: Subject | None = None
) -> dict[str, list[ShownBlock]]:
    """For each place its blocks with something to show, in order; stories placed by hand are reserved first."""
    kept = {place: in_language(items) for place, items in fields.items()}
    reserve(request, [item for items in kept.values() for item in items])
    return {place: prepare(request, items, subject or {}) for place, items in kept.items()}


def reserve(request: HttpRequest, items: list[Any]) -> None:
    for item in items:
        stories_shown(request).placed.update(item.block.stories_placed(item.value))


def prepare(request: HttpRequest, items: list[Any], subject: Subject) -> list[ShownBlock]:
    found = []
    for item in items:
        context = item.block.context(request, item.value, subject)
        if context is not None:
            found.append(ShownBlock(item.block.name, item.block.template, {"title": item.value["title"], **context}))
    return found
