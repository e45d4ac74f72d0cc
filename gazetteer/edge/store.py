"""The store of saved pages: one LMDB file that all processes of a machine share.

Many processes read without a lock, one writes at a time, and a process killed at any point leaves a whole file
(http://www.lmdb.tech/doc/). Nothing is forced to disk: after the machine itself stopped, the store begins anew.

Tables: `pages` (address → page), `copies` (encoding + address → what goes out), `digests` (address → a part's digest,
until when it is fresh), `keys` (key → addresses that read it), `written` (key → the counter when it was last dropped),
`leases` (address → who renders it), `seen` (addresses asked for once while the store was full), `used` (address → the
minute of a late visit), `meta`.
"""

import os
import random
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lmdb

from gazetteer.changes.watching import EVERYTHING
from gazetteer.edge.encodings import CODES
from gazetteer.edge.entries import NEVER, Copy, Page, address_key, digest, load_copy

FORMAT = b"1"
TABLES = ("pages", "copies", "digests", "keys", "written", "leases", "seen", "used", "meta")
MOST_READERS = 512
FULL_AT = 0.8
"""Share of the file's room from which on pages are cleared away; the rest is what a writer needs meanwhile."""
EVICTED_AT_ONCE = 64
SAMPLE = 5
MOST_WRITTEN = 200_000
MOST_SEEN = 200_000
LEASE_SECONDS = 10.0
SHORT = struct.Struct("<d")
COUNT = struct.Struct("<Q")


@dataclass(frozen=True)
class State:
    """How the store stands: its counter, and the cursor in the log up to which it has dropped what changed."""

    counter: int
    cursor: bytes


class Store:
    """The open file. Open it after a fork, and once in a process (LMDB's own rule)."""

    def __init__(self, folder: Path, fingerprint: str, megabytes: int = 1024) -> None:
        """Raises lmdb.Error where the file is damaged or cannot be made."""
        self.folder = folder
        self.identity = b"\n".join((FORMAT, boot_id(), fingerprint.encode()))
        folder.mkdir(parents=True, exist_ok=True)
        self.env = lmdb.open(
            str(folder),
            map_size=megabytes * 1024 * 1024,
            max_dbs=len(TABLES),
            max_readers=MOST_READERS,
            sync=False,
            metasync=False,
            readahead=False,
        )
        if (missing := self.missing_bytes()) > 0:
            self.env.close()
            raise lmdb.CorruptedError(f"{self.file} is {missing} bytes too short.")
        self.inode = self.file.stat().st_ino
        self.env.reader_check()  # readers that were killed would keep old pages of the file in use
        self.db: dict[str, Any] = {name: self.env.open_db(name.encode(), dupsort=name == "keys") for name in TABLES}
        self.copies, self.digests = self.db["copies"], self.db["digests"]
        self.begin_if_foreign()

    @property
    def file(self) -> Path:
        return self.folder / "data.mdb"

    def missing_bytes(self) -> int:
        """How much is cut off the file: reading there would end the process."""
        page = self.env.stat()["psize"]
        return int((self.env.info()["last_pgno"] + 1) * page - self.file.stat().st_size)

    def is_current(self) -> bool:
        """Whether the open file is still the one in its place: another process may have begun anew."""
        try:
            return self.file.stat().st_ino == self.inode
        except OSError:
            return False

    def close(self) -> None:
        self.env.close()

    # Beginning

    def begin_if_foreign(self) -> None:
        with self.writing() as txn:
            if txn.get(b"identity", db=self.db["meta"]) != self.identity:
                self.empty(txn)
                txn.put(b"identity", self.identity, db=self.db["meta"])

    def is_ours(self, txn: Any) -> bool:
        return bool(txn.get(b"identity", db=self.db["meta"]) == self.identity)

    def empty(self, txn: Any) -> None:
        """Drop every page; the counter goes on, so that no rendering begun before is kept."""
        counter = self.counter(txn) + 1
        for name in TABLES:
            if name != "meta":
                txn.drop(self.db[name], delete=False)
        txn.put(b"counter", COUNT.pack(counter), db=self.db["meta"])
        txn.put(b"forgotten", COUNT.pack(counter), db=self.db["meta"])

    # Transactions

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A transaction that writes; the only one of its time on the machine. Raises lmdb.Error."""
        with self.env.begin(write=True) as txn:
            yield txn

    def reading(self) -> Any:
        return self.env.begin()

    # The log

    def counter(self, txn: Any) -> int:
        return number(txn.get(b"counter", db=self.db["meta"]))

    def state(self) -> State:
        with self.reading() as txn:
            return self.state_in(txn)

    def state_in(self, txn: Any) -> State:
        return State(self.counter(txn), txn.get(b"cursor", db=self.db["meta"]) or b"")

    def move(self, txn: Any, cursor: bytes) -> None:
        txn.put(b"cursor", cursor, db=self.db["meta"])

    def drop(self, txn: Any, keys: Iterable[str]) -> int:
        """Drop the pages that read any of the keys; answers how many. Later renderings see that it happened."""
        wanted = sorted(set(keys))
        if EVERYTHING in wanted:
            dropped = int(txn.stat(self.db["pages"])["entries"])
            self.empty(txn)
            return dropped
        counter = self.counter(txn) + 1
        txn.put(b"counter", COUNT.pack(counter), db=self.db["meta"])
        dropped = 0
        for key in wanted:
            name = key_name(key)
            txn.put(name, COUNT.pack(counter), db=self.db["written"])
            for address in self.addresses_of(txn, name):
                dropped += self.remove(txn, address)
        if txn.stat(self.db["written"])["entries"] > MOST_WRITTEN:
            txn.drop(self.db["written"], delete=False)
            txn.put(b"forgotten", COUNT.pack(counter), db=self.db["meta"])
        return dropped

    def addresses_of(self, txn: Any, name: bytes) -> list[bytes]:
        with txn.cursor(db=self.db["keys"]) as cursor:
            return list(cursor.iternext_dup()) if cursor.set_key(name) else []

    def remove(self, txn: Any, address: bytes) -> bool:
        """Remove a page with all that hangs on it. A part's digest stays: equal bytes will find their copies right."""
        data = txn.get(address, db=self.db["pages"])
        if data is None:
            return False
        for key in Page.load(data).keys:
            txn.delete(key_name(key), address, db=self.db["keys"])
        txn.delete(address, db=self.db["pages"])
        txn.delete(address, db=self.db["used"])
        txn.delete(address, db=self.db["digests"])
        for code in CODES.values():
            txn.delete(code + address, db=self.db["copies"])
        return True

    # Keeping

    def was_written(self, txn: Any, keys: Iterable[str], since: int) -> bool:
        """Whether one of the keys was dropped after the counter stood at `since`, or that is not known any more."""
        if number(txn.get(b"forgotten", db=self.db["meta"])) > since:
            return True
        if self.counter(txn) == since:
            return False
        written = self.db["written"]
        return any(number(txn.get(key_name(key), db=written)) > since for key in keys)

    def keep(self, page: Page, since: int) -> bool:
        """Keep a page whose rendering began at the counter `since`; False where a write came between or room is short.

        Raises lmdb.Error where the file cannot be written.
        """
        address = address_key(page.address)
        with self.writing() as txn:
            if not self.is_ours(txn) or self.was_written(txn, page.keys, since):
                return False
            if self.is_full(txn) and not self.comes_again(txn, address):
                return False
            self.remove(txn, address)
            txn.put(address, page.dump(), db=self.db["pages"])
            txn.put(address, SHORT.pack(page.fresh_until) + page.digest, db=self.db["digests"])
            for key in page.keys:
                txn.put(key_name(key), address, db=self.db["keys"])
            return True

    def keep_copy(self, address: str, encoding: str, copy: Copy, page: Page) -> None:
        """Keep what goes out, if the page it was made of is still the kept one."""
        if encoding not in CODES:
            return
        key = address_key(address)
        with self.writing() as txn:
            found = txn.get(key, db=self.db["digests"])
            if found is not None and found[SHORT.size :] == page.digest and self.is_ours(txn):
                txn.put(CODES[encoding] + key, copy.dump(), db=self.db["copies"])

    def page(self, address: str, now: float) -> Page | None:
        """The kept page, if it is fresh."""
        with self.reading() as txn:
            data = txn.get(address_key(address), db=self.db["pages"]) if self.is_ours(txn) else None
        if data is None:
            return None
        page = Page.load(data)
        return page if page.is_fresh(now) else None

    def copy(self, key: bytes, encoding: str, now: float) -> Copy | None:
        """What goes out for an address (its key), if it is there, fresh, and each part in it is still the same.

        The one call that every hit makes. Whether the store is ours is not asked: another release empties it, and what
        it keeps then is right too.
        """
        if encoding not in CODES:
            return None
        txn = self.env.begin(buffers=True)
        try:
            data = txn.get(CODES[encoding] + key, None, self.copies)
            if data is None:
                return None
            copy = load_copy(data)
            if copy.fresh_until != NEVER and now >= copy.fresh_until:
                return None
            return copy if not copy.parts or self.hold(txn, copy.parts, now) else None
        finally:
            txn.abort()

    def hold(self, txn: Any, parts: Iterable[tuple[bytes, bytes]], now: float) -> bool:
        """Whether each part is there, fresh, and has the digest that it had when the page was put together."""
        for part, seen in parts:
            found = txn.get(part, None, self.digests)
            if found is None or found[SHORT.size :] != seen:
                return False
            if (until := SHORT.unpack_from(found)[0]) != NEVER and now >= until:
                return False
        return True

    # Room

    def is_full(self, txn: Any) -> bool:
        return self.used_share(txn) > FULL_AT

    def used_share(self, txn: Any) -> float:
        """Share of the file's room that entries take (pages of LMDB in use, not those freed)."""
        size = sum(
            (stat["branch_pages"] + stat["leaf_pages"] + stat["overflow_pages"]) * stat["psize"]
            for stat in (txn.stat(self.db[name]) for name in TABLES)
        )
        return float(size / self.env.info()["map_size"])

    def comes_again(self, txn: Any, address: bytes) -> bool:
        """Whether the address was asked for before; then others that were not visited lately make room for it."""
        seen = self.db["seen"]
        if txn.get(address, db=seen) is None:
            if txn.stat(seen)["entries"] >= MOST_SEEN:
                txn.drop(seen, delete=False)
            txn.put(address, b"", db=seen)
            return False
        txn.delete(address, db=seen)
        self.evict(txn)
        return True

    def evict(self, txn: Any) -> None:
        """Clear away a batch: of a few taken by chance each time, the one that nobody visited for longest."""
        for _ in range(EVICTED_AT_ONCE):
            sample = [found for found in (self.by_chance(txn) for _ in range(SAMPLE)) if found]
            if not sample:
                return
            self.remove(txn, min(sample, key=lambda address: number(txn.get(address, db=self.db["used"]))))

    def by_chance(self, txn: Any) -> bytes | None:
        """The address of some page: keys are digests, so whatever follows a random one is as good as any."""
        with txn.cursor(db=self.db["pages"]) as cursor:
            return bytes(cursor.key()) if cursor.set_range(random.randbytes(16)) or cursor.first() else None  # noqa: S311 (chance picks what to clear, it keeps no secret)

    def note_used(self, addresses: Iterable[bytes], now: float) -> None:
        """Remember late visits, for `evict`; written now and then for many visits together."""
        stamp = COUNT.pack(int(now // 60))
        with self.writing() as txn:
            for address in addresses:
                if txn.get(address, db=self.db["digests"]) is not None:
                    txn.put(address, stamp, db=self.db["used"])

    # One rendering at a time

    def lease(self, address: str, owner: bytes, now: float) -> bool:
        """Take the right to render an address; False while another has it. It ends by itself after a while."""
        key = address_key(address)
        with self.writing() as txn:
            held = txn.get(key, db=self.db["leases"])
            if held is not None and SHORT.unpack_from(held)[0] > now and held[SHORT.size :] != owner:
                return False
            txn.put(key, SHORT.pack(now + LEASE_SECONDS) + owner, db=self.db["leases"])
            return True

    def is_leased(self, address: str, now: float) -> bool:
        with self.reading() as txn:
            held = txn.get(address_key(address), db=self.db["leases"])
        return held is not None and SHORT.unpack_from(held)[0] > now

    def end_lease(self, address: str, owner: bytes) -> None:
        key = address_key(address)
        with self.writing() as txn:
            held = txn.get(key, db=self.db["leases"])
            if held is not None and held[SHORT.size :] == owner:
                txn.delete(key, db=self.db["leases"])

    # Looking

    def addresses(self) -> Iterator[str]:
        """Of every kept page and part, in no order."""
        with self.reading() as txn, txn.cursor(db=self.db["pages"]) as cursor:
            for data in cursor.iternext(keys=False):
                yield Page.load(data).address

    def count(self) -> int:
        with self.reading() as txn:
            return int(txn.stat(self.db["pages"])["entries"])


def number(data: bytes | None) -> int:
    return COUNT.unpack(data)[0] if data else 0


def key_name(key: str) -> bytes:
    """LMDB takes 511 bytes; a longer key is known by its digest."""
    name = key.encode()
    return name if len(name) <= 400 else b"#" + digest(name)


def boot_id() -> bytes:
    """Which start of the machine this is (Linux); what was not written to disk did not survive the last one."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()
    except OSError:
        return b""


def owner() -> bytes:
    """Who asks for a lease: this process and moment."""
    return f"{os.getpid()}:{time.monotonic_ns()}".encode()
