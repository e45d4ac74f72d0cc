"""The cells of a table's row as the same plain data that a JSON line holds."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from gazetteer.directory.imports import paths
from gazetteer.directory.imports.problems import ImportFailed, shown
from gazetteer.directory.imports.readers import Raw

DICTIONARIES = frozenset({"address", "names_by_lang", "social"})
LISTS = frozenset({"alt_names", "acronyms", "countries", "phone", "tags", "images"})


class Table:
    """Turns rows of text into `Raw` by the names in the first row."""

    def __init__(self, header: Sequence[str]) -> None:
        self.names = [name.strip() for name in header]
        while self.names and not self.names[-1]:
            self.names.pop()
        self.check_names()
        self.seed = blake2b("\x1f".join(self.names).encode("utf-8", "replace"), digest_size=16)

    def check_names(self) -> None:
        if not any(self.names):
            raise ImportFailed("The first row is empty. It must hold the columns' names, one of them “name”.")
        twice = sorted({name for name in self.names if name and self.names.count(name) > 1})
        if twice:
            raise ImportFailed(f"Two columns are named {shown(twice[0])}. Give each its own name.")
        if "name" not in self.names:
            raise ImportFailed(
                f"No column is named “name”; the first row names {shown(', '.join(self.names), 200)}. "
                "See docs/use/imports.md for the names of columns."
            )

    def row(self, number: int, cells: Sequence[str]) -> Raw | None:
        """The row, refused if it has more cells than columns; None if all its cells are empty."""
        cells = list(cells)
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            return None
        if len(cells) > len(self.names):
            reason = (
                f"it has {len(cells)} cells and the table {len(self.names)} columns. "
                "Put a cell that holds a comma in quotation marks"
            )
            return Raw(number, {}, refused=reason)
        cells += [""] * (len(self.names) - len(cells))
        return Raw(number, unfolded(self.names, cells), self.digest(cells), whole=False)

    def digest(self, cells: Sequence[str]) -> str:
        digest = self.seed.copy()
        digest.update("\x1f".join(cells).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def unfolded(names: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """Lists, paths and dictionaries from their columns; what stands under no name is passed on as such."""
    data: dict[str, Any] = {}
    for name, cell in pairs(names, cells):
        head, dot, key = name.partition(".")
        if dot and head in DICTIONARIES:
            data.setdefault(head, {})[key] = cell
        else:
            data[name] = value(name, cell)
    return data


def pairs(names: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for position, (name, cell) in enumerate(zip(names, cells, strict=True), 1):
        if name:
            yield name, cell.strip()
        elif cell.strip():
            yield f"column {position} (without a name)", cell.strip()


def value(name: str, cell: str) -> Any:
    """What one cell holds under that name; empty text for an empty cell."""
    if not cell:
        return ""
    if name == "category":
        return paths.path(cell)
    if name == "categories":
        return paths.several_paths(cell)
    return paths.several(cell) if name in LISTS else cell
