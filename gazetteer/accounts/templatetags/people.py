"""What the account pages show of the site."""

from typing import Any

from django import template
from django.template.context import Context

from gazetteer.accounts.adapter import sign_up_rules

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_up_is_open(context: Context) -> bool:
    """Whether visitors may make an account themselves."""
    return any(rule(context["request"]) for rule in sign_up_rules)


@register.simple_tag(takes_context=True)
def site_name(context: Context) -> str:
    """The site's name from its settings, found through Wagtail's `settings`; no app is named here but by its label."""
    settings: Any = context.get("settings")
    try:
        return str(settings["pages"]["SiteSettings"].name) or "Gazetteer"
    except (KeyError, TypeError, AttributeError):
        return "Gazetteer"
