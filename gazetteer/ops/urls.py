"""Addresses that machines ask for."""

from django.urls import path

from gazetteer.ops import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
]
