"""What of the directory can be found: listings, categories and places, by the beginning of their names."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gazetteer.directory.documents import open_now
from gazetteer.directory.models import BranchRow, Category, Listing, Place
from gazetteer.directory.names import sort_key
from gazetteer.directory.rows import one_line
from gazetteer.search.query import Query
from gazetteer.search.registry import Hit, Source, after, register
from gazetteer.web.formats import country_name

__all__ = ["Categories", "Listings", "Places", "open_now"]


@register
class Listings(Source):
    kind = "listing"
    label = _("Listings")
    order = 10

    def matching(self, query: Query) -> QuerySet[Listing]:
        found = Listing.objects.published()
        if query.category:
            branch = Category.objects.in_use().filter(address=query.category).values("branch")
            found = found.filter(pk__in=BranchRow.objects.filter(branch__in=branch).values("listing"))
        if query.country:
            branch = Place.objects.filter(address=query.country).values("branch")
            found = found.filter(pk__in=BranchRow.objects.filter(branch__in=branch).values("listing"))
        key = sort_key(query.text) if query.text else ""
        if key:
            found = found.filter(sort_name__gte=key, sort_name__lt=after(key))
        return found.order_by("sort_name", "id")

    def hit(self, found: Any) -> Hit:
        where = ", ".join(part for part in (found.city, found.country and country_name(found.country)) if part)
        about = " · ".join(part for part in (where, one_line(found.description)) if part)
        return Hit(self.kind, found.name, found.get_absolute_url(), about)


@register
class Categories(Source):
    kind = "category"
    label = _("Categories")
    order = 30

    def matching(self, query: Query) -> QuerySet[Category]:
        if not query.text or query.country:
            return Category.objects.none()
        found = Category.objects.in_use().with_counts().filter(name__istartswith=query.text)
        if query.category:
            found = found.filter(address__startswith=f"{query.category}/")
        return found.order_by("depth", "name", "id")

    def hit(self, found: Any) -> Hit:
        return Hit(self.kind, found.local_name, found.get_absolute_url())


@register
class Places(Source):
    kind = "place"
    label = _("Places")
    order = 40

    def matching(self, query: Query) -> QuerySet[Place]:
        if not query.text or query.category:
            return Place.objects.none()
        key = sort_key(query.text)
        found = Place.objects.with_listings().filter(sort_name__gte=key, sort_name__lt=after(key))
        return found.order_by("sort_name", "id")

    def hit(self, found: Any) -> Hit:
        name = found.town or found.region or country_name(found.country)
        above = [part for part in (found.region if found.town else "", country_name(found.country)) if part != name]
        return Hit(self.kind, name, found.get_absolute_url(), ", ".join(part for part in above if part))
