"""What the list of listings can be narrowed to. What is chosen becomes a `find.Wish`, answered from an index."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from gazetteer.directory.desk import find, limits
from gazetteer.directory.desk.inputs import QuickSelect
from gazetteer.directory.desk.states import indented
from gazetteer.directory.models import Category, Listing, Place
from gazetteer.web.formats import country_name

STATES = (
    ("live", _("Published")),
    ("changed", _("Published, with a newer draft")),
    ("draft", _("Never published, or taken down")),
    ("expired", _("Expired")),
    ("merged", _("Merged into another")),
    ("trash", _("In the trash")),
)
YES_NO = (("yes", _("Yes")), ("no", _("No")))


class CategoryFilter(django_filters.ModelChoiceFilter):
    @property
    def field(self) -> Any:
        field = super().field
        field.label_from_instance = indented
        return field


def countries() -> list[tuple[str, str]]:
    there = Place.objects.countries().values_list("country", flat=True)
    return sorted(((code, country_name(code)) for code in there), key=lambda each: each[1])


def categories(request: Any) -> QuerySet[Any]:
    """With what the choice says of them only, for there may be thousands."""
    found = limits.categories_open_to(request.user) if request else Category.objects.none()
    return found.only("name", "names_by_lang", "depth", "path", "branch")


class ListingFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="same", widget=forms.RadioSelect, empty_label=_("All")
    )
    category = CategoryFilter(
        label=_("Category, with what is below it"),
        queryset=categories,
        method="same",
        widget=QuickSelect,
        empty_label=_("All"),
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=countries, method="same", widget=QuickSelect, empty_label=_("All")
    )
    town = django_filters.CharFilter(label=_("Town or region begins with"), method="same")
    featured = django_filters.ChoiceFilter(
        label=_("Featured"), choices=YES_NO[:1], method="same", widget=forms.RadioSelect, empty_label=_("All")
    )
    owner = django_filters.ChoiceFilter(
        label=_("Has an owner"), choices=YES_NO, method="same", widget=forms.RadioSelect, empty_label=_("All")
    )
    feed = django_filters.ChoiceFilter(
        label=_("Came by the feed"),
        choices=lambda: [(name, name) for name in find.feeds()],
        method="same",
        widget=forms.Select,
        empty_label=_("All"),
    )

    class Meta:
        model = Listing
        fields: tuple[str, ...] = ()

    def same(self, listings: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """The whole choice together becomes a wish; see `wish`."""
        return listings


def wish(user: Any, chosen: dict[str, Any], text: str) -> find.Wish:
    """What the person looks for, within what they look after."""
    branches = [branches_of(chosen)] if chosen.get("category") else []
    if chosen.get("town"):
        branches.append(find.branches_of_town(chosen["town"], chosen.get("country") or ""))
    elif chosen.get("country"):
        places = Place.objects.filter(address=chosen["country"].lower())
        branches.append(list(places.values_list("branch", flat=True)))
    limited = limits.is_limited(user, "view")
    if limited:
        branches.append(limits.own_branches(user))
    return find.Wish(
        text=text,
        state=chosen.get("state") or "",
        branches=branches,
        also=limits.own_listings(user) if limited and len(branches) == 1 else [],
        featured=chosen.get("featured") == "yes",
        owned={"yes": True, "no": False}.get(chosen.get("owner") or ""),
        feed=chosen.get("feed") or "",
    )


def branches_of(chosen: dict[str, Any]) -> list[int]:
    return [chosen["category"].branch_id]
