"""Profile `world`: 30,953 real listings, and a newsroom that writes about them."""

import json
from functools import cache
from pathlib import Path

from gazetteer.ops.demo.describe import description
from gazetteer.ops.demo.forms import Story
from gazetteer.ops.demo.profiles import FieldForm, Profile
from gazetteer.ops.demo.stories import AUTHORS, SECTIONS, all_stories
from gazetteer.ops.demo.world import World, read_rows

LEAD = "Pyongyang sets Washington a year-end deadline on stalled nuclear talks"
FRONT = (
    LEAD,
    "The loneliest airport: 2,599 kilometres to the next runway",
    "Under two wires: Czechia leads the trolleybus table",
    "Say YES: the airport codes that spell a word",
    "Bubble tea: half of 69 names are at home in Taiwan",
)
# The list has one address with a full stop at its end and one with a bare space in it. By id of the listing.
SLIPS = {"wd:Q293650": ("aikbank.rs.", "aikbank.rs"), "wd:Q88754892": ("company/SDIS 17", "company/SDIS%2017")}
OPERATORS = {
    "government": "Government",
    "public": "Public body",
    "parastatal": "Parastatal",
    "military": "Military",
    "government;military": "Government, military",
    "private": "Private",
    "private_non_profit": "Private, non-profit",
    "religious": "Religious body",
    "charitable": "Charity",
    "ngo": "Non-governmental organisation",
    "association": "Association",
    "cooperative": "Cooperative",
    "university": "University",
}


@cache
def world() -> World:
    return World(read_rows())


def profile() -> Profile:
    return Profile(
        name="world",
        total=30_953,
        fields=fields(),
        write_rows=write_rows,
        sections=SECTIONS,
        authors=AUTHORS,
        stories=stories,
        front=FRONT,
        tops={("World News",): (LEAD,)},
    )


def stories() -> list[Story]:
    return all_stories(world())


def fields() -> tuple[FieldForm, ...]:
    """Definitions for what the rows know beyond the columns of a listing."""
    others = tuple(sorted(set(world().children()) - {"Airports"}))
    choices = [{"key": key, "label": label} for key, label in OPERATORS.items()]
    return (
        FieldForm("iata", "IATA code", branches=("Airports",), in_lists=True),
        FieldForm("icao", "ICAO code", branches=("Airports",)),
        FieldForm("operator_type", "Run by", "choice", {"choices": choices}, branches=others, is_filter=True),
        FieldForm("worldwide", "Found worldwide", "yes_no", branches=others, is_filter=True),
        FieldForm("dissolved", "Dissolved", "yes_no", branches=others, is_filter=True),
    )


def write_rows(folder: Path) -> Path:
    """The rows with a description each."""
    path = folder / "world.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for row in world().rows:
            line = json.dumps({**row, "description": description(row)}, ensure_ascii=False)
            file.write(line.replace(*SLIPS.get(row["id"], ("", ""))) + "\n")
    return path
