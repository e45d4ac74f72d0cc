"""Rows of the shared data as the import reads them, made into documents without a database in between."""

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from gazetteer.directory.documents import Facts, Heading, Spot, listing
from gazetteer.directory.names import make_slug, sort_key
from gazetteer.search.engines.base import Document, Words

FILES = ("demo/listings", "listings/directory_orgs", "listings/venues_nz")

Row = dict[str, Any]


def shared_data() -> Path:
    """Raises SystemExit where the data is not named."""
    folder = os.environ.get("SHARED_DATA")
    if not folder:
        raise SystemExit("Set SHARED_DATA to the folder with the shared data (see its README).")
    return Path(folder)


def rows(names: Iterable[str] = FILES) -> Iterator[Row]:
    """Every row of these files once by its id, with a number of its own."""
    seen: set[str] = set()
    for name in names:
        with gzip.open(shared_data() / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] not in seen:
                    seen.add(row["id"])
                    yield row | {"number": len(seen)}


def paths(row: Row) -> list[list[str]]:
    return row.get("categories") or ([row["category"]] if row.get("category") else [])


def address(row: Row) -> Row:
    given = row.get("address") or {}
    countries = row.get("countries") or []
    return {
        "street": given.get("street", ""),
        "city": given.get("city") or row.get("city", ""),
        "region": given.get("region") or row.get("region", ""),
        "country": given.get("country") or (countries[0] if len(countries) == 1 else ""),
    }


def phones(row: Row) -> list[str]:
    given = row.get("phone") or []
    return [given] if isinstance(given, str) else list(given)


def document(row: Row) -> Document:
    where, countries = address(row), row.get("countries") or []
    facts = Facts(
        id=row["number"], name=row["name"], names_by_lang=json.dumps(row.get("names_by_lang") or {}),
        alt_names=json.dumps(row.get("alt_names") or []), acronyms=json.dumps(row.get("acronyms") or []),
        language=row.get("language", ""), description=row.get("description") or "", street=where["street"],
        postcode="", city=where["city"], region=where["region"], country=where["country"],
        countries=json.dumps(countries), lat=row.get("lat"), lon=row.get("lon"), timezone=row.get("timezone", ""),
        phones=json.dumps(phones(row)), website=row.get("website") or "", opening_hours="", custom="{}", logo_id=None,
        featured=False, listed_at="2026-01-01 00:00:00", slug=make_slug(row["name"]), sort_name=sort_key(row["name"]),
        email="",
    )  # fmt: skip
    headings = [heading(tuple(path)) for path in paths(row)]
    tags = [(make_slug(tag), tag) for tag in row.get("tags") or []]
    return listing(facts, headings, list(spots(where, countries)), tags, False, frozenset())


@lru_cache(maxsize=20_000)
def heading(path: tuple[str, ...]) -> Heading:
    address = "/".join(map(make_slug, path))
    return Heading(address, (Words(" · ".join(path), ("en",)),), {"name": path[-1], "url": f"/directory/{address}/"})


def spots(where: Row, countries: list[str]) -> Iterator[Spot]:
    for country in dict.fromkeys([*countries, *filter(None, [where["country"]])]):
        yield Spot(country.lower(), "country", country)
    if where["country"] and where["region"]:
        yield Spot(f"{where['country'].lower()}/{make_slug(where['region'])}", "region", where["region"])
    if where["country"] and where["city"]:
        region = make_slug(where["region"]) if where["region"] else "-"
        yield Spot(f"{where['country'].lower()}/{region}/{make_slug(where['city'])}", "town", where["city"])
