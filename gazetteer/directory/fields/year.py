"""A year."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazetteer.directory.fields.base import FieldType

YEAR = re.compile(r"^-?\d{1,4}(?:\.0)?$", re.ASCII)


class Year(FieldType):
    """From -9999 (before our era) to 9999. Shown without separators, in every language."""

    key = "year"
    label = gettext_lazy("Year")
    filter_kind = "range"

    def read(self, raw: Any) -> int:
        text = self.text_of(raw)
        if not YEAR.match(text) or not int(float(text)):
            raise self.refuse(_("“%(text)s” is not a year. Write it like 1987") % {"text": text[:40]})
        return int(float(text))

    def widget(self) -> forms.Widget:
        return forms.TextInput(attrs={"inputmode": "numeric"})
