"""The newsroom's documents in the search index: stories and sections."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import quote

from django.db.models import Q

from gazetteer.news.models import Article, Byline, Section, TaggedArticle
from gazetteer.search import documents
from gazetteer.search.documents import ByRange, numbers_of, register
from gazetteer.search.engines.base import Document, Words
from gazetteer.web.zone import site_day

MARKS = re.compile(r"<[^>]*>")
LONGEST_TEXT = 60_000
ABOUT = 400
NO_WORDS = frozenset({"id", "type", "url", "provider", "frame", "asked", "picture"})
"""Parts of a block that hold no words of the story."""


@register
class Stories(ByRange):
    kind = "article"
    table = Article
    fields = (
        documents.NAME, documents.FILED, documents.PEOPLE, documents.TEXT, documents.SECTION, documents.AUTHOR,
        documents.SOURCE, documents.YEAR, documents.TAG, documents.PHOTO, documents.LANGUAGE, documents.DATE,
    )  # fmt: skip

    def touched(self, keys: Collection[str]) -> list[int]:
        found = set(numbers_of(keys, "article"))
        if "sections:all" in keys and (sections := numbers_of(keys, "section")):
            below = below_any(Section.objects.filter(pk__in=sections))
            found.update(Article.objects.published().filter(section__in=below).values_list("pk", flat=True))
        if authors := numbers_of(keys, "author"):
            found.update(Byline.objects.filter(author__in=authors).values_list("article", flat=True))
        if tags := numbers_of(keys, "tag"):
            found.update(TaggedArticle.objects.filter(tag__in=tags).values_list("content_object", flat=True))
        return sorted(found)

    def read(self, numbers: Sequence[int]) -> Iterator[Document]:
        return stories(Article.objects.filter(pk__in=numbers))

    def in_range(self, first: int, end: int) -> Iterator[Document]:
        return stories(Article.objects.filter(pk__gte=first, pk__lt=end))


def below_any(sections: Iterable[Section]) -> Any:
    """Those sections and all below them."""
    wanted = Q(pk__in=[])
    for section in sections:
        wanted |= Q(path__startswith=section.path)
    return Section.objects.filter(wanted)


def stories(rows: Any) -> Iterator[Document]:
    """The published stories among these, in a fixed number of queries."""
    found = (
        rows.published().select_related("section").prefetch_related("bylines__author", "tagged__tag", "other_sections")
    )
    lines = {section.path: section for section in Section.objects.in_use()}
    for article in found.iterator(chunk_size=500):
        yield story(article, lines)


def story(article: Article, lines: dict[str, Section]) -> Document:
    sections = [each for each in (article.section, *article.other_sections.all()) if each and each.deleted_at is None]
    authors = [byline.author for byline in article.bylines.all() if byline.author.deleted_at is None]
    tags = [tagged.tag for tagged in article.tagged.all()]
    language = (article.language.split("-")[0],)
    assert article.published_at is not None  # noqa: S101 (a published story carries a date, the database sees to it)
    values = {
        "name": Words(article.headline, language),
        "filed": [*(words for each in sections for words in names_of(each, lines)), *(tag.name for tag in tags)],
        "people": [author.name for author in authors],
        "text": [Words(text, language) for text in (article.lead, body_text(article)) if text],
        "section": [each.address for each in sections],
        "author": [author.slug for author in authors],
        "source": article.source_name,
        "year": str(site_day(article.published_at).year),
        "tag": [tag.slug for tag in tags],
        "photo": "yes" if article.picture_id else None,
        "language": article.language,
        "date": article.published_at,
    }
    shown: dict[str, Any] = {
        "title": article.headline,
        "url": address(article),
        "about": article.lead[:ABOUT],
        "when": article.published_at.isoformat(timespec="seconds"),
    }
    if sections:
        first = sections[0]
        shown["category"] = {"name": first.name, "names": first.names_by_lang, "url": f"/news/{quote(first.address)}/"}
    return Document(f"article:{article.pk}", "article", values, shown)


def address(article: Article) -> str:
    """Without a language, whichever is active."""
    return f"/news/{article.address_day:%Y/%m/%d}/{quote(article.slug)}/"


def names_of(section: Section, lines: dict[str, Section]) -> Iterator[Words | str]:
    """What a section and those above it are called, in every language."""
    for step in range(section.steplen, len(section.path) + 1, section.steplen):
        if each := lines.get(section.path[:step]):
            yield each.name
            yield from (Words(str(name), (code,)) for code, name in each.names_by_lang.items())


def body_text(article: Article) -> str:
    """The words of all blocks."""
    raw = json.dumps(article.body.get_prep_value()) if article.body else "[]"
    texts = (unescape(MARKS.sub(" ", text)) for text in words_in(json.loads(raw)))
    return " ".join(" ".join(texts).split())[:LONGEST_TEXT]


def words_in(value: Any) -> Iterator[str]:
    """Every text in a block's stored value, but those that name files, addresses and kinds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from words_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in NO_WORDS:
                yield from words_in(each)


@register
class Sections(ByRange):
    kind = "section"
    table = Section
    fields = (documents.NAME, documents.OTHER_NAMES, documents.FILED, documents.TEXT, documents.SECTION)

    def touched(self, keys: Collection[str]) -> list[int]:
        found = set(numbers_of(keys, "section"))
        if "sections:all" in keys:
            found.update(Section.objects.values_list("pk", flat=True))
        return sorted(found)

    def read(self, numbers: Sequence[int]) -> Iterator[Document]:
        return sections(Section.objects.in_use().filter(pk__in=numbers))

    def in_range(self, first: int, end: int) -> Iterator[Document]:
        return sections(Section.objects.in_use().filter(pk__gte=first, pk__lt=end))


def sections(rows: Iterable[Section]) -> Iterator[Document]:
    lines = {section.path: section for section in Section.objects.in_use()}
    for section in rows:
        values = {
            "name": section.name,
            "other_names": [Words(str(name), (code,)) for code, name in section.names_by_lang.items()],
            "filed": list(names_of(section, lines)),
            "text": section.description,
            "section": section.address,
        }
        shown = {
            "title": section.name,
            "names": section.names_by_lang,
            "url": f"/news/{quote(section.address)}/",
            "about": section.description[:ABOUT],
        }
        yield Document(f"section:{section.pk}", "section", values, shown, boost=0.5)
