"""The forms in which a copy goes out (RFC 9110, 8.4 and 12.5.3): the smallest that a visitor's browser takes."""

import gzip
from collections.abc import Callable
from functools import lru_cache

import brotli
import zstandard

IDENTITY = "identity"

# Levels: on this site's pages (10-40 KB) each takes about a millisecond or less; the next higher ones take two to ten
# times as long for one to three per cent fewer bytes.
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: bytes(brotli.compress(data, quality=5)),
    "zstd": lambda data: zstandard.ZstdCompressor(level=9).compress(data),
    "gzip": lambda data: gzip.compress(data, 6, mtime=0),
    IDENTITY: lambda data: data,
}
"""By name, in our order of preference where a visitor takes several equally."""

CODES = {"br": b"b", "zstd": b"z", "gzip": b"g"}
"""The first byte of a copy's key in the store. Uncompressed copies, which hardly any browser asks for, are not stored:
they would take most of its room."""


@lru_cache(maxsize=1024)
def chosen(accepted: str) -> str:
    """The encoding for an `Accept-Encoding` header; what cannot be read counts as not said."""
    weights = {name: weight for name, weight in map(weighed, accepted.lower().split(",")) if name}
    every = weights.get("*", 0.0)
    best, best_weight = IDENTITY, 0.0
    for name in COMPRESS:
        weight = weights.get(name, every if name != IDENTITY else 0.0)
        if weight > best_weight:
            best, best_weight = name, weight
    return best


def weighed(item: str) -> tuple[str, float]:
    """(`gzip`, 0.5) for `gzip;q=0.5`."""
    name, _semicolon, parameter = item.partition(";")
    if not parameter.strip().startswith("q="):
        return name.strip(), 1.0
    try:
        return name.strip(), float(parameter.strip()[2:])
    except ValueError:
        return name.strip(), 1.0
