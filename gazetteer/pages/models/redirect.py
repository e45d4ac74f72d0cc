"""Old addresses."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gazetteer.pages.addresses import check_link
from gazetteer.pages.navigation import within_language


class Redirect(models.Model):
    """An address that once was, and where its page is now."""

    old = models.CharField(
        _("old address"), max_length=500, unique=True, help_text=_("As it stood after the site's name: /old/page.html")
    )
    new = models.CharField(_("new address"), max_length=500, validators=[check_link])
    is_permanent = models.BooleanField(
        _("for good"), default=True, help_text=_("Search engines forget the old address.")
    )
    by_itself = models.BooleanField(_("made by the program"), default=False, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def clean(self) -> None:
        self.old = tidy_old_address(self.old)
        if self.old == tidy_old_address(self.new):
            raise ValidationError({"new": _("The new address is the old one.")})

    def target(self) -> str:
        """Where it leads, in the visitor's language."""
        return within_language(self.new)


def tidy_old_address(address: str) -> str:
    """The path, decoded, with a slash before and none behind; a full address loses its host."""
    parts = urlsplit(address.strip())
    path = "/" + unquote(parts.path).strip("/")
    return f"{path}?{parts.query}" if parts.query else path
