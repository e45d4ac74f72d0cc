"""An address on the web."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from gazetteer.directory.fields.base import FieldType
from gazetteer.directory.links import REL, LinkError, display_host, normalise_url


class Link(FieldType):
    key = "link"
    label = gettext_lazy("Link")

    def read(self, raw: Any) -> str:
        try:
            return normalise_url(self.text_of(raw))
        except LinkError as error:
            raise self.refuse(str(error)) from None

    def show(self, value: str, language: str) -> Markup:
        return Markup('<a href="{}" rel="{}">{}</a>').format(value, REL, display_host(value))

    def widget(self) -> forms.Widget:
        return forms.URLInput()
