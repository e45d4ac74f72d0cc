"""A time zone."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel.dates import get_timezone_location
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from gazetteer.directory.fields.base import FieldType
from gazetteer.web.locales import babel_locale


@cache
def zones() -> dict[str, str]:
    """Every zone that has a place, by its name in small letters."""
    return {name.casefold(): name for name in sorted(available_timezones()) if "/" in name or name == "UTC"}


class TimeZone(FieldType):
    key = "time_zone"
    label = gettext_lazy("Time zone")
    filter_kind = "exact"

    def read(self, raw: Any) -> str:
        text = self.text_of(raw)
        zone = zones().get(text.replace(" ", "_").casefold())
        if zone is None:
            problem = _("“%(text)s” is not a time zone. Write it like Europe/London") % {"text": text[:40]}
            raise self.refuse(problem)
        return zone

    def show(self, value: str, language: str) -> Markup:
        """The name of its city."""
        return escape(get_timezone_location(value, locale=babel_locale(language), return_city=True))

    def widget(self) -> forms.Widget:
        return forms.Select(choices=[("", "—"), *((zone, zone) for zone in zones().values())])
