"""The kinds of things that can be found, as people read of them. Each subject registers its own in its `finding.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.functional import Promise

Found = tuple[str, str]
"""The id of a document and its title."""


@dataclass(frozen=True)
class Kind:
    """`name` is the word in addresses and in the index (`listing`), `label` its plural on screen, `one` the singular.

    `page` is the name of the address of its pages; `at` finds what has the page with these parts of its address.
    """

    name: str
    label: str | Promise
    one: str | Promise
    order: int
    page: str
    at: Callable[[Mapping[str, Any]], Found | None]


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    kinds[kind.name] = kind
    return kind


def in_order() -> list[Kind]:
    return sorted(kinds.values(), key=lambda kind: (kind.order, kind.name))


def at_address(path: str) -> Found | None:
    """What can be found that has the page at this path."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    for kind in kinds.values():
        if kind.page == match.url_name:
            return kind.at(match.kwargs)
    return None
