"""Alarms: what failed by the clock or in a task is logged, shown on the desk, and mailed to those in charge."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import TaskResult, TaskResultStatus, task

from gazetteer.changes.models import Moment

logger = logging.getLogger(__name__)

MAILED_FAILURES = frozenset({1, 3, 6})
MANAGERS = "Managers"


def moment_failed(sender: object, moment: Moment, error: Exception, **_signal: Any) -> None:
    """Mail the first, third and sixth failure of a moment, then every tenth: enough to be heard, not to be muted."""
    logger.error("Due %s and not done: %s", moment, moment.error)
    if moment.failures not in MAILED_FAILURES and moment.failures % 10:
        return
    subject = _("Not done in time: %(what)s") % {"what": moment}
    text = _(
        "This was due and failed %(failures)d times: %(what)s\n\nThe error: %(error)s\n\n"
        "It is kept and will be tried again at %(retry)s. Everything else went on.\nSee %(address)s"
    ) % {
        "failures": moment.failures,
        "what": moment,
        "error": moment.error,
        "retry": moment.retry_at,
        "address": f"{settings.SITE_URL}/admin/operation/",
    }
    mail_alarm.enqueue(subject, text)


def source_in_trouble(sender: object, source: Any, kind: str, sentence: str, **_signal: Any) -> None:
    """Mail that a source of copy fails or has fallen silent; the wire says so once, not at every try."""
    subject = _("The source %(source)s has fallen silent") if kind == "silent" else _("The source %(source)s fails")
    text = _("%(sentence)s\n\nIt is asked again by itself; all other sources go on.\nSee %(address)s") % {
        "sentence": sentence,
        "address": f"{settings.SITE_URL}/admin/sources/edit/{source.pk}/",
    }
    mail_alarm.enqueue(subject % {"source": source.name}, text)


def task_finished(sender: object, task_result: TaskResult[Any], **_signal: Any) -> None:
    """Mail a task that was given up; the mail itself is a task too, which must not call for another."""
    if task_result.status != TaskResultStatus.FAILED or task_result.task.func is mail_alarm.func:
        return
    what = task_result.task.module_path
    subject = _("Given up: %(what)s") % {"what": what}
    error = task_result.errors[-1].traceback if task_result.errors else ""
    text = _("This task failed %(attempts)d times and was given up: %(what)s\n\n%(error)s") % {
        "attempts": task_result.attempts,
        "what": what,
        "error": error,
    }
    logger.error("%s", subject)
    mail_alarm.enqueue(subject, text)


@task
def mail_alarm(subject: str, text: str) -> int:
    """Mail to everybody in charge; returns to how many."""
    addresses = in_charge()
    if addresses:
        send_mail(f"[{settings.WAGTAIL_SITE_NAME}] {subject}", text, None, addresses)
    return len(addresses)


def in_charge() -> list[str]:
    """Mail addresses of the administrators and managers."""
    who = Q(is_superuser=True) | Q(groups__name=MANAGERS)
    people = get_user_model()._default_manager.filter(who, is_active=True).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))
