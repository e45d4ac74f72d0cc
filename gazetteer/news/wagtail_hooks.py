"""What the news adds to the desk."""

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gazetteer.accounts.policy import may
from gazetteer.news.desk import history, today, wire
from gazetteer.news.desk.choosers import author_chooser
from gazetteer.news.desk.clusters import clusters
from gazetteer.news.desk.removals import removals
from gazetteer.news.desk.sources import sources
from gazetteer.news.desk.viewsets import authors, breaking_news, corrections, sections, stories, storylines, tags
from gazetteer.news.models import Article, DeskFile

hooks.register("register_log_actions", history.register)
hooks.register("register_admin_urls", wire.urls)
hooks.register("register_admin_menu_item", wire.menu_item)


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    people = [authors, author_chooser]
    told = [corrections, clusters, removals, sources]
    return [stories, breaking_news, sections, *people, storylines, tags, *told]


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("newsroom/", today.today, name="newsroom_today"),
        path("newsroom/calendar/", today.calendar, name="newsroom_calendar"),
    ]


class NewsroomItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "view", Article)


@hooks.register("register_admin_menu_item")
def newsroom_item() -> MenuItem:
    label = gettext_lazy("Newsroom today")
    return NewsroomItem(label, reverse("newsroom_today"), name="newsroom", icon_name="calendar-alt", order=95)


@hooks.register("before_serve_document")
def files_for_the_desk(document: Any, request: HttpRequest) -> None:
    """A file kept with a story for the desk is given to nobody else, whoever knows its address."""
    if DeskFile.objects.filter(document=document).exists() and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404


@hooks.register("insert_editor_js")
def desk_js() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("news/desk.js"))


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("news/desk.css"))
