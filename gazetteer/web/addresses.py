"""Addresses of pages, for the fifty links of a page: as `reverse()` writes them, without its search (30 µs each).

Each subject says in one function where its pages are; a test compares all of them with the address map.
"""

from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse

SAFE = "!$&'()*+,;=/~:@"
"""What `reverse` leaves as it is, beside letters and digits of ASCII."""


def within(path: str) -> str:
    """The address of that path below the site's root (`news/sport/`), under the prefix of the visitor's language."""
    return f"{get_script_prefix()}{quote(path, safe=SAFE)}"


def page(name: str) -> str:
    """The address of a page that there is once (`directory`)."""
    return of_page(name, get_script_prefix())


@lru_cache(maxsize=256)
def of_page(name: str, prefix: str) -> str:
    """`prefix` is only what the answer depends on: `reverse` writes it by itself."""
    return reverse(name)
