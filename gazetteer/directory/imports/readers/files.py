"""Lines of a file that may be compressed, none longer than is sensible."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.readers import LONGEST_ROW

GIVEN_UP = 256 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"
UTF_8_MARK = b"\xef\xbb\xbf"


def is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == GZIP_MAGIC


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked; damage found on the way is an `ImportFailed`."""
    try:
        with gzip.open(path, "rb") if is_gzip(path) else path.open("rb") as file:
            yield file  # type: ignore[misc]  # a GzipFile reads as a file does
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ImportFailed(f"{path.name} is damaged or cut short ({error}). Fetch it again.") from error


def lines(path: Path) -> Iterator[bytes | None]:
    """Each line; None for one that is too long, whose rest is passed over."""
    with opened(path) as file:
        first = True
        while line := file.readline(LONGEST_ROW + 1):
            if first:
                line, first = line.removeprefix(UTF_8_MARK), False
            if len(line) > LONGEST_ROW:
                pass_over(file, path)
                yield None
            else:
                yield line


def pass_over(file: IO[bytes], path: Path) -> None:
    """Read to the end of a line without keeping it."""
    passed = LONGEST_ROW
    while rest := file.readline(LONGEST_ROW):
        passed += len(rest)
        if rest.endswith(b"\n"):
            return
        if passed > GIVEN_UP:
            raise ImportFailed(
                f"{path.name} has a line of more than {GIVEN_UP // 1024 // 1024} MB. It holds no listings."
            )
