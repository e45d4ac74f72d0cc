"""What the list pages show. Each function costs a fixed number of queries; every list is a range of one index."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from gazetteer.changes.notes import note
from gazetteer.news.cards import Card, cards, in_order
from gazetteer.news.models import Article, Byline, Section, SectionCard, StoryRow, TaggedArticle
from gazetteer.news.noting import note_cards, note_neighbours, note_range, note_tops
from gazetteer.news.paging import List, Order, Page, page_of

IN_SECTION = Order("published_at", "article", "stories")
BY_AUTHOR = Order("shown_at", "article", "by")
WITH_TAG = Order("shown_at", "content_object", "tagged")
ALL = Order("shown_at", "id", "shown")
IN_STORYLINE = Order("shown_at", "id", "of")
SECTIONS_ON_FRONT = 12
STORIES_A_SECTION = 4
LEADING = 12


@dataclass(frozen=True)
class Listed:
    """One page of a list: its cards and the addresses of the pages beside it."""

    stories: list[Card]
    page: Page


def listed(page: Page, also: Sequence[int] = ()) -> Listed:
    """The page's stories as cards, those of `also` before them."""
    ids = [*also, *(pk for pk in page.ids if pk not in also)]
    note_cards(ids)
    return Listed(cards(in_order(ids, Article.objects.for_cards().published().filter(pk__in=ids))), page)


def in_section(request: HttpRequest, section: Section) -> Listed:
    """Stories of the section and all below it: on the first page those placed by hand, then the newest."""
    placed = placed_in(section)
    rows = StoryRow.objects.filter(section=section).exclude(article__in=placed)
    page = page_of(request, rows, List(IN_SECTION, section.pk))
    return listed(page, placed if page.is_first else ())


def placed_in(section: Section) -> list[int]:
    """Ids of the stories at the section's top by hand that readers may read and whose time has not passed."""
    placed = list(SectionCard.objects.filter(section=section).order_by("position", "id").select_related("article"))
    note_tops(section.pk, placed)
    now = timezone.now()
    return [card.article_id for card in placed if card.article.shown_at and (card.until is None or card.until > now)]


def by_author(request: HttpRequest, author: int) -> Listed:
    rows = Byline.objects.filter(author=author, shown_at__isnull=False)
    return listed(page_of(request, rows, List(BY_AUTHOR, author)))


def with_tag(request: HttpRequest, tag: int) -> Listed:
    rows = TaggedArticle.objects.filter(tag=tag, shown_at__isnull=False)
    return listed(page_of(request, rows, List(WITH_TAG, tag)))


def in_storyline(request: HttpRequest, storyline: int) -> Listed:
    rows = Article.objects.published().filter(storyline=storyline)
    return listed(page_of(request, rows, List(IN_STORYLINE, storyline)))


def by_day(stories: Sequence[Card]) -> list[tuple[datetime.date, list[Card]]]:
    """The stories under the days, in the active zone, of the times that stand over them."""
    days = groupby(stories, key=lambda story: timezone.localtime(story.published_at).date())
    return [(day, list(found)) for day, found in days]


def between(request: HttpRequest, start: datetime.datetime, end: datetime.datetime) -> Listed:
    return listed(page_of(request, Article.objects.shown_between(start, end), List(ALL, "all", (start, end))))


@dataclass(frozen=True)
class SectionStories:
    """A section on the front of the news, with its newest."""

    section: Section
    stories: list[Card]


def front(sections: Sequence[Section]) -> tuple[list[Card], list[SectionStories]]:
    """The newest of all, and the newest of each section that are not among them: three queries."""
    newest = list(Article.objects.latest().values_list("pk", "shown_at")[:LEADING])
    note_range("shown", "all", newest[-1][1] if len(newest) == LEADING else None, None)
    latest = [pk for pk, _when in newest]
    by_section = newest_of(sections[:SECTIONS_ON_FRONT], STORIES_A_SECTION + LEADING)
    wanted = {pk for ids in by_section.values() for pk in ids} | set(latest)
    found = cards(list(Article.objects.for_cards().published().filter(pk__in=wanted)))
    by_id = {card.id: card for card in found}
    leading = [by_id[pk] for pk in latest if pk in by_id][: LEADING // 2]
    used = {card.id for card in leading}
    parts = []
    for section in sections[:SECTIONS_ON_FRONT]:
        ids = [pk for pk in by_section.get(section.pk, []) if pk in by_id and pk not in used][:STORIES_A_SECTION]
        used.update(ids)
        parts.append(SectionStories(section, [by_id[pk] for pk in ids]))
    return leading, [part for part in parts if part.stories]


def newest_of(sections: Sequence[Section], number: int) -> dict[int, list[int]]:
    """Ids of the newest stories of each section, in one query whose parts are each a range of one index."""
    if not sections:
        return {}
    rows = StoryRow.objects.order_by("-published_at", "-article")
    parts = [Q(pk__in=rows.filter(section=section).values("pk")[:number]) for section in sections]
    found: dict[int, list[tuple[int, datetime.datetime]]] = {section.pk: [] for section in sections}
    for section, article, when in rows.filter(reduce(or_, parts)).values_list("section", "article", "published_at"):
        found[section].append((article, when))
    for section, stories in found.items():
        note_range("stories", section, stories[-1][1] if len(stories) == number else None, None)
    return {section: [pk for pk, _when in stories] for section, stories in found.items()}


def neighbours(article: Article) -> tuple[Card | None, Card | None]:
    """The stories before and after in the same section, by the time shown: one query."""
    if article.section_id is None or article.published_at is None:
        return None, None
    rows = StoryRow.objects.filter(section=article.section_id)
    at, pk = article.published_at, article.pk
    older = rows.filter(Q(published_at__lt=at) | Q(published_at=at, article__lt=pk), published_at__lte=at)
    newer = rows.filter(Q(published_at__gt=at) | Q(published_at=at, article__gt=pk), published_at__gte=at)
    before = older.order_by("-published_at", "-article").values("article")[:1]
    after = newer.order_by("published_at", "article").values("article")[:1]
    found = Article.objects.filter(Q(pk__in=before) | Q(pk__in=after)).only(
        "headline", "slug", "address_date", "published_at", "created_at"
    )
    earlier = next((each for each in found if (each.published_at, each.pk) < (at, pk)), None)
    later = next((each for each in found if (each.published_at, each.pk) > (at, pk)), None)
    note_neighbours(article, *(each.published_at if each else None for each in (earlier, later)))
    return plain_card(earlier), plain_card(later)


def plain_card(article: Article | None) -> Card | None:
    if article is None:
        return None
    note_cards([article.pk])
    url = article.get_absolute_url()
    return Card(article.pk, article.headline, url, "", None, article.published_at, None, "", "")


@dataclass(frozen=True)
class Month:
    """A month with at least one story; `first` is its first day."""

    first: datetime.date


def month_bounds(first: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The beginning of the month and of the next, in the site's zone."""
    following = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return midnight(first), midnight(following)


def midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=timezone.get_current_timezone())


def months_with_stories(year: int | None = None) -> list[datetime.date]:
    """The first days of the months that have stories, newest first; of one year if it is given.

    Every month between the first and the last story is looked up at one place of the index, in one query.
    """
    note("shown:all")
    times = Article.objects.published().values_list("shown_at", flat=True)
    ends = [times.order_by(order).first() for order in ("shown_at", "-shown_at")]  # together they would read it all
    first, last = (timezone.localtime(end).date().replace(day=1) if end else None for end in ends)
    if first is None or last is None:
        return []
    months = [datetime.date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    wanted = [month for month in months if first <= month <= last and year in (None, month.year)]
    return [month for start in range(0, len(wanted), 300) for month in existing(wanted[start : start + 300])][::-1]


def existing(months: Sequence[datetime.date]) -> list[datetime.date]:
    adapt = connection.ops.adapt_datetimefield_value
    values: list[Any] = []
    for number, month in enumerate(months):
        start, end = month_bounds(month)
        values += [number, adapt(start), adapt(end)]
    rows = ", ".join(["(%s, %s, %s)"] * len(months))
    if connection.vendor == "postgresql":
        rows = ", ".join(["(%s::int, %s::timestamptz, %s::timestamptz)"] * len(months))
    sql = (
        f"WITH months (number, start, finish) AS (VALUES {rows}) SELECT number FROM months WHERE EXISTS"  # noqa: S608 (only placeholders)
        " (SELECT 1 FROM news_article WHERE shown_at >= start AND shown_at < finish) ORDER BY number"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [months[number] for (number,) in cursor.fetchall()]
