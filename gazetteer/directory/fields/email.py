"""An e-mail address."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from gazetteer.directory.fields.base import FieldType


class Email(FieldType):
    key = "email"
    label = gettext_lazy("E-mail address")

    def read(self, raw: Any) -> str:
        text = self.text_of(raw).removeprefix("mailto:")
        try:
            validate_email(text)
        except ValidationError:
            problem = _("“%(text)s” is not an e-mail address. Write it like name@example.org") % {"text": text[:60]}
            raise self.refuse(problem) from None
        return text

    def show(self, value: str, language: str) -> Markup:
        return Markup('<a href="mailto:{}">{}</a>').format(quote(value, safe="@+._-"), value)

    def widget(self) -> forms.Widget:
        return forms.EmailInput()
