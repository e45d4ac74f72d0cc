"""Who works here. What each may do is decided in `policy.py` alone."""

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in: of the desk, a moderator, or the owner of a listing."""

    name = models.CharField(_("name shown to readers"), max_length=150, blank=True)

    def __str__(self) -> str:
        return self.name or self.get_full_name() or self.get_username()


class Responsibility(models.Model):
    """A part of the site that a person looks after: a section, a category's branch, or a listing.

    The part is a generic link, since neither news nor directory may be imported from here.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="responsibilities", verbose_name=_("person"))
    subject_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    granted_at = models.DateTimeField(_("since"), auto_now_add=True)
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.UniqueConstraint(fields=["user", "subject_type", "subject_id"], name="accounts_one_responsibility"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="accounts_resp_subject")]

    def __str__(self) -> str:
        return f"{self.user}: {self.subject}"
