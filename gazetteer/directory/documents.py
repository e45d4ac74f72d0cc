"""The directory's documents in the search index: listings, categories, places.

They are read by plain SQL in slices, a fixed number of queries each: a million listings are read in well under a
minute, where instances of models would take several.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import quote

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from gazetteer.directory.hours import open_state
from gazetteer.directory.hours_grammar import SUN
from gazetteer.directory.models import Category, Filing, Listing, ListingTag, Place, TaggedListing
from gazetteer.directory.querysets import PUBLISHED
from gazetteer.search import documents, index
from gazetteer.search.documents import ALL, All, ByRange, numbers_of, register
from gazetteer.search.engines.analysis import STEMMERS
from gazetteer.search.engines.base import Document, Engine, Words

COLUMNS = (
    "id", "name", "names_by_lang", "alt_names", "acronyms", "language", "description", "street", "postcode", "city",
    "region", "country", "countries", "lat", "lon", "timezone", "phones", "website", "opening_hours", "custom",
    "logo_id", "featured", "listed_at", "slug", "sort_name", "email",
)  # fmt: skip
MARKS = re.compile(r"<[^>]*>")
ABOUT = 400
"""Characters of a description that a line in the results is cut from."""

LONGEST_TEXT = 20_000
MOST_ALSO = 6
MOST_FOLLOWED = 100_000
"""With more listings touched at once, making the index anew is less work."""


# ---- Words and languages -------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def site_languages() -> tuple[str, ...]:
    own = settings.LANGUAGE_CODE.split("-")[0]
    return tuple(dict.fromkeys([own, *(code.split("-")[0] for code, _name in settings.LANGUAGES)]))


@lru_cache(maxsize=1_000)
def languages_in(country: str, language: str) -> tuple[str, ...]:
    """The languages a listing's words may be in: its own, else those of its country and of the site."""
    if language:
        return (language.split("-")[0],)
    spoken = get_official_languages(country.upper(), regional=True, de_facto=True) if country else ()
    known = dict.fromkeys([*(code.split("_")[0] for code in spoken), site_languages()[0]])
    return tuple(code for code in known if code in STEMMERS)[:4]


@lru_cache(maxsize=1_000)
def country_names(country: str) -> tuple[str, ...]:
    """What a country is called in the site's languages, in English and where it is spoken of at home."""
    spoken = get_official_languages(country.upper(), de_facto=True)
    names = (territory_name(code, country) for code in (*site_languages(), "en", *spoken))
    return tuple(dict.fromkeys(name for name in names if name))


def territory_name(language: str, country: str) -> str:
    try:
        return str(Locale.parse(language).territories.get(country.upper(), ""))
    except (ValueError, UnknownLocaleError):  # a language that CLDR has no names in
        return ""


def loaded(text: Any) -> Any:
    """A JSON column as both databases give it; most are empty."""
    return {} if text in ("{}", "[]", "", None) else json.loads(text)


def plain(description: str) -> str:
    if "<" in description or "&" in description:
        description = unescape(MARKS.sub(" ", description))
    return " ".join(description[:LONGEST_TEXT].split())


def moment(value: Any) -> datetime | None:
    """A moment as either database gives it: SQLite as text in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value is not None and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value


# ---- What listings hang on -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """A category with those above it: what it is called in which language, and where it is."""

    address: str
    words: tuple[Words, ...]
    shown: dict[str, Any]


@dataclass(frozen=True)
class Spot:
    """A place by the addresses of its three levels (empty where it has none) and its name."""

    address: str
    level: str
    name: str


@dataclass
class Known:
    """Categories, places and tags that were met, read once for many listings."""

    headings: dict[int, Heading | None] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)
    tags: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add_headings(self, ids: Iterable[int]) -> None:
        missing = set(ids).difference(self.headings)
        if not missing:
            return
        found = list(Category.objects.filter(pk__in=missing))
        above = {category.path[:step] for category in found for step in range(4, len(category.path), 4)}
        by_path = {category.path: category for category in (*Category.objects.filter(path__in=above), *found)}
        self.headings.update(dict.fromkeys(missing))
        for category in found:
            line = [by_path[path] for path in paths_to(category.path) if path in by_path]
            self.headings[category.pk] = None if category.is_hidden else heading(line)

    def add_spots(self, ids: Iterable[int]) -> None:
        missing = set(ids).difference(self.spots)
        for place in Place.objects.filter(pk__in=missing) if missing else ():
            level = "town" if place.town else "region" if place.region else "country"
            self.spots[place.pk] = Spot(place.address, level, place.town or place.region or place.country)

    def add_tags(self, ids: Iterable[int]) -> None:
        missing = set(ids).difference(self.tags)
        found = ListingTag.objects.filter(pk__in=missing).values_list("pk", "slug", "name") if missing else ()
        self.tags.update({pk: (slug, name) for pk, slug, name in found})


def paths_to(path: str) -> list[str]:
    return [path[:step] for step in range(4, len(path) + 1, 4)]


def heading(line: Sequence[Category]) -> Heading:
    """Of a category, given with all above it from the top."""
    last = line[-1]
    by_language = {settings.LANGUAGE_CODE.split("-")[0]: [category.name for category in line]}
    for category in line:
        for code, name in category.names_by_lang.items():
            by_language.setdefault(code.split("-")[0], []).append(str(name))
    words = [Words(" · ".join(dict.fromkeys(names)), (code,)) for code, names in by_language.items()]
    shown = {"name": last.name, "names": last.names_by_lang, "url": f"/directory/{quote(last.address)}/"}
    return Heading(last.address, tuple(words), shown)


# ---- Listings ------------------------------------------------------------------------------------------------------


@register
class Listings(ByRange):
    kind = "listing"
    table = Listing
    fields = (
        documents.NAME, documents.OTHER_NAMES, documents.FILED, documents.WHERE, documents.TEXT, documents.PHONE,
        documents.WEBSITE, documents.CATEGORY, documents.COUNTRY, documents.REGION, documents.TOWN, documents.TAG,
        documents.PHOTO, documents.FEATURED, documents.HOURS, documents.CUSTOM, documents.SORT_NAME, documents.DATE,
        documents.POINT,
    )  # fmt: skip

    def __init__(self) -> None:
        self.known = Known()

    def touched(self, keys: Collection[str]) -> list[int] | All:
        found = set(numbers_of(keys, "listing"))
        if paths := {key.partition("::")[2] for key in keys if key.startswith("tree::")}:
            for path in shortest(paths):
                found.update(Filing.objects.filter(category__path__startswith=path).values_list("listing", flat=True))
        if tags := numbers_of(keys, "listing_tag"):
            found.update(TaggedListing.objects.filter(tag__in=tags).values_list("content_object", flat=True))
        if "directory_customfield" in keys:
            found.update(Listing.objects.filter(PUBLISHED).exclude(custom={}).values_list("pk", flat=True))
        return ALL if len(found) > MOST_FOLLOWED else sorted(found)

    def read(self, numbers: Sequence[int]) -> Iterator[Document]:
        # What was met before may have changed since; only within one reading it is the same.
        known = Known()
        for start in range(0, len(numbers), SOME):
            some = numbers[start : start + SOME]
            yield from listings(f"IN ({', '.join(['%s'] * len(some))})", some, known)

    def in_range(self, first: int, end: int) -> Iterator[Document]:
        if first == 0:
            self.known = Known()
        yield from listings("BETWEEN %s AND %s", [first, end - 1], self.known)


SOME = 500


def shortest(paths: Iterable[str]) -> list[str]:
    """Without those that lie below another."""
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found


def listings(condition: str, values: Sequence[int], known: Known) -> Iterator[Document]:
    """The published listings whose ids are such, from five queries."""
    rows = fetched(
        f"SELECT {', '.join(COLUMNS)} FROM directory_listing WHERE id {condition}"
        " AND live AND NOT expired AND merged_into_id IS NULL AND deleted_at IS NULL",
        values,
    )
    filings = grouped("listing_id", "category_id", "directory_filing", condition, values, "ORDER BY NOT is_primary, id")
    placings = grouped("listing_id", "place_id", "directory_placing", condition, values)
    tagged = grouped("content_object_id", "tag_id", "directory_taggedlisting", condition, values)
    pictured = grouped("listing_id", "picture_id", "directory_listingpicture", condition, values)
    filters = filter_fields() if any(row[19] not in ("{}", None) for row in rows) else frozenset()
    known.add_headings(id for ids in filings.values() for id in ids)
    known.add_spots(id for ids in placings.values() for id in ids)
    known.add_tags(id for ids in tagged.values() for id in ids)
    for row in rows:
        pk = row[0]
        headings = [each for id in filings.get(pk, ()) if (each := known.headings.get(id))]
        spots = [known.spots[id] for id in placings.get(pk, ()) if id in known.spots]
        tags = [known.tags[id] for id in tagged.get(pk, ()) if id in known.tags]
        yield listing(Facts(*row), headings, spots, tags, pk in pictured, filters)


def fetched(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def grouped(
    owner: str, other: str, table: str, condition: str, values: Sequence[int], order: str = ""
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for mine, its in fetched(f"SELECT {owner}, {other} FROM {table} WHERE {owner} {condition} {order}", values):
        found.setdefault(mine, []).append(its)
    return found


def filter_fields() -> frozenset[str]:
    """The numbers of custom fields that visitors may filter by."""
    found = fetched("SELECT id FROM directory_customfield WHERE is_filter AND is_public AND deleted_at IS NULL", [])
    return frozenset(str(pk) for (pk,) in found)


@dataclass(slots=True)
class Facts:
    """A row of `COLUMNS`, as the database gives it."""

    id: int
    name: str
    names_by_lang: str
    alt_names: str
    acronyms: str
    language: str
    description: str
    street: str
    postcode: str
    city: str
    region: str
    country: str
    countries: str
    lat: float | None
    lon: float | None
    timezone: str
    phones: str
    website: str
    opening_hours: str
    custom: str
    logo_id: int | None
    featured: bool
    listed_at: Any
    slug: str
    sort_name: str
    email: str


def listing(
    facts: Facts,
    headings: Sequence[Heading],
    spots: Sequence[Spot],
    tags: Sequence[tuple[str, str]],
    has_picture: bool,
    filters: frozenset[str],
) -> Document:
    spoken = languages_in(facts.country, facts.language)
    names = loaded(facts.names_by_lang)
    others = [*map(str, loaded(facts.alt_names)), *map(str, loaded(facts.acronyms))]
    countries = loaded(facts.countries)
    about = plain(facts.description) if facts.description else ""
    values = {
        "name": Words(facts.name, spoken),
        "other_names": other_names(facts.name, names, others, spoken),
        "filed": [*(words for each in headings for words in each.words), *(name for _slug, name in tags)],
        "where": where(facts, spots),
        "text": Words(about, spoken) if about else None,
        "phone": [str(phone) for phone in loaded(facts.phones)],
        "website": [each for each in (facts.website, facts.email.partition("@")[2]) if each],
        "category": [each.address for each in headings],
        "country": [each.address for each in spots if each.level == "country"],
        "region": [each.address for each in spots if each.level == "region"],
        "town": [each.address for each in spots if each.level == "town"],
        "tag": [slug for slug, _name in tags],
        "photo": "yes" if has_picture or facts.logo_id else None,
        "featured": "yes" if facts.featured else None,
        "hours": hours_key(facts) if facts.opening_hours else None,
        "custom": {key: each for key, each in loaded(facts.custom).items() if key in filters} if filters else None,
        "sort_name": facts.sort_name,
        "date": moment(facts.listed_at),
        "point": None if facts.lat is None or facts.lon is None else (facts.lat, facts.lon),
    }
    shown: dict[str, Any] = {
        "title": facts.name,
        "url": f"/listing/{facts.id}/{facts.slug if facts.slug.isascii() else quote(facts.slug)}/",
        "about": about[:ABOUT],
        "when": moment_text(facts.listed_at),
        "place": {"city": facts.city, "country": facts.country},
    }
    if headings:
        shown["category"] = headings[0].shown
    if names:
        shown["names"] = names
    if others or names:
        shown["also"] = list(dict.fromkeys([*others, *map(str, names.values())] if names else others))[:MOST_ALSO]
    if facts.featured:
        shown["featured"] = True
    return Document(f"listing:{facts.id}", "listing", values, shown, boost(facts.featured, len(names), len(countries)))


def moment_text(value: Any) -> str:
    found = moment(value)
    return found.isoformat(timespec="seconds") if found else ""


def boost(featured: bool, names: int, countries: int) -> float:
    """Featured ones first among equals; then what is known under many names and in many countries."""
    return min(1.0, 0.5 * featured + 0.05 * min(names, 6) + 0.02 * min(countries, 10))


def other_names(name: str, names: Any, others: Sequence[str], spoken: tuple[str, ...]) -> list[Words]:
    found = [Words(each, spoken) for each in others if each != name]
    return found + [Words(str(each), (code.split("-")[0],)) for code, each in names.items() if names and each != name]


def where(facts: Facts, spots: Sequence[Spot]) -> list[str]:
    """Address and places in words. Of what is found in very many countries no country's name says anything."""
    found = [" · ".join([each for each in (facts.street, facts.city, facts.region, facts.postcode) if each])]
    countries = [each.name for each in spots if each.level == "country"]
    if len(countries) > MOST_COUNTRIES:
        countries = [facts.country] if facts.country else []
    return found + [joined_names(country) for country in countries]


@lru_cache(maxsize=1_000)
def joined_names(country: str) -> str:
    return " · ".join(country_names(country))


MOST_COUNTRIES = 12


# ---- Opening hours -------------------------------------------------------------------------------------------------


def hours_key(facts: Facts) -> str:
    """All that it hangs on whether a listing is open: those with one key are open at the same times."""
    position = ""
    if facts.lat is not None and facts.lon is not None and SUN.search(facts.opening_hours):
        position = f"{facts.lat:.2f},{facts.lon:.2f}"
    return "|".join((facts.timezone, facts.country, position, facts.opening_hours))


def open_now(engine: Engine | None = None, at: datetime | None = None) -> list[str]:
    """The opening hours in the index that say "open" at this moment, as values of the field `hours`."""
    moment = (at or now()).timestamp()
    known = (engine or index.engine()).values("hours", limit=MOST_HOURS)
    return [value for value, _count in known if is_open(value, moment)]


MOST_HOURS = 200_000
states: dict[str, tuple[bool, float, float]] = {}
"""By hours whether that is open, and from when to when (Unix time) that is known: a cache of a calculation."""

KNOWN_FOR = 3_600.0
"""Seconds after which hours without a next change are looked at again."""


def is_open(key: str, moment: float) -> bool:
    known = states.get(key)
    if known and known[1] <= moment < known[2]:
        return known[0]
    if len(states) > MOST_HOURS:
        states.clear()
    zone, country, position, text = key.split("|", 3)
    lat, _comma, lon = position.partition(",")
    found = open_state(
        text, zone, country, datetime.fromtimestamp(moment, UTC), (float(lat), float(lon)) if lat else None
    )
    until = found.until.timestamp() if found.until else moment + KNOWN_FOR
    states[key] = (found.state == "open", moment, until)
    return found.state == "open"


# ---- Categories and places -----------------------------------------------------------------------------------------


@register
class Categories(ByRange):
    kind = "category"
    table = Category
    fields = (documents.NAME, documents.OTHER_NAMES, documents.FILED, documents.TEXT, documents.CATEGORY)

    def touched(self, keys: Collection[str]) -> list[int]:
        found = set(numbers_of(keys, "category"))
        for path in shortest({key.partition("::")[2] for key in keys if key.startswith("tree::")}):
            found.update(Category.objects.filter(path__startswith=path).values_list("pk", flat=True))
        return sorted(found)

    def read(self, numbers: Sequence[int]) -> Iterator[Document]:
        return categories(Category.objects.filter(pk__in=numbers))

    def in_range(self, first: int, end: int) -> Iterator[Document]:
        return categories(Category.objects.filter(pk__gte=first, pk__lt=end))


def categories(rows: Iterable[Category]) -> Iterator[Document]:
    rows = [category for category in rows if not category.is_hidden]
    known = Known()
    known.add_headings(category.pk for category in rows)
    for category in rows:
        found = known.headings[category.pk]
        if found is None:
            continue
        site = settings.LANGUAGE_CODE.split("-")[0]
        values = {
            "name": Words(category.name, (site,)),
            "other_names": [Words(str(name), (code,)) for code, name in category.names_by_lang.items()],
            "filed": list(found.words),
            "text": Words(category.description, (site,)),
            "category": category.address,
        }
        shown = {"title": category.name, "about": plain(category.description)[:ABOUT]}
        shown |= {key: value for key, value in found.shown.items() if key != "name" and value}
        yield Document(f"category:{category.pk}", "category", values, shown, boost=0.5)


@register
class Places(ByRange):
    kind = "place"
    table = Place
    fields = (
        documents.NAME, documents.OTHER_NAMES, documents.WHERE, documents.COUNTRY, documents.REGION, documents.TOWN,
        documents.SORT_NAME,
    )  # fmt: skip

    def touched(self, keys: Collection[str]) -> list[int]:
        found = set(numbers_of(keys, "place"))
        if parents := numbers_of(keys, "places"):
            below = Place.objects.filter(parent__in=parents)
            found.update(below.values_list("pk", flat=True))
            if 0 in parents:
                found.update(Place.objects.filter(parent=None).values_list("pk", flat=True))
        return sorted(found)

    def read(self, numbers: Sequence[int]) -> Iterator[Document]:
        return places(Place.objects.with_listings().filter(pk__in=numbers))

    def in_range(self, first: int, end: int) -> Iterator[Document]:
        return places(Place.objects.with_listings().filter(pk__gte=first, pk__lt=end))


def places(rows: Iterable[Place]) -> Iterator[Document]:
    for place in rows:
        names = country_names(place.country)
        above = [part for part in (place.region if place.town else "", *names) if part]
        is_below = bool(place.town or place.region)
        values = {
            "name": place.town or place.region or names[0],
            "other_names": [] if is_below else list(names[1:]),
            "where": above if is_below else [],
            "country": place.country.lower(),
            "region": place.address if place.region and not place.town else None,
            "town": place.address if place.town else None,
            "sort_name": place.sort_name,
        }
        shown = {
            "title": values["name"],
            "url": f"/place/{quote(place.address)}/",
            "country": place.country,
            "is_below": is_below,
            "place": {"city": place.region if place.town else "", "country": place.country if is_below else ""},
        }
        yield Document(f"place:{place.pk}", "place", values, shown, boost=0.5)
