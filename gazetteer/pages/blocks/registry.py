"""Which blocks there are: our own and those of plug-ins, by the hook `page_blocks` (see `web/plugins.py`)."""

from functools import cache

from gazetteer.pages.blocks.base import PageBlock
from gazetteer.web import plugins


@cache
def registered() -> dict[str, type[PageBlock]]:
    """Every block class by its name, ours first; raises ValueError when two take the same name."""
    from gazetteer.pages.blocks import own

    plugins.register(own)
    found: dict[str, type[PageBlock]] = {}
    for classes in reversed(plugins.manager().hook.page_blocks()):
        for block in classes:
            if block.name in found:
                raise ValueError(f"Two page blocks are called {block.name!r}: {found[block.name]} and {block}.")
            found[block.name] = block
    return found
