"""How listings are approved on a new site: who may not publish submits, and somebody who may looks and publishes."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from gazetteer.accounts.roles import EDITORS, MANAGERS, MODERATORS
from gazetteer.directory.models import Listing

NAME = "Somebody who may publish listings approves"


def compose_approval(**_signal: Any) -> None:
    """Made once. An operator who changes, stops or removes it is never overruled: a stopped task stays in its table."""
    if GroupApprovalTask.objects.filter(name=NAME).exists():
        return
    with transaction.atomic():
        task = GroupApprovalTask.objects.create(name=NAME)
        task.groups.set(Group.objects.filter(name__in=[EDITORS, MANAGERS, MODERATORS]))
        workflow = Workflow.objects.create(name="Approval of listings")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        kind = ContentType.objects.get_for_model(Listing)
        WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
