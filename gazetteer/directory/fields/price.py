"""An amount of money."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, list_currencies
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from gazetteer.directory.fields.number import Number
from gazetteer.web.locales import babel_locale

CODE = re.compile(r"^([A-Za-z]{3})\s*(\S+)$|^(\S+?)\s*([A-Za-z]{3})$")


@dataclass(frozen=True)
class Money:
    """An amount and an ISO 4217 code."""

    amount: Decimal
    currency: str


class Price(Number):
    """Options: `currency`, for amounts that come without one, and those of a number."""

    key = "price"
    label = gettext_lazy("Price")

    def read(self, raw: Any) -> Any:
        if isinstance(raw, Money):
            return raw
        amount, currency = self.parts_of(raw)
        code = str(currency or self.options.get("currency") or "").upper()
        if code not in list_currencies():
            raise self.refuse(_("the currency is missing or unknown. Write it like 12.50 EUR"))
        return Money(self.amount_of(amount), code)

    def parts_of(self, raw: Any) -> tuple[Any, str]:
        if isinstance(raw, dict):
            return raw.get("amount", ""), str(raw.get("currency") or "")
        text = self.text_of(raw)
        if found := CODE.match(text):
            return found[2] or found[3], found[1] or found[4]
        return text, ""

    def to_json(self, value: Any) -> Any:
        return {"amount": format(value.amount, "f"), "currency": value.currency}

    def to_text(self, value: Money | None) -> str:
        return "" if value is None else f"{value.amount:f} {value.currency}"

    def show(self, value: Any, language: str) -> Markup:
        locale = babel_locale(language)
        return escape(format_currency(value.amount, value.currency, locale=locale, decimal_quantization=False))
