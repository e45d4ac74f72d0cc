"""Names of countries and languages inside an English sentence."""

from functools import cache

from babel import Locale

ENGLISH = Locale("en", "GB")

WITH_ARTICLE = frozenset("AE AX BQ BS CC CF CK DO FK FO GB GM IM KM KY MH MP MV NL PH PN SB TC TF UM US VG VI".split())
IN_SENTENCES = {
    "AX": "Åland Islands",
    "BA": "Bosnia and Herzegovina",
    "BL": "Saint Barthélemy",
    "CC": "Cocos (Keeling) Islands",
    "CD": "the Democratic Republic of the Congo",
    "CG": "the Republic of the Congo",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "the Palestinian territories",
    "TR": "Turkey",
}


@cache
def country_name(code: str) -> str:
    """The bare English name for headings and tables; the code itself where no name is known."""
    return IN_SENTENCES.get(code, ENGLISH.territories.get(code, code).replace(" & ", " and ")).removeprefix("the ")


@cache
def in_country(code: str) -> str:
    """The name as it stands after "in": "the Netherlands", "Norway"."""
    if IN_SENTENCES.get(code, "").startswith("the "):
        return IN_SENTENCES[code]
    name = country_name(code)
    return f"the {name}" if code in WITH_ARTICLE else name


@cache
def language_name(tag: str) -> str | None:
    """The English name of a language tag such as `zh-Hant`; None where it has none."""
    parts = tag.split("-")
    name = ENGLISH.languages.get(tag.replace("-", "_")) or ENGLISH.languages.get(parts[0])
    if name is None or len(parts) == 1 or tag.replace("-", "_") in ENGLISH.languages:
        return name
    script = ENGLISH.scripts.get(parts[1])
    return f"{name} ({script})" if script else None


def listed(items: list[str], last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """ "one airport", "9 airports", "1,108 brands": words up to nine stay figures only above nine."""
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{spelled(number)} {noun}"


def spelled(number: int) -> str:
    """Numbers up to nine in words, larger ones with a thousands separator, as newspapers set them."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return small[number] if 0 <= number < len(small) else f"{number:,}"
