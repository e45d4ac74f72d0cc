"""What the store holds, as plain data and as bytes.

A *page* is what Django rendered: with a token where a shared part stands, the keys that it read, and until when it is
fresh. A *part* is a page of its own that only the edge asks for. A *copy* is what a visitor gets: the parts put in,
compressed, with its headers ready. Bytes are written for the reader of a copy, who has microseconds.
"""

import json
import struct
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import zstandard

from gazetteer.changes.notes import Part

NEVER = 0.0
"""`fresh_until` of what does not change by the clock."""

COPY = struct.Struct("<dHHH")
DIGEST = 16
Headers = list[tuple[str, str]]


def digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=DIGEST).digest()


def address_key(address: str) -> bytes:
    """The key of an address in the store: as short for a long one, and evenly spread, so that a sample is fair."""
    return digest(address.encode("utf-8", "surrogateescape"))


@dataclass(frozen=True)
class Page:
    """One rendering. `shows`: ids of what a part shows, for pages that would repeat one of them (`Part.unless`)."""

    address: str
    body: bytes
    headers: Headers = field(default_factory=list)
    keys: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()
    fresh_until: float = NEVER
    shows: frozenset[str] = frozenset()

    @property
    def digest(self) -> bytes:
        """Of its bytes, and of what it says that it shows: a copy rests on both."""
        return digest(self.body + b"\0" + "\0".join(sorted(self.shows)).encode())

    def is_fresh(self, now: float) -> bool:
        return self.fresh_until == NEVER or now < self.fresh_until

    def dump(self) -> bytes:
        about = {
            "address": self.address,
            "headers": self.headers,
            "keys": sorted(self.keys),
            "parts": [[part.address, part.unless, part.instead] for part in self.parts],
            "fresh_until": self.fresh_until,
            "shows": sorted(self.shows),
        }
        text = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogateescape")
        return len(text).to_bytes(4, "little") + text + zstandard.ZstdCompressor(level=3).compress(self.body)

    @classmethod
    def load(cls, data: bytes) -> "Page":
        """Raises ValueError, KeyError, TypeError or zstandard.ZstdError for what `dump` did not make."""
        end = 4 + int.from_bytes(data[:4], "little")
        about = json.loads(data[4:end].decode("utf-8", "surrogateescape"))
        return cls(
            address=about["address"],
            body=zstandard.decompress(data[end:]),
            headers=[(name, value) for name, value in about["headers"]],
            keys=frozenset(about["keys"]),
            parts=tuple(Part(*part) for part in about["parts"]),
            fresh_until=about["fresh_until"],
            shows=frozenset(about["shows"]),
        )


class Copy(NamedTuple):
    """A page as it goes out in one encoding; `headers` without the two that each page has of its own.

    `parts`: for each part that is in it, the key of its address and the digest of the bytes put in. It is right as long
    as each of them is in the store, fresh, and has the same digest.
    """

    etag: str
    headers: Headers
    body: bytes
    parts: tuple[tuple[bytes, bytes], ...] = ()
    fresh_until: float = NEVER

    def all_headers(self) -> Headers:
        # A new list, for a server may add to it; those of the copy are shared by many (`headers_in`).
        return [*self.headers, ("ETag", self.etag), ("Content-Length", str(len(self.body)))]

    def dump(self) -> bytes:
        etag = self.etag.encode()
        head = "\n".join(f"{name}\t{value}" for name, value in self.headers).encode("latin-1")
        parts = b"".join(key + seen for key, seen in self.parts)
        sizes = COPY.pack(self.fresh_until, len(self.parts), len(etag), len(head))
        return sizes + parts + etag + head + self.body


def load_copy(data: memoryview) -> Copy:
    """The copy in bytes that `dump` made; raises struct.error or ValueError for others."""
    fresh_until, count, etag_size, head_size = COPY.unpack_from(data)
    at = COPY.size + count * 2 * DIGEST
    head = at + etag_size
    body = head + head_size
    parts = parts_in(bytes(data[COPY.size : at])) if count else ()
    headers = headers_in(bytes(data[head:body]))
    return Copy(str(data[at:head], "ascii"), headers, bytes(data[body:]), parts, fresh_until)


def parts_in(data: bytes) -> tuple[tuple[bytes, bytes], ...]:
    step = 2 * DIGEST
    return tuple((data[at : at + DIGEST], data[at + DIGEST : at + step]) for at in range(0, len(data), step))


@lru_cache(maxsize=1024)
def headers_in(data: bytes) -> Headers:
    """Most pages of a site have the same few sets of headers, so these are read once."""
    return [
        (name, value) for name, _tab, value in (line.partition("\t") for line in data.decode("latin-1").split("\n"))
    ]
