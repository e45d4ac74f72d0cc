"""What search adds to the desk."""

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks

from gazetteer.search import desk


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [desk.group]


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("search/searches/", desk.searches, name="searches")]
