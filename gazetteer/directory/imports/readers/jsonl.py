"""JSON lines: one object on each line, in UTF-8."""

import json
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from gazetteer.directory.imports.problems import Bad
from gazetteer.directory.imports.readers import LONGEST_ROW, Raw, Reader
from gazetteer.directory.imports.readers.files import lines

TOO_LONG = f"the line is longer than {LONGEST_ROW // 1024 // 1024} MB. Split it, or leave out what is no fact"


def read(path: Path) -> Iterator[Raw]:
    for number, line in enumerate(lines(path), 1):
        if line is None:
            yield Raw(number, {}, refused=TOO_LONG)
        elif not line.isspace():
            yield row(number, line.strip())


def row(number: int, line: bytes) -> Raw:
    try:
        return Raw(number, parsed(line), digest=blake2b(line, digest_size=16).hexdigest())
    except Bad as error:
        return Raw(number, {}, refused=str(error))


def parsed(line: bytes) -> dict[str, Any]:
    """The object on the line; raises Bad with the reason in words."""
    try:
        data = decode(line.decode())
    except UnicodeDecodeError as error:
        raise Bad(f"the line is not UTF-8 (byte {error.start + 1}). Save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise Bad(f"the line is not JSON ({error.msg}, character {error.pos + 1})") from error
    except RecursionError as error:
        raise Bad("the line is nested too deeply") from error
    except ValueError as error:
        raise Bad(f"the line is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise Bad("the line holds no object of names and values. Write {“name”: …}")
    return data


def no_number(text: str) -> float:
    raise ValueError(f"{text} is not a number")


decode = json.JSONDecoder(parse_constant=no_number).decode
READER = Reader("JSON lines", (".jsonl", ".ndjson", ".json"), read)
