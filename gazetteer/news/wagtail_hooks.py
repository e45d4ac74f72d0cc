"""What the news adds to the desk."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gazetteer.news.desk import history
from gazetteer.news.desk.choosers import author_chooser
from gazetteer.news.desk.removals import removals
from gazetteer.news.desk.viewsets import authors, corrections, sections, stories, tags

hooks.register("register_log_actions", history.register)


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [author_chooser, stories, sections, authors, tags, corrections, removals]


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("news/desk.css"))
