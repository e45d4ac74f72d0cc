"""What the pages of the directory, a category and a place show, beside the listing page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gazetteer.changes.notes import note
from gazetteer.directory import lists, noting
from gazetteer.directory.models import Branch, BranchRow, Category, Place
from gazetteer.directory.names import OTHER
from gazetteer.directory.rows import Row, rows
from gazetteer.web import pictures
from gazetteer.web.formats import country_name

MOST_PLACES = 300
"""Links to towns or regions on one page; a country with more is searched or read by region."""


@dataclass
class Listings:
    """One page of a branch's listings, with the ways to the others; what `directory/listings.html` shows."""

    rows: list[Row]
    total: int | None
    tabs: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    letter: str
    next_url: str = ""
    first_url: str = ""


def listings_of(request: HttpRequest, branch: Branch, language: str, among: "Branch | None" = None) -> Listings:
    """The page that the address asks for: `?order=`, `?letter=`, `?after=`; anything else is the first page."""
    wish = wish_of(request, among)
    found = lists.page_of(branch, wish)
    noting.note_page(branch, wish, found)
    noting.note_size(branch)
    here = {"order": "" if wish.order == "featured" else wish.order, "letter": wish.letter}
    letters = lists.letters_of(branch, language) if among is None else {}
    if among is None:
        noting.note_letters(branch)
    else:
        note(f"branch:{among.pk}")
    return Listings(
        rows=rows(found.ids),
        total=branch.listings if among is None else crossing_size(branch, among),
        tabs=[tab(order, label, wish) for order, label in order_labels()],
        letters=[letter_link(letter, used, here) for letter, used in letters.items()],
        letter=_("Others") if wish.letter == OTHER else wish.letter,
        next_url=query(here | {"after": found.next_after}) if found.next_after else "",
        first_url=(query(here) or request.path) if wish.after else "",
    )


def wish_of(request: HttpRequest, among: "Branch | None") -> lists.Wish:
    order = request.GET.get("order", "")
    letter = request.GET.get("letter", "")[:1].upper()
    after = request.GET.get("after", "")
    return lists.Wish(
        order=order if order in lists.ORDERS else "featured",  # type: ignore[arg-type]  # narrowed by the line itself
        letter=letter,
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None,
        among=BranchRow.objects.filter(branch=among) if among else None,
    )


def crossing(request: HttpRequest, one: Branch, other: Branch) -> Listings:
    """Listings that stand in both, read from the smaller: the one list whose cost grows, with the smaller's size."""
    small, large = sorted((one, other), key=lambda each: each.listings)
    return listings_of(request, small, get_language() or "", among=large)


def crossing_size(branch: Branch, among: Branch) -> int:
    both = BranchRow.objects.filter(branch=among).values("listing")
    return BranchRow.objects.filter(branch=branch, listing__in=both).count()


def order_labels() -> list[tuple[lists.Order, str]]:
    return [("featured", _("Featured first")), ("name", _("A–Z")), ("newest", _("Newest"))]


def tab(order: lists.Order, label: str, wish: lists.Wish) -> dict[str, Any]:
    values = {"order": "" if order == "featured" else order, "letter": wish.letter}
    return {"label": label, "url": query(values) or "?", "current": order == wish.order}


def letter_link(letter: str, used: bool, here: dict[str, str]) -> dict[str, Any]:
    chosen = letter == here["letter"]
    url = query(here | {"letter": "" if chosen else letter}) or "?"
    return {"label": letter, "url": url if used else "", "current": chosen}


def query(values: dict[str, Any]) -> str:
    kept = {name: value for name, value in values.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


# Categories


@dataclass(frozen=True)
class Heading:
    """A category as `c.category_grid` shows it."""

    local_name: str
    url: str
    listing_count: int
    shown_children: tuple["Heading", ...] = ()
    current: bool = False


def heading(category: Category, children: Iterable[Category] = ()) -> Heading:
    noting.note_size(category.branch)
    noting.note_categories([category])
    below = tuple(heading(child) for child in children)
    return Heading(category.local_name, category.get_absolute_url(), category.branch.listings, below)


def with_children(categories: Iterable[Category], depth: int = 1) -> list[Heading]:
    """Those at `depth`, each with its own children among the rest; in the order of the tree."""
    found = list(categories)
    return [heading(each, children_among(each, found)) for each in found if each.depth == depth]


def children_among(parent: Category, categories: list[Category]) -> list[Category]:
    return [each for each in categories if each.depth == parent.depth + 1 and each.path.startswith(parent.path)]


def category_context(request: HttpRequest, category: Category) -> dict[str, Any]:
    noting.note_below(category)
    family = list(Category.objects.family_of(category))
    above = [each for each in family if each.depth < category.depth]
    return {
        "category": category,
        "crumbs": crumbs(above, category.local_name),
        "picture": pictures.shown(category.picture),
        "children": with_children(family, category.depth + 1),
        "related": [heading(each) for each in Category.objects.in_use().with_counts().filter(related_from=category)],
    }


def crumbs(above: Iterable[Category], here: str = "") -> list[dict[str, str]]:
    found = [{"label": _("Directory"), "url": reverse("directory")}]
    above = list(above)
    noting.note_categories(above)
    found += [{"label": each.local_name, "url": each.get_absolute_url()} for each in above]
    return [*found, {"label": here}] if here else found


# Places


@dataclass(frozen=True)
class ShownPlace:
    name: str
    url: str
    listing_count: int


def place_name(place: Place) -> str:
    return place.town or place.region or country_name(place.country)


def shown_places(places: Iterable[Place]) -> list[ShownPlace]:
    places = list(places)
    for each in places:
        noting.note_size(each.branch)
    noting.note_places(places)
    found = [ShownPlace(place_name(each), each.get_absolute_url(), each.branch.listings) for each in places]
    return sorted(found, key=lambda each: each.name.casefold())


def place_crumbs(place: Place) -> list[dict[str, str]]:
    """The country and region above a place. A region that is not known is passed over."""
    found = [{"label": _("Places"), "url": reverse("places")}]
    above: list[Place] = []
    parent = place.parent
    while parent is not None:
        above.insert(0, parent)
        parent = parent.parent
    noting.note_places([place, *above])
    return found + [{"label": place_name(each), "url": each.get_absolute_url()} for each in above]


def place_context(request: HttpRequest, place: Place) -> dict[str, Any]:
    note(f"places:{place.pk}", "tops:all")
    below = Place.objects.children_of(place)[: MOST_PLACES + 1]
    return {
        "place": place,
        "title": place_name(place),
        "crumbs": [*place_crumbs(place), {"label": place_name(place)}],
        "below": shown_places(below[:MOST_PLACES]),
        "crossings": [crossing_link(place, each) for each in Category.objects.tops()],
        "listings": listings_of(request, place.branch, get_language() or ""),
    }


def crossing_link(place: Place, category: Category) -> dict[str, str]:
    return {"label": category.local_name, "url": reverse("place", args=[f"{place.address}/in/{category.address}"])}


def crossing_context(request: HttpRequest, place: Place, category: Category) -> dict[str, Any]:
    """“Plumbers in Leeds”: a category's listings at a place."""
    noting.note_below(category)
    noting.note_categories([category])
    title = _("%(category)s in %(place)s") % {"category": category.local_name, "place": place_name(place)}
    here = {"label": place_name(place), "url": place.get_absolute_url()}
    children = Category.objects.children_of(category)
    return {
        "place": place,
        "category": category,
        "title": title,
        "crumbs": [*place_crumbs(place), here, {"label": category.local_name}],
        "below": [],
        "crossings": [crossing_link(place, each) for each in children],
        "listings": crossing(request, place.branch, category.branch),
    }
