"""Small helpers to write stories with: links, figures in prose, and one way of putting a story together."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from gazetteer.ops.demo.forms import Block, Bullets, Paragraph, Picture, Story
from gazetteer.ops.demo.names import in_country
from gazetteer.ops.demo.world import Row, World

StoryMaker = Callable[[World], Story]

DATA, TRANSPORT, BUSINESS, LANGUAGE, PLACES, CULTURE = (
    "Gazetteer data desk",
    "Gazetteer transport desk",
    "Gazetteer business desk",
    "Gazetteer language desk",
    "Gazetteer places desk",
    "Gazetteer culture desk",
)

EDITION = (
    "Figures are from this site's demonstration edition of 30,953 listings (airportsdata 20260905 and "
    "name-suggestion-index 8.0.20260918); the story's date was chosen to fill the archive."
)


def link(row: Row, words: str = "") -> str:
    """A mark that becomes a link to the listing of this row."""
    return f"[[{row['id']}|{words or row['name']}]]"


def links(rows: list[Row]) -> list[str]:
    return [link(row) for row in rows]


def category(*path: str, words: str = "") -> str:
    """A mark that becomes a link to a category's page."""
    return f"[[category:{' > '.join(path)}|{words or path[-1]}]]"


def place(code: str) -> str:
    """A mark that becomes a link to a country's page, worded as it stands after "in"."""
    return f"[[place:{code}|{in_country(code)}]]"


def n(number: int | float) -> str:
    """A whole number in figures, with separators."""
    return f"{round(number):,}"


def per_cent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} per cent"


def latitude(row: Row, digits: int = 2) -> str:
    return f"{abs(row['lat']):.{digits}f} degrees {'north' if row['lat'] >= 0 else 'south'}"


def longitude(row: Row, digits: int = 2) -> str:
    return f"{abs(row['lon']):.{digits}f} degrees {'east' if row['lon'] >= 0 else 'west'}"


def write(
    headline: str,
    *,
    section: tuple[str, ...],
    at: str,
    by: str | tuple[str, ...],
    lead: str,
    body: list[str | Block],
    counted: str,
    tags: tuple[str, ...],
    picture: Picture | None = None,
    series: str = "",
) -> Story:
    """A story whose figures come from the rows; `at` is "2021-05-04 07:30", `counted` says what was counted."""
    return Story(
        headline=headline,
        section=section,
        published_at=datetime.fromisoformat(at),
        lead=polished(lead),
        body=tuple(Paragraph(polished(block)) if isinstance(block, str) else polished_block(block) for block in body),
        authors=(by,) if isinstance(by, str) else by,
        note=f"{counted} {EDITION}",
        tags=tags,
        picture=picture,
        series=series,
    )


def polished(text: str) -> str:
    """Sentences begin with a capital, even where they begin with a link to "the …"; a name's own full stop ends one."""
    text = re.sub(r"(^|[.?] )(\[\[[^|]+\|)the ", r"\1\2The ", text)
    return re.sub(r"([.?])\]\]\.", r"\1]]", text)


def polished_block(block: Block) -> Block:
    return replace(block, items=tuple(polished(item) for item in block.items)) if isinstance(block, Bullets) else block
