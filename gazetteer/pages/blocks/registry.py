"""Where blocks register: our own and those of plug-ins, by the same hook.

A plug-in names a module under the entry point group `gazetteer`; the module has

    @block_hook
    def page_blocks():
        return [MyBlock]
"""

from functools import cache

import pluggy

from gazetteer.pages.blocks.base import PageBlock

PROJECT = "gazetteer"
block_hook = pluggy.HookimplMarker(PROJECT)
spec = pluggy.HookspecMarker(PROJECT)


class Hooks:
    @spec
    def page_blocks(self) -> list[type[PageBlock]]:
        """The block classes a plug-in adds."""
        raise NotImplementedError


@cache
def registered() -> dict[str, type[PageBlock]]:
    """Every block class by its name; raises ValueError when two take the same name."""
    from gazetteer.pages.blocks import own

    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    manager.register(own)
    manager.load_setuptools_entrypoints(PROJECT)
    found: dict[str, type[PageBlock]] = {}
    for classes in reversed(manager.hook.page_blocks()):
        for block in classes:
            if block.name in found:
                raise ValueError(f"Two page blocks are called {block.name!r}: {found[block.name]} and {block}.")
            found[block.name] = block
    return found
