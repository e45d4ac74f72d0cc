"""What the first run asks."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gazetteer.accounts.models import User
from gazetteer.pages.models.site import zone_choices

BEGINNINGS = [
    ("empty", _("An empty site: I fill it myself")),
    ("demo-world", _("The demo: real brands and airports of the world, and a newsroom with stories")),
    ("demo-town", _("The small demo: a made-up town that uses every feature")),
    ("import", _("My own listings, from a file")),
]


class TokenForm(forms.Form):
    token = forms.CharField(
        label=_("Secret of the first run"),
        help_text=_("It stands at the end of the address that “gazetteer serve” shows when it starts."),
        max_length=200,
        strip=True,
    )


class SetupForm(forms.Form):
    """Everything in one page; a password is checked against the name and mail beside it."""

    site_name = forms.CharField(label=_("Name of the site"), max_length=100)
    language = forms.ChoiceField(label=_("Its first language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Its time zone"), choices=zone_choices)
    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("You sign in with it, and alarms are sent to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least eight characters, and not one that everybody uses."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    begin = forms.ChoiceField(label=_("Begin with"), choices=BEGINNINGS, initial="empty", widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File with listings"),
        required=False,
        help_text=_("Only for your own listings: JSON lines, CSV or XLSX; compressed with gzip if you like."),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("begin") == "import" and not values.get("file"):
            self.add_error("file", _("Choose the file with your listings."))
        if values.get("password"):
            self.check_password(values)
        return values

    def check_password(self, values: dict[str, Any]) -> None:
        person = User(username=values.get("email", ""), email=values.get("email", ""), name=values.get("name", ""))
        try:
            validate_password(values["password"], person)
        except ValidationError as error:
            self.add_error("password", error)
