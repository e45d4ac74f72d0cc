"""Every read of the directory has a name here. None costs more on a larger site, but for what the docstring says."""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

if TYPE_CHECKING:
    from gazetteer.directory.models import Branch, Listing  # noqa: F401 (named in a text)

PUBLISHED = Q(live=True, expired=False, merged_into__isnull=True, deleted_at__isnull=True)


class CategoryQuerySet(MP_NodeQuerySet):
    def in_use(self) -> CategoryQuerySet:
        """Those neither in the trash nor below a category that is."""
        return self.filter(is_hidden=False)

    def with_counts(self) -> CategoryQuerySet:
        """With each one's branch, whose `listings` is its true count."""
        return self.select_related("branch")

    def tops(self) -> CategoryQuerySet:
        return self.in_use().filter(depth=1).with_counts().order_by("path")

    def tops_with_children(self) -> CategoryQuerySet:
        """The two upper levels, in the order of the tree."""
        return self.in_use().filter(depth__lte=2).with_counts().order_by("path")

    def family_of(self, category: Any) -> CategoryQuerySet:
        """Those above it, its children, and theirs, in one query; grows with the children only."""
        steps = range(category.steplen, len(category.path), category.steplen)
        above = Q(path__in=[category.path[:step] for step in steps])
        below = Q(path__startswith=category.path, depth__range=(category.depth + 1, category.depth + 2))
        return self.in_use().filter(above | below).with_counts().order_by("path")

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

    def for_page(self) -> ListingQuerySet:
        """Any listing, with what its own page shows, in a fixed number of queries."""
        return self.select_related("logo").prefetch_related(
            "filings__category", "pictures__picture", "placings__place", "tagged_items__tag"
        )

    def near(self, lat: float, lon: float, degrees: float) -> ListingQuerySet:
        """Those in a box around a point; across the date line too. Costs as the places in that belt of latitude do."""
        belt = self.filter(lat__range=(lat - degrees, lat + degrees))
        width = min(180.0, degrees / max(0.01, cos(radians(lat))))
        west, east = lon - width, lon + width
        if west < -180 or east > 180:
            return belt.filter(Q(lon__gte=(west + 180) % 360 - 180) | Q(lon__lte=(east + 180) % 360 - 180))
        return belt.filter(lon__range=(west, east))


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


def categories_above(category: Any) -> list[Any]:
    """The category with those above it, from the top."""
    return list(type(category).objects.path_to(category))
