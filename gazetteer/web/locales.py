"""From a language code of the site to Babel's locale: names of days and countries, forms of dates and numbers."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=256)
def babel_locale(language: str) -> Locale:
    """The locale of a Django language code (`en-gb`, `zh-hans`); British English when there is none such.

    Django writes codes in small letters with hyphens; Babel wants its own spelling and knows no unknown variants,
    so the code is tried whole and then by its first part alone.
    """
    for code in (language, language.split("-")[0].split("_")[0]):
        try:
            return Locale.parse(code.replace("-", "_"))
        except (ValueError, UnknownLocaleError, TypeError):
            continue
    return Locale("en", "GB")
