"""Signing in, in our words."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """allauth's form, labelled for people who do not say "login"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or mail address")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)  # the label says it already
        if "remember" in self.fields:
            self.fields["remember"].label = _("Stay signed in on this device")
