"""From the plain form of a story to the text blocks of the newsroom."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from wagtail.rich_text import RichText

from gazetteer.directory.models import Category, Listing, Place
from gazetteer.news.blocks import BodyBlock
from gazetteer.ops.demo.forms import (
    Block,
    Bullets,
    Figure,
    Heading,
    Paragraph,
    Picture,
    PullQuote,
    Story,
    Table,
    targets,
    to_html,
)
from gazetteer.ops.demo.forms import plain as without_marks
from gazetteer.web.models import Picture as LibraryPicture

FEED = "demo"
Address = Callable[[str], str | None]
Library = Callable[[Picture], LibraryPicture]


def addresses_of(stories: list[Story]) -> dict[str, str]:
    """The address of everything that these stories link to and that the site has."""
    wanted = {target for story in stories for target in targets(story)}
    return {**listing_addresses(wanted), **category_addresses(wanted), **place_addresses(wanted)}


def listing_addresses(wanted: set[str]) -> dict[str, str]:
    ids = [target for target in wanted if not target.startswith(("category:", "place:"))]
    found = Listing.objects.filter(feed=FEED, external_id__in=ids).values_list("external_id", "pk", "slug")
    return {external: reverse("listing", args=[pk, slug or "listing"]) for external, pk, slug in found}


def category_addresses(wanted: set[str]) -> dict[str, str]:
    """Categories are known by the path of their names."""
    names: dict[str, str] = {}
    found: dict[str, str] = {}
    for path, name, address in Category.objects.order_by("path").values_list("path", "name", "address"):
        above = names.get(path[: -Category.steplen])
        names[path] = f"{above} > {name}" if above else name
        found[f"category:{names[path]}"] = reverse("category", args=[address])
    return {target: found[target] for target in wanted if target in found}


def place_addresses(wanted: set[str]) -> dict[str, str]:
    codes = [target.removeprefix("place:") for target in wanted if target.startswith("place:")]
    countries = Place.objects.filter(country__in=codes, region="", town="")
    return {f"place:{place.country}": place.get_absolute_url() for place in countries}


def body_of(story: Story, address: Address, library: Library) -> list[tuple[str, Any]]:
    """Every block of the story, and last what it was computed from."""
    blocks = [block_of(block, address, library) for block in story.body]
    note = f"<p><i>{to_html(story.note, address)}</i></p>"
    return [*blocks, ("paragraph", RichText(note))]


def block_of(block: Block, address: Address, library: Library) -> tuple[str, Any]:
    match block:
        case Paragraph(text):
            return "paragraph", RichText(f"<p>{to_html(text, address)}</p>")
        case Heading(text):
            return "heading", text
        case PullQuote(text, attribution):
            return "quote", {"quote": text, "who": attribution}
        case Bullets(items, ordered):
            return "list", RichText(list_html(items, "ol" if ordered else "ul", address))
        case Table(caption, rows):
            return "table", table_of(caption, rows)
        case Figure(picture):
            return "picture", {"picture": library(picture), "caption": picture.caption, "credit": picture.credit}


def list_html(items: tuple[str, ...], tag: str, address: Address) -> str:
    inner = "".join(f"<li>{to_html(item, address)}</li>" for item in items)
    return f"<{tag}>{inner}</{tag}>"


def table_of(caption: str, rows: tuple[tuple[str, ...], ...]) -> Any:
    """The table's block; the first row is its heading, and a column of figures alone becomes one of numbers."""
    headings, *lines = rows
    kinds = ["number" if all(map(is_figure, column)) else "text" for column in zip(*lines, strict=True)]
    table = BodyBlock().child_blocks["table"]
    return table.to_python(
        {
            "columns": [{"type": kind, "heading": heading} for kind, heading in zip(kinds, headings, strict=True)],
            "rows": [{"values": [cell_of(*cell) for cell in zip(kinds, line, strict=True)]} for line in lines],
            "caption": caption,
        }
    )


def is_figure(text: str) -> bool:
    return text.replace(",", "").isdigit()


def cell_of(kind: str, text: str) -> str:
    return text.replace(",", "") if kind == "number" else text


def lead_of(story: Story) -> str:
    """The lead paragraph has no links: it stands in lists too."""
    return without_marks(story.lead)
