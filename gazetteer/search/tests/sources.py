"""Two kinds of things that can be found, kept in lists: what is tested is the search, not the subjects."""

from gazetteer.search.query import Query
from gazetteer.search.registry import Hit, Source


class Listed(list[str]):
    """As much of a queryset as a source needs."""

    def __getitem__(self, key):
        return Listed(super().__getitem__(key))

    def count(self):  # type: ignore[override]  # a queryset's count, not a list's
        return len(self)


class Named(Source):
    names: list[str] = []

    def __init__(self) -> None:
        self.read: list[tuple[int, int]] = []

    def matching(self, query: Query):
        return Listed(name for name in self.names if name.lower().startswith(query.text.lower()))

    def hits(self, query: Query, start: int, stop: int) -> list[Hit]:
        self.read.append((start, stop))
        return super().hits(query, start, stop)

    def hit(self, found):
        return Hit(self.kind, found, f"/{self.kind}/{found.replace(' ', '-').lower()}/")


class Firms(Named):
    kind, label, order = "listing", "Listings", 10
    names = [f"Alpha {number:02}" for number in range(25)]


class Stories(Named):
    kind, label, order = "article", "Stories", 20
    names = ["Alphabet soup", "Alpha decays", "Beta is better"]
