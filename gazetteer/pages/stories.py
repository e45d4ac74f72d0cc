"""The stories of one page, read together: every block says what it wants, and no story stands twice.

Whatever the number of blocks, this costs two queries: which stories there are to choose from, and those chosen.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from gazetteer.changes.notes import note, reading
from gazetteer.news.cards import Card, card
from gazetteer.news.models import Article, Section, StoryRow
from gazetteer.news.noting import TABLES, note_cards


@dataclass(frozen=True)
class Wanted:
    """What a block wants: stories placed by hand (ids), and the latest `number` of a section (id) or of all (None)."""

    number: int = 0
    section: int | None = None
    placed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """What is known of a story before it is chosen: its id and the sections it stands in."""

    pk: int
    sections: frozenset[int]


class StoryPool:
    """Read once for a page; each block then takes its own, in the order in which the blocks stand.

    Which story goes where is decided over ids alone, so that only stories that are shown are read.
    """

    def __init__(self, language: str | None = None, *, explains: bool = False) -> None:
        self.language = language or ""
        self.explains = explains
        self.why: dict[int, str] = {}
        self.lines: list[Line] = []
        self.sections: dict[int, Section] = {}
        self.placed: set[int] = set()
        self.shown: set[int] = set()
        self.given: defaultdict[Wanted, deque[list[int]]] = defaultdict(deque)
        self.cards: dict[int, Card] = {}

    def read(self, wanted: Iterable[Wanted]) -> None:
        """Give each block its stories, in the order in which they ask, and read them all."""
        asked = list(wanted)
        if not asked:
            return
        self.placed |= {pk for want in asked for pk in want.placed}
        note_cards(self.placed)
        note("sections:all", *("shown:all" if want.section is None else f"stories:{want.section}" for want in asked))
        with reading(besides=TABLES):
            self.choose_and_read(asked)

    def choose_and_read(self, asked: list[Wanted]) -> None:
        room = sum(want.number for want in asked) + len(self.placed) + len(self.shown)
        self.read_lines(asked, room)
        chosen = [(want, self.choose(want)) for want in asked]
        for want, ids in chosen:
            self.given[want].append(ids)
        self.read_cards({pk for _want, ids in chosen for pk in ids})

    def read_lines(self, wanted: list[Wanted], room: int) -> None:
        """Ids, newest first, with their sections: one query, whose parts are each a range of one index."""
        rows = StoryRow.objects.order_by("-published_at", "-article")
        chosen = Q(pk__in=self.placed)
        for section in {want.section for want in wanted if want.section is not None}:
            chosen |= Q(pk__in=rows.filter(section=section).values("article")[:room])
        if any(want.section is None for want in wanted):
            chosen |= Q(pk__in=Article.objects.latest().values("pk")[:room])
        found = Article.objects.published().filter(chosen).order_by("-shown_at", "-id")
        sections: dict[int, set[int]] = {}
        for pk, section, *facts in found.values_list("pk", *SECTION):
            among = sections.setdefault(pk, set())
            if section is not None:
                among.add(section)
                self.sections[section] = Section(pk=section, **dict(zip(SECTION_FACTS, facts, strict=True)))
        self.lines = [Line(pk, frozenset(among)) for pk, among in sections.items()]

    def choose(self, want: Wanted) -> list[int]:
        """Those placed by hand that readers may read, then the newest not yet shown and not placed elsewhere."""
        known = {line.pk for line in self.lines}
        ids = [pk for pk in want.placed if pk in known and pk not in self.shown]
        free = [
            line.pk
            for line in self.lines
            if line.pk not in self.shown | self.placed and (want.section is None or want.section in line.sections)
        ]
        if self.explains:
            self.explain(want, ids, free)
        ids = (ids + free)[: max(want.number, len(ids))]
        self.shown.update(ids)
        return ids

    def explain(self, want: Wanted, by_hand: list[int], newest: list[int]) -> None:
        """A sentence for each story of a block, for the desk's preview."""
        section = self.sections.get(want.section) if want.section is not None else None
        where = section.name_in(self.language) if section else gettext("every section")
        self.why |= dict.fromkeys(newest, gettext("Here by itself: the newest of %(where)s") % {"where": where})
        self.why |= {pk: gettext("Set by hand, place %(number)d") % {"number": n} for n, pk in enumerate(by_hand, 1)}

    def read_cards(self, ids: set[int]) -> None:
        """The stories themselves."""
        found = list(Article.objects.for_cards().only(*CARD).filter(pk__in=ids))
        self.cards |= {
            article.pk: replace(card(article, self.language), why=self.why.get(article.pk, "")) for article in found
        }

    def take(self, want: Wanted) -> list[Card]:
        """The stories of the block that wanted this; of several that wanted the same, of the next one."""
        waiting = self.given[want]
        return [self.cards[pk] for pk in (waiting.popleft() if waiting else []) if pk in self.cards]


SECTION_FACTS = ("name", "names_by_lang", "address")
SECTION = ("story_rows__section", *(f"story_rows__section__{fact}" for fact in SECTION_FACTS))
CARD = (
    "headline", "slug", "lead", "address_date", "published_at", "picture_caption", "picture_credit", "section",
    "picture",
    "section__name", "section__names_by_lang", "section__address", "section__deleted_at",
    "picture__file", "picture__description", "picture__width", "picture__height", "picture__caption",
    "picture__credit", "picture__expires_at", "picture__sizes",
)  # fmt: skip
"""What a card shows; the other thirty columns of a story would cost more than everything else on the page."""


def pool(request: HttpRequest) -> StoryPool:
    """The stories of this request's page."""
    if not hasattr(request, "story_pool"):
        explains = getattr(request, "is_preview", False)
        request.story_pool = StoryPool(get_language(), explains=explains)  # type: ignore[attr-defined]
    return request.story_pool  # type: ignore[attr-defined]
