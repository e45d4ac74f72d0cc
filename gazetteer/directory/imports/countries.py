"""Countries as files name them: by code or by name."""

from functools import cache

from babel import Locale

from gazetteer.directory.imports.problems import Bad, shown

NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
"""Two-letter codes of CLDR that are groups or tests."""
SPOKEN = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "usa": "US", "united states of america": "US"}


@cache
def codes() -> dict[str, str]:
    """English name, folded, to ISO 3166-1 alpha-2 code; the codes themselves too."""
    territories = Locale("en").territories.items()
    names = {name: code for code, name in territories if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES}
    known = {name.casefold(): code for name, code in names.items()}
    return known | {code.casefold(): code for code in names.values()} | SPOKEN


def country_code(text: object) -> str:
    """The two-letter code of a country given by code or English name; raises Bad."""
    code = codes().get(str(text).strip().casefold())
    if code is None:
        raise Bad(f"{shown(text)} is no country. Write its two-letter code, such as GB")
    return code


def country_name(code: str) -> str:
    return str(Locale("en").territories.get(code, code))
