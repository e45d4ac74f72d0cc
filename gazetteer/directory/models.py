"""The directory's tables: categories, listings, places, and the branch rows behind every list and count."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from treebeard.mp_tree import MP_Node
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from gazetteer.directory.names import make_slug, sort_key
from gazetteer.directory.page_addresses import category_address, listing_address, place_address
from gazetteer.directory.querysets import CategoryManager, ListingManager, PlaceQuerySet

SORT_LENGTH = 60


class SortField(models.CharField[str, str]):
    """Text compared byte by byte on both databases, so that ranges (A–Z) and keyset paging agree with the index."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class Named(models.Model):
    """A name in the site's first language and, where known, in others."""

    name = models.CharField(_("name"), max_length=300)
    names_by_lang = models.JSONField(_("names in other languages"), default=dict, blank=True)

    class Meta:
        abstract = True

    def name_in(self, language: str | None) -> str:
        """The name in that language, or the one of the site's first language."""
        found = self.names_by_lang.get(language) or self.names_by_lang.get((language or "").split("-")[0])
        return str(found or self.name)

    @property
    def local_name(self) -> str:
        return self.name_in(get_language())


class Branch(models.Model):
    """A list of published listings with its true size: of a category's branch, a place, a tag, or the whole directory.

    Its rows and `listings` are kept by the triggers of `branches/`, in the transaction of the write.
    """

    KINDS: ClassVar = [("all", "all"), ("category", "category"), ("place", "place"), ("tag", "tag")]

    kind = models.CharField(max_length=10, choices=KINDS)
    listings = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="all"), name="directory_one_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} branch {self.pk}: {self.listings}"


class WithBranch(models.Model):
    """Something that lists listings. Its branch is made with it."""

    branch = models.OneToOneField(Branch, models.PROTECT, related_name="+", editable=False)
    branch_kind: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.branch_id is None:
            self.branch = Branch.objects.create(kind=self.branch_kind)
        super().save(*args, **kwargs)


class Category(Named, WithBranch, MP_Node):
    """A heading of the directory, in a tree."""

    branch_kind = "category"

    slug = models.SlugField(_("web address"), max_length=100, allow_unicode=True)
    address = models.CharField(max_length=1000, unique=True, editable=False)
    description = models.TextField(_("description"), blank=True)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    related = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="related_from", verbose_name=_("see also")
    )
    open_to_submissions = models.BooleanField(_("visitors may propose listings here"), default=True)
    shows_listings = models.BooleanField(_("shows its listings, not only its subcategories"), default=True)
    schema_type = models.CharField(
        _("schema.org type"),
        max_length=60,
        blank=True,
        help_text=_("For example Bakery; tells search engines what these are."),
    )
    deleted_at = models.DateTimeField(_("in the trash since"), null=True, blank=True, editable=False)
    is_hidden = models.BooleanField(default=False, editable=False)
    """In the trash itself, or below a category that is; kept by the changes of the tree."""

    created_at = models.DateTimeField(default=now, editable=False)

    objects = CategoryManager()  # type: ignore[misc]  # treebeard types its own manager as of the class

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.local_name

    def get_absolute_url(self) -> str:
        return category_address(self.address)


class Reach(models.Model):
    """What is filed under `category` stands in `branch`: its own and those of the categories above it.

    While a branch of the tree moves, the branches it is moving into are reached too; see `branches/moves.py`.
    """

    category = models.ForeignKey(Category, models.CASCADE, related_name="reaches", db_constraint=False)
    branch = models.ForeignKey(Branch, models.CASCADE, related_name="+", db_constraint=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "branch"], name="directory_reach_once")]

    def __str__(self) -> str:
        return f"{self.category_id} → {self.branch_id}"


class Place(WithBranch):
    """A country, a region of it, or a town, as the listings name them.

    `country` is an ISO 3166-1 alpha-2 code; `region` and `town` are empty at the higher levels. A town whose region
    is not known has `-` in its address.
    """

    branch_kind = "place"

    country = models.CharField(max_length=2)
    region = models.CharField(max_length=150, blank=True)
    town = models.CharField(max_length=150, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    address = models.CharField(max_length=400, unique=True)
    sort_name = SortField(max_length=SORT_LENGTH)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [models.UniqueConstraint(fields=["country", "region", "town"], name="directory_one_place")]
        indexes = [
            models.Index(fields=["parent", "sort_name"], name="directory_place_children"),
            models.Index(fields=["sort_name", "id"], name="directory_place_by_name"),
        ]

    def __str__(self) -> str:
        return self.town or self.region or self.country

    def get_absolute_url(self) -> str:
        return place_address(self.address)


class ListingTag(WithBranch, TagBase):
    """A word that listings share."""

    branch_kind = "tag"
    free_tagging = True

    class Meta:
        verbose_name = _("listing tag")
        verbose_name_plural = _("listing tags")


class TaggedListing(ItemBase):
    tag = models.ForeignKey(ListingTag, models.CASCADE, related_name="items")
    content_object = ParentalKey("Listing", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="directory_tagged_once")]


class Listing(Named, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """A firm, an institution, a place to go: one entry of the directory.

    A draft carries what an editor writes. What belongs to the listing as a whole (`KEPT`) never comes out of a draft,
    and a column changed by an import or machine since a draft was begun is not put back by it (`drafts.py`).
    """

    KEPT: ClassVar[tuple[str, ...]] = (
        "sort_name", "listed_at", "changed_at", "verified_at", "verified_how", "feed", "external_id", "import_digest",
        "merged_into_id", "deleted_at", "created_at", "live_revision_id",
    )  # fmt: skip

    draft_base: Any = None
    """Of a draft: what the published row said when it was begun; see `drafts.py`."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED_FOR_NOW = "closed_temporarily", _("closed for now")
        CLOSED = "closed", _("closed for good")

    sort_name = SortField(max_length=SORT_LENGTH, editable=False)
    slug = models.SlugField(_("web address"), max_length=100, allow_unicode=True, blank=True)
    language = models.CharField(_("language"), max_length=15, blank=True)
    alt_names = models.JSONField(_("other names"), default=list, blank=True)
    acronyms = models.JSONField(_("acronyms"), default=list, blank=True)
    description = models.TextField(_("description"), blank=True)

    street = models.CharField(_("street"), max_length=300, blank=True)
    postcode = models.CharField(_("postcode"), max_length=30, blank=True)
    city = models.CharField(_("town"), max_length=150, blank=True)
    region = models.CharField(_("region"), max_length=150, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    countries = models.JSONField(_("countries where it is found"), default=list, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    position_approximate = models.BooleanField(_("the position is approximate"), default=False)
    timezone = models.CharField(_("time zone"), max_length=60, blank=True)

    phones = models.JSONField(_("phones"), default=list, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    social = models.JSONField(_("social networks"), default=dict, blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True)
    status = models.CharField(_("state of business"), max_length=20, choices=Status.choices, default=Status.OPEN)
    established = models.CharField(_("founded"), max_length=30, blank=True)
    wikidata = models.CharField(_("Wikidata"), max_length=20, blank=True)
    custom = models.JSONField(_("further facts"), default=dict, blank=True)
    """Values of custom fields by the field's id as text; the ids never change, names may."""

    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    tags = ClusterTaggableManager(through=TaggedListing, blank=True, verbose_name=_("tags"))

    featured = models.BooleanField(_("featured"), default=False)
    featured_until = models.DateTimeField(_("featured until"), null=True, blank=True)
    listed_at = models.DateTimeField(_("listed since"), default=now)
    changed_at = models.DateTimeField(_("last changed"), default=now, editable=False)
    verified_at = models.DateTimeField(_("last verified"), null=True, blank=True)
    verified_how = models.CharField(_("verified how"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    licence = models.CharField(_("licence of the facts"), max_length=200, blank=True)
    noindex = models.BooleanField(_("hide from search engines"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="listings",
        verbose_name=_("owner"),
    )
    owner_email = models.EmailField(_("owner's e-mail"), blank=True, help_text=_("Never shown to visitors."))
    note_to_desk = models.TextField(_("note for the desk"), blank=True, help_text=_("Never shown to visitors."))

    feed = models.CharField(_("feed"), max_length=200, blank=True, editable=False)
    external_id = models.CharField(_("id in that feed"), max_length=300, blank=True, editable=False)
    import_digest = models.CharField(max_length=32, blank=True, editable=False)
    """Digest of the row as last imported: an equal row is known without comparing columns."""

    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="merged_from", db_index=False
    )
    deleted_at = models.DateTimeField(_("in the trash since"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="listing")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="listing",
        for_concrete_model=False,
    )

    objects = ListingManager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        permissions = [  # Wagtail makes these only once its desk is loaded, which `migrate` need not do
            ("publish_listing", "Can publish listing"),
            ("lock_listing", "Can lock listing"),
            ("unlock_listing", "Can unlock listing"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "external_id"], condition=~models.Q(external_id=""), name="directory_feed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="directory_by_name"),
            models.Index(fields=["lat", "lon"], condition=models.Q(lat__isnull=False), name="directory_by_position"),
            models.Index(fields=["-changed_at", "-id"], name="directory_by_change"),
            models.Index(fields=["-deleted_at"], condition=models.Q(deleted_at__isnull=False), name="directory_trash"),
            # Not an index of the whole column: nearly all are empty, and SQLite would read it for `IS NULL`.
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="directory_merged"
            ),
            models.Index(
                fields=["featured_until"],
                condition=models.Q(featured_until__isnull=False),
                name="directory_featured_end",
            ),
            # What the desk's lists narrow to: few of many rows each.
            models.Index(fields=["-changed_at", "-id"], condition=models.Q(live=False), name="directory_not_live"),
            models.Index(
                fields=["-changed_at", "-id"],
                condition=models.Q(has_unpublished_changes=True),
                name="directory_drafts",
            ),
            models.Index(fields=["-changed_at", "-id"], condition=models.Q(featured=True), name="directory_featured"),
            models.Index(
                fields=["-changed_at", "-id"], condition=models.Q(owner__isnull=False), name="directory_owned"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def revisions(self) -> Any:
        return self._revisions

    def get_absolute_url(self) -> str:
        return listing_address(self.pk, self.slug)

    def fill_derived(self) -> None:
        """What follows from the name. Called by `save()`; those who write in bulk call it themselves."""
        self.sort_name = sort_key(self.name, self.language)[:SORT_LENGTH]
        self.slug = self.slug or make_slug(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_derived()
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "sort_name", "slug"}
        super().save(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.live and not self.expired and self.merged_into_id is None and self.deleted_at is None

    def with_content_json(self, content: dict[str, Any]) -> "Listing":
        """The listing as a revision has it, but for what belongs to the listing as a whole (`KEPT`)."""
        from gazetteer.directory import drafts

        draft: Listing = super().with_content_json(drafts.without_gone(content))
        for name in self.KEPT:
            setattr(draft, name, getattr(self, name))
        return draft

    def get_latest_revision_as_object(self) -> "Listing":
        """The newest draft, with what an import or machine changed since it was begun."""
        from gazetteer.directory import drafts

        revision = self.get_latest_revision() if self.has_unpublished_changes else None
        return self if revision is None else drafts.opened(self, revision.content)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a draft, and beside it what the published row said when it was begun."""
        from gazetteer.directory import drafts

        with transaction.atomic():
            base = drafts.base_for(self)
            revision = super().save_revision(*args, **kwargs)
            revision.content[drafts.BASE] = base
            revision.save(update_fields=["content"])
            return revision

    def publish(self, revision: Any, *args: Any, **options: Any) -> None:
        """Publish or schedule a revision; every way of publishing comes through here."""
        from gazetteer.directory import publishing

        names = ("user", "changed", "log_action", "previous_revision", "skip_permission_checks")
        options.update(zip(names, args, strict=False))
        publishing.publish(self, revision, super().publish, **options)

    def unpublish(
        self, set_expired: bool = False, commit: bool = True, user: Any = None, log_action: Any = True
    ) -> None:
        """Take it down; every way of doing so comes through here."""
        from gazetteer.directory import publishing

        options = {"set_expired": set_expired, "commit": commit, "user": user, "log_action": log_action}
        publishing.unpublish(self, DraftStateMixin.unpublish, **options)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page visitors will see, of what stands in the form."""
        from gazetteer.directory.views import preview

        return preview(request, self)


class Filing(models.Model):
    """A listing stands under a category; one of its categories is the primary one."""

    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="filings")
    category = models.ForeignKey(Category, models.PROTECT, related_name="filings", verbose_name=_("category"))
    is_primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        verbose_name = _("category of a listing")
        verbose_name_plural = _("categories of a listing")
        constraints = [
            models.UniqueConstraint(fields=["listing", "category"], name="directory_filed_once"),
            models.UniqueConstraint(
                fields=["listing"], condition=models.Q(is_primary=True), name="directory_one_primary"
            ),
        ]
        indexes = [models.Index(fields=["category", "listing"], name="directory_filed_under")]

    def __str__(self) -> str:
        return f"{self.listing_id} in {self.category_id}"


class Placing(models.Model):
    """A listing is found at a place; every level has its own row (country, region, town)."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="placings")
    place = models.ForeignKey(Place, models.CASCADE, related_name="placings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "place"], name="directory_placed_once")]

    def __str__(self) -> str:
        return f"{self.listing_id} at {self.place_id}"


class BranchRow(models.Model):
    """A published listing in a branch, once, with what lists are sorted by. Written by triggers only."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="rows", db_constraint=False, db_index=False)
    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    featured = models.BooleanField()
    sort_name = SortField(max_length=SORT_LENGTH)
    listed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "branch"], name="directory_in_branch_once")]
        indexes = [
            models.Index(fields=["branch", "featured", "sort_name", "listing"], name="directory_branch_by_name"),
            models.Index(fields=["branch", "listed_at", "listing"], name="directory_branch_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} in branch {self.branch_id}"


class ListingPicture(models.Model):
    """A picture in a listing's gallery; the first is its cover."""

    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, models.CASCADE, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    sort_order_field = "position"

    class Meta:
        verbose_name = _("picture of a listing")
        verbose_name_plural = _("pictures of a listing")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.caption or str(self.picture_id)


class CustomField(models.Model):
    """A fact that only some listings have. Defined for branches of the tree; subcategories inherit it."""

    key = models.SlugField(_("name in imports"), max_length=60, unique=True, help_text=_("The column's name in files."))
    label = models.CharField(_("label"), max_length=100)
    labels_by_lang = models.JSONField(_("label in other languages"), default=dict, blank=True)
    type = models.CharField(_("kind of value"), max_length=30)
    options = models.JSONField(_("settings of the kind"), default=dict, blank=True)
    help = models.CharField(_("help for those who fill it in"), max_length=300, blank=True)
    categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="custom_fields",
        verbose_name=_("for these branches"),
        help_text=_("None: for all listings."),
    )
    is_required = models.BooleanField(_("must be filled in"), default=False)
    is_filter = models.BooleanField(_("visitors may filter by it"), default=False)
    in_lists = models.BooleanField(_("shown in lists"), default=False)
    is_public = models.BooleanField(_("shown to visitors"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("custom field")
        verbose_name_plural = _("custom fields")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label


class OldCategoryAddress(models.Model):
    """A web address that a category once had; it leads to where the category is now."""

    address = models.CharField(max_length=1000, unique=True)
    category = models.ForeignKey(Category, models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.address


class TreeChange(models.Model):
    """A move, merge, trashing or return of a whole branch, done in batches; see `branches/moves.py`."""

    class Stage(models.TextChoices):
        PLANNED = "planned", _("waiting")
        FILLING = "filling", _("in progress")
        CLEANING = "cleaning", _("clearing up")
        DONE = "done", _("done")

    kind = models.CharField(max_length=10)
    category = models.ForeignKey(Category, models.CASCADE, related_name="+", db_constraint=False)
    target = models.ForeignKey(Category, models.CASCADE, null=True, related_name="+", db_constraint=False)
    position = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNED)
    work = models.JSONField(default=dict)
    """`new`: category id → id of the branch being filled; `old`: ids of branches to clear; `cursor`: where it is."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("change of the category tree")
        verbose_name_plural = _("changes of the category tree")

    def __str__(self) -> str:
        return f"{self.kind} {self.category_id} → {self.target_id} ({self.stage})"


class ImportRun(models.Model):
    """One file brought in: how far it has come, what it changed and what it refused."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    feed = models.CharField(max_length=200)
    file_name = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64, help_text="Digest of the file's size and content.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    rows_done = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["fingerprint", "feed"], name="directory_import_file")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"


from gazetteer.directory.imports.models import Imported  # noqa: E402, F401  (a table of this app that stands with the imports)
