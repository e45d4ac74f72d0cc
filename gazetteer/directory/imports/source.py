"""The file: found, readable, of a known kind, and told from others by its content."""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from gazetteer.directory.imports import own
from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.readers import Reader
from gazetteer.web.plugins import manager, register

AT_ONCE = 1024 * 1024


@dataclass(frozen=True)
class Source:
    path: Path
    reader: Reader
    feed: str
    fingerprint: str
    """Digest of the file's content and of whatever else decides what becomes of its rows."""


def open_source(path: Path, feed: str | None, choices: str = "") -> Source:
    """Raises ImportFailed with a sentence that says what to do."""
    content = digest(path)
    name = feed or path.name.removesuffix(".gz").rsplit(".", 1)[0]
    return Source(path, reader_for(path), " ".join(name.split())[:200], f"{content}{choices}"[:64])


def digest(path: Path) -> str:
    """Digest of the content, and the check that the file can be read at all."""
    if not path.exists():
        raise ImportFailed(f"There is no file {path}.")
    if not path.is_file():
        raise ImportFailed(f"{path} is a folder or no ordinary file. Name a file of listings.")
    hasher = blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while block := file.read(AT_ONCE):
                hasher.update(block)
    except PermissionError as error:
        raise ImportFailed(f"{path} may not be read by this user. Give it the right to read (chmod +r).") from error
    if path.stat().st_size == 0:
        raise ImportFailed(f"{path} is empty.")
    return hasher.hexdigest()


def reader_for(path: Path) -> Reader:
    name = path.name.lower().removesuffix(".gz")
    for reader in readers():
        if name.endswith(reader.endings):
            return reader
    known = ", ".join(ending for reader in readers() for ending in reader.endings)
    raise ImportFailed(f"{path.name} is of an unknown kind. Known endings are {known}, each also with .gz.")


def readers() -> list[Reader]:
    """Ours and those of plug-ins; a plug-in's comes before ours."""
    register(own)
    return [reader for some in manager().hook.import_readers() for reader in some]
