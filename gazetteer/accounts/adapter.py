"""How django-allauth fits in: who may sign up, and where people land."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

sign_up_rules: list[Callable[[HttpRequest], bool]] = []
"""Asked in turn; sign-up is open if any says so. Nobody may sign up unless the site's settings allow it."""


class AccountAdapter(DefaultAccountAdapter):
    """People are added at the desk; open sign-up is off until a rule (the site's settings) turns it on."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return any(rule(request) for rule in sign_up_rules)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Those who work here go to the desk; owners of listings stay on the site."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return reverse("account_email")
