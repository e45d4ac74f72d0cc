"""The engine that needs no server: Tantivy (https://github.com/quickwit-oss/tantivy), files in a folder, memory-mapped.

`place/current` names the folder of the index that answers; a new one is built beside it and named there in one rename.
Who searches looks at two files' times before each query, so every process sees each commit at once. One process
writes, under a lock. The log's cursor is a document of its own, and so comes in with the same commit as all others.
"""

from gazetteer.search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
