"""Several of a list that the desk made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from gazetteer.directory.fields.choice import Choice


class Choices(Choice):
    """Options as of one choice. Kept in the desk's order, each once; a text holds several between `|`."""

    key = "choices"
    label = gettext_lazy("Several choices of a list")

    def read(self, raw: Any) -> Any:
        given = raw if isinstance(raw, list | tuple) else self.text_of(raw).split("|")
        texts = [self.text_of(text) for text in given]
        chosen = {self.one(text) for text in texts if text}
        return [key for key in self.choices if key in chosen] or None

    def to_text(self, value: list[str] | None) -> Any:
        return "|".join(value or [])

    def show(self, value: Any, language: str) -> Markup:
        return Markup(", ").join(self.words(key, language) for key in value)

    def widget(self) -> forms.Widget:
        return forms.CheckboxSelectMultiple(choices=self.form_choices())
