"""What is wrong with a file or a row, told so that a person can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["refused", "left out", "conflict", "note"]


class ImportFailed(Exception):
    """The file as a whole cannot be imported; the message says why and what to do."""


class Bad(ValueError):
    """A value cannot be taken; the message is the reason, and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one field of one row.

    `kind` is `refused` (the row), `left out` (the field), `conflict` (the desk's value stands) or `note` (taken, but
    worth a look). `row` is the line of a JSON lines file or the row of a table, counted from 1.
    """

    row: int
    field: str
    reason: str
    kind: Kind = "left out"

    def __str__(self) -> str:
        field = f", {self.field}" if self.field else ""
        return f"Row {self.row}{field}: {self.reason} ({self.kind})"

    def as_row(self) -> Sequence[str | int]:
        return self.row, self.kind, self.field, self.reason


def shown(value: object, limit: int = 60) -> str:
    """A value in a sentence: short, on one line, in quotation marks."""
    text = " ".join(str(value).split())
    text = text.encode("utf-8", "replace").decode()
    return f"“{text[:limit]}{'…' if len(text) > limit else ''}”"
