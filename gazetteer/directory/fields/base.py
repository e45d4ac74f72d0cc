"""What every kind of custom value can do: be checked, kept, read back, shown, and filled in.

A value has three shapes. *Raw* is whatever a file, a form or the API hands in; the *value* itself is plain Python
(`str`, `Decimal`, `date`, …), and None where there is none; *stored* is what stands in the JSON column of a listing.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

FilterKind = Literal["none", "exact", "any", "range", "flag"]


class FieldType(ABC):
    """One kind of value. `options` are the settings of one field of this kind, `name` what people call that field."""

    key: ClassVar[str]
    """What the column `CustomField.type` says; never changes."""

    label: ClassVar[str | Promise]
    """What the desk calls this kind."""

    filter_kind: ClassVar[FilterKind] = "none"
    """How visitors may filter: not at all, by one of its values, by any of several, from–to, or yes."""

    def __init__(self, options: Mapping[str, Any] | None = None, name: str = "") -> None:
        self.options = options or {}
        self.name = name or str(self.label)

    def clean(self, raw: Any) -> Any:
        """The value, or None for an empty one. Raises ValidationError that names the field and says what to do."""
        if is_blank(raw):
            return None
        return self.read(raw)

    @abstractmethod
    def read(self, raw: Any) -> Any:
        """The value of a raw that is not empty; ValidationError (see `refuse`) when it is none."""

    def refuse(self, problem: str) -> ValidationError:
        return ValidationError(_("%(field)s: %(problem)s") % {"field": self.name, "problem": problem}, code="invalid")

    def text_of(self, raw: Any) -> str:
        """The raw as one text without control signs at its ends; ValidationError for lists, objects and the like."""
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise self.refuse(_("one text is wanted here."))
        text = str(raw).strip()
        if "\x00" in text or not text.isprintable() and any(is_control(c) for c in text):
            raise self.refuse(_("it has invisible control signs in it: type it anew."))
        return text

    def to_json(self, value: Any) -> Any:
        """The value as it is stored: equal values are equal JSON."""
        return value

    def from_json(self, stored: Any) -> Any:
        """The value that was stored; None for what this kind never stores, so that a page is shown all the same."""
        try:
            return self.clean(stored)
        except ValidationError:
            return None

    def stored(self, raw: Any) -> Any:
        """From raw to stored at once, for imports; ValidationError as `clean`."""
        value = self.clean(raw)
        return None if value is None else self.to_json(value)

    def to_text(self, value: Any) -> Any:
        """The value for a form or a column of a file; `clean` reads it back."""
        return "" if value is None else str(self.to_json(value))

    def display(self, value: Any, language: str) -> Markup:
        """The value as HTML for visitors in that language; empty for None."""
        return Markup("") if value is None else self.show(value, language)

    def show(self, value: Any, language: str) -> Markup:
        return escape(self.to_text(value))

    def form_field(self, required: bool = False, help_text: str = "") -> "ValueField":
        return ValueField(self, required=required, label=self.name, help_text=help_text, widget=self.widget())

    def widget(self) -> forms.Widget:
        return forms.TextInput()


class ValueField(forms.Field):
    """A form's field for any kind: its value is what the kind's `clean` returns."""

    def __init__(self, kind: FieldType, **options: Any) -> None:
        self.kind = kind
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        return self.kind.clean(value)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the input: a value in the kind's own text; what was just typed wrongly stays as typed."""
        if value is None or isinstance(value, str):
            return value
        return self.kind.to_text(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.kind.clean(data) != initial)
        except ValidationError:
            return True


def is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip()) or (isinstance(raw, list | dict) and not raw)


def is_control(character: str) -> bool:
    return (character < " " and character not in "\t\r\n") or "\x7f" <= character <= "\x9f"
