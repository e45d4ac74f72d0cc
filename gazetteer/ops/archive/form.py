"""The file of a backup: a zip whose last member, `manifest.json`, lists every other with its size and SHA-256.

    manifest.json             what, when, by which release, rows of each table, members
    database/…                `site.sqlite3`, or one `<table>.copy` for each table of PostgreSQL
    home/…                    what stands in GAZETTEER_HOME: pictures and files under media/, the secret key
    settings.env              what was set in the environment; not put back by itself, but not lost

A file that is cut short, altered or of something else is refused before anything is touched.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = "gazetteer backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
DATABASE, HOME, SETTINGS = "database/", "home/", "settings.env"
BLOCK = 1024 * 1024
ALREADY_SMALL = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".gz", ".zip", ".mp4", ".mp3", ".woff2"})
FIRST_DATE_OF_ZIP = (1980, 1, 1, 0, 0, 0)


class Refused(Exception):
    """The file is not a whole backup of ours; the text says what is wrong with it."""


@dataclass
class Manifest:
    """What a backup says of itself."""

    made_at: str
    release: str
    vendor: str
    tables: dict[str, int] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    migrations: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> str:
        return json.dumps({"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}, indent=1)


class Writer:
    """Adds members to an archive and notes their digests."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.archive, self.manifest = archive, manifest

    @contextmanager
    def member(self, name: str) -> Iterator["Digesting"]:
        info = zipfile.ZipInfo(name, FIRST_DATE_OF_ZIP)
        info.external_attr = 0o600 << 16
        small = PurePosixPath(name).suffix.lower() in ALREADY_SMALL
        info.compress_type = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
        with self.archive.open(info, "w", force_zip64=True) as out:
            digesting = Digesting(out)
            yield digesting
        self.manifest.members[name] = {"size": digesting.size, "sha256": digesting.digest.hexdigest()}

    def add_file(self, name: str, path: Path) -> None:
        """Raises FileNotFoundError before anything is written if the file has vanished."""
        with open(path, "rb") as source, self.member(name) as out:
            while block := source.read(BLOCK):
                out.write(block)

    def add_text(self, name: str, text: str) -> None:
        with self.member(name) as out:
            out.write(text.encode())

    def finish(self) -> None:
        self.archive.writestr(MANIFEST, self.manifest.as_json(), zipfile.ZIP_DEFLATED)


class Digesting:
    """A stream that counts and digests what is written to it."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.digest, self.size = out, hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.digest.update(data)
        self.size += len(data)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive and its manifest; raises Refused with a sentence if it is not one of ours."""
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise Refused(f"{path} is not a backup of Gazetteer, or it is cut short ({error}).") from error
    with archive:
        yield archive, read_manifest(archive, path)


def read_manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        data = json.loads(archive.read(MANIFEST))
        kind, number = data.pop("format"), data.pop("format_version")
        manifest = Manifest(**data)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise Refused(f"{path} has no manifest of a Gazetteer backup ({error}).") from error
    if kind != FORMAT or number != FORMAT_VERSION:
        raise Refused(f"{path} is a {kind} of form {number}; this release reads form {FORMAT_VERSION}.")
    return manifest


def verify(path: Path) -> Manifest:
    """Read every member and compare it with the manifest; raises Refused naming the first that differs."""
    with opened(path) as (archive, manifest):
        names = set(archive.namelist()) - {MANIFEST}
        if names != manifest.members.keys() or len(archive.namelist()) != len(names) + 1:
            wrong = ", ".join(sorted(names ^ manifest.members.keys())[:3]) or "the same name twice"
            raise Refused(f"{path} does not hold what its manifest lists: {wrong}.")
        for name, expected in manifest.members.items():
            check_name(name, path)
            if digest_of(archive, name, path) != expected["sha256"]:
                raise Refused(f"{path} is damaged: {name} is not what was backed up.")
    return manifest


def glance(path: Path) -> Manifest:
    """What the backup says of itself, without comparing its members."""
    with opened(path) as (_archive, manifest):
        return manifest


def check_name(name: str, path: Path) -> None:
    """Refuse a name that would lead out of the folder it is restored to."""
    parts = PurePosixPath(name).parts
    if name.startswith("/") or "\\" in name or ".." in parts or not name.startswith((DATABASE, HOME, SETTINGS)):
        raise Refused(f"{path} holds a file with a name that no backup has: {name!r}.")


def digest_of(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while block := member.read(BLOCK):
                digest.update(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused(f"{path} is damaged at {name} ({error}).") from error
    return digest.hexdigest()


def extract(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    """Write one member to `target`, for its owner alone, and have it on the disk before returning."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if name == f"{HOME}secret_key" else 0o644)
    with archive.open(name) as member, os.fdopen(descriptor, "wb") as out:
        while block := member.read(BLOCK):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
