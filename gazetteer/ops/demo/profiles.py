"""What a profile of the demonstration consists of, before any database knows of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gazetteer.ops.demo.forms import Author, SectionForm, Story

Row = dict[str, Any]


@dataclass(frozen=True)
class FieldForm:
    """A custom field: `key` as rows name it, `kind` as in `directory/fields/`, `branches` at the top it belongs to."""

    key: str
    label: str
    kind: str = "text"
    options: dict[str, Any] = field(default_factory=dict)
    branches: tuple[str, ...] = ()
    is_filter: bool = False
    in_lists: bool = False
    labels_by_lang: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """Everything that one demonstration site is made of.

    `write_rows` writes the rows of listings, and pictures they name, into a folder and returns the file to import.
    `front` are headlines for the top of the front page, the lead first.
    """

    name: str
    total: int
    fields: tuple[FieldForm, ...]
    write_rows: Callable[[Path], Path]
    sections: tuple[SectionForm, ...]
    authors: tuple[Author, ...]
    stories: Callable[[], Iterable[Story]]
    front: tuple[str, ...]
    tops: dict[tuple[str, ...], tuple[str, ...]]
    site: dict[str, Any] = field(default_factory=dict)
    verified: tuple[str, ...] = ()


def profile(name: str) -> Profile:
    """One of `NAMES`; its content is read only when asked for."""
    if name == "town":
        from gazetteer.ops.demo.town import profile as chosen
    else:
        from gazetteer.ops.demo.world_profile import profile as chosen
    return chosen()


NAMES = ("world", "town")
