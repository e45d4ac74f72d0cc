"""One of a list that the desk made."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from gazetteer.directory.fields.base import FieldType


class Choice(FieldType):
    """Options: `choices`, a list of `{"key", "label", "labels_by_lang"}`, or plain texts that are both.

    Keys are stored, so that labels may change.
    """

    key = "choice"
    label = gettext_lazy("One choice of a list")
    filter_kind = "any"

    @property
    def choices(self) -> dict[str, Mapping[str, Any]]:
        """Every choice by its key, in the desk's order."""
        given = [
            c if isinstance(c, dict) else {"key": str(c), "label": str(c)} for c in self.options.get("choices", [])
        ]
        return {str(choice["key"]): choice for choice in given if choice.get("key")}

    def read(self, raw: Any) -> str:
        return self.one(self.text_of(raw))

    def one(self, text: str) -> str:
        """The key that the text is, or whose label it is in any case and language."""
        if text in self.choices:
            return text
        for key, choice in self.choices.items():
            if text.casefold() in {key.casefold(), *(label.casefold() for label in labels(choice))}:
                return key
        known = ", ".join(self.words(key, "") for key in self.choices)
        raise self.refuse(_("“%(text)s” is not one of: %(choices)s.") % {"text": text[:40], "choices": known[:300]})

    def words(self, key: str, language: str) -> str:
        choice = self.choices.get(key, {})
        by_language = choice.get("labels_by_lang") or {}
        found = by_language.get(language) or by_language.get(language.split("-")[0]) or choice.get("label") or key
        return str(found)

    def show(self, value: str, language: str) -> Markup:
        return escape(self.words(value, language))

    def form_choices(self) -> list[tuple[str, str]]:
        return [(key, self.words(key, "")) for key in self.choices]

    def widget(self) -> forms.Widget:
        return forms.Select(choices=[("", "—"), *self.form_choices()])


def labels(choice: Mapping[str, Any]) -> list[str]:
    return [str(choice.get("label", "")), *map(str, (choice.get("labels_by_lang") or {}).values())]
