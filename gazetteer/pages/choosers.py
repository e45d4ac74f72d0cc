"""How an editor picks a story, a section or a category for a block, and how the block keeps what was picked.

Wagtail's own choosers search through its index, which is slow on SQLite and knows nothing of our models; these look
names up by how they begin, through our own indexes.
"""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


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


class BeginsWithForm(BaseFilterForm):
    """Find by the beginning of the name."""

    field = "name"
    q = forms.CharField(
        label=_("Begins with"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Begins with …")})
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        typed = self.cleaned_data.get("q", "").strip()
        if not typed:
            return objects
        self.is_searching, self.search_query = True, typed
        return self.matching(objects, typed)

    def matching(self, objects: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return objects.filter(**{f"{self.field}__istartswith": typed})


class StoryForm(BeginsWithForm):
    field = "headline"

    def matching(self, objects: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return objects.filter(headline_key__startswith=typed.lower())


class OwnChooserViewSet(ChooserViewSet):
    """A chooser with a form of ours for finding."""

    form: type[BeginsWithForm] = BeginsWithForm
    base_block_class = ReferenceBlock
    register_widget = False

    @property
    def choose_view_class(self) -> type:
        return type("Choose", (ChooseView,), {"filter_form_class": self.form})

    @property
    def choose_results_view_class(self) -> type:
        return type("ChooseResults", (ChooseResultsView,), {"filter_form_class": self.form})


class StoryChooser(OwnChooserViewSet):
    model = "news.Article"
    icon = "doc-full"
    form = StoryForm
    choose_one_text = _("Choose a story")
    choose_another_text = _("Choose another story")
    edit_item_text = _("Edit this story")

    def get_object_list(self) -> QuerySet[Any]:
        from gazetteer.news.models import Article

        return Article.objects.published().order_by("-shown_at", "-id")


class SectionChooser(OwnChooserViewSet):
    model = "news.Section"
    icon = "folder-open-1"
    choose_one_text = _("Choose a section")
    choose_another_text = _("Choose another section")
    edit_item_text = _("Edit this section")

    def get_object_list(self) -> QuerySet[Any]:
        from gazetteer.news.models import Section

        return Section.objects.in_use()


class CategoryChooser(OwnChooserViewSet):
    model = "directory.Category"
    icon = "folder-open-1"
    choose_one_text = _("Choose a category")
    choose_another_text = _("Choose another category")
    edit_item_text = _("Edit this category")

    def get_object_list(self) -> QuerySet[Any]:
        from gazetteer.directory.models import Category

        return Category.objects.in_use()


story_chooser = StoryChooser("choose_story", url_prefix="choose/story")
section_chooser = SectionChooser("choose_section", url_prefix="choose/section")
category_chooser = CategoryChooser("choose_category", url_prefix="choose/category")

StoryBlock = story_chooser.get_block_class("StoryBlock", __name__)
SectionBlock = section_chooser.get_block_class("SectionBlock", __name__)
CategoryBlock = category_chooser.get_block_class("CategoryBlock", __name__)
