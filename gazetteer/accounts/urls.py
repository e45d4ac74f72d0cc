"""Under /account/: signing in and out, mail address, password, second factor and passkeys (all by django-allauth)."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_email")),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
