"""What came from the wire at the desk: what waits, what was left out, and where a source's words stand against ours."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.menu import MenuItem

from gazetteer.accounts.policy import may
from gazetteer.news.desk.paging import QuickPaginator
from gazetteer.news.desk.panels import difference
from gazetteer.news.models import Article, Incoming, Source
from gazetteer.news.wire import actions, status
from gazetteer.news.wire.clean import from_json
from gazetteer.news.wire.item import CleanBlock
from gazetteer.news.wire.models import Outcome
from gazetteer.news.wire.tasks import bring_pictures
from gazetteer.web.html import clean_html, text_to_html

PER_PAGE = 25
LEFT = (Outcome.LEFT_OUT, Outcome.REFUSED, Outcome.NOT_USABLE)


def page(request: HttpRequest, template: str, title: str, *above: tuple[str, str], **context: Any) -> HttpResponse:
    trail = [(_("Home"), reverse("wagtailadmin_home")), *above, (title, "")]
    items = [{"url": url, "label": label} for label, url in trail]
    shown = {"page_title": title, "header_icon": "download", "breadcrumbs_items": items, "tabs": tabs(request)}
    return render(request, f"news/desk/{template}.html", {**shown, **context})


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    known = [
        ("wire", _("Waiting"), status.waiting()),
        ("wire_conflicts", _("Our words or theirs"), status.conflicts()),
        ("wire_left", _("Left out"), None),
    ]
    return [
        {"url": reverse(name), "label": label, "count": count, "is_here": request.path == reverse(name)}
        for name, label, count in known
    ]


def require_desk(request: HttpRequest) -> None:
    if not may(person_of(request), "create", Article):
        raise PermissionDenied(_("You may not see what comes from the wire."))


def person_of(request: HttpRequest) -> Any:
    return request.user


def paged(request: HttpRequest, rows: QuerySet[Incoming]) -> "Page[Incoming]":
    return QuickPaginator(rows, PER_PAGE).get_page(request.GET.get("p"))


def of_source(request: HttpRequest, rows: QuerySet[Incoming]) -> QuerySet[Incoming]:
    chosen = request.GET.get("source", "")
    return rows.filter(source_id=int(chosen)) if chosen.isdigit() else rows


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, newest first."""
    require_desk(request)
    rows = of_source(request, Incoming.objects.waiting().select_related("source__section"))
    found = paged(request, rows)
    return page(
        request, "wire", _("From the wire"), rows=[shown(row) for row in found], paged=found,
        sources=Source.objects.in_use().order_by("name"), chosen=request.GET.get("source", ""),
        may_publish=may(person_of(request), "publish", Article),
    )  # fmt: skip


def shown(row: Incoming) -> dict[str, Any]:
    """One row of the queue: the row, the beginning of its text, and the number of its pictures."""
    item, copy = from_json(row.copy or {})
    pictures = sum(bool(picture.url or picture.name) for picture in copy.pictures)
    return {"row": row, "lead": copy.lead[:300], "pictures": pictures, "item": item, "is_full": copy.is_full}


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: its copy as it would stand, and what was decided and left out on the way."""
    require_desk(request)
    row = get_object_or_404(Incoming.objects.select_related("source__section", "article"), pk=pk)
    item, copy = from_json(row.copy or {})
    return page(
        request, "wire_item", row.headline or _("No headline"), (_("From the wire"), reverse("wire")), row=row,
        item=item, copy=copy, text=[drawn(block) for block in copy.blocks if block.kind != "picture"],
        may_publish=may(person_of(request), "publish", Article), waits=row.outcome == Outcome.WAITING,
    )  # fmt: skip


def drawn(block: CleanBlock) -> SafeString:
    """A block of clean copy as HTML. It was cleaned when it came, and is cleaned again before it is shown here."""
    if block.kind == "table":
        return mark_safe(f"<p>({_('a table')})</p>")  # noqa: S308 (words of ours)
    html = block.value if block.kind in {"paragraph", "list"} else text_to_html(block.value)
    wrapped = {"heading": f"<h3>{html}</h3>", "quote": f"<blockquote>{html}</blockquote>"}.get(block.kind, html)
    return mark_safe(clean_html(wrapped))  # noqa: S308 (cleaned here)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a story: a draft that opens in its form, or published at once."""
    require_desk(request)
    row = get_object_or_404(Incoming, pk=pk)
    publish = "publish" in request.POST
    try:
        article = actions.accept(row, publish=publish, by=person_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wire")
    bring_pictures.enqueue(row.pk)
    if publish:
        messages.success(request, _("“%(story)s” is published. Its pictures follow in a moment.") % {"story": article})
        return redirect("wire")
    messages.success(request, _("It is a draft now. Its pictures follow in a moment."))
    return redirect("stories:edit", article.pk)


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    require_desk(request)
    row = get_object_or_404(Incoming, pk=pk)
    try:
        actions.refuse(row, reason=request.POST.get("reason", ""), by=person_of(request))
        messages.success(request, _("“%(item)s” is refused, and does not come back.") % {"item": row})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("wire")


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    require_desk(request)
    row = get_object_or_404(Incoming, pk=pk)
    try:
        actions.take_back(row, by=person_of(request))
        messages.success(request, _("“%(item)s” waits again.") % {"item": row})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("wire_left")


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """What did not become a story, and why; what can be taken back has a button."""
    require_desk(request)
    rows = Incoming.objects.filter(outcome__in=LEFT).order_by("-changed_at", "-id").select_related("source")
    found = paged(request, of_source(request, rows))
    return page(request, "wire_left", _("Left out"), (_("From the wire"), reverse("wire")), rows=found, paged=found)


@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Stories of which an editor and the source have both changed the same words."""
    require_desk(request)
    found = paged(request, Incoming.objects.in_conflict().select_related("source", "article"))
    rows = [{"row": row, "differences": [side_by_side(each) for each in row.conflict]} for row in found if row.article]
    return page(
        request, "wire_conflicts", _("Our words or theirs"), (_("From the wire"), reverse("wire")), rows=rows,
        paged=found,
    )  # fmt: skip


def side_by_side(each: dict[str, Any]) -> dict[str, str]:
    told = difference({"column": each["column"], "draft": each["ours"], "kept": each["theirs"]})
    return {"label": told["label"], "ours": told["draft"], "theirs": told["kept"]}


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    require_desk(request)
    row = get_object_or_404(Incoming, pk=pk)
    try:
        actions.settle_conflict(row, take_theirs="theirs" in request.POST, by=person_of(request))
        messages.success(request, _("Settled: “%(item)s”.") % {"item": row})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("wire_conflicts")


class WireItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(person_of(request), "create", Article)


def menu_item() -> MenuItem:
    return WireItem(gettext_lazy("From the wire"), reverse("wire"), name="wire", icon_name="download", order=105)


def urls() -> list[URLPattern]:
    return [
        path("wire/", queue, name="wire"),
        path("wire/left-out/", left, name="wire_left"),
        path("wire/conflicts/", conflicts, name="wire_conflicts"),
        path("wire/<int:pk>/", one, name="wire_item"),
        path("wire/<int:pk>/accept/", accept, name="wire_accept"),
        path("wire/<int:pk>/refuse/", refuse, name="wire_refuse"),
        path("wire/<int:pk>/take-back/", take_back, name="wire_take_back"),
        path("wire/<int:pk>/settle/", settle, name="wire_settle"),
    ]
