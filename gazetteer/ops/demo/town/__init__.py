"""Profile `town`: Quillbrook in Marchshire, a place that does not exist, with a hundred and fifty firms and a paper.

Every name, number and address is invented: telephone numbers come from the ranges that are kept free for drama
(01632 960000 to 960999, 07700 900000 to 900999, 0808 157 0000 to 0999), mail and web addresses from example.org.
"""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gazetteer.ops.demo.profiles import FieldForm, Profile
from gazetteer.ops.demo.town.drawings import draw
from gazetteer.ops.demo.town.stories import AUTHORS, FRONT, LEAD, SECTIONS, STORIES

FILE = Path(__file__).with_name("listings.jsonl")
IN_DAYS = re.compile(r"\{today\+(\d+)\}")
EATING, TRADES, STAYS, OUT = "Food and drink", "Trades", "Places to stay", "Going out"

FIELDS = (
    FieldForm("step_free", "Step-free entrance", "yes_no", is_filter=True, labels_by_lang={"de": "Stufenfrei"}),
    FieldForm(
        "payment",
        "Payment",
        "choices",
        {
            "choices": [
                {"key": "cash", "label": "Cash"},
                {"key": "card", "label": "Card"},
                {"key": "phone", "label": "Telephone"},
            ]
        },
        is_filter=True,
    ),
    FieldForm("seats", "Seats", "number", {"least": 0, "decimals": 0}, (EATING,), is_filter=True),
    FieldForm("menu", "Menu", "link", branches=(EATING,)),
    FieldForm("main_course", "Main course from", "price", {"currency": "GBP"}, (EATING,), in_lists=True),
    FieldForm("kitchen_checked", "Kitchen last checked", "date", branches=(EATING,)),
    FieldForm("call_out", "Call-out", "price", {"currency": "GBP"}, (TRADES,), in_lists=True),
    FieldForm("works_within", "Works within", "measure", {"units": ["mi", "km"]}, (TRADES,)),
    FieldForm("emergency", "At night", "phone", branches=("Shops", TRADES)),
    FieldForm("rooms", "Rooms or pitches", "number", {"least": 1, "decimals": 0}, (STAYS,), is_filter=True),
    FieldForm("night_from", "A night from", "price", {"currency": "GBP"}, (STAYS,), in_lists=True),
    FieldForm("season", "Opens for the season", "month", branches=(STAYS,)),
    FieldForm("house_rules", "House rules", "long_text", branches=(OUT,)),
    FieldForm("film", "A film about it", "video_link", branches=(OUT,)),
)
VERIFIED_EVERY = 4


def rows() -> list[dict[str, Any]]:
    """The rows as they stand in the file; `{today+21}` is a day counted from the one on which the demo is filled."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def profile() -> Profile:
    known = rows()
    return Profile(
        name="town",
        total=len(known),
        fields=FIELDS,
        write_rows=write_rows,
        sections=SECTIONS,
        authors=AUTHORS,
        stories=lambda: STORIES,
        front=FRONT,
        tops={("Town",): (LEAD,)},
        site={
            "name": "The Quillbrook Lantern",
            "tagline": "News and addresses of a town that does not exist",
            "time_zone": "Europe/London",
            "address": "3 Market Square\nQuillbrook, Marchshire QB1 1AA",
            "email": "desk@example.org",
            "phone": "+44 1632 960001",
        },
        verified=tuple(row["id"] for row in known[::VERIFIED_EVERY]),
    )


def write_rows(folder: Path) -> Path:
    """The rows, with days counted from today, and beside them the pictures that they name."""
    path = folder / "town.jsonl"
    path.write_text(dated(FILE.read_text(encoding="utf-8"), date.today()), encoding="utf-8")
    (folder / "pictures").mkdir(exist_ok=True)
    for row in rows():
        for name in pictures_of(row):
            if not (folder / name).exists():
                draw(row, name).save(folder / name)
    return path


def dated(text: str, today: date) -> str:
    return IN_DAYS.sub(lambda match: (today + timedelta(days=int(match[1]))).isoformat(), text)


def pictures_of(row: dict[str, Any]) -> list[str]:
    """The files that a row names for its gallery and its logo."""
    return [picture["file"] for picture in (*row.get("images", []), *([row["logo"]] if "logo" in row else []))]
