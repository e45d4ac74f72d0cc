"""Phone numbers: read with the listing's country, dialled by tapping, written as people there write them."""

from dataclasses import dataclass

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumber, PhoneNumberFormat

LONGEST = 250  # characters; the library refuses longer ones anyway


@dataclass(frozen=True)
class Phone:
    """One number as a page shows it. `href` is empty for what cannot be dialled, and `text` is then as it was given."""

    text: str
    href: str = ""
    e164: str = ""
    extension: str = ""


def read_phone(raw: str, country: str = "", home_country: str = "") -> Phone:
    """`raw` as dialled from the listing's ISO2 `country`; written nationally for readers in the same `home_country`."""
    number = parsed(raw, country)
    if number is None:
        return Phone(raw.strip())
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    national = bool(home_country) and phonenumbers.region_code_for_number(number) == home_country.upper()
    style = PhoneNumberFormat.NATIONAL if national else PhoneNumberFormat.INTERNATIONAL
    href = phonenumbers.format_number(number, PhoneNumberFormat.RFC3966)
    return Phone(phonenumbers.format_number(number, style), dialled(href), e164, number.extension or "")


def dialled(rfc3966: str) -> str:
    """Without the hyphens, which some phones take for pauses; an extension stays, after `;ext=`."""
    number, separator, extension = rfc3966.partition(";ext=")
    return number.replace("-", "") + separator + extension


def read_phones(raw: str | list[str], country: str = "", home_country: str = "") -> list[Phone]:
    """Every number in order, each once; one text may hold several between `;`, `|`, `/` or line breaks."""
    found: dict[str, Phone] = {}
    for text in [raw] if isinstance(raw, str) else raw:
        for part in parts_of(text, country):
            phone = read_phone(part, country, home_country)
            found.setdefault(phone.href or phone.text, phone)
    return list(found.values())


def parts_of(text: str, country: str) -> list[str]:
    """The numbers in one text; a stroke parts two only if each side is a number, for `030 12/34` is one."""
    parts = [part.strip() for line in text.splitlines() for half in line.split(";") for part in half.split("|")]
    return [found for part in parts if part for found in halves(part, country)]


def halves(text: str, country: str) -> list[str]:
    sides = [side.strip() for side in text.split("/")]
    return sides if len(sides) > 1 and all(parsed(side, country) for side in sides) else [text]


def check_phone(raw: str, country: str = "") -> str:
    """What is wrong with `raw`, for people; empty when it can be dialled."""
    if not raw.strip() or parsed(raw, country) is not None:
        return ""
    if not country and not raw.strip().startswith(("+", "00")):
        return _("“%(phone)s” needs its country: choose one, or begin the number with + and the country's code.") % {
            "phone": raw.strip()[:40]
        }
    return _("“%(phone)s” is not a phone number that can be dialled. Write it like +44 20 7946 0958.") % {
        "phone": raw.strip()[:40]
    }


def parsed(raw: str, country: str) -> PhoneNumber | None:
    """The number, if it is one that exists in its country's plan; letters for digits ("0800 FLOWERS") are read too."""
    text = raw.strip()
    if text.startswith("00") and not country:
        text = "+" + text[2:]
    if not text or len(text) > LONGEST or has_stray_letters(text):
        return None
    try:
        number = phonenumbers.parse(text, country.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def has_stray_letters(text: str) -> bool:
    """Whether words stand around the number: the library would drop them in silence, and we lose nothing."""
    first = next((at for at, c in enumerate(text) if c.isdigit() or c == "+"), len(text))
    return any(c.isalpha() for c in text[:first])
