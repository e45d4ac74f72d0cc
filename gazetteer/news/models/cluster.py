"""Who tells the same story: our own stories and items of sources, the clusters they form, and what finds them."""

import sys
from array import array
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gazetteer.news.models.article import Article
from gazetteer.news.wire.likeness import VERSION, Print
from gazetteer.news.wire.models import Incoming, Source


class Cluster(models.Model):
    """Tellings of one story. `lead` is the one that is shown; `lead_by_desk`: a person chose it, and it stays."""

    lead = models.ForeignKey("news.Telling", models.SET_NULL, null=True, related_name="+", verbose_name=_("lead"))
    lead_by_desk = models.BooleanField(default=False)
    size = models.PositiveIntegerField(_("tellings"), default=0)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("story told by several")
        verbose_name_plural = _("stories told by several")
        indexes = [models.Index(fields=["-changed_at", "-id"], name="news_cluster_list")]

    def __str__(self) -> str:
        return str(self.lead or self.pk)


class Telling(models.Model):
    """One of our stories, or one item of a source, or both where the item became the story.

    Shingles and slots are kept, so that comparing reads no text. `by_desk`: a person placed it, and no matching moves
    it. `is_usable`: not withdrawn. `rank`: see `match.rank`.
    """

    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, related_name="tellings")
    article = models.OneToOneField(Article, models.CASCADE, null=True, related_name="telling")
    incoming = models.OneToOneField(Incoming, models.CASCADE, null=True, related_name="telling")
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+")
    """Whose words they are; None: our own."""
    headline = models.CharField(max_length=300)
    url = models.CharField(max_length=1000, blank=True)
    """Of the original, elsewhere."""
    link = models.BigIntegerField(null=True)
    """A digest of its normalised address."""
    told_at = models.DateTimeField()
    rank = models.PositiveSmallIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    is_usable = models.BooleanField(default=True)
    by_desk = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=VERSION)
    shingles = models.BinaryField()
    slots = models.BinaryField()
    headline_words = models.JSONField(default=list)
    headline_facts = models.JSONField(default=list)
    looked_at = models.DateTimeField(default=timezone.now)
    """When its text was last compared."""

    class Meta:
        verbose_name = _("telling")
        verbose_name_plural = _("tellings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False) | models.Q(incoming__isnull=False),
                name="news_telling_of_something",
            )
        ]
        indexes = [
            models.Index(fields=["link"], condition=models.Q(link__isnull=False), name="news_telling_link"),
            models.Index(fields=["told_at"], name="news_telling_time"),
        ]

    def __str__(self) -> str:
        return self.headline

    def keep(self, found: Print) -> None:
        """Put the print into columns."""
        self.shingles, self.slots = packed(found.shingles), packed([n for pair in found.slots.items() for n in pair])
        self.headline_words, self.headline_facts = sorted(found.headline), sorted(found.headline_facts)
        self.words, self.version = found.words, VERSION

    @property
    def print(self) -> Print:
        """The print as it was kept, without its anchors."""
        numbers = unpacked(self.slots)
        slots = dict(zip(numbers[::2], numbers[1::2], strict=True))
        words, facts = frozenset(self.headline_words), frozenset(self.headline_facts)
        return Print(unpacked(self.shingles), [], slots, words, facts, self.words)


def packed(numbers: Iterable[int]) -> bytes:
    """Unsigned numbers of 32 bits, the low byte first on every machine."""
    found = array("I", numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def unpacked(content: bytes | memoryview) -> "array[int]":
    found = array("I", bytes(content))
    if sys.byteorder == "big":
        found.byteswap()
    return found


class Anchor(models.Model):
    """A passage that a telling has, by its hash: what the index is asked for. Later tellings have higher numbers."""

    telling = models.ForeignKey(Telling, models.CASCADE, related_name="anchors", db_index=False)
    value = models.BigIntegerField()

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        indexes = [
            models.Index(fields=["value", "-telling"], name="news_anchor_value"),
            models.Index(fields=["telling"], name="news_anchor_telling"),
        ]

    def __str__(self) -> str:
        return f"{self.telling_id}: {self.value}"


class Apart(models.Model):
    """The desk's word that two tellings are not one story."""

    one = models.ForeignKey(Telling, models.CASCADE, related_name="apart_from")
    other = models.ForeignKey(Telling, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("told apart")
        verbose_name_plural = _("told apart")
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="news_apart_once")]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"
