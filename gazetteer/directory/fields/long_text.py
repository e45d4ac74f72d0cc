"""Several lines or paragraphs of words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from gazetteer.directory.fields.base import FieldType

LONGEST = 20_000


class LongText(FieldType):
    """Plain text; a line break is kept, an empty line parts paragraphs."""

    key = "long_text"
    label = gettext_lazy("Long text")

    def read(self, raw: Any) -> str:
        text = "\n".join(self.text_of(raw).splitlines())
        if len(text) > LONGEST:
            raise self.refuse(_("it may have %(most)d characters at most.") % {"most": LONGEST})
        return text

    def show(self, value: str, language: str) -> Markup:
        paragraphs = [part.strip("\n") for part in value.split("\n\n") if part.strip()]
        lines = [Markup("<br>").join(escape(line) for line in part.split("\n")) for part in paragraphs]
        return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)

    def widget(self) -> forms.Widget:
        return forms.Textarea(attrs={"rows": 5})
