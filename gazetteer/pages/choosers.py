"""How an editor picks a story, a section or a category for a block, and how the block keeps what was picked.

Wagtail's own choosers search through its index, which is slow on SQLite and knows nothing of our models; these find
what visitors' search finds.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from gazetteer.search import use


class ReferenceBlock(blocks.ChooserBlock):
    """A chosen thing, kept by its id. Reading a page asks the database nothing for it until it is used."""

    def to_python(self, value: int | None) -> Model | None:
        return None if value is None else self.reference(value)

    def bulk_to_python(self, values: list[int | None]) -> list[Model | None]:
        return [self.to_python(value) for value in values]

    def reference(self, pk: int) -> Model:
        model = self.model_class
        made: Model = model.from_db("default", [model._meta.pk.attname], [pk])
        return made

    def get_form_state(self, value: Any) -> Any:
        """For the form: nothing where what was chosen has since gone."""
        pk = getattr(value, "pk", value)
        return super().get_form_state(self.model_class.objects.filter(pk=pk).first() if pk else None)


class SearchForm(BaseFilterForm):
    """Find as visitors do; while there is no index, by the beginning of the name."""

    field = "name"
    kind = ""
    """The kind of what is chosen, in the search."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search …")}))

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data.get("q", "").strip()
        if not typed:
            return objects
        self.is_searching, self.search_query = True, typed
        return use.found(objects, self.kind, typed, self.beginning(objects, typed))

    def beginning(self, objects: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return objects.filter(**{f"{self.field}__istartswith": typed})


class SectionForm(SearchForm):
    kind = "section"


class CategoryForm(SearchForm):
    kind = "category"


class StoryForm(SearchForm):
    field = "headline"
    kind = "article"

    def beginning(self, objects: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return objects.filter(headline_key__startswith=typed.lower())


class OwnChooser(ChooserViewSet):
    """A chooser whose block keeps ids, and which leaves forms of other folders their own."""

    base_block_class = ReferenceBlock
    register_widget = False


def stories() -> QuerySet[Any]:
    from gazetteer.news.models import Article

    return Article.objects.published().order_by("-shown_at", "-id")


def sections() -> QuerySet[Any]:
    from gazetteer.news.models import Section

    return Section.objects.in_use()


def categories() -> QuerySet[Any]:
    from gazetteer.directory.models import Category

    return Category.objects.in_use()


def make_chooser(
    what: str, model: str, form: type[SearchForm], things: Callable[[], QuerySet[Any]], words: tuple[Any, Any, Any]
) -> OwnChooser:
    """A chooser at `choose/<what>/`; `words` are those for choosing one, choosing another and editing it."""
    views = {"filter_form_class": form, "get_object_list": lambda view: things()}
    return OwnChooser(
        f"choose_{what}",
        url_prefix=f"choose/{what}",
        model=model,
        icon="doc-full" if what == "story" else "folder-open-1",
        choose_view_class=type("Choose", (ChooseView,), views),
        choose_results_view_class=type("ChooseResults", (ChooseResultsView,), views),
        **dict(zip(("choose_one_text", "choose_another_text", "edit_item_text"), words, strict=True)),
    )


story_chooser = make_chooser(
    "story",
    "news.Article",
    StoryForm,
    stories,
    (_("Choose a story"), _("Choose another story"), _("Edit this story")),
)
section_chooser = make_chooser(
    "section",
    "news.Section",
    SectionForm,
    sections,
    (_("Choose a section"), _("Choose another section"), _("Edit this section")),
)
category_chooser = make_chooser(
    "category",
    "directory.Category",
    CategoryForm,
    categories,
    (_("Choose a category"), _("Choose another category"), _("Edit this category")),
)

StoryBlock = story_chooser.get_block_class("StoryBlock", __name__)
SectionBlock = section_chooser.get_block_class("SectionBlock", __name__)
CategoryBlock = category_chooser.get_block_class("CategoryBlock", __name__)
