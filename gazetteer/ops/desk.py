"""The page "Operation" of the desk: is the site fit to go live, what failed, which backups there are."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from gazetteer.changes import clock
from gazetteer.changes.models import Moment
from gazetteer.ops import health
from gazetteer.ops.archive import make

SHOWN = 50


@dataclass(frozen=True)
class Backup:
    """One file in the folder for backups."""

    name: str
    made_at: datetime
    megabytes: float


def may_see(user: Any) -> bool:
    """Administrators and managers: whoever may look at workers."""
    return bool(user.is_active and user.has_perm("ops.view_worker"))


def refuse_others(request: HttpRequest) -> None:
    if not may_see(request.user):
        raise PermissionDenied(_("Only managers see how the site runs."))


@require_safe
def operation(request: HttpRequest) -> HttpResponse:
    refuse_others(request)
    context = {
        "findings": health.findings(thorough=False),
        "failing": [(moment, named(moment), clock.label(moment)) for moment in clock.failing()[:SHOWN]],
        "given_up": DBTaskResult.objects.failed().order_by("-finished_at")[:SHOWN],
        "waiting": DBTaskResult.objects.filter(status=TaskResultStatus.READY).count(),
        "backups": backups(),
        "page_title": _("Operation"),
        "header_icon": "cogs",
        "breadcrumbs_items": [{"url": "", "label": _("Operation")}],
    }
    return render(request, "ops/operation.html", context)


def named(moment: Moment) -> str:
    """What the moment is about, in the words of its own model."""
    model = apps.get_model(moment.subject)
    thing = model._base_manager.filter(pk=moment.object_id).first()
    return f"{model._meta.verbose_name} “{thing}”" if thing else f"{model._meta.verbose_name} {moment.object_id}"


def backups() -> list[Backup]:
    folder = Path(settings.BACKUP_DIR)
    found = sorted(folder.glob(f"*{make.SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)[:SHOWN]
    zone = timezone.get_current_timezone()
    return [
        Backup(path.name, datetime.fromtimestamp(path.stat().st_mtime, tz=zone), path.stat().st_size / 1e6)
        for path in found
    ]


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Let what failed be tried at once: a moment by `moment`, a given-up task by `task`."""
    refuse_others(request)
    if pk := request.POST.get("moment", ""):
        known = pk.isdigit() and Moment.objects.filter(pk=pk, done_at=None).update(retry_at=None)
    else:
        known = revive(request.POST.get("task", ""))
    if known:
        messages.success(request, _("It is tried again now."))
    else:
        messages.warning(request, _("It was done or cancelled meanwhile."))
    return redirect("operation")


def revive(pk: str) -> bool:
    fresh = {"status": TaskResultStatus.READY, "run_after": get_date_max(), "worker_ids": [], "finished_at": None}
    return any(row.pk.hex == pk and DBTaskResult.objects.filter(pk=row.pk).update(**fresh) for row in given_up())


def given_up() -> "list[DBTaskResult[Any, Any]]":
    return list(DBTaskResult.objects.failed().order_by("-finished_at")[:SHOWN])
