"""Kinds of custom values: one file each, found by the hook `field_types` (see `web/plugins.py`)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from gazetteer.directory.fields.base import FieldType
from gazetteer.web import plugins

__all__ = ["FieldType", "all_types", "field_type"]


@cache
def all_types() -> dict[str, type[FieldType]]:
    """Every kind by its key, ours first; raises ValueError when two take the same key."""
    from gazetteer.directory.fields import own

    plugins.register(own)
    found: dict[str, type[FieldType]] = {}
    for kinds in reversed(plugins.manager().hook.field_types()):
        for kind in kinds:
            if kind.key in found:
                raise ValueError(f"Two kinds of custom values are called {kind.key!r}: {found[kind.key]} and {kind}.")
            found[kind.key] = kind
    return found


def field_type(key: str, options: Mapping[str, Any] | None = None, name: str = "") -> FieldType:
    """The kind of that key with a field's own options and name; a stand-in where its plug-in is gone."""
    from gazetteer.directory.fields.gone import Gone

    return all_types().get(key, Gone)(options, name)
