"""Search as other folders use it: for the desk's lists and choosers, and for what is like something.

Before there is an index, or while it is made anew for the first time, each answers None: whoever asks has another way.
A page that shows what it got from here has read the key `index` of the log (see `index.py`).
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from gazetteer.search import index, rules
from gazetteer.search.asking import spoken
from gazetteer.search.engines.base import Filter, Hit, NoIndex, Query

MOST = 500


def numbers(kind: str, text: str, limit: int = MOST, filters: Sequence[Filter] = ()) -> list[int] | None:
    """The ids of the published things of a kind that are found so, the best first."""
    engine = index.engine()
    asked = Query(
        text=text,
        kinds=(kind,),
        filters=tuple(filters),
        limit=limit,
        languages=spoken(),
        rules=rules.for_search(text, engine.schema),
        counted=False,
    )
    try:
        return [number(hit) for hit in engine.search(asked).hits]
    except NoIndex:
        return None


def like(id: str, kinds: Sequence[str] = (), limit: int = 5, filters: Sequence[Filter] = ()) -> list[Hit] | None:
    """What is most like the document of that id (`listing:5`), of these kinds; never itself."""
    asked = Query(kinds=tuple(kinds), filters=tuple(filters), limit=limit, languages=spoken(), counted=False)
    try:
        return list(index.engine().more_like_this(id, asked).hits)
    except NoIndex:
        return None


def number(hit: Hit) -> int:
    """The id of the row that a hit is made of."""
    return int(hit.id.rpartition(":")[2])


def in_order(rows: "QuerySet[Any]", numbers: Sequence[int]) -> "QuerySet[Any]":
    """Those of `rows` with these ids, in their order."""
    if not numbers:
        return rows.none()
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(numbers)]
    return rows.filter(pk__in=numbers).order_by(
        Case(*places, default=Value(len(numbers)), output_field=IntegerField()), "pk"
    )


def found(rows: "QuerySet[Any]", kind: str, text: str, otherwise: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of `rows` that are found so, the best first, and behind them those of `otherwise` (what is not published
    is not in the index); `otherwise` alone while there is no index."""
    ids = numbers(kind, text)
    if ids is None:
        return otherwise
    others = [pk for pk in otherwise.values_list("pk", flat=True)[:MOST] if pk not in set(ids)]
    return in_order(rows, [*ids, *others])
