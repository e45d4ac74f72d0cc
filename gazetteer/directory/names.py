"""Names as they are sorted and as they stand in a web address."""

import unicodedata

from django.utils.text import slugify

SORT_KEY_LENGTH = 60
SLUG_LENGTH = 80


def sort_key(name: str, language: str = "") -> str:
    """What a name is sorted by: accents, case and punctuation folded away; never empty, at most 60 characters."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(kept.split())[:SORT_KEY_LENGTH].rstrip() or "~"


def make_slug(name: str) -> str:
    """The name as part of a web address, in any script; cut at a word, `listing` where nothing is left of it."""
    slug = slugify(name, allow_unicode=True)
    if len(slug) > SLUG_LENGTH:
        slug = slug[:SLUG_LENGTH].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug or "listing"
