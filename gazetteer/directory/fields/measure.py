"""An amount with its unit: 12.5 kg, 80 m²."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from gazetteer.directory.fields.number import Number
from gazetteer.web.locales import babel_locale

LONGEST_UNIT = 20


@dataclass(frozen=True)
class Quantity:
    """An amount and its unit as people write it."""

    amount: Decimal
    unit: str


class Measure(Number):
    """Options: `units`, those allowed, the first for amounts that come without; and those of a number."""

    key = "measure"
    label = gettext_lazy("Measure with its unit")

    def read(self, raw: Any) -> Any:
        if isinstance(raw, Quantity):
            return raw
        amount, unit = self.parts_of(raw)
        return Quantity(self.amount_of(amount), self.unit_of(unit))

    def parts_of(self, raw: Any) -> tuple[Any, str]:
        if isinstance(raw, dict):
            return raw.get("amount", ""), " ".join(str(raw.get("unit") or "").split())
        text = self.text_of(raw)
        at = next((n for n, c in enumerate(text) if not (c.isdigit() or c in "+-.")), len(text))
        return text[:at] or text, text[at:].strip() if at else ""

    def unit_of(self, given: str) -> str:
        units = [str(unit) for unit in self.options.get("units", [])]
        known = {unit.casefold(): unit for unit in units}
        unit = known.get(given.casefold(), "" if units else given) if given else "".join(units[:1])
        if not unit or len(unit) > LONGEST_UNIT or not unit.isprintable():
            hint = ", ".join(units) or "kg"
            raise self.refuse(_("the unit is missing or not one of these: %(units)s.") % {"units": hint})
        return unit

    def to_json(self, value: Any) -> Any:
        return {"amount": format(value.amount, "f"), "unit": value.unit}

    def to_text(self, value: Quantity | None) -> str:
        return "" if value is None else f"{value.amount:f} {value.unit}"

    def show(self, value: Any, language: str) -> Markup:
        number = format_decimal(value.amount, locale=babel_locale(language), decimal_quantization=False)
        return Markup("{}\N{NO-BREAK SPACE}{}").format(number, escape(value.unit))
