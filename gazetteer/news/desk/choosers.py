"""How a story's author is chosen: by how the name begins, or made on the spot."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class BeginsWithForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Name begins with"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name begins with …")}),
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data.get("q", "").strip()
        if not typed:
            return objects
        self.is_searching, self.search_query = True, typed
        return objects.filter(name__istartswith=typed)


class Choose(ChooseView):
    filter_form_class = BeginsWithForm


class ChooseResults(ChooseResultsView):
    filter_form_class = BeginsWithForm


class AuthorChooser(ChooserViewSet):
    model = "news.Author"
    icon = "user"
    choose_one_text = _("Choose an author")
    choose_another_text = _("Choose another author")
    edit_item_text = _("Edit this author")
    choose_view_class = Choose
    choose_results_view_class = ChooseResults

    def get_object_list(self) -> QuerySet[Any]:
        from gazetteer.news.models import Author

        return Author.objects.in_use().order_by("name", "id")


author_chooser = AuthorChooser("choose_author", url_prefix="choose/author")
