"""What operation keeps in the database: which workers are alive."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A process that does background work. Its heart counts `beats`; how a death is told is in `leases.py`."""

    id = models.CharField(primary_key=True, max_length=32)
    host = models.CharField(_("computer"), max_length=255)
    process = models.CharField(max_length=255, help_text="What tells this process from every other on its computer.")
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen"))
    beats = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return f"{self.host} {self.id}"
