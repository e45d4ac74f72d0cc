"""The blocks that come with the program, in the order in which editors are offered them."""

from gazetteer.pages.blocks.base import PageBlock
from gazetteer.pages.blocks.registry import block_hook
from gazetteer.pages.blocks.totals_line import TotalsLine


@block_hook
def page_blocks() -> list[type[PageBlock]]:
    return [TotalsLine]
