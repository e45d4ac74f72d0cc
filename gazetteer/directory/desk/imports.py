"""Imports at the desk: what came in, what was refused and why; and bringing in a file."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin.menu import MenuItem

from gazetteer.accounts.policy import may, require
from gazetteer.directory.desk import limits
from gazetteer.directory.imports.tasks import bring_file, keep
from gazetteer.directory.models import ImportRun, Listing

PER_PAGE = 30
COUNTED = {
    "rows": gettext_lazy("Rows"),
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "same": gettext_lazy("The same"),
    "refused": gettext_lazy("Refused"),
    "conflicts": gettext_lazy("In conflict with the desk"),
}
KINDS = {
    "refused": gettext_lazy("the row is refused"),
    "left out": gettext_lazy("the field is left out"),
    "conflict": gettext_lazy("what the desk wrote stands"),
    "note": gettext_lazy("worth a look"),
}
STATES = {
    TaskResultStatus.READY: gettext_lazy("It waits for its turn."),
    TaskResultStatus.RUNNING: gettext_lazy("It is under way."),
    TaskResultStatus.SUCCESSFUL: gettext_lazy("It is done."),
    TaskResultStatus.FAILED: gettext_lazy("It failed. The page “Operation” says why."),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with listings"),
        help_text=gettext_lazy("JSON lines, CSV or XLSX; compressed with gzip if you like."),
    )
    feed = forms.CharField(
        label=gettext_lazy("Name of the feed"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Where it is from. Later files of the same feed update the same listings. Empty: the file’s name."
        ),
    )
    as_drafts = forms.BooleanField(
        label=gettext_lazy("As drafts"), required=False, help_text=gettext_lazy("New listings wait to be published.")
    )


def may_see(user: Any) -> bool:
    return may(user, "view", ImportRun)


def may_bring(user: Any) -> bool:
    """Whoever may add and publish listings anywhere: a file knows no branches."""
    return may(user, "import", Listing) and may(user, "publish", Listing) and not limits.is_limited(user, "import")


def page(request: HttpRequest, template: str, title: str, *crumbs: tuple[str, str], **context: Any) -> HttpResponse:
    items = [*({"url": url, "label": label} for label, url in crumbs), {"url": "", "label": title}]
    shown = {"page_title": title, "header_icon": "upload", "breadcrumbs_items": items, **context}
    return render(request, f"directory/desk/{template}.html", shown)


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """Every import, the newest first."""
    if not may_see(request.user):
        raise PermissionDenied(_("You may not see imports."))
    rows = ImportRun.objects.select_related("started_by").defer("problems").order_by("-id")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return page(request, "imports", _("Imports"), runs=shown, may_bring=may_bring(request.user))


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its numbers, and its first problems."""
    if not may_see(request.user):
        raise PermissionDenied(_("You may not see imports."))
    found = get_object_or_404(ImportRun.objects.select_related("started_by"), pk=pk)
    numbers = found.counts.get("counts", {})
    counts = [(label, numbers.get(name, 0)) for name, label in COUNTED.items()]
    problems = [(row, field, reason, KINDS.get(kind, kind)) for row, field, reason, kind in found.problems]
    total = sum(found.counts.get("kinds", {}).values())
    unknown = sorted(found.counts.get("unknown", {}).items())
    return page(
        request, "import_run", found.file_name, (_("Imports"), reverse("imports")),
        run=found, counts=counts, problems=problems, more=max(0, total - len(problems)), unknown=unknown,
    )  # fmt: skip


def bring(request: HttpRequest) -> HttpResponse:
    """Take a file in, and check it before anything is changed."""
    require_bring(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return start(request, str(keep(data["file"])), data["feed"], True, data["as_drafts"])
    return page(request, "import_bring", _("Bring in a file"), (_("Imports"), reverse("imports")), form=form)


def require_bring(request: HttpRequest) -> None:
    require(request.user, "import", Listing)
    if not may_bring(request.user):
        raise PermissionDenied(_("You may not bring in files. Somebody who may publish all listings can do it."))


def start(request: HttpRequest, file: str, feed: str, only_check: bool, as_drafts: bool) -> HttpResponse:
    person: Any = request.user
    task = bring_file.enqueue(file, feed, only_check, as_drafts, person.pk)
    return redirect("import_progress", task.id)


def progress(request: HttpRequest, task: UUID) -> HttpResponse:
    """How a check or an import goes on; after a check, the button that imports for good."""
    require_bring(request)
    row = DBTaskResult.objects.filter(pk=task, task_path=bring_file.module_path).first()
    if row is None:
        raise Http404
    file, feed, only_check, as_drafts, _person = row.args_kwargs["args"]
    outcome = row.return_value or {"lines": [], "problem": ""}
    may_go_on = bool(only_check and outcome["lines"] and not outcome["problem"])
    if request.method == "POST" and may_go_on:
        return start(request, file, feed, False, as_drafts)
    status = TaskResultStatus(row.status)
    title = _("Checking %(file)s") if only_check else _("Importing %(file)s")
    return page(
        request, "import_progress", title % {"file": Path(file).name}, (_("Imports"), reverse("imports")),
        state=STATES[status], is_under_way=status in (TaskResultStatus.READY, TaskResultStatus.RUNNING),
        outcome=outcome, may_go_on=may_go_on,
    )  # fmt: skip


class ImportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


def menu_item() -> MenuItem:
    return ImportsItem(gettext_lazy("Imports"), reverse("imports"), name="imports", icon_name="upload", order=230)


def urls() -> list[URLPattern]:
    return [
        path("imports/", runs, name="imports"),
        path("imports/<int:pk>/", run, name="import_run"),
        path("imports/bring/", bring, name="import_bring"),
        path("imports/progress/<uuid:task>/", progress, name="import_progress"),
    ]
