"""A small world to search: a schema with every kind of field, and documents of two kinds in many scripts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gazetteer.search.engines.base import (
    Code,
    Date,
    Document,
    Facts,
    Keyword,
    Number,
    Order,
    Point,
    Schema,
    Text,
    Words,
)

SCHEMA = Schema(
    (
        Text("name", weight=10, is_name=True),
        Text("other_names", weight=6, is_name=True),
        Text("about", weight=2),
        Text("text"),
        Code("phone", "phone"),
        Code("website", "domain"),
        Code("code"),
        Keyword("category", is_path=True),
        Keyword("country"),
        Keyword("tag"),
        Facts("custom"),
        Order("sort_name"),
        Number("rooms"),
        Date("listed"),
        Point("point"),
    ),
    languages=("en",),
)


def listing(number: int, name: str, boost: float = 0.0, **values: Any) -> Document:
    shown = {"title": name, "url": f"/listing/{number}/"}
    named = {"name": Words(name, values.pop("languages", ())), "sort_name": name.lower()}
    return Document(f"listing:{number}", "listing", {**named, **values}, shown, boost)


def story(number: int, headline: str, **values: Any) -> Document:
    return Document(f"article:{number}", "article", {"name": headline, **values}, {"title": headline})


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DOCUMENTS = (
    listing(
        1,
        "University of Nairobi",
        other_names=["UoN", Words("Chuo Kikuu cha Nairobi", ("sw",))],
        about=["Universities", "Nairobi", "Kenya"],
        category="education/universities",
        country="ke",
        tag=["teaching", "research"],
        point=(-1.2797, 36.8163),
        phone="+254 20 318262",
        website="https://www.uonbi.ac.ke/",
        rooms=300,
        listed=day("2026-01-05"),
    ),
    listing(
        2,
        "Nairobi",
        about=["Cafés", "Lyon", "France"],
        category="food/cafes",
        country="fr",
        point=(45.7640, 4.8357),
        phone="+33 4 72 00 11 22",
        website="https://nairobi-lyon.fr",
        listed=day("2026-03-01"),
        text="Coffee from Kenya, and cakes. The students of Lyon sit here.",
    ),
    listing(
        3,
        "The Smith & Sons Bakery",
        about=["Bakeries", "London", "United Kingdom"],
        category="food/bakeries",
        country="gb",
        tag=["bread"],
        custom={"7": ["rye", "spelt"], "8": 12.5},
        point=(51.5074, -0.1278),
        phone="+44 20 7946 0958",
        website="http://smithbakery.co.uk",
        rooms=2,
        listed=day("2025-06-01"),
        code="ISBN 978-3-16-148410-0",
    ),
    listing(
        4,
        "Cafe Müller",
        languages=("de",),
        about=["Cafés", "Wuppertal"],
        category="food/cafes",
        country="de",
        tag=["bread"],
        point=(51.2562, 7.1508),
    ),
    listing(
        5,
        "Zürcher Kantonalbank",
        other_names=["ZKB"],
        languages=("de",),
        about=["Banks", "Zürich"],
        category="money/banks",
        country="ch",
        text="A bank of the canton.",
    ),
    listing(
        6,
        "東京都立大学",
        other_names=["Tokyo Metropolitan University"],
        category="education/universities",
        country="jp",
    ),
    listing(
        7, "มหาวิทยาลัยเชียงใหม่", other_names=["Chiang Mai University"], category="education/universities", country="th"
    ),
    listing(8, "جامعة القاهرة", other_names=["Cairo University"], category="education/universities", country="eg"),
    listing(
        9,
        "Московский университет",
        other_names=["Moscow State University"],
        languages=("ru",),
        category="education/universities",
        country="ru",
    ),
    listing(10, "Εθνική Τράπεζα", other_names=["National Bank of Greece"], category="money/banks", country="gr"),
    listing(
        11, "האוניברסיטה העברית", other_names=["Hebrew University"], category="education/universities", country="il"
    ),
    listing(
        12, "서울대학교", other_names=["Seoul National University"], category="education/universities", country="kr"
    ),
    listing(13, "北京大学", other_names=["Peking University"], category="education/universities", country="cn"),
    listing(14, "Taveuni Estates", about=["Hotels", "Fiji"], category="hotels", country="fj", point=(-16.8, 179.99)),
    listing(15, "Lavena Lodge", about=["Hotels", "Fiji"], category="hotels", country="fj", point=(-16.86, -179.88)),
    listing(16, "Amundsen Station", category="education/observatories", country="aq", point=(-89.99, 45.0)),
    listing(17, "Pole Observatory", category="education/observatories", country="aq", point=(-89.99, -135.0)),
    listing(18, "7-Eleven", about=["Convenience shops"], category="food/shops", country="us", tag=["chain"]),
    listing(
        19,
        "Corner Shop",
        boost=1.0,
        custom={"7": "rye", "8": 3},
        about=["Convenience shops"],
        category="food/shops",
        country="us",
    ),
    listing(20, "Corner Store", about=["Convenience shops"], category="food/shops", country="us"),
    story(
        1, "Bakers of London go on strike", text="The bread ran out at Smith and elsewhere.", listed=day("2026-11-01")
    ),
    story(2, "Coffee grows dearer", text="In Nairobi the price of a bag rose.", listed=day("2026-10-01")),
)


@dataclass(frozen=True)
class Slice:
    """A part of the documents, as a process of its own reads it."""

    start: int = 0
    step: int = 1

    def __call__(self) -> Iterable[Document]:
        return DOCUMENTS[self.start :: self.step]
