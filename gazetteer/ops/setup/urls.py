from django.urls import path

from gazetteer.ops.setup import views

urlpatterns = [
    path("", views.setup, name="setup"),
    path("progress/<uuid:task>/", views.progress, name="setup_progress"),
]
