"""Tasks for the tests: a worker finds a task by its module, so they stand in one."""

from django.contrib.auth.models import Group
from django_tasks import TaskContext, task

trouble: list[Exception | SystemExit] = []
"""Raised one by one by `troubled`."""


@task
def note(name: str) -> str:
    """Leave a trace that says how often it ran."""
    Group.objects.create(name=f"{name} {Group.objects.filter(name__startswith=name).count() + 1}")
    return name


@task(takes_context=True)
def troubled(context: TaskContext) -> int:
    if trouble:
        raise trouble.pop(0)
    return context.attempt
