"""Search engines: one file or folder each, found by the hook `search_engines` (see `web/plugins.py`)."""

from functools import cache

from gazetteer.search.engines.base import Engine
from gazetteer.web import plugins


@cache
def engine_classes() -> dict[str, type[Engine]]:
    """Every engine by its name, ours first; raises ValueError when two take the same name."""
    from gazetteer.search.engines import own

    plugins.register(own)
    found: dict[str, type[Engine]] = {}
    for engines in reversed(plugins.manager().hook.search_engines()):
        for engine in engines:
            if engine.name in found:
                raise ValueError(f"Two search engines are called {engine.name}: {found[engine.name]} and {engine}.")
            found[engine.name] = engine
    return found
