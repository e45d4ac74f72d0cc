"""Reading one page of a branch: by featured, name or date, from a letter on, after a known listing.

Every read is a range of an index of `directory_branchrow`, so the last page of a million costs as much as the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from django.db import connection
from django.db.models import Q, QuerySet

from gazetteer.directory.models import Branch, BranchRow
from gazetteer.directory.names import DIGITS, OTHER, alphabet, key_range

Order = Literal["featured", "name", "newest"]
ORDERS: tuple[Order, ...] = ("featured", "name", "newest")
PAGE = 30
YES, NO = [True], [False]
"""`featured__in=YES`: for `featured=True` Django writes a bare column, and SQLite then sorts the whole branch."""
PROBE = "SELECT 1 FROM directory_branchrow WHERE branch_id = %s AND featured = %s AND sort_name >= %s"
LETTERS_FROM = 40
"""Listings from which on a branch has an A–Z bar; fewer are seen at a glance."""


@dataclass(frozen=True)
class Page:
    """Ids of the listings of one page in order, and the id after which the next page begins."""

    ids: list[int]
    next_after: int | None = None


@dataclass(frozen=True)
class Wish:
    """Which page of a branch: its order, a letter of the A–Z bar or "", the id of the listing before it, its length."""

    order: Order = "featured"
    letter: str = ""
    after: int | None = None
    size: int = PAGE
    among: "QuerySet[Any] | None" = field(default=None, compare=False)
    """Only listings that also stand in these rows of another branch (a category in a place)."""


def page_of(branch: Branch, wish: Wish) -> Page:
    """That page; the first one where `after` names no listing of the branch (it may have gone since)."""
    rows = BranchRow.objects.filter(branch=branch)
    start = rows.filter(listing_id=wish.after).first() if wish.after else None
    found = [row.listing_id for row in READERS[wish.order](narrowed(rows, wish), start, wish.size + 1)]
    more = len(found) > wish.size
    return Page(found[: wish.size], found[wish.size - 1] if more else None)


def narrowed(rows: "QuerySet[BranchRow]", wish: Wish) -> "QuerySet[BranchRow]":
    if wish.letter:
        rows = rows.filter(starting_with(wish.letter))
    if wish.among is not None:
        rows = rows.filter(listing_id__in=wish.among.values("listing_id"))
    return rows


def featured_first(rows: "QuerySet[BranchRow]", start: BranchRow | None, size: int) -> list[BranchRow]:
    found: list[BranchRow] = []
    if start is None or start.featured:
        found = by_key(rows.filter(featured__in=YES), start, size)
    if len(found) < size:
        rest = rows.filter(featured__in=NO)
        found += by_key(rest, None if start is None or start.featured else start, size - len(found))
    return found


def by_name(rows: "QuerySet[BranchRow]", start: BranchRow | None, size: int) -> list[BranchRow]:
    """Featured and others are two ranges of the index, merged; text is compared as the index does, by code point."""
    both = by_key(rows.filter(featured__in=YES), start, size) + by_key(rows.filter(featured__in=NO), start, size)
    return sorted(both, key=lambda row: (row.sort_name.encode(), row.listing_id))[:size]


def by_key(rows: "QuerySet[BranchRow]", start: BranchRow | None, size: int) -> list[BranchRow]:
    if start is not None:
        same = Q(sort_name=start.sort_name, listing_id__gt=start.listing_id)
        rows = rows.filter(same | Q(sort_name__gt=start.sort_name), sort_name__gte=start.sort_name)
    return list(rows.order_by("sort_name", "listing_id")[:size])


def newest(rows: "QuerySet[BranchRow]", start: BranchRow | None, size: int) -> list[BranchRow]:
    if start is not None:
        same = Q(listed_at=start.listed_at, listing_id__lt=start.listing_id)
        rows = rows.filter(same | Q(listed_at__lt=start.listed_at), listed_at__lte=start.listed_at)
    return list(rows.order_by("-listed_at", "-listing_id")[:size])


READERS = {"featured": featured_first, "name": by_name, "newest": newest}


# The A–Z bar


def ranges(letter: str, language: str = "") -> list[tuple[str, str | None]]:
    """Ranges of sort keys that stand under a letter of the bar; `#` is whatever stands under none."""
    if letter != OTHER:
        found = key_range(letter)
        return [found] if found else []
    letters = [key for key in (key_range(each) for each in alphabet(language) if each not in {OTHER, DIGITS}) if key]
    first, last = min(low for low, _ in letters), max(high for _, high in letters)
    return [(" ", "0"), (":", first), (last, None)]


def starting_with(letter: str, language: str = "") -> Q:
    condition = Q(pk__in=[])
    for low, high in ranges(letter, language):
        condition |= Q(sort_name__gte=low) & (Q(sort_name__lt=high) if high else Q())
    return condition


def letters_of(branch: Branch, language: str) -> dict[str, bool]:
    """Every letter of the site's alphabet, and whether a listing of the branch stands under it. One query."""
    letters = alphabet(language)
    if branch.listings < LETTERS_FROM:
        return {}
    probes, values = [], []
    for letter in letters:
        parts = list(probe(branch, letter, language))
        probes.append(" OR ".join(sql for sql, _ in parts) or "1 = 0")
        values += [value for _, part in parts for value in part]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'({each})' for each in probes)}", values)
        return dict(zip(letters, map(bool, cast("tuple[Any, ...]", cursor.fetchone())), strict=True))


def probe(branch: Branch, letter: str, language: str) -> Iterator[tuple[str, list[str | int | bool]]]:
    for low, high in ranges(letter, language):
        for featured in (False, True):
            end, values = ("AND sort_name < %s", [high]) if high else ("", [])
            yield f"EXISTS ({PROBE} {end})", [branch.pk, featured, low, *values]
