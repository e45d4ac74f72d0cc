"""Which first words of an address are ours, and what may be linked to."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

RESERVED = frozenset(
    "- account admin api directory favicon.ico healthz listing media news news-sitemap.xml place robots.txt search"
    " setup sitemap.xml static submit".split()
)
"""First segments that belong to the program; no page may take one of them. Languages' codes and years are ours too."""

UNPREFIXED = frozenset("admin api healthz media setup static robots.txt sitemap.xml news-sitemap.xml".split())
"""First segments that exist once, not once for each language."""

FOUR_DIGITS = re.compile(r"\d{4}")
LINK = re.compile(r"(/(?!/)\S*|https?://\S+|mailto:\S+@\S+|tel:\+?[\d() .-]+|#[\w-]+)")


def is_reserved(segment: str) -> bool:
    codes = {code for code, _name in settings.LANGUAGES}
    return segment.lower() in RESERVED | codes or FOUR_DIGITS.fullmatch(segment) is not None


def check_slug(segment: str) -> None:
    """Raise ValidationError when a page's web address would hide one of ours."""
    if is_reserved(segment):
        raise ValidationError(
            _("“%(word)s” is used by the program itself. Choose another web address."), params={"word": segment}
        )


def check_link(value: str) -> None:
    """Raise ValidationError unless it is an address within the site or a web, mail or phone address."""
    if not LINK.fullmatch(value):
        raise ValidationError(
            _("Write an address within the site, like /news/, or a full one, like https://example.org/.")
        )
