"""Checks of what is typed into a listing's form; each gives the value as it is stored, or complains for people."""

from django.conf import settings
from django.utils.translation import gettext as _

from gazetteer.directory.imports import values
from gazetteer.directory.imports.countries import codes
from gazetteer.directory.imports.problems import Bad
from gazetteer.directory.phones import check_phone
from gazetteer.web.formats import country_name
from gazetteer.web.locales import babel_locale


def short_name(text: str) -> str:
    return values.line(text, 300)


def phone(text: str) -> str:
    found = values.phone(text)
    if problem := check_phone(found, ""):
        raise Bad(problem)
    return found


def country(text: str) -> str:
    """A country's code, from its code or its name in the site's language or in English."""
    wanted = text.strip().casefold()
    if wanted in codes():
        return codes()[wanted]
    for code in set(codes().values()):
        if wanted in (country_name(code).casefold(), in_site_language(code)):
            return code
    raise Bad(_("“%(text)s” is no country. Write its name or its two-letter code, such as GB") % {"text": text[:40]})


def in_site_language(code: str) -> str:
    return str(babel_locale(settings.LANGUAGE_CODE).territories.get(code, code)).casefold()


def name_in_language(code: str, name: str) -> tuple[str, str]:
    return values.language(code), values.line(name, 300)


def account(network: str, text: str) -> tuple[str, str]:
    key = values.line(network, 40).lower()
    return key, values.account(key, text)


def country_choices() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language."""
    named = [(code, country_name(code)) for code in set(codes().values())]
    return [("", "—"), *sorted(named, key=lambda each: each[1])]


def zone_choices() -> list[tuple[str, str]]:
    return [("", _("That of its position, or the site’s")), *((zone, zone) for zone in sorted(values.zones()))]
