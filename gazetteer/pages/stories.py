"""The stories of one page, read together: every block says what it wants, and no story stands twice.

Whatever the number of blocks, this costs three queries: which stories are in the sections asked for, the stories, and
which cuts of their pictures exist.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language

from gazetteer.news.cards import Card, card
from gazetteer.news.models import Article, Section, StoryRow
from gazetteer.web import pictures


@dataclass(frozen=True)
class Wanted:
    """What a block wants: stories placed by hand (ids), and the latest `number` of a section (id) or of all (None)."""

    number: int = 0
    section: int | None = None
    placed: tuple[int, ...] = ()


class StoryPool:
    """Read once for a request; blocks take from it in the order in which they stand."""

    def __init__(self, language: str | None = None) -> None:
        self.language = language or ""
        self.articles: dict[int, Article] = {}
        self.by_section: dict[int, list[int]] = {}
        self.latest: list[int] = []
        self.sections: dict[int, Section] = {}
        self.placed: set[int] = set()
        self.shown: set[int] = set()

    def read(self, wanted: Iterable[Wanted]) -> None:
        """Everything that these blocks may need, with as many to spare as other blocks may take away."""
        asked = [want for want in wanted if want.number or want.placed]
        if not asked:
            return
        self.placed |= {pk for want in asked for pk in want.placed}
        room = sum(want.number for want in asked) + len(self.placed) + len(self.shown)
        self.by_section = {}
        self.read_rows({want.section for want in asked if want.section is not None}, room)
        self.read_articles(room if any(want.section is None and want.number for want in asked) else 0)

    def read_rows(self, section_ids: set[int], room: int) -> None:
        """The newest of each section and the section itself: one query, whose parts are each a range of one index."""
        if not section_ids:
            return
        rows = StoryRow.objects.order_by("-published_at", "-article")
        parts = [Q(pk__in=rows.filter(section=pk).values("pk")[:room]) for pk in section_ids]
        for row in rows.filter(reduce(or_, parts)).select_related("section"):
            self.sections[row.section_id] = row.section
            self.by_section.setdefault(row.section_id, []).append(row.article_id)

    def read_articles(self, room: int) -> None:
        ids = self.placed | {pk for found in self.by_section.values() for pk in found}
        wanted = Q(pk__in=ids)
        if room:
            wanted |= Q(pk__in=Article.objects.latest().values("pk")[:room])
        found = list(Article.objects.for_cards().published().filter(wanted).order_by("-shown_at", "-id"))
        pictures.prefetch(article.picture for article in found)
        self.articles = {article.pk: article for article in found}
        self.latest = list(self.articles)

    def take(self, want: Wanted) -> list[Card]:
        """The stories for one block: those placed by hand that readers may read, then the newest not yet shown."""
        ids = [pk for pk in want.placed if pk in self.articles and pk not in self.shown]
        candidates = self.latest if want.section is None else self.by_section.get(want.section, [])
        free = [pk for pk in candidates if pk in self.articles and pk not in self.shown and pk not in self.placed]
        ids = (ids + free)[: max(want.number, len(ids))]
        self.shown.update(ids)
        return [card(self.articles[pk], self.language) for pk in ids]


def pool(request: HttpRequest) -> StoryPool:
    """The stories of this request's page."""
    if not hasattr(request, "story_pool"):
        request.story_pool = StoryPool(get_language())  # type: ignore[attr-defined]
    return request.story_pool  # type: ignore[attr-defined]
