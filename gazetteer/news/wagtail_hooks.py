"""What the news adds to the desk."""

from typing import Any

from wagtail import hooks

from gazetteer.news.desk import history
from gazetteer.news.desk.choosers import author_chooser
from gazetteer.news.desk.viewsets import authors, corrections, sections, stories, tags

hooks.register("register_log_actions", history.register)


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [author_chooser, stories, sections, authors, tags, corrections]
