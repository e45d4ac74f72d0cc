"""`/search/`, its feeds, and `/search/suggest/`."""

from django.urls import path, re_path

from gazetteer.search import views

urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("clicked/", views.clicked, name="search_clicked"),
    re_path(r"^feed\.(rss|atom|json)$", views.feed, name="search_feed"),
]
