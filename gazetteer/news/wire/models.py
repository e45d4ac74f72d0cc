"""Sources of copy, what each sent as it came, and what is known of each of their items."""

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gazetteer.news.models.section import Section


class Takes(models.TextChoices):
    HEADLINE = "headline", _("headline only")
    EXCERPT = "excerpt", _("headline and an excerpt")
    FULL = "full", _("the whole text")


class Filing(models.TextChoices):
    QUEUE = "queue", _("wait at the desk until somebody takes it")
    PUBLISH = "publish", _("be published at once")


class Engines(models.TextChoices):
    ALL = "all", _("may show it")
    NOT_NEWS = "not_news", _("may show it, but not among the news")
    NONE = "none", _("may not show it")


class SourceQuerySet(models.QuerySet["Source"]):
    def in_use(self) -> "SourceQuerySet":
        return self.filter(is_on=True)

    def due(self, now: datetime) -> "SourceQuerySet":
        """Those to be asked now, longest due first, and not being asked by another worker."""
        free = Q(busy_until=None) | Q(busy_until__lte=now)
        return self.in_use().filter(free, next_at__lte=now).order_by("next_at", "id")

    def failing(self) -> "SourceQuerySet":
        return self.in_use().filter(failures__gt=0)

    def silent(self) -> "SourceQuerySet":
        return self.in_use().filter(silent_since__isnull=False)


class Source(models.Model):
    """Where copy comes from, what may be done with it, and how it went last.

    The desk writes the first three groups of columns, the wire the last; each leaves the other's alone.
    """

    name = models.CharField(_("name"), max_length=150, unique=True, help_text=_("As readers see it."))
    address = models.CharField(
        _("address"),
        max_length=1000,
        help_text=_(
            "Of a feed or endpoint (https://…), of a mailbox (imaps://name@host/folder), or the name of a folder of "
            "press releases."
        ),
    )
    format = models.CharField(_("format"), max_length=40, blank=True, help_text=_("Empty: found out by looking."))
    username = models.CharField(_("user name"), max_length=200, blank=True)
    secret = models.TextField(blank=True, editable=False)
    """The password, encrypted with a key made from the installation's; see `secrets.py`."""
    every_minutes = models.PositiveIntegerField(
        _("ask every … minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(7 * 24 * 60)],
        help_text=_("Empty: as often as it usually has something new."),
    )
    is_on = models.BooleanField(_("ask it"), default=True)
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="sources", verbose_name=_("section")
    )
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("Empty: what it says itself, else the site's.")
    )
    filing = models.CharField(_("new copy shall"), max_length=10, choices=Filing.choices, default=Filing.QUEUE)
    publish_words = models.TextField(
        _("publish only with one of these words"),
        blank=True,
        help_text=_("One on each line; the rest waits at the desk. Empty: all of it."),
    )
    refuse_words = models.TextField(
        _("leave out with one of these words"), blank=True, help_text=_("One on each line, such as “Advertisement”.")
    )

    takes = models.CharField(_("we may show"), max_length=10, choices=Takes.choices, default=Takes.EXCERPT)
    excerpt_words = models.PositiveIntegerField(_("words of an excerpt"), default=60, validators=[MinValueValidator(5)])
    fetch_pages = models.BooleanField(
        _("read the whole text from its pages"),
        default=False,
        help_text=_("Only with its owner's leave, where the feed has excerpts and we may show the whole text."),
    )
    takes_pictures = models.BooleanField(
        _("we may show its pictures"), default=False, help_text=_("Often not part of the rights in the text.")
    )
    credit_line = models.CharField(
        _("credit line"), max_length=255, blank=True, help_text=_("The words that the source asks for.")
    )
    logo = models.ForeignKey(
        "web.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    home = models.URLField(_("its own site"), max_length=1000, blank=True)
    territories = models.CharField(
        _("territories"),
        max_length=500,
        blank=True,
        help_text=_("Codes of the countries it may be shown in, by comma, such as GB, IE. Empty: everywhere."),
    )
    max_age_days = models.PositiveIntegerField(
        _("leave out what is older than … days"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    keep_days = models.PositiveIntegerField(
        _("take down after … days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("As some agencies' terms demand. Empty: it may stay."),
    )
    carry_on = models.BooleanField(_("our own feeds may carry it on"), default=False)
    engines = models.CharField(_("search engines"), max_length=10, choices=Engines.choices, default=Engines.NONE)
    canonical_to_original = models.BooleanField(
        _("name the original as the address of record"), default=False, help_text=_("Only where its terms ask for it.")
    )
    terms = models.TextField(_("terms, for the desk only"), blank=True)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    next_at = models.DateTimeField(null=True, blank=True, editable=False, default=timezone.now)
    busy_until = models.DateTimeField(null=True, editable=False)
    last_asked_at = models.DateTimeField(null=True, editable=False)
    last_ok_at = models.DateTimeField(null=True, editable=False)
    last_new_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, editable=False)
    told = models.TextField(blank=True, editable=False)
    """What was odd at the last time and yet no failure, a sentence on each line."""
    failures = models.PositiveIntegerField(default=0, editable=False)
    silent_since = models.DateTimeField(null=True, editable=False)
    learned_minutes = models.PositiveIntegerField(null=True, editable=False)
    """The usual time between two items, from their dates; None until known."""
    asked_pause = models.PositiveIntegerField(default=0, editable=False)
    """Minutes that the source asks to be left alone for (`ttl` and the like)."""
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    mark = models.CharField(max_length=200, blank=True, editable=False)
    """How far a mailbox was read: its validity and the last message's number."""
    identity = models.CharField(max_length=20, default="id", editable=False)
    """By what its items are told apart, which a source that repeats ids loses; see `identity.py`."""

    objects = models.Manager.from_queryset(SourceQuerySet)()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        indexes = [models.Index(fields=["next_at", "id"], condition=Q(is_on=True), name="news_source_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def feed(self) -> str:
        """What its stories carry as `Article.feed`."""
        return f"wire:{self.pk}"

    @property
    def raw_days(self) -> int:
        """For how many days what it sent is kept as it came: no longer than the copy itself may be."""
        return min(self.keep_days or RAW_DAYS, RAW_DAYS)


RAW_DAYS = 30


def keep_until() -> datetime:
    return timezone.now() + timedelta(days=RAW_DAYS)


class RawItem(models.Model):
    """One item as it came, compressed, so that a better parser can read it again."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="raw_items")
    format = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=1000, blank=True)
    payload = models.BinaryField()
    """The document, compressed by zstd."""
    received_at = models.DateTimeField(default=timezone.now)
    keep_until = models.DateTimeField(default=keep_until)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="news_raw_once")]
        indexes = [models.Index(fields=["keep_until"], name="news_raw_keep")]

    def __str__(self) -> str:
        return f"{self.source} {self.received_at:%Y-%m-%d %H:%M}"


class Outcome(models.TextChoices):
    """What became of an item."""

    WAITING = "waiting", _("waits at the desk")
    FILED = "filed", _("became a story")
    REFUSED = "refused", _("refused at the desk")
    LEFT_OUT = "left_out", _("left out by rule")
    JOINED = "joined", _("the same as another source's")
    NOT_USABLE = "not_usable", _("withdrawn before it was used")


class IncomingQuerySet(models.QuerySet["Incoming"]):
    def waiting(self) -> "IncomingQuerySet":
        """The queue of the desk, newest first."""
        return self.filter(outcome=Outcome.WAITING).order_by("-changed_at", "-id")

    def in_conflict(self) -> "IncomingQuerySet":
        """Stories of which an editor and the source both changed the text."""
        return self.filter(has_conflict=True, article__deleted_at__isnull=True).order_by("-changed_at", "-id")


class Incoming(models.Model):
    """One item of one source, known again whenever it comes; what it said last, and what became of it.

    The row outlives its story: an item that was filed or refused once, and whose story is gone, does not come back.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="incoming")
    key = models.CharField(max_length=64)
    """What it is known by within its source: a digest, see `identity.py`."""
    guid = models.CharField(max_length=1000, blank=True)
    link = models.CharField(max_length=1000, blank=True)
    text_key = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    """Of all that it said last, so that the same again changes nothing."""
    version = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=10, default="usable")
    headline = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.WAITING)
    why = models.CharField(max_length=500, blank=True)
    """In a sentence, where it is not plain from the outcome."""
    copy = models.JSONField(null=True)
    """The cleaned copy (`clean.as_json`) as it came last; None when its rights ended."""
    notes = models.JSONField(default=list)
    has_conflict = models.BooleanField(default=False)
    conflict = models.JSONField(default=list)
    """Columns that an editor rewrote and the source changed since: `column`, `ours`, `theirs`."""
    raw = models.ForeignKey(RawItem, models.SET_NULL, null=True, related_name="incoming")
    article = models.ForeignKey("news.Article", models.SET_NULL, null=True, blank=True, related_name="incoming")
    first_seen_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = models.Manager.from_queryset(IncomingQuerySet)()

    class Meta:
        verbose_name = _("item from the wire")
        verbose_name_plural = _("items from the wire")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="news_incoming_once")]
        indexes = [
            models.Index(fields=["source", "guid"], name="news_incoming_guid"),
            models.Index(fields=["source", "link"], name="news_incoming_link"),
            models.Index(fields=["source", "text_key"], name="news_incoming_text"),
            models.Index(fields=["outcome", "-changed_at", "-id"], name="news_incoming_queue"),
            models.Index(fields=["-changed_at"], condition=Q(has_conflict=True), name="news_incoming_conflict"),
            models.Index(fields=["source", "-changed_at"], name="news_incoming_source"),
        ]

    def __str__(self) -> str:
        return self.headline or self.link or self.guid

    def save(self, **kwargs: Any) -> None:
        """Texts of a hostile length are cut to what their columns hold."""
        for name, most in (("guid", 1000), ("link", 1000), ("version", 100), ("headline", 300), ("why", 500)):
            setattr(self, name, getattr(self, name)[:most])
        super().save(**kwargs)
