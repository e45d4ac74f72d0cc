"""Files of listings, written for one test each."""

import gzip
import json
from pathlib import Path
from typing import Any

from gazetteer.directory.imports.report import Report
from gazetteer.directory.imports.run import import_file
from gazetteer.directory.models import Category, Listing

BAKERY: dict[str, Any] = {
    "id": "b1",
    "name": "Alice's Bakery",
    "category": ["Shops", "Bakery"],
    "address": {
        "street": "1 High Street",
        "city": "Leeds",
        "region": "England",
        "postcode": "LS1 1AA",
        "country": "GB",
    },
    "phone": "+44 113 496 0000",
    "website": "https://alice.example.org/",
    "tags": ["bread", "Cakes"],
}
GYM: dict[str, Any] = {
    "id": "g1",
    "name": "Bob's Gym",
    "category": ["Health", "Gym / Fitness Center"],
    "countries": ["NZ"],
}
CHAIN: dict[str, Any] = {
    "id": "c1",
    "name": "Charlie & Söhne",
    "categories": [["Shops", "Bakery"], ["Food", "Café"]],
    "countries": ["DE", "AT"],
}


def write(folder: Path, *rows: Any, name: str = "firms.jsonl") -> Path:
    """A file of JSON lines; a row that is text or bytes is written as it stands."""
    path = folder / name
    lines = [
        row if isinstance(row, bytes) else (row if isinstance(row, str) else json.dumps(row)).encode() for row in rows
    ]
    content = b"\n".join(lines) + b"\n"
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def bring(folder: Path, *rows: Any, name: str = "firms.jsonl", **choices: Any) -> Report:
    return import_file(write(folder, *rows, name=name), **choices)


def written_report(report: Report) -> str:
    """The table of all problems."""
    assert report.path is not None and report.path.parent.name == "reports"
    return report.path.read_text()


def listing(external_id: str) -> Listing:
    return Listing.objects.get(external_id=external_id)


def paths() -> set[str]:
    return set(Category.objects.values_list("address", flat=True))


def reasons(report: Report) -> list[str]:
    return [str(problem) for problem in report.problems]


def numbers(report: Report) -> dict[str, int]:
    """What became of the rows, without what did not occur."""
    return {what: number for what, number in report.counts.items() if number}
