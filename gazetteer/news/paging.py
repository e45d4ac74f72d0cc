"""Lists page by `?after=<id of a story>`: the next page begins behind that story, at the same cost on every page."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from gazetteer.changes.notes import do_not_keep, note
from gazetteer.news.models import Article
from gazetteer.news.noting import note_range

PER_PAGE = 20


@dataclass(frozen=True)
class Order:
    """The columns a list is sorted by, newest first: when, and the story's id, as the list's rows name them.

    `kind` is that of the keys that such a list logs (`keys.py`).
    """

    when: str
    story: str
    kind: str


@dataclass(frozen=True)
class Page:
    """Ids of one page's stories in their order, and the addresses of the pages beside it."""

    ids: list[int] = field(default_factory=list)
    is_first: bool = True
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class List:
    """A list of one owner (a section's, an author's); `ends`: the first and last moment that can stand in it."""

    order: Order
    owner: int | str
    ends: tuple[datetime | None, datetime | None] = (None, None)


def page_of(request: HttpRequest, rows: QuerySet, of: List, size: int = PER_PAGE) -> Page:  # type: ignore[type-arg]  # rows of several models
    """One page of `rows`, which are not sorted yet; raises Http404 for an `after` that names no story."""
    order, (low, high) = of.order, of.ends
    after = request.GET.get("after", "")
    if after:
        high, pk = place_of(after)
        rows = behind(rows, order, high, pk)
    found = rows.order_by(f"-{order.when}", f"-{order.story}").values_list(order.story, order.when)[: size + 1]
    ids = [pk for pk, _when in found]
    more = f"?after={ids[size - 1]}" if len(ids) > size else ""
    note_range(order.kind, of.owner, found[size - 1][1] if more else low, high)
    return Page(ids[:size], is_first=not after, previous_url=request.path if after else "", next_url=more)


def place_of(after: str) -> tuple[datetime, int]:
    """Where in a list the story stands that `after` names, even if it was taken down since."""
    pk = int(after) if after.isascii() and after.isdigit() and len(after) <= 18 else 0
    found = Article.objects.filter(pk=pk).values_list("published_at", "shown_at").first()
    if found is None or found[0] is None:
        raise Http404
    note(f"article:{pk}:card")
    if found[1] is None:
        do_not_keep("it begins after a story that is not shown")  # what changes in such a story is not logged
    return found[0], pk


def behind(rows: QuerySet, order: Order, when: datetime, pk: int) -> QuerySet:  # type: ignore[type-arg]  # as above
    """The rows after that place. The first condition alone bounds the range of the index; the other settles ties."""
    earlier = Q(**{f"{order.when}__lt": when})
    tie = Q(**{order.when: when, f"{order.story}__lt": pk})
    return rows.filter(earlier | tie, **{f"{order.when}__lte": when})
