"""What plug-ins may add, by pluggy hooks; our own parts register the same way.

A package offers a plug-in by an entry point of the group `gazetteer` that names a module or object with functions
marked `@hookimpl`. Ours are registered by `register()` where they stand.
"""

from functools import cache
from typing import Any

import pluggy

GROUP = "gazetteer"
hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class Hooks:
    """Every hook, with what it is asked for."""

    @hookspec
    def import_readers(self) -> list[Any]:  # type: ignore[empty-body]  # pluggy reads only the signature
        """Kinds of files that listings are read from: a list of `directory.imports.readers.Reader`."""

    @hookspec
    def field_types(self) -> list[Any]:  # type: ignore[empty-body]  # as above
        """Kinds of values of custom fields: a list of classes of `directory.fields.base.FieldType`."""

    @hookspec
    def search_engines(self) -> list[Any]:  # type: ignore[empty-body]  # as above
        """Search engines: a list of classes of `search.engines.base.Engine`."""

    @hookspec
    def page_blocks(self) -> list[Any]:  # type: ignore[empty-body]  # as above
        """Movable blocks of the home page and the side columns: a list of classes of `pages.blocks.base.PageBlock`."""

    @hookspec
    def wire_formats(self) -> list[Any]:  # type: ignore[empty-body]  # as above
        """Formats of copy from elsewhere: a list of `news.wire.formats.Format`."""


@cache
def manager() -> pluggy.PluginManager:
    """The one manager, with the plug-ins of installed packages."""
    plugins = pluggy.PluginManager(GROUP)
    plugins.add_hookspecs(Hooks)
    plugins.load_setuptools_entrypoints(GROUP)
    return plugins


def register(plugin: object) -> None:
    """Register a module or object of ours that has functions marked `@hookimpl`; twice does no harm."""
    if not manager().is_registered(plugin):
        manager().register(plugin)
