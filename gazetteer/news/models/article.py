"""A story: what it says, who wrote it, when it may be read, and what was put right in it since."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import validate_unicode_slug
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from gazetteer.news.blocks import BodyBlock
from gazetteer.news.models.author import Author
from gazetteer.news.models.section import Section
from gazetteer.news.querysets import ArticleManager
from gazetteer.web.fields import KeyField
from gazetteer.web.zone import site_day


class Status(models.TextChoices):
    """Whether copy may be used (ninjs `pubstatus`)."""

    USABLE = "usable", _("may be shown")
    WITHHELD = "withheld", _("withheld for now")
    CANCELLED = "cancelled", _("withdrawn for good")


SHOWN = Q(live=True, embargoed=False, deleted_at__isnull=True, status=Status.USABLE)
"""Published: live (which ends with its expiry), its embargo passed, not in the trash, usable."""


def first_language() -> str:
    return settings.LANGUAGE_CODE


class Article(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """A story.

    Writes go through `actions.py`. A draft carries what an editor writes; what belongs to the story as a whole
    (`KEPT`) never comes out of a draft, and a column changed by import or machine since a draft was begun is not
    put back by it (`drafts.py`).

    `shown_at` is computed by the database: `published_at` while readers may read it, else empty.
    """

    KEPT: ClassVar[tuple[str, ...]] = (
        "address_date", "updated_at", "embargoed", "status", "withdrawal_notice", "withdrawn_at", "deleted_at",
        "external_id", "feed", "created_at", "changed_at", "draft_base", "conflicts",
        "imported", "source", "rights", "carried", "for_engines", "social_card",
        "also_reported",
    )  # fmt: skip

    headline = models.CharField(_("headline"), max_length=300)
    lead = models.TextField(_("lead paragraph"), blank=True, help_text=_("The first paragraph, also shown in lists."))
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    slug = models.CharField(
        _("web address"),
        max_length=300,
        blank=True,
        validators=[validate_unicode_slug],
        help_text=_("The last part of its address; made from the headline when left empty."),
    )
    address_date = models.DateField(
        _("date in the web address"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Fixed when first published, in the site's time zone; for imported stories the date they carry."),
    )
    language = models.CharField(
        _("language"), max_length=20, default=first_language, help_text=_("Code of the language it is written in.")
    )

    section = models.ForeignKey(Section, models.SET_NULL, null=True, related_name="articles", verbose_name=_("section"))
    other_sections = ParentalManyToManyField(
        Section, blank=True, related_name="+", verbose_name=_("also in"), help_text=_("Sections that list it as well.")
    )
    tags = ClusterTaggableManager(through="news.TaggedArticle", blank=True, verbose_name=_("tags"))
    storyline = models.ForeignKey(
        "news.Storyline", models.SET_NULL, null=True, blank=True, related_name="articles", verbose_name=_("storyline")
    )

    picture = models.ForeignKey(
        "web.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_caption = models.TextField(
        _("caption"), blank=True, help_text=_("Empty: the picture's own. Shown even while there is no picture.")
    )
    picture_credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Empty: the picture's own."))
    social_card = models.CharField(max_length=100, blank=True, editable=False, serialize=False)
    """For a story without a picture: the file drawn of its headline (`social_cards.py`), in the media folder."""

    byline_note = models.CharField(
        _("after the names"), max_length=255, blank=True, help_text=_("For example: in Seoul, with agencies.")
    )
    dateline = models.CharField(
        _("dateline"), max_length=120, blank=True, help_text=_("Where it was written, such as SEOUL.")
    )
    source_name = models.CharField(_("source"), max_length=150, blank=True, help_text=_("For copy from elsewhere."))
    source_url = models.URLField(_("address of the original"), max_length=1000, blank=True)
    source_credit = models.CharField(
        _("credit line"), max_length=255, blank=True, help_text=_("The words that the source asks for.")
    )

    published_at = models.DateTimeField(
        _("date and time shown"),
        null=True,
        blank=True,
        help_text=_("Stands over the story and orders the lists. Empty: when it is published."),
    )
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True, editable=False)
    small_change = models.BooleanField(
        _("small change"), default=False, help_text=_("Publishing it does not mark the story as updated.")
    )
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("Nobody outside may read it before, even if published.")
    )
    embargoed = models.BooleanField(default=False, editable=False)

    noindex = models.BooleanField(_("keep out of search engines"), default=False)
    canonical_url = models.URLField(
        _("address of record"),
        max_length=1000,
        blank=True,
        help_text=_("Only for copy whose terms ask that search engines be sent to the original."),
    )
    note_to_desk = models.TextField(_("note to the desk"), blank=True, help_text=_("Never shown to readers."))

    source = models.ForeignKey(
        "news.Source", models.SET_NULL, null=True, blank=True, editable=False, related_name="articles"
    )
    """Whose copy it is, where it came by the wire; its rights decide where the story may stand."""
    rights = models.JSONField(null=True, editable=False, serialize=False)
    """What its source lets us do with it (`rights.Policy`), settled by `rights.py`; None: it is our own."""
    carried = models.BooleanField(default=True, editable=False)
    """By its rights: whether our feeds (the API, the newsletter) may carry it on."""
    for_engines = models.BooleanField(default=True, editable=False)
    """By its rights: whether search engines are to find it here."""
    also_reported = models.JSONField(default=list, editable=False, serialize=False)
    """Who else tells the story, found by matching (`wire/match.py`): `name` and `url` of each."""
    feed = models.CharField(max_length=200, blank=True, editable=False)
    external_id = models.CharField(max_length=500, blank=True, editable=False)

    status = models.CharField(_("use"), max_length=10, choices=Status.choices, default=Status.USABLE, editable=False)
    withdrawal_notice = models.TextField(_("notice in its place"), blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    deleted_at = models.DateTimeField(_("in the trash since"), null=True, blank=True, editable=False)

    draft_base = models.JSONField(null=True, editable=False, serialize=False)
    """What the published story said when the present draft was begun; None where there is no draft."""
    conflicts = models.JSONField(default=list, editable=False, serialize=False)
    """Of the last publishing: columns where a draft and a machine had both changed the text; see `drafts.py`."""

    imported = models.JSONField(null=True, editable=False, serialize=False)
    """What an import or feed last brought, by column; so that bringing the same again changes nothing."""

    shown_at = models.GeneratedField(
        expression=Case(When(SHOWN, then=F("published_at")), default=None, output_field=models.DateTimeField()),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
        serialize=False,
    )
    headline_key = KeyField(source="headline")

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="article",
        for_concrete_model=False,
    )
    revision_rows = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="article",
        for_concrete_model=False,
    )

    objects = ArticleManager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        permissions = [  # Wagtail makes these only once its desk is loaded, which `migrate` need not do
            ("publish_article", "Can publish story"),
            ("lock_article", "Can lock story"),
            ("unlock_article", "Can unlock story"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(live=False) | Q(published_at__isnull=False), name="news_article_live_is_dated"
            ),
            models.UniqueConstraint(fields=["address_date", "slug"], name="news_article_address"),
            models.UniqueConstraint(
                fields=["feed", "external_id"], condition=~Q(external_id=""), name="news_article_external"
            ),
        ]
        indexes = [
            models.Index(fields=["-shown_at", "-id"], name="news_article_shown"),
            models.Index(fields=["-changed_at", "-id"], name="news_article_changed"),
            models.Index(fields=["section", "-changed_at", "-id"], name="news_article_desk"),
            models.Index(fields=["live", "-changed_at", "-id"], name="news_article_live"),
            models.Index(fields=["-changed_at"], condition=Q(has_unpublished_changes=True), name="news_article_drafts"),
            models.Index(fields=["headline_key", "id"], name="news_article_headline"),
            models.Index(fields=["storyline", "-shown_at", "-id"], name="news_article_storyline"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="news_article_trash"),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def address_day(self) -> datetime.date:
        """The date of its address: the fixed one, or what it would be if it were published as it stands."""
        return self.address_date or site_day(self.published_at or self.created_at)

    def get_absolute_url(self) -> str:
        """Its web address; for one never published, what that would be."""
        day = self.address_day
        return reverse("article", args=[f"{day:%Y}", f"{day:%m}", f"{day:%d}", self.slug or "-"])

    def is_shown(self, at: datetime.datetime | None = None) -> bool:
        """Whether readers may read it at this moment, to the second, however late the clock's worker is."""
        now = at or timezone.now()
        return (
            self.live
            and self.deleted_at is None
            and self.status == Status.USABLE
            and not self.embargoed
            and (self.embargo_until is None or self.embargo_until <= now)
            and (self.expire_at is None or self.expire_at > now)
        )

    def save(self, **kwargs: Any) -> None:
        """What a headline is found by follows it, also where only some columns are saved."""
        names = kwargs.get("update_fields")
        if names is not None and "headline" in names:
            kwargs["update_fields"] = [*names, "headline_key"]
        super().save(**kwargs)

    def clean(self) -> None:
        """A live story always has a time over it: clearing it, or going back to a draft without one, keeps it."""
        super().clean()
        if self.live and self.published_at is None:
            kept = type(self).objects.filter(pk=self.pk).values_list("published_at", flat=True).first()
            self.published_at = kept or self.first_published_at or timezone.now()

    def with_content_json(self, content: dict[str, Any]) -> "Article":
        """The story as a revision has it, but for what belongs to the story as a whole (`KEPT`)."""
        draft: Article = super().with_content_json(content)
        for name in self.KEPT:
            setattr(draft, name, getattr(self, name))
        return draft

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft, and keep what the published row said when it was begun."""
        from gazetteer.news import drafts

        with transaction.atomic():
            drafts.remember_base(self)
            return super().save_revision(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **options: Any) -> None:
        """Publish or schedule a revision; every way of publishing comes through here."""
        from gazetteer.news import publishing

        names = ("user", "changed", "log_action", "previous_revision", "skip_permission_checks")
        options.update(zip(names, args, strict=False))
        publishing.publish(self, revision, super().publish, **options)

    def unpublish(
        self, set_expired: bool = False, commit: bool = True, user: Any = None, log_action: Any = True
    ) -> None:
        """Take it down; every way of doing so comes through here."""
        from gazetteer.news import publishing

        options = {"set_expired": set_expired, "commit": commit, "user": user, "log_action": log_action}
        publishing.unpublish(self, DraftStateMixin.unpublish, **options)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page readers will see, of what stands in the form."""
        from gazetteer.news.views.story import preview

        return preview(request, self)


class Byline(models.Model):
    """One author over one story; `shown_at` follows the story's own by trigger, for the author's list."""

    article = ParentalKey(Article, related_name="bylines")
    author = models.ForeignKey(Author, models.CASCADE, related_name="bylines", verbose_name=_("author"))
    position = models.PositiveIntegerField(default=0, editable=False)
    shown_at = models.DateTimeField(null=True, editable=False, serialize=False)

    sort_order_field = "position"

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="news_byline_once")]
        indexes = [models.Index(fields=["author", "-shown_at", "-article"], name="news_byline_list")]

    def __str__(self) -> str:
        return f"{self.author}"


class Correction(models.Model):
    """What was wrong in a published story and was put right; readers see it with the story and on a page of all."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        NOTE = "note", _("Editor’s note")

    kind = models.CharField(
        _("kind"),
        max_length=13,
        choices=Kind.choices,
        default=Kind.CORRECTION,
        help_text=_(
            "A correction: something was wrong. A clarification: it could be misunderstood. An update: what became "
            "known since. A note: what readers should know about the story itself."
        ),
    )
    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections", verbose_name=_("story"))
    text = models.TextField(_("what was put right"), help_text=_("Say what was wrong and what is true."))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    signed = models.CharField(
        _("signed"), max_length=150, blank=True, help_text=_("Who answers for it, as readers see it: The editors.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="news_correction_list")]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return self.article.get_absolute_url() + f"#correction-{self.pk}"
