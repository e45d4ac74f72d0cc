"""Carrying out a plan: many rows with few statements, in the transaction of the batch."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db import models
from django.utils.timezone import now

from gazetteer.changes.clock import set_moments
from gazetteer.directory import places
from gazetteer.directory.imports import merge, tables
from gazetteer.directory.imports.categories import Tree
from gazetteer.directory.imports.models import Imported
from gazetteer.directory.imports.pictures import Taken
from gazetteer.directory.imports.plan import COLUMNS, PLACING, Change, Plan, category_ids, place_names
from gazetteer.directory.imports.rows import Row
from gazetteer.directory.imports.tags import Tags
from gazetteer.directory.models import SORT_LENGTH, Filing, Listing, ListingPicture, Placing, TaggedListing
from gazetteer.directory.names import make_slug, sort_key

FILING = ("listing", "category", "is_primary")
PLACED = ("listing", "place")
TAGGED = ("content_object", "tag")
REMEMBERED_PLACES = 200_000
REMEMBERED = ("listing", "marks", "filed", "tagged", "pictures")


class Writer:
    """Writes the plans of one run; `live`: new listings are published at once."""

    def __init__(self, tree: Tree, tags: Tags, live: bool) -> None:
        self.tree, self.tags, self.live = tree, tags, live
        self.moment = now()
        self.places: dict[str, int] = {}

    def write(self, plan: Plan) -> None:
        self.moment = now()
        self.insert(plan.new)
        self.change(plan.changes)

    # New listings

    def insert(self, rows: list[Row]) -> None:
        if not rows:
            return
        ids = tables.new_ids(Listing, len(rows))
        new = list(zip(ids, rows, strict=True))
        template = Template(self.moment, self.live)
        tables.insert(Listing, template.names, (template.fill(pk, row) for pk, row in new))
        filed = {pk: category_ids(row.paths or [], self.tree) for pk, row in new}
        tagged = {pk: self.tags.of(row.tags or []) for pk, row in new}
        tables.insert(Filing, FILING, [(pk, c, c == of[0]) for pk, of in filed.items() for c in of])
        self.insert_placings({pk: place_names(row.columns) for pk, row in new})
        tables.insert(TaggedListing, TAGGED, [(pk, tag) for pk, of in tagged.items() for tag in of])
        tables.insert(Imported, REMEMBERED, (remembered(pk, row, filed[pk], tagged[pk]) for pk, row in new))
        for pk, row in new:
            if row.taken:
                hang(pk, row.taken)
        set_clock((pk, row.columns) for pk, row in new)

    def insert_placings(self, names: dict[int, list[places.PlaceName]]) -> None:
        ids = self.place_ids(dict.fromkeys(name for of in names.values() for name in of))
        rows = [(pk, place) for pk, of in names.items() for place in dict.fromkeys(ids[name.address] for name in of)]
        tables.insert(Placing, PLACED, rows)

    def place_ids(self, names: dict[places.PlaceName, None]) -> dict[str, int]:
        """Ids by address; those met before are remembered, up to a number that bounds the memory."""
        missing = [name for name in names if name.address not in self.places]
        if len(self.places) > REMEMBERED_PLACES:
            self.places.clear()
            missing = list(names)
        self.places |= places.find_or_make(missing)
        return self.places

    # Listings already here

    def change(self, changes: list[Change]) -> None:
        by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for change in changes:
            names, values = self.assignments(change)
            by_columns.setdefault(names, []).append((*values, change.pk))
        for names, rows in by_columns.items():
            tables.update(Listing, names, rows)
        self.change_filings([change for change in changes if change.filed is not None])
        self.change_tags([change for change in changes if change.tagged is not None])
        self.change_placings([change for change in changes if PLACING & change.merged.values.keys()])
        for change in changes:
            if change.pictures:
                rehang(change)
            remember(change)
        set_clock((change.pk, change.merged.values) for change in changes)

    def assignments(self, change: Change) -> tuple[tuple[str, ...], list[Any]]:
        """Columns to set, and their values as the database takes them."""
        values = {name: value for name, value in change.merged.values.items() if not name.startswith("custom.")}
        values["import_digest"] = digest_of(change.row)
        if len(values) < len(change.merged.values) + 1:
            values["custom"] = custom_of(change)
        if change.is_change:
            values["changed_at"] = self.moment
        values |= derived(values, change.state.columns, self.moment)
        converters = converters_of(Listing)
        return tuple(values), [convert(converters.get(name), value) for name, value in values.items()]

    def change_filings(self, changes: list[Change]) -> None:
        """Rows of the wrong primary category go first, for a listing may never have two."""
        Filing.objects.filter(listing__in=[change.pk for change in changes]).filter(wrong_filings(changes)).delete()
        there = set(
            Filing.objects.filter(listing__in=[change.pk for change in changes]).values_list(
                "listing_id", "category_id"
            )
        )
        rows = [(c.pk, pk, pk == c.primary) for c in changes for pk in c.filed or () if (c.pk, pk) not in there]
        tables.insert(Filing, FILING, rows)

    def change_tags(self, changes: list[Change]) -> None:
        for change in changes:
            gone = set(change.state.tagged) - set(change.tagged or ())
            if gone:
                TaggedListing.objects.filter(content_object=change.pk, tag__in=gone).delete()
        rows = [(c.pk, pk) for c in changes for pk in c.tagged or () if pk not in c.state.tagged]
        tables.insert(TaggedListing, TAGGED, rows)

    def change_placings(self, changes: list[Change]) -> None:
        names = {change.pk: place_names(change.state.columns | change.merged.values) for change in changes}
        ids = self.place_ids(dict.fromkeys(name for of in names.values() for name in of))
        rows = []
        for change in changes:
            wanted = [ids[name.address] for name in names[change.pk]]
            gone = set(change.state.placed) - set(wanted)
            if gone:
                Placing.objects.filter(listing=change.pk, place__in=gone).delete()
            rows += [(change.pk, pk) for pk in dict.fromkeys(wanted) if pk not in change.state.placed]
        tables.insert(Placing, PLACED, rows)


class Template:
    """Rows of new listings: the columns that files fill; the others get their defaults."""

    def __init__(self, moment: datetime, live: bool) -> None:
        self.moment, self.live = moment, live
        fields = {field.name: field for field in Listing._meta.concrete_fields if field.name in FILLED}
        self.names = tuple(fields)
        self.converters = converters_of(Listing)
        blank = {name: field.get_default() for name, field in fields.items()}
        blank |= {"changed_at": moment, "created_at": moment, "listed_at": moment, "live": live}
        if live:
            blank |= {"first_published_at": moment, "last_published_at": moment}
        self.blank = {name: convert(self.converters.get(name), value) for name, value in blank.items()}

    def fill(self, pk: int, row: Row) -> list[Any]:
        ready = self.blank.copy()
        for name, value in self.values(row).items():
            converter = self.converters.get(name)
            ready[name] = converter(value) if converter else value
        ready["id"] = pk
        return list(ready.values())

    def values(self, row: Row) -> dict[str, Any]:
        """What the row sets, by column."""
        values, custom = {}, {}
        for name, value in row.columns.items():
            if name.startswith("custom."):
                custom[name[7:]] = value
            elif value:
                values[name] = value
        for name in ("lat", "lon"):  # 0 is a position too
            values[name] = row.columns.get(name)
        values |= derived(values, values, self.moment)
        values |= {"feed": row.feed, "external_id": row.external_id, "import_digest": digest_of(row)}
        values["slug"] = make_slug(row.columns["name"])
        return values | ({"custom": known(custom)} if custom else {})


FILLED = frozenset(
    {
        *COLUMNS, "id", "sort_name", "slug", "feed", "external_id", "import_digest", "custom", "featured",
        "live", "expired",
        "changed_at", "created_at", "first_published_at", "last_published_at",
    }
)  # fmt: skip


def known(custom: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in custom.items() if value is not None}


def derived(values: dict[str, Any], current: dict[str, Any], moment: datetime) -> dict[str, Any]:
    """Columns that follow from those being set: what it is sorted by, whether it is featured, or its time is over."""
    more: dict[str, Any] = {}
    if "name" in values or "language" in values:
        name, language = (values.get(key, current.get(key)) or "" for key in ("name", "language"))
        more["sort_name"] = sort_key(name, language)[:SORT_LENGTH]
    if "featured_until" in values:
        more["featured"] = values["featured_until"] is not None and values["featured_until"] > moment
    if "expire_at" in values:
        more |= expiry(values["expire_at"], current, moment)
    return more


def expiry(until: datetime | None, current: dict[str, Any], moment: datetime) -> dict[str, Any]:
    """A time that is over takes the listing off the site; a later one brings back what had only expired."""
    if until is not None and until <= moment:
        return {"live": False, "expired": True}
    return {"live": True, "expired": False} if current.get("expired") else {}


def custom_of(change: Change) -> dict[str, Any]:
    """All custom values of the listing, with those that are set now."""
    custom = dict(change.state.columns["custom"])
    for name, value in change.merged.values.items():
        if name.startswith("custom."):
            custom[name[7:]] = value
    return known(custom)


def digest_of(row: Row) -> str:
    """Empty if anything was left out, so that the row is looked at, and told about, again next time."""
    return "" if any(problem.kind == "left out" for problem in row.problems) else row.digest


def wrong_filings(changes: list[Change]) -> models.Q:
    """Filings that must go: no longer wanted, or primary where they should not be, or the other way round."""
    wrong = models.Q(pk__in=[])
    for change in changes:
        own = models.Q(listing=change.pk)
        wrong |= own & ~models.Q(category__in=change.filed or [])
        wrong |= own & models.Q(is_primary=True) & ~models.Q(category=change.primary)
        wrong |= own & models.Q(is_primary=False, category=change.primary)
    return wrong


def remember(change: Change) -> None:
    imported = change.state.imported
    if imported is not None:
        imported.marks = change.merged.marks
        imported.save()


def remembered(pk: int, row: Row, filed: list[int], tagged: list[int]) -> tuple[Any, ...]:
    pictures = [taken.as_json() for taken in row.taken]
    return pk, tables.dump(merge.marks_of(row.columns)), tables.dump(filed), tables.dump(tagged), tables.dump(pictures)


def hang(pk: int, pictures: list[Taken]) -> None:
    """Show these pictures with the listing, after those it has, each once; the last logo is its logo."""
    here = ListingPicture.objects.filter(listing=pk)
    there = set(here.values_list("picture_id", flat=True))
    new = {taken.picture: taken for taken in pictures if taken.picture and taken.name.use == "gallery"}
    ListingPicture.objects.bulk_create(
        ListingPicture(listing_id=pk, picture_id=picture, caption=taken.name.caption, position=position)
        for position, (picture, taken) in enumerate(new.items(), len(there))
        if picture not in there
    )
    logos = [taken.picture for taken in pictures if taken.picture and taken.name.use == "logo"]
    if logos:
        Listing.objects.filter(pk=pk).update(logo=logos[-1])


def rehang(change: Change) -> None:
    """Take away what the feed no longer names, and show what it names now."""
    imported = change.state.imported
    if imported is None:
        return
    now = {taken.picture for taken in change.row.taken}
    gone = [picture["picture"] for picture in imported.pictures if picture["picture"] and picture["picture"] not in now]
    ListingPicture.objects.filter(listing=change.pk, picture__in=gone).delete()
    Listing.objects.filter(pk=change.pk, logo__in=gone).update(logo=None)
    hang(change.pk, change.row.taken)
    imported.pictures = [taken.as_json() for taken in change.row.taken]


def set_clock(rows: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """What the clock is to do with these listings; a time that is over needs nothing more."""
    moment = now()
    rows = list(rows)
    for kind, column in (("directory.expire", "expire_at"), ("directory.unfeature", "featured_until")):
        due = {pk: later(columns[column], moment) for pk, columns in rows if column in columns}
        if due:
            set_moments(kind, Listing, due)


def later(due: datetime | None, moment: datetime) -> datetime | None:
    return due if due is not None and due > moment else None


@cache
def converters_of(model: type[models.Model]) -> dict[str, Callable[[Any], Any]]:
    found = ((field.name, tables.converter(field)) for field in model._meta.concrete_fields)
    return {name: convert for name, convert in found if convert}


def convert(converter: Callable[[Any], Any] | None, value: Any) -> Any:
    return converter(value) if converter else value
