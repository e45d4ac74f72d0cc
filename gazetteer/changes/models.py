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
