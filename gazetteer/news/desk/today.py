"""The newsroom at a glance: what falls due, waits, came in or fell silent; and a calendar of what is to come.

Everything is read for the person who looks: whoever looks after one part of the paper sees that part.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from gazetteer.accounts.policy import may, scope
from gazetteer.changes.models import Moment
from gazetteer.news.models import Article, Incoming, Source
from gazetteer.web.formats import full_date, month_and_year
from gazetteer.web.zone import site_zone

SHOWN = 12
MOST = 500
"""Moments drawn on one leaf of the calendar; nobody schedules more."""

KINDS = ("news.publish", "news.embargo", "news.expire")


@dataclass(frozen=True)
class Line:
    """One thing on a list: what, where to, when, and a word on it."""

    title: str
    url: str
    when: datetime | None = None
    about: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    lines: list[Line]
    empty: str
    more: str = ""


def words_of(kind: str) -> str:
    return {
        "news.publish": _("is published"),
        "news.embargo": _("its embargo ends"),
        "news.expire": _("is taken down"),
    }[kind]


def mine(request: HttpRequest) -> Any:
    return scope(request.user, "view", Article.objects.not_in_trash())


def moments(request: HttpRequest, *kinds: str) -> Any:
    """Open moments of stories that this person may see, the next first."""
    open_ones = Moment.objects.filter(done_at=None, subject=Article._meta.label, kind__in=kinds)
    return open_ones.filter(object_id__in=mine(request).values("pk")).order_by("due_at", "id")


def lines_of(found: Iterable[Moment], now: datetime) -> list[Line]:
    """In one query for all their headlines."""
    rows = list(found)
    headlines = dict(Article.objects.filter(pk__in={row.object_id for row in rows}).values_list("pk", "headline"))
    return [
        Line(headlines[row.object_id], edit(row.object_id), row.due_at, words_of(row.kind), row.due_at < now)
        for row in rows
        if row.object_id in headlines
    ]


def edit(pk: int) -> str:
    return reverse("stories:edit", args=[pk])


def story_lines(stories: Any, when: str) -> list[Line]:
    rows = stories.values_list("pk", "headline", when)[:SHOWN]
    return [Line(headline, edit(pk), at) for pk, headline, at in rows]


def groups(request: HttpRequest) -> list[Group]:
    now = timezone.now()
    listed = f"{reverse('stories:list')}?state="
    embargoed = mine(request).filter(live=True, embargoed=True).order_by("embargo_until", "id")
    found = [
        Group(_("Due in the next day"), due_soon(request, now), _("Nothing is due.")),
        Group(_("Scheduled"), lines_of(moments(request, "news.publish")[:SHOWN], now), _("Nothing is scheduled.")),
        Group(
            _("Under embargo"), story_lines(embargoed, "embargo_until"), _("Nothing is under embargo."),
            f"{listed}embargoed",
        ),
        Group(_("In approval"), in_approval(request), _("Nothing waits for approval.")),
        Group(_("From the wire"), from_the_wire(request), _("Nothing waits from the wire."), reverse("wire")),
    ]  # fmt: skip
    if may(request.user, "view", Source):
        found.append(Group(_("Silent sources"), silent(), _("Every source sends as it should.")))
    return found


def due_soon(request: HttpRequest, now: datetime) -> list[Line]:
    """What the clock does within a day, and what it should have done and could not."""
    rows = moments(request, *KINDS).filter(due_at__lt=now + timedelta(days=1))
    return lines_of(rows[:SHOWN], now)


def in_approval(request: HttpRequest) -> list[Line]:
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type__app_label="news", base_content_type__model="article"
    )
    rows = waiting.order_by("created_at").values_list("object_id", "created_at")[:MOST]
    since = {int(pk): at for pk, at in rows}
    stories = mine(request).filter(pk__in=since).values_list("pk", "headline")
    lines = [Line(headline, edit(pk), since[pk]) for pk, headline in stories]
    return sorted(lines, key=lambda line: str(line.when))[:SHOWN]


def from_the_wire(request: HttpRequest) -> list[Line]:
    """What the desk has to take or refuse, for those who may."""
    if not may(request.user, "create", Article):
        return []
    rows = Incoming.objects.waiting().values_list("pk", "headline", "changed_at", "source__name")[:SHOWN]
    return [Line(headline, reverse("wire_item", args=[pk]), at, source) for pk, headline, at, source in rows]


def silent() -> list[Line]:
    rows = Source.objects.silent().order_by("silent_since").values_list("name", "silent_since")[:SHOWN]
    return [Line(name, "", since, _("silent since then")) for name, since in rows]


def refuse_others(request: HttpRequest) -> None:
    if not may(request.user, "view", Article):
        raise PermissionDenied(_("Only those who write or edit stories see this."))


def head(title: str, *path: dict[str, str]) -> dict[str, Any]:
    """What the desk's base template shows at the top; the last of `path` is this page."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, *({"url": "", **each} for each in path)]
    return {"page_title": title, "header_icon": "calendar-alt", "breadcrumbs_items": crumbs}


def today(request: HttpRequest) -> HttpResponse:
    refuse_others(request)
    title = _("Newsroom today")
    context = {"groups": groups(request), "calendar": reverse("newsroom_calendar"), **head(title, {"label": title})}
    return TemplateResponse(request, "news/desk/today.html", context)


# The calendar


@dataclass
class Day:
    """One day in the site's zone; `note` says so where the clock is changed."""

    day: date
    is_today: bool = False
    is_outside: bool = False
    note: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return full_date(self.day)


@dataclass(frozen=True)
class Leaf:
    """One month or week: its weeks of days, and the ways to those beside it."""

    title: str
    weeks: list[list[Day]]
    before: str
    after: str
    is_week: bool


def calendar(request: HttpRequest) -> HttpResponse:
    """`?month=2026-11` or `?week=2026-11-23` (any day of it); the present month otherwise. Needs no script."""
    refuse_others(request)
    zone = site_zone()
    now = timezone.now().astimezone(zone)
    leaf = leaf_of(request, now.date())
    fill(request, [day for week in leaf.weeks for day in week], zone)
    above = {"url": reverse("newsroom_today"), "label": _("Newsroom today")}
    shown = {"leaf": leaf, "zone": str(zone), "now": f"{now:%Y-%m}", "week": f"{now:%Y-%m-%d}"}
    context = {**shown, **head(leaf.title, above, {"label": _("Calendar")})}
    return TemplateResponse(request, "news/desk/calendar.html", context)


def leaf_of(request: HttpRequest, today: date) -> Leaf:
    try:
        if asked := request.GET.get("week"):
            return week_leaf(date.fromisoformat(asked), today)
        month = request.GET.get("month") or f"{today:%Y-%m}"
        return month_leaf(date.fromisoformat(f"{month}-01"), today)
    except (ValueError, OverflowError):
        raise Http404 from None


def week_leaf(day: date, today: date) -> Leaf:
    first = day - timedelta(days=day.weekday())
    week = [Day(first + timedelta(days=each), first + timedelta(days=each) == today) for each in range(7)]
    title = _("Week from %(day)s") % {"day": full_date(first)}
    before, after = (f"?week={first + timedelta(days=days)}" for days in (-7, 7))
    return Leaf(title, [week], before, after, is_week=True)


def month_leaf(first: date, today: date) -> Leaf:
    """Whole weeks from Monday, with the days of the months beside it."""
    start = first - timedelta(days=first.weekday())
    weeks: list[list[Day]] = []
    while start.month == first.month or start < first:
        days = [start + timedelta(days=each) for each in range(7)]
        weeks.append([Day(day, day == today, day.month != first.month) for day in days])
        start += timedelta(days=7)
    before, after = (f"?month={each:%Y-%m}" for each in (first - timedelta(days=1), first + timedelta(days=31)))
    return Leaf(month_and_year(first), weeks, before, after, is_week=False)


def fill(request: HttpRequest, days: list[Day], zone: tzinfo) -> None:
    """Put on each day what is due on it by the site's clock, and say where that clock is changed."""
    start = datetime.combine(days[0].day, time(), zone)
    end = datetime.combine(days[-1].day + timedelta(days=1), time(), zone)
    rows = moments(request, *KINDS).filter(due_at__gte=start, due_at__lt=end)[:MOST]
    by_day = {day.day: day for day in days}
    for line in lines_of(rows, timezone.now()):
        if line.when is not None:
            by_day[line.when.astimezone(zone).date()].lines.append(line)
    for day in days:
        day.note = change_of_clock(day.day, zone)


def change_of_clock(day: date, zone: tzinfo) -> str:
    """What happens to that zone's clock on that day; nothing on most."""
    start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    hours = (end - start) / timedelta(hours=1)
    if hours == 24:
        return ""
    if hours < 24:
        return _("The clock goes forward: an hour of this day does not exist.")
    return _("The clock goes back: an hour of this day comes twice.")
