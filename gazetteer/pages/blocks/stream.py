"""The choice of blocks offered in one place."""

from wagtail import blocks

from gazetteer.pages.blocks.registry import registered


def blocks_for(place: str) -> blocks.StreamBlock:
    """All blocks that may stand in that place, `home` or `side`."""
    allowed = [(name, block()) for name, block in registered().items() if place in block.places]
    return blocks.StreamBlock(allowed, required=False)
