"""How a category is chosen at the desk: by any part of its name, each shown with those above it."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from gazetteer.directory.desk import limits

PER_PAGE = 50


class NameForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Name"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Part of the name …")})
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data.get("q", "").strip()
        if not typed:
            return objects
        self.is_searching, self.search_query = True, typed
        return objects.filter(Q(name__icontains=typed) | Q(address__icontains=typed))


class OwnCategories:
    """Only what the person may put listings into, in the order of the tree."""

    filter_form_class = NameForm
    request: Any

    def get_object_list(self) -> QuerySet[Any]:
        return limits.categories_open_to(self.request.user).order_by("path")

    def apply_object_list_ordering(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        return objects

    @cached_property
    def columns(self) -> list[Any]:
        shown: list[Any] = super().columns
        return [*shown, Column("address", label=_("Web address"))]


class Choose(OwnCategories, ChooseView):
    pass


class ChooseResults(OwnCategories, ChooseResultsView):
    pass


class CategoryChooser(ChooserViewSet):
    model = "directory.Category"
    icon = "folder-open-1"
    choose_one_text = _("Choose a category")
    choose_another_text = _("Choose another category")
    edit_item_text = _("Edit this category")
    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    per_page = PER_PAGE


category_chooser = CategoryChooser("choose_heading", url_prefix="choose/heading")
"""Registered for every form of the desk that asks for a category, unless a form says otherwise."""
