"""From stored blocks to blocks ready for their templates: what they want is read together, then each takes its own."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from gazetteer.pages import listings, stories
from gazetteer.pages.blocks.base import ShownBlock, Subject


def in_language(items: Iterable[Any]) -> list[Any]:
    """Those for readers of the active language."""
    return [item for item in items if item.value["language"] in ("", None, get_language())]


def shown_blocks(
    request: HttpRequest, fields: dict[str, Iterable[Any]], subject: Subject | None = None
) -> dict[str, list[ShownBlock]]:
    """For each place its blocks with something to show, in order."""
    kept = {place: in_language(items) for place, items in fields.items()}
    every = [item for items in kept.values() for item in items]
    stories.pool(request).read(want for item in every for want in item.block.stories_wanted(item.value))
    listings.pool(request).read(want for item in every for want in item.block.listings_wanted(item.value))
    return {place: prepare(request, items, subject or {}) for place, items in kept.items()}


def prepare(request: HttpRequest, items: list[Any], subject: Subject) -> list[ShownBlock]:
    found = []
    for item in items:
        context = item.block.context(request, item.value, subject)
        if context is not None:
            found.append(shown(request, item, context))
    return found


def shown(request: HttpRequest, item: Any, context: dict[str, Any]) -> ShownBlock:
    return ShownBlock(
        name=item.block.name,
        template=item.block.template,
        context={"title": item.value["title"], **context},
        is_narrow=item.block.is_narrow(item.value),
        number=next_number(request),
    )


def next_number(request: HttpRequest) -> int:
    """1, 2, 3 … over all blocks of the page, those of the side column too."""
    request.blocks_made = getattr(request, "blocks_made", 0) + 1  # type: ignore[attr-defined]
    return request.blocks_made  # type: ignore[attr-defined]


def in_bands(blocks: list[ShownBlock]) -> list[list[ShownBlock]]:
    """Blocks for the whole width: narrow ones that follow each other share a band, every other has its own."""
    return [
        band
        for narrow, group in groupby(blocks, key=lambda block: block.is_narrow)
        for band in ([list(group)] if narrow else [[block] for block in group])
    ]
