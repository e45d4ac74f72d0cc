"""Who writes."""

from django.conf import settings
from django.core.validators import validate_unicode_slug
from django.db import models
from django.utils.translation import gettext_lazy as _

from gazetteer.news.page_addresses import author_address
from gazetteer.news.querysets import AuthorManager


class Author(models.Model):
    """A person or desk whose name stands over stories, with a page of their own."""

    name = models.CharField(_("name"), max_length=150)
    slug = models.CharField(_("web address"), max_length=150, unique=True, validators=[validate_unicode_slug])
    role = models.CharField(_("role"), max_length=150, blank=True, help_text=_("For example: Asia correspondent."))
    bio = models.TextField(_("about"), blank=True)
    picture = models.ForeignKey(
        "web.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    links = models.JSONField(
        _("links"), default=dict, blank=True, help_text=_("Name of the place and address, such as Mastodon: https://…")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("signs in as"),
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("in the trash since"), null=True, blank=True, editable=False)

    objects = AuthorManager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="news_author_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return author_address(self.slug)
