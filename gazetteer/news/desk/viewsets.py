"""Stories, breaking news, sections, authors, storylines, tags, corrections, each with its place in the menu."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from gazetteer.news.desk import panels, states, views
from gazetteer.news.desk.filters import StoryFilters
from gazetteer.news.desk.forms import indented
from gazetteer.news.models import Article, Author, Breaking, Correction, Section, Storyline, Tag


class Stories(SnippetViewSet):
    model = Article
    icon = "doc-full"
    menu_label = _("Stories")
    menu_name = "stories"
    menu_order = 100
    add_to_admin_menu = True
    base_url_path = "stories"
    admin_url_namespace = "stories"
    chooser_base_url_path = "choose/any-story"
    index_view_class = views.StoryList
    edit_view_class = views.StoryEdit
    delete_view_class = views.TrashView
    delete_template_name = "news/desk/trash.html"
    index_template_name = "wagtailadmin/generic/index.html"
    index_results_template_name = "wagtailadmin/generic/index_results.html"
    copy_view_enabled = False
    filterset_class = StoryFilters
    search_backend_name = None
    list_per_page = views.PER_PAGE
    list_display = [
        "headline",
        Column("section", label=_("Section"), classname="wide-only"),
        Column("state", label=_("State"), accessor=states.in_words),
        DateColumn("published_at", label=_("Date"), width="15%", classname="wide-only"),
        DateColumn("changed_at", label=_("Changed"), width="15%", sort_key="changed_at", classname="wide-only"),
    ]
    edit_handler = panels.story

    def get_urlpatterns(self) -> list[Any]:
        acts = [path(f"{act.name}/<int:pk>/", act.as_view(), name=act.name) for act in views.ACTS]
        return [*super().get_urlpatterns(), *acts]


class Sections(ModelViewSet):
    model = Section
    icon = "folder-open-1"
    menu_label = _("Sections")
    menu_order = 110
    add_to_admin_menu = True
    index_view_class = views.SectionList
    add_view_class = views.SectionCreate
    edit_view_class = views.SectionEdit
    delete_view_class = views.PlainTrashView
    delete_template_name = "news/desk/trash.html"
    copy_view_enabled = False
    search_backend_name = None
    list_display = [
        Column("indented", label=_("Name"), accessor=indented),
        Column("address", label=_("Web address")),
    ]
    list_filter: list[str] = []
    edit_handler = panels.section


class Authors(ModelViewSet):
    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 120
    add_to_admin_menu = True
    index_view_class = views.AuthorList
    delete_view_class = views.PlainTrashView
    delete_template_name = "news/desk/trash.html"
    copy_view_enabled = False
    search_fields = ["name"]
    search_backend_name = None
    list_display = ["name", "role"]
    edit_handler = panels.author


class Storylines(ModelViewSet):
    model = Storyline
    icon = "list-ol"
    menu_label = _("Storylines")
    menu_order = 125
    add_to_admin_menu = True
    index_view_class = views.StorylineList
    delete_view_class = views.PlainTrashView
    delete_template_name = "news/desk/trash.html"
    copy_view_enabled = False
    search_fields = ["name"]
    search_backend_name = None
    list_display = ["name", Column("over", label=_("State"), accessor=states.of_storyline)]
    edit_handler = panels.storyline


class BreakingNews(ModelViewSet):
    model = Breaking
    icon = "warning"
    menu_label = _("Breaking news")
    menu_order = 105
    add_to_admin_menu = True
    index_view_class = views.BreakingList
    copy_view_enabled = False
    search_backend_name = None
    list_display = [
        "words",
        Column("shown", label=_("State"), accessor=states.of_breaking),
        DateColumn("until", label=_("Until")),
    ]
    edit_handler = panels.breaking


class Tags(ModelViewSet):
    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    menu_order = 130
    add_to_admin_menu = True
    index_view_class = views.TagList
    edit_view_class = views.TagEdit
    copy_view_enabled = False
    search_fields = ["name"]
    search_backend_name = None
    list_display = ["name"]
    edit_handler = panels.tag


class Corrections(ModelViewSet):
    model = Correction
    icon = "edit"
    menu_label = _("Corrections")
    menu_order = 140
    add_to_admin_menu = True
    index_view_class = views.CorrectionList
    copy_view_enabled = False
    search_backend_name = None
    list_display = [
        "__str__",
        Column("get_kind_display", label=_("Kind")),
        Column("article", label=_("Story")),
        DateColumn("made_at", label=_("Made")),
    ]
    edit_handler = panels.correction

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {**found, "add_url_name": None, "delete_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        """Without adding, which is done at the story, and deleting: what readers were told stays told."""
        return [each for each in super().get_urlpatterns() if each.name not in {"add", "delete"}]


stories = Stories()
sections = Sections("sections", url_prefix="sections")
authors = Authors("authors", url_prefix="authors")
storylines = Storylines("storylines", url_prefix="storylines")
breaking_news = BreakingNews("breaking", url_prefix="breaking")
tags = Tags("tags", url_prefix="tags")
corrections = Corrections("corrections", url_prefix="corrections")
