"""The engines that come with the program."""

from gazetteer.search.engines.base import Engine
from gazetteer.search.engines.embedded import EmbeddedEngine
from gazetteer.search.engines.memory import MemoryEngine
from gazetteer.web.plugins import hookimpl


@hookimpl
def search_engines() -> list[type[Engine]]:
    return [EmbeddedEngine, MemoryEngine]
