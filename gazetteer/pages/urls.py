"""The home page first, standing pages last of the whole site."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from gazetteer.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.icon),
    re_path(serve_pattern, views.standing_page, name="wagtail_serve"),  # Wagtail asks for it by this name
]
