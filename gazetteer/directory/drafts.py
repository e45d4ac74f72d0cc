"""What publishing a draft may change, when a machine changed the listing in the meantime.

An import or a program writes to the published row; a draft begun before still carries what the row said then. So each
draft carries, beside its content, check sums of what the row said when the draft was begun (`BASE`), and publishing
compares three ways:

* changed in the draft alone: the draft's value is published;
* changed in the row alone: the row keeps it, whatever the draft says;
* changed in both: the row keeps it, and the conflict is written down with the revision (`CONFLICTS`) and shown to the
  desk with both values. An editor who wants the draft's words puts them in again, now knowing the other.

Each custom value is a column of its own here. Categories and tags are sets: what the draft added joins, what it took
away goes, and all else stays as the row has it.
"""

import json
from collections.abc import Iterable
from typing import Any
from zlib import crc32

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import now

from gazetteer.directory.models import Category, Listing, ListingTag
from gazetteer.web.models import Picture

Columns = dict[str, Any]

BASE = "draft_base"
CONFLICTS = "draft_conflicts"
WAGTAIL_COLUMNS = frozenset(
    {
        "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "expired",
        "go_live_at", "latest_revision", "locked", "locked_at", "locked_by",
    }
)  # fmt: skip
SETS = {"filings": "category", "tagged_items": "tag"}
NOT_TEXT = frozenset({"pk", "id", "merged_into", BASE, CONFLICTS, *SETS, *Listing.KEPT, *WAGTAIL_COLUMNS})


def plain(data: Any) -> Columns:
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder))


def columns_of(listing: Listing) -> Columns:
    """The listing as a revision would store it: plain JSON values by column name."""
    return plain(listing.serializable_data())


def flat(columns: Columns) -> Columns:
    """What is compared: each custom value by itself, pictures by what they show, nothing that is not an editor's."""
    found = {name: value for name, value in columns.items() if name not in NOT_TEXT and name != "custom"}
    found |= {f"custom.{key}": value for key, value in (columns.get("custom") or {}).items()}
    rows = sorted(columns.get("pictures") or [], key=lambda row: row.get("position") or 0)
    return found | {"pictures": [[row["picture"], row["caption"]] for row in rows]}


def mark(value: Any) -> int:
    """Check sum of a value; 0 for what is empty."""
    if value in (None, "", [], {}):
        return 0
    return crc32(json.dumps(value, sort_keys=True).encode()) or 1


def members(columns: Columns, name: str) -> list[int]:
    """Ids of the categories or tags."""
    return sorted(row[SETS[name]] for row in columns.get(name) or [])


def primary(columns: Columns) -> int | None:
    return next((row["category"] for row in columns.get("filings") or [] if row["is_primary"]), None)


def base_of(columns: Columns) -> Columns:
    """What to remember of the row: a check sum of each column, and the members of each set."""
    marks = {name: mark(value) for name, value in flat(columns).items()}
    sets = {name: members(columns, name) for name in SETS}
    return {"marks": {name: value for name, value in marks.items() if value}, "primary": primary(columns), **sets}


def base_for(draft: Listing) -> Columns:
    """The base of a draft about to be saved: what it was begun from, or the row as it is.

    While a listing is not live, the desk writes its row together with the draft, so the row is always the base.
    """
    row = Listing.objects.get(pk=draft.pk)
    is_begun = row.live and draft.draft_base is not None
    return draft.draft_base if is_begun else base_of(columns_of(row))


def merge(row: Columns, draft: Columns, base: Columns | None) -> tuple[Columns, list[Columns]]:
    """What to publish of `draft` onto `row`, and the conflicts: columns that both the draft and a machine changed."""
    if base is None:
        return dict(draft), []
    merged, conflicts = {**draft, "custom": dict(draft.get("custom") or {})}, []
    now_flat, draft_flat = flat(row), flat(draft)
    for name in now_flat.keys() | draft_flat.keys():
        here, wanted, before = mark(now_flat.get(name)), mark(draft_flat.get(name)), base["marks"].get(name, 0)
        if here in (before, wanted):
            continue
        put(merged, name, row)
        if wanted != before:
            conflicts.append(conflict(name, draft_flat.get(name), now_flat.get(name)))
    for name in SETS:
        merged[name] = merged_rows(name, row, draft, base)
    merged["filings"] = with_primary(merged["filings"], row, draft, base)
    return merged, sorted(conflicts, key=lambda each: str(each["column"]))


def put(merged: Columns, name: str, source: Columns) -> None:
    """Set the column to what `source` says."""
    if not name.startswith("custom."):
        merged[name] = source.get(name)
    elif name[7:] in (source.get("custom") or {}):
        merged["custom"][name[7:]] = source["custom"][name[7:]]
    else:
        merged["custom"].pop(name[7:], None)


def merged_rows(name: str, row: Columns, draft: Columns, base: Columns) -> list[Columns]:
    """The rows of a set: the row's own, without those the draft took away and with those it added."""
    column, before = SETS[name], set(base[name])
    wanted = {each[column]: each for each in draft.get(name) or []}
    here = {each[column]: each for each in row.get(name) or []}
    kept = [each for pk, each in here.items() if pk in wanted or pk not in before]
    new = [{**each, "pk": None} for pk, each in wanted.items() if pk not in here and pk not in before]
    return kept + new


def with_primary(filings: list[Columns], row: Columns, draft: Columns, base: Columns) -> list[Columns]:
    """One of the categories is the primary one: the draft's, unless a machine chose another meanwhile."""
    there = [each["category"] for each in filings]
    chosen = primary(draft) if primary(row) == base["primary"] else primary(row)
    best = next((pk for pk in (chosen, primary(row), primary(draft), *there) if pk in there), None)
    return [{**each, "is_primary": each["category"] == best} for each in filings]


def conflict(name: str, draft: Any, kept: Any) -> Columns:
    return {"column": name, "draft": draft, "kept": kept, "at": now().isoformat(timespec="seconds")}


def opened(row: Listing, content: Columns) -> Listing:
    """The draft as the desk opens it: with what a machine changed since, where the draft did not touch it.

    Where both changed it, the draft of a published listing keeps its words, and the conflict stays until it is
    published; of a listing not live the row's are shown, for saving writes the row.
    """
    there, base = columns_of(row), content.get(BASE)
    merged, conflicts = merge(there, content, base)
    fresh = base_of(there)
    for each in conflicts if row.live else ():
        put(merged, each["column"], content)
        fresh["marks"][each["column"]] = base["marks"].get(each["column"], 0)  # type: ignore[index]  # no base, no conflict
    draft = row.with_content_json(merged)
    draft.draft_base = fresh
    return draft


def pending(row: Listing) -> list[Columns]:
    """The conflicts that publishing the newest draft now would have."""
    revision = row.latest_revision if row.has_unpublished_changes else None
    return merge(columns_of(row), revision.content, revision.content.get(BASE))[1] if revision else []


def last_conflicts(row: Listing) -> list[Columns]:
    """The conflicts that the last publishing had."""
    return list(row.live_revision.content.get(CONFLICTS, [])) if row.live_revision else []


def without_gone(content: Columns) -> Columns:
    """The content without categories, tags and pictures that are no longer there."""
    found = dict(content)
    for name, column, model in (
        ("filings", "category", Category),
        ("tagged_items", "tag", ListingTag),
        ("pictures", "picture", Picture),
    ):
        rows = found.get(name) or []
        there = existing(model, [each[column] for each in rows])
        found[name] = [each for each in rows if each[column] in there]
    return found


def existing(model: Any, ids: Iterable[int]) -> set[int]:
    wanted = list(ids)
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
