"""Inputs for columns that hold lists and dictionaries: one to a line, as people write them."""

from collections.abc import Callable
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gazetteer.directory.imports.problems import Bad

Check = Callable[[str], str]
PairCheck = Callable[[str, str], tuple[str, str]]


def sentence(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else f"{str(error).rstrip('.')}."


def check_line(number: int, check: Callable[..., Any], *values: str) -> Any:
    """What `check` makes of the values of a line; its complaint names the line."""
    try:
        return check(*values)
    except (Bad, ValidationError) as error:
        words = _("Line %(number)d: %(problem)s") % {"number": number, "problem": sentence(error)}
        raise ValidationError(words) from None


class LinesField(forms.Field):
    """A list of texts, one on each line. `check` gives a line as it is stored, or raises Bad or ValidationError.

    What stood there before is let through as it is, so that an old value never stands in another change's way.
    """

    def __init__(self, *, check: Check = str, rows: int = 2, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)
        self.check = check
        self.known: list[str] = []

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(each) for each in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, list):
            return value
        lines = [(number, line.strip()) for number, line in enumerate((value or "").splitlines(), start=1)]
        found = [line if line in self.known else check_line(number, self.check, line) for number, line in lines if line]
        return list(dict.fromkeys(found))


class QuickSelect(forms.Select):
    """A choice of hundreds (time zones, countries), written out at once instead of by a template for each of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = [option(str(key), str(text), str(key) == chosen) for key, text in self.choices]
        inside = mark_safe("".join(options))  # noqa: S308 (each is escaped by `option`)
        return format_html("<select{}>{}</select>", flatatt({**self.attrs, **(attrs or {}), "name": name}), inside)


def option(key: str, text: str, is_chosen: bool) -> str:
    """By hand: `format_html` takes some 50 ms more for the thousands of categories of a large directory."""
    return f'<option value="{escape(key)}"{" selected" if is_chosen else ""}>{escape(text)}</option>'


class PairsField(forms.Field):
    """A dictionary of texts, on each line a name, an equals sign and a value. `check` gives both as they are stored."""

    def __init__(self, *, check: PairCheck, rows: int = 2, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)
        self.check = check
        self.known: dict[str, str] = {}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{name} = {text}" for name, text in value.items())

    def to_python(self, value: Any) -> dict[str, str]:
        if isinstance(value, dict):
            return value
        found: dict[str, str] = {}
        for number, line in enumerate((value or "").splitlines(), start=1):
            if line.strip():
                name, text = check_line(number, self.read, line)
                if name in found:
                    raise ValidationError(
                        _("Line %(number)d: “%(name)s” stands here twice."), params={"number": number, "name": name}
                    )
                found[name] = text
        return found

    def read(self, line: str) -> tuple[str, str]:
        name, equals, text = (part.strip() for part in line.partition("="))
        if not (equals and name and text):
            raise Bad(_("write a name, an equals sign and the value"))
        return (name, text) if self.known.get(name) == text else self.check(name, text)
