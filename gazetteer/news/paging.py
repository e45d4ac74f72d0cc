"""Lists page by `?after=<id of a story>`: the next page begins behind that story, at the same cost on every page."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from gazetteer.news.models import Article

PER_PAGE = 20


@dataclass(frozen=True)
class Order:
    """The columns a list is sorted by, newest first: when, and the story's id, as the list's rows name them."""

    when: str
    story: str


@dataclass(frozen=True)
class Page:
    """Ids of one page's stories in their order, and the addresses of the pages beside it."""

    ids: list[int] = field(default_factory=list)
    is_first: bool = True
    previous_url: str = ""
    next_url: str = ""


def page_of(request: HttpRequest, rows: QuerySet, order: Order, size: int = PER_PAGE) -> Page:  # type: ignore[type-arg]  # rows of several models
    """One page of `rows`, which are not sorted yet; raises Http404 for an `after` that names no story."""
    after = request.GET.get("after", "")
    if after:
        rows = behind(rows, order, *place_of(after))
    found = rows.order_by(f"-{order.when}", f"-{order.story}").values_list(order.story, flat=True)
    ids = list(found[: size + 1])
    more = f"?after={ids[size - 1]}" if len(ids) > size else ""
    return Page(ids[:size], is_first=not after, previous_url=request.path if after else "", next_url=more)


def place_of(after: str) -> tuple[datetime, int]:
    """Where in a list the story stands that `after` names, even if it was taken down since."""
    pk = int(after) if after.isascii() and after.isdigit() and len(after) <= 18 else 0
    when = Article.objects.filter(pk=pk).values_list("published_at", flat=True).first()
    if when is None:
        raise Http404
    return when, pk


def behind(rows: QuerySet, order: Order, when: datetime, pk: int) -> QuerySet:  # type: ignore[type-arg]  # as above
    """The rows after that place. The first condition alone bounds the range of the index; the other settles ties."""
    earlier = Q(**{f"{order.when}__lt": when})
    tie = Q(**{order.when: when, f"{order.story}__lt": pk})
    return rows.filter(earlier | tie, **{f"{order.when}__lte": when})
