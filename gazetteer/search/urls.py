"""`/search/` and `/search/suggest/`."""

from django.urls import path

from gazetteer.search import views

urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
]
