"""Tags that rows name: found without regard to upper and lower case, made where there are none."""

from collections.abc import Iterable

from django.db import transaction

from gazetteer.directory.imports import tables
from gazetteer.directory.models import Branch, ListingTag
from gazetteer.directory.names import make_slug

NAME = 100
SLUG = 100


class Tags:
    """Ids of all tags by their folded name."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.slugs: set[str] = set()
        for pk, name, slug in ListingTag.objects.order_by("-id").values_list("id", "name", "slug").iterator():
            self.ids[name.casefold()] = pk
            self.slugs.add(slug)

    def missing(self, names: Iterable[str]) -> list[str]:
        """Names that no tag has, each once."""
        return list({name.casefold(): name for name in names if name.casefold() not in self.ids}.values())

    def of(self, names: Iterable[str]) -> list[int]:
        """Ids of tags that all exist, each once, in order."""
        return list(dict.fromkeys(self.ids[name.casefold()] for name in names))

    def pretend(self, names: list[str]) -> None:
        """Know these tags without making them, for a dry run."""
        self.ids |= {name.casefold(): -len(self.ids) - position for position, name in enumerate(names, 1)}

    def make(self, names: list[str]) -> None:
        if not names:
            return
        with transaction.atomic():
            branches = tables.new_ids(Branch, len(names))
            tables.insert(Branch, ("id", "kind"), [(pk, ListingTag.branch_kind) for pk in branches])
            ids = tables.new_ids(ListingTag, len(names))
            rows = [
                (pk, branch, name, self.free_slug(name)) for pk, branch, name in zip(ids, branches, names, strict=True)
            ]
            tables.insert(ListingTag, ("id", "branch", "name", "slug"), rows)
            self.ids |= {name.casefold(): pk for pk, name in zip(ids, names, strict=True)}

    def free_slug(self, name: str) -> str:
        """The tag's web address; numbered where another tag ("C++", "C#") has it."""
        slug, number = make_slug(name), 1
        while (free := slug if number == 1 else f"{slug}-{number}") in self.slugs:
            number += 1
        self.slugs.add(free)
        return free
