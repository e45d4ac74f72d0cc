"""Custom fields of a listing: which it has, by its categories, and its values as visitors see them."""

from collections.abc import Iterable
from typing import Any

from gazetteer.directory.fields import field_type
from gazetteer.directory.models import Category, CustomField, Listing


def fields_for(categories: Iterable[Category]) -> list[CustomField]:
    """The fields of these categories, with those inherited from the categories above and those of all listings."""
    paths = {category.path[:step] for category in categories for step in range(4, len(category.path) + 1, 4)}
    found = CustomField.objects.filter(deleted_at=None).prefetch_related("categories")
    return [field for field in found if applies(field, paths)]


def applies(field: CustomField, paths: set[str]) -> bool:
    branches = field.categories.all()
    return not branches or any(branch.path in paths for branch in branches)


def shown_values(listing: Listing, language: str) -> list[tuple[str, Any]]:
    """(label, value as HTML) of every public field that the listing has a value for; one query, none without values."""
    if not listing.custom:
        return []
    ids = [int(key) for key in listing.custom if key.isdigit()]
    found = CustomField.objects.filter(pk__in=ids, deleted_at=None, is_public=True)
    return [(label(field, language), shown(field, listing.custom[str(field.pk)], language)) for field in found]


def label(field: CustomField, language: str) -> str:
    return str(field.labels_by_lang.get(language) or field.labels_by_lang.get(language.split("-")[0]) or field.label)


def shown(field: CustomField, stored: Any, language: str) -> Any:
    kind = field_type(field.type, field.options, field.label)
    return kind.display(kind.from_json(stored), language)
