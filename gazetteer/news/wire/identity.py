"""Which item is which, within one source: by id; where ids repeat by id and link; then by link; then by title and text.

A source that shows that its ids cannot be trusted is read by the next rule from then on, by itself. An item whose id is
new but whose link or text is known is the same item under a new id.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from gazetteer.news.wire import links
from gazetteer.news.wire.item import WireItem
from gazetteer.news.wire.models import Incoming, Source

LEVELS = ("id", "id+link", "link", "text")
BAD_SHARE = 0.05
"""Of the items of one document: with more than this sharing an id, ids are not trusted (as FreshRSS does it)."""
CHANGED_SHARE = 0.5
FEW = 4
NOT_SAID = {"raw", "problems", "base"}
GUID_LENGTH = 1_000


@dataclass(frozen=True)
class Marks:
    """What an item can be known by; any may be empty but `text`."""

    guid: str
    link: str
    text: str
    digest: str


def marks_of(item: WireItem) -> Marks:
    guid = item.guid[:GUID_LENGTH]
    return Marks(guid, links.normal(item.link), text_key(item), digest_of(item))


def text_key(item: WireItem) -> str:
    """Of title and text, without regard to blanks and case; empty where it has neither."""
    words = " ".join(f"{item.title} {item.html or item.text or item.summary}".split()).casefold()
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def digest_of(item: WireItem) -> str:
    """Of all that the item says, and of nothing around it."""
    said = {each.name: getattr(item, each.name) for each in fields(item) if each.name not in NOT_SAID}
    said["pictures"] = [
        {part.name: getattr(picture, part.name) for part in fields(picture) if part.name != "data"}
        | {"data": hashlib.sha256(picture.data).hexdigest() if picture.data else ""}
        for picture in item.pictures
    ]
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


def key_of(level: str, marks: Marks) -> str:
    """The digest that a new row is unique by within its source."""
    values = [marks.guid, marks.link, marks.text]
    parts = {"id": values[:1], "id+link": values[:2], "link": values[1:2], "text": values[2:]}[level]
    return hashlib.sha256(json.dumps([level, *parts]).encode()).hexdigest()


def usable_level(level: str, marks: Marks) -> str:
    """The rule for this item: the source's, or the next one where the item lacks what that goes by."""
    if level in {"id", "id+link"} and marks.guid:
        return level
    return "link" if level != "text" and marks.link else "text"


def lower(level: str) -> str:
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def level_for(source: Source, all_marks: Sequence[Marks]) -> str:
    """The rule that this document's items can be told apart by: the source's, or as many further as it takes."""
    level = source.identity if source.identity in LEVELS else LEVELS[0]
    while level != LEVELS[-1] and repeats(level, all_marks):
        level = lower(level)
    return level


def repeats(level: str, all_marks: Sequence[Marks]) -> bool:
    """Whether too many different items would be one by this rule. The same item twice in one document is no fault."""
    usable = [(key_of(level, marks), marks.text) for marks in all_marks if usable_level(level, marks) == level]
    different = Counter(key for key, _text in set(usable))
    bad = sum(count - 1 for count in different.values() if count > 1)
    return bad > max(BAD_SHARE * len(all_marks), 1 if len(all_marks) > FEW else 0)


@dataclass
class Known:
    """The rows of a source that may be the items of one document, read in a few queries."""

    source: Source
    level: str
    all_marks: Sequence[Marks]
    rows: list[Incoming] = field(default_factory=list)
    changed_ids: int = 0

    def __post_init__(self) -> None:
        rows: dict[int, Incoming] = {}
        for name, values in (
            ("guid", {marks.guid for marks in self.all_marks}),
            ("link", {marks.link for marks in self.all_marks}),
            ("text_key", {marks.text for marks in self.all_marks}),
        ):
            wanted = sorted(values - {""})
            for start in range(0, len(wanted), 200):
                found = Incoming.objects.filter(source=self.source, **{f"{name}__in": wanted[start : start + 200]})
                rows.update({row.pk: row for row in found.defer("copy", "notes", "conflict")})
        self.rows = sorted(rows.values(), key=lambda row: -row.pk)
        self.guids = {marks.guid for marks in self.all_marks if marks.guid}
        self.shared = Counter(marks.link for marks in self.all_marks if marks.link)

    def find(self, marks: Marks) -> Incoming | None:
        """The row of this item, or None for one never seen."""
        level = usable_level(self.level, marks)
        found = self.by(level, marks)
        if found is None and level != "text":
            found = self.under_another_id(marks)
            self.changed_ids += found is not None
        return found

    def by(self, level: str, marks: Marks) -> Incoming | None:
        for row in self.rows:
            if level == "id" and row.guid == marks.guid:
                return row
            if level == "id+link" and (row.guid, row.link) == (marks.guid, marks.link):
                return row
            if level == "link" and row.link == marks.link:
                return row
            if level == "text" and row.text_key == marks.text:
                return row
        return None

    def under_another_id(self, marks: Marks) -> Incoming | None:
        """One whose link or text is the same, and whose own id is not in this document: then its id was changed.

        A link goes for this only if no other item of the document shares it, as all do in some feeds.
        """
        for row in self.rows:
            if row.guid and row.guid in self.guids and row.guid != marks.guid:
                continue
            if row.guid and row.guid == marks.guid and self.level == "id+link":
                continue  # ids repeat here; another link is another item
            same_link = bool(marks.link) and row.link == marks.link and self.shared[marks.link] == 1
            if same_link or (marks.text and row.text_key == marks.text):
                return row
        return None

    def add(self, row: Incoming) -> None:
        self.rows.insert(0, row)

    def level_after(self) -> str:
        """The rule from now on: where most ids of known items were new, ids are not what to go by."""
        changing = len(self.all_marks) >= FEW and self.changed_ids > CHANGED_SHARE * len(self.all_marks)
        return "link" if changing and self.level in {"id", "id+link"} else self.level
