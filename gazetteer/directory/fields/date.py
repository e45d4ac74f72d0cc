"""A day."""

import datetime
from typing import Any

from babel.dates import format_date
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from gazetteer.directory.fields.base import FieldType
from gazetteer.web.locales import babel_locale


class Date(FieldType):
    key = "date"
    label = gettext_lazy("Date")
    filter_kind = "range"

    def read(self, raw: Any) -> datetime.date:
        if isinstance(raw, datetime.datetime):
            return raw.date()
        if isinstance(raw, datetime.date):
            return raw
        text = self.text_of(raw)
        try:
            return datetime.datetime.strptime(text, "%Y-%m-%d").date()
        except ValueError:
            problem = _("“%(text)s” is not a day. Write it like 2026-03-31 (year-month-day)") % {"text": text[:40]}
            raise self.refuse(problem) from None

    def to_json(self, value: datetime.date) -> str:
        return value.isoformat()

    def show(self, value: datetime.date, language: str) -> Markup:
        words = format_date(value, "long", locale=babel_locale(language))
        return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)

    def widget(self) -> forms.Widget:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
