"""What visitors search the news by: its kinds and its filters."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gazetteer.news.models import Article, Author, Section
from gazetteer.search import facets
from gazetteer.search.facets import Facet, PathFacet
from gazetteer.search.kinds import Found, Kind, register
from gazetteer.search.query import Query, Values

STORY = ("article",)


def story_at(parts: Mapping[str, Any]) -> Found | None:
    try:
        day = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None
    found = Article.objects.published().filter(address_date=day, slug=parts["slug"]).first()
    return (f"article:{found.pk}", found.headline) if found else None


def section_at(parts: Mapping[str, Any]) -> Found | None:
    found = Section.objects.in_use().filter(address=str(parts["address"]).strip("/")).first()
    return (f"section:{found.pk}", found.name_in(get_language() or "")) if found else None


register(Kind("article", _("Stories"), _("Story"), 20, "article", story_at))
register(Kind("section", _("Sections"), _("Section"), 35, "section", section_at))


@facets.register
class SectionFacet(PathFacet):
    name = "section"
    label = _("Section")
    kinds = STORY
    order = 50
    called = ("section", "in")

    def is_offered(self, query: Query) -> bool:
        return query.kind in ("", "article")

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        language = get_language() or ""
        found = Section.objects.in_use().filter(address__in=values).only("name", "names_by_lang", "address", "path")
        return {section.address: section.name_in(language) for section in found}

    def resolve(self, typed: str) -> Values:
        """By its web address, or by its last part or name."""
        known = Section.objects.in_use()
        exact = known.filter(address=typed.strip("/").lower())
        found = exact if exact.exists() else known.filter(slug=slugify(typed, allow_unicode=True))
        return tuple(found.values_list("address", flat=True)[:20])


@facets.register
class AuthorFacet(Facet):
    name = "author"
    label = _("Author")
    kinds = STORY
    order = 51
    called = ("author", "by")

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        return dict(Author.objects.in_use().filter(slug__in=values).values_list("slug", "name"))

    def resolve(self, typed: str) -> Values:
        return tuple(
            Author.objects.in_use().filter(slug=slugify(typed, allow_unicode=True)).values_list("slug", flat=True)[:1]
        )


@facets.register
class YearFacet(Facet):
    name = "year"
    label = _("Year")
    kinds = STORY
    order = 52
    called = ("year",)

    def is_offered(self, query: Query) -> bool:
        return query.kind == "article" or bool(query.values(self.name))

    def resolve(self, typed: str) -> Values:
        return (typed,) if len(typed) == 4 and typed.isascii() and typed.isdigit() else ()


@facets.register
class SourceFacet(Facet):
    name = "source"
    label = _("Source")
    kinds = STORY
    order = 53
