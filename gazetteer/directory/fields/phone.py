"""A phone number that can be tapped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from gazetteer.directory.fields.base import FieldType
from gazetteer.directory.phones import check_phone, read_phone


class Phone(FieldType):
    """Options: `country`, ISO2, for numbers that come without their country's code. Kept internationally."""

    key = "phone"
    label = gettext_lazy("Phone number")

    def read(self, raw: Any) -> str:
        text = self.text_of(raw)
        country = str(self.options.get("country") or "")
        if problem := check_phone(text, country):
            raise self.refuse(problem)
        return read_phone(text, country).text

    def show(self, value: str, language: str) -> Markup:
        phone = read_phone(value)
        return Markup('<a href="{}">{}</a>').format(phone.href, phone.text)

    def widget(self) -> forms.Widget:
        return forms.TextInput(attrs={"type": "tel"})
