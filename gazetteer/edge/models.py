"""How often pages were asked for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gazetteer.edge.querysets import VisitCountManager


class VisitCount(models.Model):
    """One page on one day. Nobody watches this table: what shows its numbers says itself how long they hold."""

    day = models.DateField(_("day"))
    path = models.CharField(_("page"), max_length=500)
    people = models.PositiveIntegerField(_("visits"), default=0)
    robots = models.PositiveIntegerField(_("by machines"), default=0)

    objects: ClassVar[VisitCountManager] = VisitCountManager()

    class Meta:
        verbose_name = _("visits of a page")
        verbose_name_plural = _("visits of pages")
        constraints = [models.UniqueConstraint(fields=["path", "day"], name="visits_once_a_day")]
        indexes = [models.Index(fields=["day", "-people"], name="visits_most_read")]

    def __str__(self) -> str:
        return f"{self.path} on {self.day}: {self.people}"
