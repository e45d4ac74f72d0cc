"""The desk's page of visits: a chart of the days, and what was asked for most. Numbers only, nobody is known."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem

from gazetteer.edge.models import VisitCount

PERIODS = (7, 30, 90, 365)
USUAL_PERIOD = 30
SHOWN = 100

WIDTH, HEIGHT = 720, 200
"""Of the chart, in the units of its SVG."""

BAR_SHARE = 0.8
"""How much of its day's width a bar fills."""


@dataclass(frozen=True)
class Day:
    """A day's numbers, and its bar in the chart."""

    day: date
    people: int
    robots: int
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0


@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("days", "")
    period = int(asked) if asked in map(str, PERIODS) else USUAL_PERIOD
    today = timezone.localdate()
    days = charted(by_day(today, period))
    context = {
        "period": period,
        "periods": PERIODS,
        "days": days,
        "total": sum(day.people for day in days),
        "robots": sum(day.robots for day in days),
        "most": max((day.people for day in days), default=0),
        "pages": VisitCount.objects.of_the_last(period, today).by_path()[:SHOWN],
        "width": WIDTH,
        "height": HEIGHT,
        "page_title": _("Visits"),
        "header_icon": "view",
        "breadcrumbs_items": [{"url": "", "label": _("Visits")}],
    }
    return render(request, "pages/desk/visits.html", context)


def by_day(today: date, period: int) -> list[Day]:
    """Every day of the period, the oldest first; one without visits is there too."""
    rows = VisitCount.objects.of_the_last(period, today).by_day()
    counted = {row["day"]: (row["visits"], row["robots_visits"]) for row in rows}
    first = today - timedelta(days=period - 1)
    days = [first + timedelta(days=number) for number in range(period)]
    return [Day(day, *counted.get(day, (0, 0))) for day in days]


def charted(days: list[Day]) -> list[Day]:
    """The same days with the places of their bars: the highest fills the chart."""
    most = max((day.people for day in days), default=0) or 1
    step = WIDTH / max(1, len(days))
    return [bar(day, number * step, step, day.people / most * HEIGHT) for number, day in enumerate(days)]


def bar(day: Day, left: float, step: float, height: float) -> Day:
    indent = step * (1 - BAR_SHARE) / 2
    place: dict[str, Any] = {"x": left + indent, "y": HEIGHT - height, "width": step * BAR_SHARE, "height": height}
    return Day(day.day, day.people, day.robots, **{name: round(value, 2) for name, value in place.items()})


def urls() -> list[URLPattern]:
    return [path("visits/", visits, name="visits")]


def menu_item() -> MenuItem:
    return MenuItem(gettext_lazy("Visits"), reverse("visits"), name="visits", icon_name="view", order=50)
