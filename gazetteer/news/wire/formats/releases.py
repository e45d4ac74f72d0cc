"""What press releases have in common: an embargo or leave at the top, an end mark, and notes to editors after it."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from gazetteer.news.imports.dates import read_date_line
from gazetteer.news.wire.item import WireItem
from gazetteer.web.zone import site_zone

LEAVE = re.compile(r"^\W*(?:for immediate release|(?:media|press|news) release|immediate release)\W*$", re.I)
EMBARGO = re.compile(
    r"^\W*(?:strictly\s+)?(?:embargo(?:ed)?|not for (?:publication|release) (?:before|until))\b\s*[:\-–]?\s*"
    r"(?:for release\s+)?(?:until|till|to|before)?\s*[:\-–]?\s*(?P<when>.*)$",
    re.I,
)
END = re.compile(r"^\W*(?:ends?|more to follow)\W*$|^\s*(?:#\s?#\s?#|-\s?30\s?-|\*\s?\*\s?\*)\s*$", re.I)
NOTES = re.compile(r"^\W*(?:notes? (?:to|for) (?:the )?editors?|media contacts?|press contacts?)\b.*$", re.I)
LINES_AT_TOP = 12


@dataclass
class Release:
    """The text for readers, and what was set apart from it."""

    text: str
    notes: str = ""
    embargo: datetime | None = None
    told: list[str] = field(default_factory=list)


def apart(text: str) -> Release:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    release = Release("")
    kept = []
    for number, line in enumerate(lines):
        if number < LINES_AT_TOP and take_from_top(line, release):
            continue
        if number and ends(line):
            release.notes = "\n".join(lines[number:]).strip()
            break
        kept.append(line)
    release.text = "\n".join(kept)
    return release


def ends(line: str) -> bool:
    return len(line) < 80 and bool(END.match(line) or NOTES.match(line))


def take_from_top(line: str, release: Release) -> bool:
    """Whether the line is leave or embargo, and not of the text."""
    if LEAVE.match(line):
        return True
    found = EMBARGO.match(line) if len(line) < 150 else None
    if not found:
        return False
    when = found["when"].strip(" .*_()[]")
    read = read_date_line(when, site_zone(), [code for code, _label in settings.LANGUAGES]) if when else None
    if read:
        release.embargo = read.moment
    else:
        release.told.append(
            f"It has an embargo whose end cannot be read: “{line.strip()[:120]}”. It waits at the desk."
        )
    return True


def note(item: WireItem, release: Release) -> None:
    item.embargo_until = item.embargo_until or release.embargo
    item.note_to_desk = "\n".join(part for part in (item.note_to_desk, release.notes) if part)
    item.problems += release.told
