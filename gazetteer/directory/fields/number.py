"""A number, kept exactly as given."""

from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from gazetteer.directory.fields.base import FieldType
from gazetteer.web.locales import babel_locale

LARGEST = Decimal(10) ** 15


class Number(FieldType):
    """Options: `least`, `most`, and `decimals`, how many may follow the point."""

    key = "number"
    label = gettext_lazy("Number")
    filter_kind = "range"

    def read(self, raw: Any) -> Any:
        return self.amount_of(raw)

    def amount_of(self, raw: Any) -> Decimal:
        """The number within the field's own bounds."""
        number = self.decimal_of(raw)
        least, most, decimals = (self.options.get(name) for name in ("least", "most", "decimals"))
        if least is not None and number < Decimal(str(least)):
            raise self.refuse(_("it must be %(least)s or more.") % {"least": least})
        if most is not None and number > Decimal(str(most)):
            raise self.refuse(_("it must be %(most)s or less.") % {"most": most})
        if decimals is not None and -int(number.normalize().as_tuple().exponent) > int(decimals):
            raise self.refuse(_("it may have %(most)d digits after the point at most.") % {"most": int(decimals)})
        return number

    def decimal_of(self, raw: Any) -> Decimal:
        """The number in a text with a point and no other signs: a comma would be read differently in other lands."""
        text = str(raw) if isinstance(raw, Decimal) else self.text_of(raw)
        problem = self.refuse(_("“%(text)s” is not a number. Write it like 1234.5") % {"text": text[:40]})
        if "_" in text:
            raise problem
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise problem from None
        if not number.is_finite() or abs(number) > LARGEST or (number and number.adjusted() < -15):
            raise problem
        return plain(number)

    def to_json(self, value: Any) -> Any:
        return format(value, "f")

    def show(self, value: Any, language: str) -> Markup:
        return escape(format_decimal(value, locale=babel_locale(language), decimal_quantization=False))

    def widget(self) -> forms.Widget:
        return forms.TextInput(attrs={"inputmode": "decimal"})


def plain(number: Decimal) -> Decimal:
    """Without noughts at the end: 1.50 and 1.5 are one value and one filter."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()
