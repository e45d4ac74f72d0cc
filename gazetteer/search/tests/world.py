"""A small town to search in: twenty-five bakeries, a few other firms, three stories. What is tested is the search."""

from datetime import UTC, datetime

from gazetteer.search.engines.base import Date, Document, Keyword, Order, Point, Schema, Text
from gazetteer.search.engines.memory import MemoryEngine
from gazetteer.search.facets import Facet, PathFacet
from gazetteer.search.kinds import Kind
from gazetteer.search.places import Located

SCHEMA = Schema(
    (
        Text("name", weight=10, is_name=True),
        Text("text"),
        Keyword("category", is_path=True),
        Keyword("country"),
        Keyword("year"),
        Keyword("featured"),
        Order("sort_name"),
        Date("date"),
        Point("point"),
    )
)
KINDS = (
    Kind("listing", "Listings", "Listing", 10, "listing", lambda parts: (f"listing:{parts['pk']}", "Found")),
    Kind("article", "Stories", "Story", 20, "article", lambda parts: None),
)


class Categories(PathFacet):
    name, label, order, called = "category", "Category", 10, ("category",)

    def is_offered(self, query):
        return query.kind in ("", "listing")

    def labels(self, values):
        return {value: value.rpartition("/")[2].capitalize() for value in values}

    def resolve(self, typed):
        return (typed,) if typed in {"shops", "shops/bakeries", "banks"} else ()


class Countries(Facet):
    name, label, order, called = "country", "Country", 20, ("in",)

    def is_offered(self, query):
        return query.kind in ("", "listing")

    def labels(self, values):
        return {value: {"nz": "New Zealand", "fr": "France"}.get(value, value) for value in values}

    def resolve(self, typed):
        return {"new zealand": ("nz",), "france": ("fr",)}.get(typed.lower(), ())


class Years(Facet):
    name, label, kinds, order = "year", "Year", ("article",), 30


FACETS = (Categories(), Countries(), Years())
WELLINGTON = (-41.29, 174.78)


def locate(name):
    return Located(*WELLINGTON, "Wellington, New Zealand") if name.lower() == "wellington" else None


def firm(number, name, category="shops/bakeries", country="nz", point=None, text="", **shown):
    return Document(
        f"listing:{number}",
        "listing",
        {
            "name": name, "text": text, "category": [category], "country": country, "sort_name": name.lower(),
            "point": point, "date": datetime(2020, 1, 1 + number % 28, tzinfo=UTC),
        },
        {"title": name, "url": f"/listing/{number}/a/", "about": text, "when": "2020-01-01T00:00:00Z", **shown},
    )  # fmt: skip


def story(number, headline, year, text=""):
    return Document(
        f"article:{number}",
        "article",
        {"name": headline, "text": text, "year": str(year), "date": datetime(year, 4, 13, tzinfo=UTC)},
        {"title": headline, "url": f"/news/{year}/04/13/{number}/", "about": text, "when": f"{year}-04-13T00:00:00Z"},
    )


DOCUMENTS = [
    *(firm(number, f"Crust {number:02}", point=(-41.29, 174.78 + number / 100)) for number in range(1, 26)),
    firm(31, "Café Crème", country="fr", text="Pastry & <b>bread</b> on the square.", point=(48.85, 2.35)),
    firm(32, "River Bank", "banks", text="A bank with a long history by the water."),
    firm(33, "Savings Bank", "banks", "fr"),
    story(1, "Crust found on the moon", 2019, "An old bread was found there."),
    story(2, "Bank holiday", 2018),
    story(3, "Bank robbed", 2019),
]


def engine(place):
    made = MemoryEngine(place, SCHEMA)
    made.build([lambda: DOCUMENTS], "")
    return made
