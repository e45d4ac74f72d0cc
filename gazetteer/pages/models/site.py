"""The settings of the site: what is said about it once."""

from functools import cached_property
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting

from gazetteer.pages.fields import BlocksField, ColourField
from gazetteer.pages.look import FONT_CHOICES, FONTS, check_colours, properties
from gazetteer.pages.navigation import LinksBlock
from gazetteer.pages.wording import DEFAULT_TOTALS, WordingsBlock, check_totals
from gazetteer.web.brand import Brand


def first_language() -> str:
    return str(settings.LANGUAGE_CODE)


def first_zone() -> str:
    return str(settings.TIME_ZONE)


def zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones())]


class SiteSettings(BaseGenericSetting):
    """Everything that is said about the site once. There is one row; before the first run there is none."""

    name = models.CharField(_("name of the site"), max_length=100, default="Gazetteer")
    tagline = models.CharField(_("line under the name"), max_length=200, blank=True)
    wordings = BlocksField(WordingsBlock(), blank=True, verbose_name=_("the same in other languages"))
    totals = models.CharField(
        _("line with the totals"),
        max_length=200,
        default=DEFAULT_TOTALS,
        validators=[check_totals],
        help_text=_("{listings} and {categories} become the true numbers."),
    )

    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    logo_shown = models.JSONField(default=dict, editable=False)
    """`src`, `width`, `height` of the logo as cut for the top of the page, so that no page has to look them up."""

    accent = ColourField(_("colour of links and buttons"))
    paper = ColourField(_("background"))
    ink = ColourField(_("text"))
    accent_dark = ColourField(_("colour of links and buttons, dark"))
    paper_dark = ColourField(_("background, dark"))
    ink_dark = ColourField(_("text, dark"))
    headline_font = models.CharField(_("type of headlines"), max_length=20, blank=True, choices=FONT_CHOICES)
    text_font = models.CharField(_("type of text"), max_length=20, blank=True, choices=FONT_CHOICES)

    language = models.CharField(_("first language"), max_length=15, choices=settings.LANGUAGES, default=first_language)
    other_languages = models.JSONField(
        _("other languages"), default=list, blank=True, help_text=_("Each stands under its own address, like /fr/.")
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default=first_zone, choices=zone_choices)

    address = models.TextField(_("postal address"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    fine_print = models.TextField(
        _("last line of every page"), blank=True, help_text=_("Copyright, sources and licences.")
    )

    navigation = BlocksField(LinksBlock(), blank=True, verbose_name=_("links at the top"))
    footer = BlocksField(LinksBlock(), blank=True, verbose_name=_("links at the foot"))

    class Meta:
        verbose_name = _("the site")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "SiteSettings":
        """The row, or one with the defaults where the site has not been set up; one query."""
        return cls.objects.first() or cls()

    @cached_property
    def languages(self) -> list[str]:
        """Codes of the languages in use, the first one first."""
        known = dict(settings.LANGUAGES)
        return [self.language, *(code for code in self.other_languages if code in known and code != self.language)]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def brand(self) -> Brand:
        chosen = {name: colour for name, colour in self.chosen_colours("light").items() if colour}
        return Brand(self.name, **chosen)

    SCHEMES: ClassVar = {"light": "", "dark": "_dark"}

    def chosen_colours(self, scheme: str) -> dict[str, str]:
        suffix = self.SCHEMES[scheme]
        return {name: getattr(self, name + suffix) for name in ("paper", "ink", "accent")}

    @property
    def colours(self) -> dict[str, str]:
        return properties(self.chosen_colours("light"))

    @property
    def colours_dark(self) -> dict[str, str]:
        return properties(self.chosen_colours("dark"))

    @property
    def fonts(self) -> dict[str, str]:
        chosen = {"headline-font": self.headline_font, "text-font": self.text_font}
        return {name: FONTS[font].stack for name, font in chosen.items() if font in FONTS}

    def clean(self) -> None:
        super().clean()
        errors: dict[str, ValidationError] = {}
        for scheme, suffix in self.SCHEMES.items():
            found = check_colours(self.chosen_colours(scheme), scheme)
            errors |= {name + suffix: error for name, error in found.items()}
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.logo_shown = self.cut_logo()
        super().save(*args, **kwargs)

    def cut_logo(self) -> dict[str, Any]:
        if self.logo is None:
            return {}
        shown = self.logo.get_rendition("max-600x160")
        return {"src": shown.url, "width": shown.width, "height": shown.height}
