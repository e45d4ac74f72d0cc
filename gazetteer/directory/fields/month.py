"""A month of a year."""

import datetime
import re
from typing import Any

from babel.dates import format_skeleton
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from gazetteer.directory.fields.base import FieldType
from gazetteer.web.locales import babel_locale

MONTH = re.compile(r"^(\d{4})-(\d{1,2})$", re.ASCII)


class Month(FieldType):
    """Its value is the first day of the month."""

    key = "month"
    label = gettext_lazy("Month and year")
    filter_kind = "range"

    def read(self, raw: Any) -> datetime.date:
        if isinstance(raw, datetime.date):
            return datetime.date(raw.year, raw.month, 1)
        text = self.text_of(raw)
        found = MONTH.match(text)
        try:
            return datetime.date(int(found[1]), int(found[2]), 1) if found else self.no_month(text)
        except ValueError:
            return self.no_month(text)

    def no_month(self, text: str) -> datetime.date:
        problem = _("“%(text)s” is not a month. Write it like 2026-03 (year-month)") % {"text": text[:40]}
        raise self.refuse(problem)

    def to_json(self, value: datetime.date) -> str:
        return f"{value.year:04}-{value.month:02}"

    def show(self, value: datetime.date, language: str) -> Markup:
        words = format_skeleton("yMMMM", value, locale=babel_locale(language))
        return Markup('<time datetime="{}">{}</time>').format(self.to_json(value), words)

    def widget(self) -> forms.Widget:
        return forms.TextInput(attrs={"type": "month"})
