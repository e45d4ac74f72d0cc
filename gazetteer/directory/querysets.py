"""Every read of the directory has a name here. None costs more on a larger site, but for what the docstring says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

if TYPE_CHECKING:
    from gazetteer.directory.models import Branch, Listing

PUBLISHED = Q(live=True, expired=False, merged_into__isnull=True, deleted_at__isnull=True)


class CategoryQuerySet(MP_NodeQuerySet):
    def in_use(self) -> CategoryQuerySet:
        """Those not in the trash."""
        return self.filter(deleted_at__isnull=True)

    def with_counts(self) -> CategoryQuerySet:
        """With each one's branch, whose `listings` is its true count."""
        return self.select_related("branch")

    def tops(self) -> CategoryQuerySet:
        return self.in_use().filter(depth=1).with_counts().order_by("path")

    def children_of(self, category: Any) -> CategoryQuerySet:
        return category.get_children().in_use().with_counts()

    def path_to(self, category: Any) -> CategoryQuerySet:
        """The category and those above it, from the top."""
        steps = range(category.steplen, len(category.path) + 1, category.steplen)
        return self.filter(path__in=[category.path[:step] for step in steps]).order_by("path")


class CategoryManager(MP_NodeManager.from_queryset(CategoryQuerySet)):  # type: ignore[misc]  # treebeard is untyped
    def get_queryset(self) -> CategoryQuerySet:
        return CategoryQuerySet(self.model, using=self._db).order_by("path")


class ListingQuerySet(models.QuerySet["Listing"]):
    def published(self) -> ListingQuerySet:
        return self.filter(PUBLISHED)

    def in_trash(self) -> ListingQuerySet:
        return self.filter(deleted_at__isnull=False)

    def for_rows(self) -> ListingQuerySet:
        """With what a row in a list shows, in a fixed number of queries."""
        return self.select_related("logo").prefetch_related(
            models.Prefetch("filings", queryset=filings().filter(is_primary=True), to_attr="primary_filings")
        )


def filings() -> models.QuerySet[Any]:
    from gazetteer.directory.models import Filing

    return Filing.objects.select_related("category")


ListingManager = models.Manager.from_queryset(ListingQuerySet)


class PlaceQuerySet(models.QuerySet[Any]):
    def with_listings(self) -> PlaceQuerySet:
        return self.select_related("branch").filter(branch__listings__gt=0)

    def children_of(self, place: Any) -> PlaceQuerySet:
        return self.filter(parent=place).with_listings().order_by("sort_name", "id")

    def countries(self) -> PlaceQuerySet:
        return self.filter(parent__isnull=True).with_listings().order_by("country")


def whole_directory() -> Branch:
    """The branch of every published listing; its `listings` is the site's total."""
    from gazetteer.directory.models import Branch

    return Branch.objects.get(kind="all")

