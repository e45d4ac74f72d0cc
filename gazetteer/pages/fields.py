"""Fields of our own: building blocks kept out of migrations, and colours."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField


class BlocksField(StreamField):
    """Movable blocks. Which blocks there are depends on the plug-ins installed, so migrations do not record them."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class ColourField(models.CharField[str, str]):
    """`#rrggbb`, or empty for the colour as designed."""

    default_validators = [RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Write a colour as # and six digits: #0a5c7d."))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 7, "blank": True, **kwargs})
