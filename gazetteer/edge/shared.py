"""The one open store of this process, begun anew whenever it cannot be trusted.

A store that is damaged, or cannot be written because the disk is full, is deleted, which also makes room: pages are
made by Django until it can be made again. Other processes see that the file in its place is another, and open that.
"""

import hashlib
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import lmdb
import zstandard
from django.conf import settings

from gazetteer import __file__ as package
from gazetteer.edge.store import Store

logger = logging.getLogger(__name__)

T = TypeVar("T")
SECONDS_BETWEEN_TRIES = 5.0
TROUBLE = (lmdb.Error, zstandard.ZstdError, ValueError, KeyError)
"""What a store raises that cannot be used: of the file, or of what stands in it."""

READ_BY_PAGES = (".py", ".html", ".mo", ".css", ".js", ".svg", ".woff2", ".json")


class Shared:
    """The store in `folder`, opened at first use in each process."""

    def __init__(self, folder: Path, fingerprint: str, megabytes: int) -> None:
        self.folder, self.fingerprint, self.megabytes = folder, fingerprint, megabytes
        self.lock = threading.Lock()
        self.open_store: Store | None = None
        self.pid = 0
        self.next_try = 0.0

    def store(self) -> Store | None:
        """The open store; None while there is none to be had."""
        if self.pid == os.getpid() and (store := self.open_store) is not None:
            return store
        with self.lock:
            if self.pid != os.getpid():  # a fork's child may not use what its parent opened
                self.open_store, self.pid, self.next_try = None, os.getpid(), 0.0
            if self.open_store is None and time.monotonic() >= self.next_try:
                self.open_store = self.opened()
            return self.open_store

    def opened(self) -> Store | None:
        try:
            return Store(self.folder, self.fingerprint, self.megabytes)
        except (lmdb.Error, OSError) as error:
            self.next_try = time.monotonic() + SECONDS_BETWEEN_TRIES
            self.remove(error)
            return None

    def remove(self, error: Exception) -> None:
        logger.warning("Saved pages cannot be used (%s). They are deleted and made again.", error)
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin_anew(self, error: Exception) -> None:
        """Delete the file; pages come from Django until a new one is open. Open transactions of other threads end well:
        the old file lives as long as somebody has it open."""
        with self.lock:
            if self.open_store is None:
                return
            self.open_store = None
            self.next_try = time.monotonic() + SECONDS_BETWEEN_TRIES
            self.remove(error)

    def follow_replacement(self) -> None:
        """Let go of a file that another process has replaced or deleted."""
        with self.lock:
            if self.open_store is not None and not self.open_store.is_current():
                self.open_store = None

    def using(self, work: Callable[[Store], T], otherwise: T) -> T:
        """`work` with the store, or `otherwise` where there is none or it fails, which begins it anew."""
        store = self.store()
        if store is None:
            return otherwise
        try:
            return work(store)
        except TROUBLE as error:
            return self.failed(error, otherwise)

    def failed(self, error: Exception, otherwise: T) -> T:
        self.begin_anew(error)
        return otherwise


def fingerprint() -> str:
    """A digest of all that makes pages and is no fact of the database: code, templates, catalogues, settings."""
    found = hashlib.sha256()
    root = Path(package).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in READ_BY_PAGES and "tests" not in path.parts:
            about = path.stat()
            found.update(f"{path.relative_to(root)} {about.st_mtime_ns} {about.st_size}\n".encode())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    found.update(manifest.read_bytes() if manifest.exists() else b"")
    found.update(repr([(name, getattr(settings, name)) for name in SETTINGS_ON_PAGES]).encode())
    return found.hexdigest()


SETTINGS_ON_PAGES = ("ALLOWED_HOSTS", "DEBUG", "LANGUAGE_CODE", "SITE_URL", "TIME_ZONE", "SECURE_HSTS_SECONDS")


@lru_cache(maxsize=1)
def shared() -> Shared:
    """The store of this site, in its home."""
    return Shared(Path(settings.HOME) / "pages", fingerprint(), settings.SAVED_PAGES_MB)
