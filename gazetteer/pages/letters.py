"""The letters under which listings stand."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from gazetteer.changes.notes import reading
from gazetteer.directory.lists import letters_of as letters_with_listings
from gazetteer.directory.noting import TABLES, note_letters
from gazetteer.directory.querysets import whole_directory


def letters_of(category: Any = None) -> list[dict[str, str]]:
    """Every letter of the language's alphabet; those with listings have an address. Empty for a handful of listings."""
    with reading(besides=TABLES):
        return letters_within(category)


def letters_within(category: Any) -> list[dict[str, str]]:
    branch = category.branch if category is not None else whole_directory()
    note_letters(branch)
    base = category.get_absolute_url() if category is not None else reverse("directory")
    letters = letters_with_listings(branch, get_language() or "")
    return [{"label": letter, "url": f"{base}?letter={letter}" if used else ""} for letter, used in letters.items()]
