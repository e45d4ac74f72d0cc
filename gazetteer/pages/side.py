"""Fills the slot "side": the blocks that stand beside this story, section, category, listing or place."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from gazetteer.pages.models import SideColumn
from gazetteer.pages.showing import shown_blocks
from gazetteer.pages.stories import pool
from gazetteer.web.slots import fills


@fills("side")
def side_column(request: HttpRequest, **subject: Any) -> str:
    """The side column of a page about `subject`; one query for the columns, and what their blocks need."""
    given = {kind: thing for kind, thing in subject.items() if thing is not None}
    columns = columns_for(given)
    if not columns:
        return ""
    if "article" in given:
        pool(request).shown.add(given["article"].pk)  # it is on the page already
    items = [item for column in columns for item in column.blocks]
    blocks = shown_blocks(request, {"side": items}, given)["side"]
    return render_to_string("pages/side.html", {"blocks": blocks}, request) if blocks else ""


def columns_for(subject: dict[str, Any]) -> list[SideColumn]:
    """Those that belong on this page: of its own section or branch first, then those for everywhere."""
    kind = next((kind for kind in SideColumn.KINDS if kind in subject), None)
    if kind is None:
        return []
    section, category = section_path(subject), category_path(subject)
    columns = SideColumn.objects.filter(is_shown=True).select_related("section", "category")
    beside = [column for column in columns if column.stands_beside(kind, section, category)]
    own = [column for column in beside if not column.is_general]
    if any(column.replaces for column in own):
        return own
    return own + [column for column in beside if column.is_general]


def section_path(subject: dict[str, Any]) -> str:
    """The tree path of the section that the page is in, or nothing."""
    section = subject.get("section") or getattr(subject.get("article"), "section", None)
    return section.path if section is not None else ""


def category_path(subject: dict[str, Any]) -> str:
    """The tree path of the category that the page is in: for a listing its primary one."""
    if (category := subject.get("category")) is not None:
        return str(category.path)
    listing = subject.get("listing")
    if listing is None:
        return ""
    filing = listing.filings.filter(is_primary=True).select_related("category").first()
    return str(filing.category.path) if filing else ""
