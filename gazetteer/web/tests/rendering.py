"""Rendering single macros and whole templates, as the site does it."""

from typing import Any

from django.template import engines
from jinja2 import Environment


def environment() -> Environment:
    found: Environment = engines["jinja2"].env  # type: ignore[attr-defined]  # only Django's Jinja2 backend has it
    return found


def call(macro: str, *args: Any, **kwargs: Any) -> str:
    """What `c.macro(…)` gives in a template."""
    module = environment().get_template("web/components.html").module
    return str(getattr(module, macro)(*args, **kwargs))


def render(template: str, **context: Any) -> str:
    return environment().get_template(template).render(**context)
