"""What of the news can be found: stories, by the beginning of their headlines, until the engine comes."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gazetteer.news import documents  # noqa: F401 (registers what the index keeps)
from gazetteer.news.models import Article
from gazetteer.search.query import Query
from gazetteer.search.registry import Hit, Source, register

ABOUT = 200


@register
class Stories(Source):
    kind = "article"
    label = _("Stories")
    order = 20

    def matching(self, query: Query) -> QuerySet[Article]:
        if not query.text or query.category or query.country:
            return Article.objects.none()
        found = Article.objects.published().headline_begins(query.text)
        return found.for_cards().order_by("headline_key", "id")

    def hit(self, found: Any) -> Hit:
        about = found.lead if len(found.lead) <= ABOUT else found.lead[:ABOUT].rsplit(" ", 1)[0] + "…"
        return Hit(self.kind, found.headline, found.get_absolute_url(), about, found.published_at)
