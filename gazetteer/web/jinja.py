"""The environment of the public site's Jinja2 templates: what every template may use."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from wagtail.rich_text import expand_db_html

from gazetteer.web import addresses, formats, parts, slots


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page, with the language's prefix where the visitor reads another language."""
    if not args and not kwargs:
        return addresses.page(name)
    return reverse(name, args=args or None, kwargs=kwargs or None)


def gettext(message: str) -> str:
    """The words in the active language. Django asks every catalogue in turn, for each word."""
    return said_in(translation.get_language(), message)


@lru_cache(maxsize=16_384)
def said_in(language: str | None, message: str) -> str:
    """`language` is the active one: it is what else the answer depends on."""
    return translation.gettext(message)


def rich_text(text: str) -> Markup:
    """Text as an editor wrote it, its links to our own pages made into addresses; cleaned when it was saved."""
    return Markup(expand_db_html(text))  # noqa: S704 (only what the editor's allow-list lets through is ever stored)


@pass_context
def slot(context: Context, name: str, **subject: Any) -> Markup:
    """Everything that other folders show in this place of the page; nothing outside a request (mails, error pages)."""
    request: HttpRequest | None = context.get("request")
    return slots.fill(name, request, **subject) if request is not None else Markup("")


@pass_context
def part(context: Context, name: str, *arguments: Any, **options: Any) -> Markup:
    """A block that many pages share, see `web/parts.py`; nothing outside a request."""
    request: HttpRequest | None = context.get("request")
    return parts.part(request, name, *arguments, **options) if request is not None else Markup("")


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend with its own options (autoescape on, loader over the apps' folders)."""
    made = Environment(**options)  # noqa: S701 (Django's backend passes autoescape=True)
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals.update(url=url, static=static, slot=slot, part=part)
    made.filters.update(formats.FILTERS, rich_text=rich_text)
    return made
