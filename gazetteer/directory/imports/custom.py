"""Custom fields as rows name them: by the field's key, each value checked by the field's kind."""

from collections.abc import Callable
from typing import Any
from zlib import crc32

from django.core.exceptions import ValidationError

from gazetteer.directory.fields import FieldType, field_type
from gazetteer.directory.imports.problems import Bad
from gazetteer.directory.imports.values import UNWRITABLE
from gazetteer.directory.models import CustomField

Check = Callable[[Any], Any]
RULES = "1"
"""Raised when rows are to be read anew although their files are the same, because we read them otherwise."""


def checks() -> dict[str, tuple[int, Check]]:
    """Id and check of every custom field, by its key."""
    fields = CustomField.objects.filter(deleted_at=None)
    return {field.key: (field.pk, check_of(field_type(field.type, field.options, field.label))) for field in fields}


def check_of(kind: FieldType) -> Check:
    def check(raw: Any) -> Any:
        if isinstance(raw, str) and UNWRITABLE.search(raw):
            raise Bad("it holds characters that cannot be stored. Take them out")
        try:
            return kind.stored(raw)
        except ValidationError as error:
            raise Bad(" ".join(error.messages).rstrip(".")) from error

    return check


def seed() -> str:
    """Eight signs that change when rows would be read otherwise: by other rules, or with other custom fields."""
    fields = CustomField.objects.filter(deleted_at=None).order_by("id").values_list("id", "key", "type", "options")
    return f"{crc32(repr((RULES, list(fields))).encode()):08x}"
