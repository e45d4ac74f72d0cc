"""One thing found as a line of the results, from what the index keeps of it: no line asks the database for anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import get_script_prefix
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gazetteer.search.engines import analysis
from gazetteer.search.engines.base import Hit, Marks
from gazetteer.search.kinds import kinds
from gazetteer.web.formats import country_name, number

Parts = list[tuple[str, bool]]
"""A text in stretches, and of each whether it was looked for."""

ABOUT = 200
MOST_OTHER_NAMES = 2


@dataclass(frozen=True)
class Line:
    """`title` and `about` in stretches; `also`: other names that were looked for; `url` in the visitor's language."""

    kind: str
    kind_label: str | Promise
    id: str
    url: str
    title: Parts
    about: Parts
    also: list[Parts]
    where: str = ""
    when: datetime | None = None
    category: tuple[str, str] | None = None
    distance: str = ""
    is_featured: bool = False

    @property
    def name(self) -> str:
        return "".join(text for text, _marked in self.title)

    @property
    def summary(self) -> str:
        return "".join(text for text, _marked in self.about)


def line(hit: Hit, marks: Marks | None) -> Line:
    shown = hit.shown
    kind = kinds.get(hit.kind)
    title = marked(title_of(hit), marks)
    is_clear = any(is_mark for _text, is_mark in title)
    return Line(
        kind=hit.kind,
        kind_label=kind.one if kind else hit.kind,
        id=hit.id,
        url=localised(str(shown.get("url", "/"))),
        title=title,
        about=excerpt(shown, marks),
        also=[] if is_clear else also_named(shown, marks),
        where=where(shown),
        when=moment(shown.get("when")),
        category=category(shown),
        distance=distance(hit.km),
        is_featured=bool(shown.get("featured")),
    )  # fmt: skip


def excerpt(shown: Mapping[str, Any], marks: Marks | None) -> Parts:
    """The part of what is said of it in which most of what was looked for stands."""
    text = str(shown.get("about") or "")
    return analysis.excerpt(text, marks, ABOUT) if marks else [(text[:ABOUT], False)]


def title_of(hit: Hit) -> str:
    """The name; of what belongs to the site itself (categories, places) in the visitor's language."""
    shown = hit.shown
    names = shown.get("names") or {}
    language = get_language() or ""
    if hit.kind == "place" and shown.get("country") and not shown.get("is_below"):
        return country_name(str(shown["country"]))
    if hit.kind == "listing":
        return str(shown.get("title", ""))
    return str(names.get(language) or names.get(language.split("-")[0]) or shown.get("title", ""))


def marked(text: str, marks: Marks | None) -> Parts:
    return analysis.marked(text, marks) if marks else [(text, False)]


def also_named(shown: Mapping[str, Any], marks: Marks | None) -> list[Parts]:
    """Other names in which something was looked for: where the name itself does not, they say why it was found."""
    if marks is None:
        return []
    found = (analysis.marked(str(name), marks) for name in shown.get("also", ()))
    return [parts for parts in found if any(is_mark for _text, is_mark in parts)][:MOST_OTHER_NAMES]


def localised(url: str) -> str:
    """An address without a language as it is in the visitor's."""
    return get_script_prefix() + url.removeprefix("/")


def where(shown: Mapping[str, Any]) -> str:
    place = shown.get("place") or {}
    country = str(place.get("country") or "")
    parts = [str(place.get("city") or ""), country_name(country) if country else ""]
    return ", ".join(part for part in parts if part)


def category(shown: Mapping[str, Any]) -> tuple[str, str] | None:
    found = shown.get("category")
    if not found:
        return None
    names, language = found.get("names") or {}, get_language() or ""
    name = names.get(language) or names.get(language.split("-")[0]) or found["name"]
    return str(name), localised(str(found["url"]))


def moment(text: Any) -> datetime | None:
    return parse_datetime(str(text)) if text else None


def distance(km: float | None) -> str:
    """*850 m*, *2.4 km*, *120 km*."""
    if km is None:
        return ""
    if km < 1:
        return _("%(number)s m") % {"number": number(round(km * 1000, -1))}
    return _("%(number)s km") % {"number": number(round(km, 1 if km < 10 else 0))}
