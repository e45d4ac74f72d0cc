r"""How paths and several values are written in one cell of a table.

`A > B > C` is a path, `|` parts several values, and `\` before `|`, `>` or `\` makes it an ordinary character.
"""

import re

ESCAPED = re.compile(r"\\([|>\\])")
BETWEEN_VALUES = re.compile(r"(?:[^|\\]|\\.?)*", re.DOTALL)
BETWEEN_NAMES = re.compile(r"(?:[^>\\]|\\.?)*", re.DOTALL)


def several(text: str) -> list[str]:
    """The values of one cell, empty ones left out."""
    return [unescaped(part) for part in parts(text, BETWEEN_VALUES) if part.strip()]


def path(text: str) -> list[str]:
    """The names of one path, from the top; empty names stay, for the path is then wrong."""
    return [unescaped(part) for part in parts(text, BETWEEN_NAMES)]


def several_paths(text: str) -> list[list[str]]:
    return [path(part) for part in parts(text, BETWEEN_VALUES) if part.strip()]


def parts(text: str, pattern: re.Pattern[str]) -> list[str]:
    """`text` cut at the separators that no `\\` stands before."""
    found, at = [], 0
    while match := pattern.match(text, at):
        found.append(match.group())
        at = match.end() + 1
        if at > len(text):
            break
    return found


def unescaped(text: str) -> str:
    return ESCAPED.sub(r"\1", text.strip())


def escaped(name: str) -> str:
    """A name as it is written in a cell; the inverse of reading it."""
    return re.sub(r"([|>\\])", r"\\\1", name)


def written(names: list[str] | tuple[str, ...]) -> str:
    """A path as it is written in a cell and told in reports."""
    return " > ".join(escaped(name) for name in names)
