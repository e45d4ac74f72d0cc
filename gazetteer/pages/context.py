"""What every public template knows of the site: `site`, `LANGUAGE_CODE`, `direction`, `today`."""

from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gazetteer.pages import navigation, wording
from gazetteer.pages.models import SiteSettings
from gazetteer.web.formats import language_name
from gazetteer.web.parts import part


class Site:
    """The settings as a template reads them, in the visitor's language; nothing is worked out that is not asked for."""

    def __init__(self, settings_row: SiteSettings, request: HttpRequest) -> None:
        self.row = settings_row
        self.request = request
        self.language = translation.get_language() or settings_row.language

    @cached_property
    def name(self) -> str:
        return wording.said(self.row, "name", self.language)

    @cached_property
    def tagline(self) -> str:
        return wording.said(self.row, "tagline", self.language)

    @cached_property
    def totals_line(self) -> str:
        """A block of its own, for the numbers stand on every page and change often."""
        return part(self.request, "totals") if wording.said(self.row, "totals", self.language) else ""

    @property
    def home_url(self) -> str:
        return reverse("home")

    @property
    def url(self) -> str:
        """The public address of the site, without a slash at its end."""
        return str(settings.SITE_URL)

    @property
    def logo(self) -> dict[str, Any]:
        return self.row.logo_shown

    @property
    def colours(self) -> dict[str, str]:
        return self.row.colours

    @property
    def colours_dark(self) -> dict[str, str]:
        return self.row.colours_dark

    @property
    def fonts(self) -> dict[str, str]:
        return self.row.fonts

    @property
    def fine_print(self) -> str:
        return self.row.fine_print

    @cached_property
    def nav(self) -> list[navigation.Link]:
        path = self.request.path
        return navigation.links(self.row.navigation, path) or navigation.usual_links(path)

    @cached_property
    def footer_links(self) -> list[navigation.Link]:
        return navigation.links(self.row.footer)

    @cached_property
    def languages(self) -> list[dict[str, Any]]:
        """Every language of the site with the address of this page in it, the first language first."""
        if len(self.row.languages) == 1:
            return []
        return [self.in_language(code) for code in self.row.languages]

    def in_language(self, code: str) -> dict[str, Any]:
        outer = get_script_prefix()
        if self.language != self.row.language:
            outer = outer.removesuffix(f"{self.language}/")
        prefix = "" if code == self.row.language else f"{code}/"
        url = f"{outer}{prefix}{self.request.path_info.removeprefix('/')}"
        return {"code": code, "label": language_name(code), "url": url, "current": code == self.language}

    @cached_property
    def contact(self) -> SafeString | str:
        """Address, mail and phone, with links to write and to call."""
        lines: list[SafeString | str] = [line for line in self.row.address.splitlines() if line.strip()]
        if self.row.email:
            lines.append(format_html('<a href="mailto:{0}">{0}</a>', self.row.email))
        if self.row.phone:
            dialled = "".join(c for c in self.row.phone if c.isdigit() or c == "+")
            lines.append(format_html('<a href="tel:{}" dir="ltr">{}</a>', dialled, self.row.phone))
        return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor. A request that passed no middleware (a test's own) reads the settings itself."""
    row = getattr(request, "site_settings", None) or SiteSettings.current()
    return {
        "site": Site(row, request),
        "LANGUAGE_CODE": html_language(translation.get_language() or row.language),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "today": today(),
    }


def today() -> date:
    return timezone.localdate()


def html_language(code: str) -> str:
    """`en-gb` → `en-GB`, as BCP 47 writes it."""
    language, dash, region = code.partition("-")
    return f"{language}{dash}{region.upper() if len(region) == 2 else region.title()}"
