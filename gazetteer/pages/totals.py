"""How many listings and categories there are, at this moment."""

from typing import NamedTuple

from django.db.models import Count, IntegerField, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from gazetteer.directory.models import Branch, Category


class Totals(NamedTuple):
    listings: int
    categories: int


def count_totals() -> Totals:
    """Both numbers in one query: the listings from the branch of everything, kept true by triggers."""
    categories = (
        Category.objects.in_use().order_by().values("is_hidden").annotate(all=Count("pk")).values("all")
    )  # grouping by what is the same in all of them makes one row
    whole = Branch.objects.filter(kind="all").annotate(
        categories=Coalesce(Subquery(categories[:1], output_field=IntegerField()), 0)
    )
    found = whole.values_list("listings", "categories").first()
    return Totals(*found) if found else Totals(0, 0)


def totals(request: HttpRequest) -> Totals:
    """The same, counted once for each request."""
    if not hasattr(request, "totals"):
        request.totals = count_totals()  # type: ignore[attr-defined]
    return request.totals  # type: ignore[attr-defined]
