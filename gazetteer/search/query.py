"""What a visitor asked, made safe: whatever is typed becomes a query, never an error."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

LONGEST = 200
LAST_PAGE = 50
"""Nobody reads further; who wants everything has the lists of categories."""


@dataclass(frozen=True)
class Query:
    """`text` as typed; `kind` one of the registered kinds or "" for all; `category` a category's path;
    `country` an ISO 3166-1 code; `page` from 1."""

    text: str = ""
    kind: str = ""
    category: str = ""
    country: str = ""
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.category or self.country)

    def address(self, **changes: object) -> str:
        """The query part of an address (`?q=…`) for this search with something changed; what is empty is left out."""
        values = {
            "q": self.text, "type": self.kind, "category": self.category, "country": self.country, "page": self.page,
            **changes,
        }  # fmt: skip
        if values["page"] == 1:
            values["page"] = ""
        return "?" + urlencode({name: value for name, value in values.items() if value})


def read(values: Mapping[str, str], kinds: set[str]) -> Query:
    """The query in the parameters of an address; what cannot be used is left out."""
    kind = tidy(values.get("type", ""))
    country = tidy(values.get("country", ""))
    return Query(
        text=tidy(values.get("q", "")),
        kind=kind if kind in kinds else "",
        category=tidy(values.get("category", "")).strip("/"),
        country=country.lower() if len(country) == 2 and country.isascii() and country.isalpha() else "",
        page=page_number(values.get("page", "")),
    )


def tidy(text: str) -> str:
    """One line without control characters and half surrogates, at most 200 characters."""
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text[: LONGEST * 4])
    return " ".join(kept.split())[:LONGEST]


def page_number(text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(max(int(digits[:9]), 1), LAST_PAGE)
