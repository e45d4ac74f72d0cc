"""Things due at a moment: one clock table for the whole product."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moment(models.Model):
    """Something to be done to one object at one moment (publish, expire, lift an embargo …).

    One open row for each (kind, subject, object): setting a new time replaces the old. `clock.py` takes rows that
    are due one by one, each in a transaction of its own; a row that fails stays, with its error, and never
    stands in another's way.
    """

    kind = models.CharField(_("what is due"), max_length=60)
    subject = models.CharField(max_length=60, help_text="Label of the model, such as news.Article.")
    object_id = models.BigIntegerField()
    due_at = models.DateTimeField(_("due"))
    details = models.JSONField(default=dict, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "object_id"],
                condition=models.Q(done_at__isnull=True),
                name="changes_one_open_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(done_at__isnull=True), name="changes_moment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.object_id} at {self.due_at:%Y-%m-%d %H:%M:%S %Z}"


class Change(models.Model):
    """One line of the log: a key that a committed write touched. Filled by triggers (`watching.py`), read by `log.py`.

    On SQLite each key has one line, its last, and `id` is the position; ids are never used again (AUTOINCREMENT).
    On PostgreSQL lines are only ever added, and `position` is the transaction that wrote them.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=400)
    position = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [
            # Not of SQLite's lines, which have no position: each of them would pay for it.
            models.Index(
                fields=["position", "id"], condition=models.Q(position__isnull=False), name="changes_by_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} at {self.position or self.pk}"


class Epoch(models.Model):
    """One row: which life of the log this is; a cursor before `cleared` may have missed lines that are gone."""

    name = models.CharField(max_length=32)
    cleared = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Reader(models.Model):
    """A reader of the log and how far it has come; lines that all have passed are cleared away."""

    name = models.CharField(max_length=200, unique=True)
    position = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"
