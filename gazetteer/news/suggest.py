"""Which stories might be set under one: what the search engine finds alike, and without it what shares most tags."""

from collections import Counter
from collections.abc import Callable, Sequence

from gazetteer.news.cards import in_order
from gazetteer.news.models import Article, StoryRow, TaggedArticle

Finder = Callable[[Article, int], Sequence[int]]
finders: list[Finder] = []
"""Asked one after the other until there are enough ids; an engine that knows what is alike registers itself here."""

FEWEST_OF_A_TAG = 60
"""Of each tag only the newest so many are looked at, so that a tag of a hundred thousand stories costs no more."""


def finder(function: Finder) -> Finder:
    """Register (story, number) → ids of stories, the most alike first; the newest registered is asked first."""
    if function not in finders:
        finders.insert(0, function)
    return function


def related(article: Article, number: int = 6) -> list[Article]:
    """Published stories that are alike, without itself and those that it names already."""
    known = {article.pk, *(each.story_id for each in article.related.all())}
    ids: list[int] = []
    for find in finders:
        ids += [pk for pk in find(article, number + len(known)) if pk not in known and pk not in ids]
        if len(ids) >= number:
            break
    found = Article.objects.published().filter(pk__in=ids[:number]).only("headline", "published_at", "shown_at")
    return in_order(ids, found)


@finder
def in_the_same_section(article: Article, number: int) -> Sequence[int]:
    rows = StoryRow.objects.filter(section=article.section_id).order_by("-published_at", "-article")
    return list(rows.values_list("article", flat=True)[:number]) if article.section_id else []


@finder
def by_tags(article: Article, number: int) -> Sequence[int]:
    """Those that share most of its tags, the newer before the older."""
    shared: Counter[int] = Counter()
    for tag in article.tags.all():
        rows = TaggedArticle.objects.filter(tag=tag, shown_at__isnull=False).order_by("-shown_at", "-content_object")
        shared.update(rows.values_list("content_object", flat=True)[:FEWEST_OF_A_TAG])
    return [pk for pk, _count in shared.most_common(number)]
