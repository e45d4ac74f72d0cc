"""Press releases from a folder of the installation: what was put there since the last look.

A source's address is the name of a folder below `WIRE_FOLDER`; nothing outside of it is read, also through links. Files
are left where they are. What counts is when a file came to be in the folder, not the date that it carries.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from time import time

from django.conf import settings

from gazetteer.news.wire.formats import formats
from gazetteer.news.wire.guard import Refused
from gazetteer.news.wire.http import FetchFailed

LARGEST = 30 * 1024 * 1024
AT_ONCE = 200
STILL_WRITTEN = 2.0
"""Seconds for which a file must have been left alone, so that half a file is not read."""


@dataclass
class File:
    name: str
    data: bytes


def files(name: str, mark: str) -> tuple[list[File], str, list[str]]:
    """The files after `mark`, oldest first, the new mark, and sentences about what was left.

    Raises Refused or FetchFailed.
    """
    folder = folder_of(name)
    endings = tuple(ending for each in formats() for ending in each.endings)
    last = int(mark) if mark.isdigit() else 0
    found = sorted(candidates(folder, last))[:AT_ONCE]
    read: list[File] = []
    told: list[str] = []
    for changed, path in found:
        if not path.name.lower().endswith(endings):
            told.append(f"{path.name} is of a kind that is not read ({', '.join(endings)} are).")
        elif path.stat().st_size > LARGEST:
            told.append(f"{path.name} is too large.")
        else:
            read.append(File(path.name, path.read_bytes()))
        last = max(last, changed)
    return read, str(last), told


def folder_of(name: str) -> Path:
    root = Path(settings.WIRE_FOLDER).resolve()
    try:
        folder = (root / name.strip().lstrip("/")).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise Refused(f"“{name}” is no name of a folder.") from error
    if not folder.is_relative_to(root) or folder == root:
        raise Refused(f"Name a folder below {root}.")
    if not folder.is_dir():
        raise FetchFailed(f"There is no folder {folder}. Make it, and put the files there.")
    return folder


def candidates(folder: Path, last: int) -> list[tuple[int, Path]]:
    """Plain files that came after `last` (nanoseconds) and are not being written; no hidden ones, no links."""
    now = time()
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
                    continue
                told = entry.stat(follow_symlinks=False)
                if told.st_ctime_ns > last and now - told.st_mtime > STILL_WRITTEN:
                    found.append((told.st_ctime_ns, Path(entry.path)))
    except OSError as error:
        raise FetchFailed(f"The folder cannot be read: {error.strerror}.") from error
    return found
