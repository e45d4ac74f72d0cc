"""One row of listing data, checked: from plain data to the values of our columns, with every problem told.

What refuses a row: it cannot be read; it has no usable `name`; its `id` or `feed` cannot be stored; the same id stood
in the file before. Anything else that is wrong leaves out only that field (of several values, only the wrong ones),
is reported, and never touches what is already stored there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from gazetteer.directory.imports import values
from gazetteer.directory.imports.countries import country_code
from gazetteer.directory.imports.problems import Bad, Kind, Problem, shown
from gazetteer.directory.imports.readers import Raw
from gazetteer.web.html import to_html

if TYPE_CHECKING:
    from gazetteer.directory.imports.pictures import Taken

DEEPEST = 12
MOST_VALUES = 200
ADDRESS = ("street", "city", "region", "postcode")
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PictureName:
    """A picture as a row names it: an address, or a file beside the imported one; `use` is `gallery` or `logo`."""

    source: str
    caption: str = ""
    credit: str = ""
    use: str = "gallery"


@dataclass(slots=True)
class Row:
    """A checked row. `columns` maps our columns to values; `custom.<id>` is a custom field.

    What the row says nothing about is not in `columns`, and `paths`, `tags`, `pictures` are None. `whole`: nothing said
    means nothing known (any more). `untouched` names columns whose values were wrong: they keep what is stored.
    `unknown` are names with values that mean nothing to us; `taken` are the pictures that could be had.
    """

    number: int
    feed: str
    external_id: str
    digest: str
    whole: bool
    columns: dict[str, Any] = field(default_factory=dict)
    paths: list[Path] | None = None
    tags: list[str] | None = None
    pictures: list[PictureName] | None = None
    taken: "list[Taken]" = field(default_factory=list)
    untouched: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, name: str, reason: str, kind: Kind = "left out") -> None:
        self.problems.append(Problem(self.number, name, reason, kind))

    @property
    def refused(self) -> bool:
        return any(problem.kind == "refused" for problem in self.problems)


Check = Callable[[Row, Any], None]


class Checker:
    """Checks the rows of one run; knows the custom fields, by the name that files call them: id and check of each."""

    def __init__(self, feed: str, custom: dict[str, tuple[int, Callable[[Any], Any]]] | None = None) -> None:
        self.feed = feed
        self.custom = custom or {}

    def check(self, raw: Raw) -> Row:
        row = new_row(raw)
        if raw.refused:
            row.tell(raw.field, raw.refused, "refused")
            return row
        for name, value in raw.data.items():
            if name not in IDENTITY:
                self.take(row, name, value)
        finish(row)
        return row

    def take(self, row: Row, name: str, value: Any) -> None:
        """Check one value by its name; an empty one says that nothing is known."""
        if check := CHECKS.get(name):
            attempt(row, name, check, value)
        elif name in self.custom:
            self.take_custom(row, name, value)
        elif name == "address" and not is_empty(value):
            self.take_address(row, value)
        elif name != "address" and not is_empty(value):
            row.unknown.append(values.UNWRITABLE.sub("�", name)[:80])

    def take_custom(self, row: Row, name: str, value: Any) -> None:
        pk, check = self.custom[name]
        column = f"custom.{pk}"
        try:
            row.columns[column] = None if is_empty(value) else check(value)
        except Bad as error:
            row.untouched.add(column)
            row.tell(name, f"{error}; it was left out")

    def take_address(self, row: Row, value: Any) -> None:
        if not isinstance(value, dict):
            row.tell("address", "it is not an object of street, city, region, postcode, country; it was left out")
            row.untouched |= {*ADDRESS, "country"}
            return
        for name, part in value.items():
            if check := ADDRESS_CHECKS.get(name):
                attempt(row, name, check, part, f"address.{name}")
            elif not is_empty(part):
                row.unknown.append(f"address.{values.UNWRITABLE.sub('�', name)[:60]}")


IDENTITY = frozenset({"id", "feed"})


def new_row(raw: Raw) -> Row:
    return Row(raw.number, raw.feed, raw.external_id, raw.digest, raw.whole)


def identify(raw: Raw, feed: str) -> None:
    """Fill in the feed and id that the row is known by; a row without an id is known by its name and address.

    Cheap, for it is asked of every row before anything else.
    """
    own = raw.data.get("id")
    if isinstance(own, float) and own.is_integer():
        own = int(own)
    text = "" if own is None or isinstance(own, (dict, list, bool)) else " ".join(str(own).split())
    raw.feed = " ".join(str(raw.data.get("feed") or feed).split())
    raw.external_id = text or made_id(raw.data)
    if not raw.refused:
        refuse_identity(raw)


def made_id(data: dict[str, Any]) -> str:
    """For a row without an id: a digest of what tells one place from another."""
    address = data.get("address")
    parts: list[Any] = [data.get("name"), address if isinstance(address, dict) else ""]
    parts += [data.get(name) for name in ("city", "region", "countries")]
    if not address:
        parts += [data.get(name) for name in ("lat", "lon", "category", "categories")]
    text = repr(parts).casefold().encode("utf-8", "replace")
    return f"row:{blake2b(text, digest_size=12).hexdigest()}"


def refuse_identity(raw: Raw) -> None:
    """Refuse what cannot be stored, or looked for in the database."""
    given = raw.data.get("id")
    if isinstance(given, (dict, list, bool)):
        raw.refused, raw.field = f"{shown(given)} is neither text nor a number", "id"
    for name, value, limit in (("id", raw.external_id, 300), ("feed", raw.feed, 200)):
        if len(value) > limit or values.UNWRITABLE.search(value):
            raw.refused, raw.field = f"it is longer than {limit} characters or holds some that cannot be stored", name


def is_empty(value: Any) -> bool:
    return value is None or (not value and value != 0 and value is not False)


def attempt(row: Row, name: str, check: Check, value: Any, shown_name: str = "") -> None:
    """Check one value; what is wrong with it leaves it out."""
    try:
        check(row, None if is_empty(value) else value)
    except Bad as error:
        row.untouched.update(COLUMNS_OF.get(name, (name,)))
        row.tell(shown_name or name, f"{error}; it was left out")


# ---- How each name fills its columns. A value of None says: nothing is known.


def text_of(column: str, limit: int) -> Check:
    return single(column, lambda value: values.line(value, limit), "")


def single(column: str, convert: Callable[[Any], Any], empty: Any) -> Check:
    """One value in one column; of a list with one value, that one."""

    def check(row: Row, value: Any) -> None:
        if isinstance(value, list) and len(value) == 1:
            [value] = value
        row.columns[column] = empty if value is None else convert(value)

    return check


def many(column: str, convert: Callable[[Any], str], name: str) -> Check:
    """Several values; each that is wrong is left out alone."""

    def check(row: Row, value: Any) -> None:
        row.columns[column] = values.unique(each(row, name, convert, value))

    return check


def each(row: Row, name: str, convert: Callable[[Any], Any], value: Any) -> Iterator[Any]:
    items = [] if value is None else values.as_list(value)
    if len(items) > MOST_VALUES:
        row.tell(name, f"of {len(items)} values only the first {MOST_VALUES} were taken")
    for item in items[:MOST_VALUES]:
        try:
            if not is_empty(item):
                yield convert(item)
        except Bad as error:
            row.tell(name, f"{error}; it was left out")


def dictionary(column: str, convert: Callable[[str, Any], tuple[str, str]]) -> Check:
    """Entries of a dictionary; each that is wrong is left out alone."""

    def check(row: Row, value: Any) -> None:
        if value is not None and not isinstance(value, dict):
            raise Bad("it is not an object of names and values")
        entries: dict[str, str] = {}
        for key, item in (value or {}).items():
            try:
                if not is_empty(item):
                    key, entry = convert(str(key), item)
                    entries[key] = entry
            except Bad as error:
                row.tell(f"{column}.{shown(key, 30)[1:-1]}", f"{error}; it was left out")
        row.columns[column] = entries

    return check


def named(language: str, value: Any) -> tuple[str, str]:
    return values.language(language), values.line(value, 300)


def profile(network: str, value: Any) -> tuple[str, str]:
    name = values.line(network, 40).lower()
    return name, values.account(name, value)


def description(row: Row, value: Any) -> None:
    row.columns["description"] = "" if value is None else to_html(values.block(value, 100_000))


def place_part(column: str, limit: int) -> Check:
    def convert(value: Any) -> str:
        text = values.line(value, limit)
        if not any(c.isalnum() for c in text):
            raise Bad(f"{shown(text)} is no name")
        return text

    return single(column, convert, "")


def moment(column: str, end_of_day: bool) -> Check:
    return single(column, lambda value: values.moment(value, end_of_day), None)


def path_of(value: Any) -> Path:
    """The names of a category path, each with single spaces; a name may contain any character."""
    if not isinstance(value, list) or not value or not all(isinstance(name, (str, int)) for name in value):
        raise Bad(f"{shown(value)} is no path. Write an array of names from the top, such as [“Shops”, “Bakery”]")
    names = tuple(values.line(name, 300) for name in value)
    if not all(names):
        raise Bad(f"{shown(' > '.join(names))} has an empty name in it")
    if len(names) > DEEPEST:
        raise Bad(f"{shown(' > '.join(names))} is {len(names)} levels deep, the most is {DEEPEST}")
    return names


def category(row: Row, value: Any) -> None:
    row.paths = [*(row.paths or []), *([] if value is None else [path_of(value)])]


def categories(row: Row, value: Any) -> None:
    if value is not None and not isinstance(value, list):
        raise Bad("it is not an array of paths")
    row.paths = list(dict.fromkeys([*(row.paths or []), *each(row, "categories", path_of, value)]))


def tags(row: Row, value: Any) -> None:
    found: dict[str, str] = {}
    for tag in each(row, "tags", lambda item: values.line(item, 100), value):
        found.setdefault(tag.casefold(), tag)
    row.tags = list(found.values())


def pictures(use: str) -> Check:
    def check(row: Row, value: Any) -> None:
        name = "images" if use == "gallery" else "logo"
        row.pictures = [*(row.pictures or []), *each(row, name, lambda item: picture(item, use), value)]

    return check


def picture(value: Any, use: str) -> PictureName:
    if isinstance(value, str):
        return PictureName(values.line(value, 1000), use=use)
    if not isinstance(value, dict):
        raise Bad(f"{shown(value)} is neither an address nor an object with “url” or “file”")
    source = next((value[key] for key in ("url", "file", "src", "address", "path") if value.get(key)), None)
    if source is None:
        raise Bad("it has neither “url” nor “file”")
    caption, credit = values.line(value.get("caption") or "", 300), values.line(value.get("credit") or "", 255)
    return PictureName(values.line(source, 1000), caption, credit, use)


def finish(row: Row) -> None:
    """What only the whole row can tell."""
    columns = row.columns
    if not columns.get("name"):
        row.tell("name", "a listing needs a name; add one, or take the row out", "refused")
    if (columns.get("lat") is None) != (columns.get("lon") is None):
        row.untouched |= {"lat", "lon"}
        row.tell("lat", "lat and lon must both be given; the position was left out")
    countries = columns.get("countries") or []
    if len(countries) == 1 and not columns.get("country") and any(columns.get(name) for name in ADDRESS):
        columns["country"] = countries[0]
    for column in row.untouched:
        columns.pop(column, None)


CHECKS: dict[str, Check] = {
    "name": text_of("name", 300),
    "names_by_lang": dictionary("names_by_lang", named),
    "alt_names": many("alt_names", lambda value: values.line(value, 300), "alt_names"),
    "acronyms": many("acronyms", lambda value: values.line(value, 60), "acronyms"),
    "category": category,
    "categories": categories,
    "description": description,
    "city": place_part("city", 150),
    "region": place_part("region", 150),
    "countries": many("countries", country_code, "countries"),
    "lat": single("lat", lambda value: values.number(value, -90, 90), None),
    "lon": single("lon", lambda value: values.number(value, -180, 180), None),
    "phone": many("phones", values.phone, "phone"),
    "email": single("email", values.email, ""),
    "website": single("website", values.website, ""),
    "social": dictionary("social", profile),
    "opening_hours": single("opening_hours", values.hours, ""),
    "timezone": single("timezone", values.timezone, ""),
    "language": single("language", values.language, ""),
    "images": pictures("gallery"),
    "logo": pictures("logo"),
    "established": text_of("established", 30),
    "wikidata": single("wikidata", values.wikidata, ""),
    "tags": tags,
    "status": single("status", values.status, "open"),
    "featured_until": moment("featured_until", end_of_day=True),
    "expires": moment("expire_at", end_of_day=True),
    "created": moment("listed_at", end_of_day=False),
    "owner_email": single("owner_email", values.email, ""),
    "source": text_of("source", 200),
    "licence": text_of("licence", 200),
}
ADDRESS_CHECKS: dict[str, Check] = {
    "street": text_of("street", 300),
    "city": CHECKS["city"],
    "region": CHECKS["region"],
    "postcode": text_of("postcode", 30),
    "country": single("country", country_code, ""),
}
COLUMNS_OF = {
    "lat": ("lat", "lon"), "lon": ("lat", "lon"), "phone": ("phones",), "expires": ("expire_at",),
    "created": ("listed_at",), "category": ("categories",), "images": ("pictures",), "logo": ("pictures",),
}  # fmt: skip
KNOWN_NAMES = frozenset({*CHECKS, *IDENTITY, "address"})
