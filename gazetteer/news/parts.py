"""Which parts of the paper a story or section stands in: what a person who looks after a section is limited to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from gazetteer.accounts.policy import Part
from gazetteer.news.models import Article, Section


def parts_of_section(section: Section) -> Iterable[Model]:
    return [] if section._state.adding else Section.objects.path_to(section)


def parts_of_article(article: Article) -> Iterable[Model]:
    """The story's own section and those above it; being listed elsewhere too gives nobody there a right to it."""
    section = Section.objects.filter(pk=article.section_id).first()
    return [] if section is None else parts_of_section(section)


def sections_within(sections: QuerySet[Any], parts: list[Part]) -> QuerySet[Any]:
    paths = Section.objects.filter(pk__in=[pk for model, pk in parts if model is Section]).values_list(
        "path", flat=True
    )
    return (
        sections.filter(Q(*(Q(path__startswith=path) for path in paths), _connector=Q.OR)) if paths else sections.none()
    )


def articles_within(articles: QuerySet[Any], parts: list[Part]) -> QuerySet[Any]:
    own = [pk for model, pk in parts if model is Article]
    return articles.filter(Q(section__in=sections_within(Section.objects.all(), parts)) | Q(pk__in=own))
