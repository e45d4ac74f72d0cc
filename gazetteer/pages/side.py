"""Fills the slot "side": the blocks that stand beside this story, section, category, listing or place."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string

from gazetteer.changes.notes import note, reading, shows
from gazetteer.directory.models import Category, Place
from gazetteer.news.models import Section
from gazetteer.pages.models import SideColumn
from gazetteer.pages.showing import shown_blocks
from gazetteer.pages.stories import pool
from gazetteer.web.parts import part, renders
from gazetteer.web.slots import fills


@fills("side")
def side_column(request: HttpRequest, **subject: Any) -> str:
    """The side column of a page about `subject`: one block for all such pages in one section, category or place."""
    given = {kind: thing for kind, thing in subject.items() if thing is not None}
    kind = next((kind for kind in SideColumn.KINDS if kind in given), None)
    if kind is None or not any(columns_for(kind, section_path(given), category_path(given))):
        return ""
    within = (section_of(given), category_of(given), given.get("place"))
    asked = (kind, *(thing.pk if thing is not None else NONE for thing in within))
    article = given.get("article")
    if article is None or not article.pk:
        return part(request, "side", *asked)
    return part(request, "side", *asked, unless=f"article:{article.pk}", instead=(*asked, article.pk))


NONE = "-"


@renders("side")
def blocks_beside(request: HttpRequest, kind: str, section: str, category: str, place: str, without: str = NONE) -> str:
    """The blocks beside a page of `kind` in a section, category or place, `without` the story that it is about."""
    for name in ("story_pool", "listing_pool", "blocks_made"):  # it stands by itself, whatever the page has shown
        request.__dict__.pop(name, None)
    asked = {"section": section, "category": category, "place": place}
    within = {name: found for name, pk in asked.items() if (found := by_id(MODELS[name], pk)) is not None}
    columns = columns_for(kind, section_path(within), category_path(within)) if kind in SideColumn.KINDS else []
    if without != NONE:
        pool(request).shown.add(int(without))  # it is on the page already
    items = [item for column in columns for item in column.blocks]
    subject = {"article": None} if kind == "article" else within  # the story itself is no matter to any block
    blocks = shown_blocks(request, {"side": items}, subject)["side"]
    shows(*(f"article:{pk}" for pk in pool(request).shown))
    return render_to_string("pages/side.html", {"blocks": blocks}, request) if blocks else ""


MODELS: dict[str, type[Model]] = {"section": Section, "category": Category, "place": Place}


def by_id(model: type[Model], pk: str) -> Any:
    return model._default_manager.filter(pk=pk).first() if pk != NONE else None


def columns_for(kind: str, section: str, category: str) -> list[SideColumn]:
    """Those that belong on such a page: of its own section or branch first, then those for everywhere."""
    with reading("sections:all", besides=("directory_category",)):
        columns = list(SideColumn.objects.filter(is_shown=True).select_related("section", "category"))
    note(*(f"category:{column.category_id}" for column in columns if column.category_id))
    beside = [column for column in columns if column.stands_beside(kind, section, category)]
    own = [column for column in beside if not column.is_general]
    if any(column.replaces for column in own):
        return own
    return own + [column for column in beside if column.is_general]


def section_of(subject: dict[str, Any]) -> Any:
    """The section that the page is in, if any."""
    return subject.get("section") or getattr(subject.get("article"), "section", None)


def section_path(subject: dict[str, Any]) -> str:
    """The tree path of the section that the page is in, or nothing."""
    section = section_of(subject)
    return section.path if section is not None else ""


def category_of(subject: dict[str, Any]) -> Any:
    """The category that the page is in, if any: for a listing its primary one."""
    if (category := subject.get("category")) is not None:
        return category
    listing = subject.get("listing")
    if listing is None or not listing.pk:
        return None
    note(f"listing:{listing.pk}")
    return next((filing.category for filing in listing.filings.all() if filing.is_primary), None)


def category_path(subject: dict[str, Any]) -> str:
    """The tree path of that category, or nothing."""
    category = category_of(subject)
    return str(category.path) if category is not None else ""
