"""The desk's report of what readers can no longer read, and of rights that are at odds with what stands."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from gazetteer.news import rights
from gazetteer.news.desk.paging import QuickPaginator
from gazetteer.news.models import Article, Removal, Source

MOST = 50


def story_url(removal: Removal) -> str | None:
    return reverse("stories:edit", args=[removal.article_id]) if removal.article_id else None


def within(removal: Removal) -> str:
    """How long it took from when the wire brought word of it."""
    if removal.arrived_at is None:
        return ""
    seconds = max((removal.at - removal.arrived_at).total_seconds(), 0)
    return _now("%(seconds).0f s") % {"seconds": seconds}


def words(removal: Removal) -> str:
    return removal.notice or removal.reason


class RemovalList(generic.IndexView):
    """What went, the last first; above it what an editor must look at."""

    template_name = "news/desk/removals.html"
    default_ordering = ("-at", "-id")
    paginator_class = QuickPaginator
    paginate_by = 30
    page_title = _("Withdrawals and rights")

    @cached_property
    def header_buttons(self) -> list[Any]:
        return []

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("headline", label=_("Headline"), get_url=story_url),
            Column("why", label=_("Why"), accessor="get_why_display"),
            Column("words", label=_("Words"), accessor=words, classname="wide-only"),
            Column("source", label=_("Source"), classname="wide-only"),
            DateColumn("at", label=_("Went")),
            Column("within", label=_("After word came"), accessor=within, classname="wide-only"),
            DateColumn("back_at", label=_("Given back"), classname="wide-only"),
        ]

    def get_base_queryset(self) -> QuerySet[Removal]:
        return Removal.objects.select_related("source", "article")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**found, "too_much": too_much(), "uncovered": sources_uncovered()}


def too_much() -> list[Article]:
    """Published stories that hold more of a source's text than it now allows."""
    found = rights.conflicts().select_related("source").defer("body", "draft_base", "imported")
    return list(found.order_by("-changed_at")[:MOST])


def sources_uncovered() -> list[dict[str, Any]]:
    """Sources whose countries do not cover the paper's, so that nothing of theirs is shown."""
    limited = Source.objects.in_use().exclude(territories="")
    found = [(source, rights.uncovered(rights.Policy.of_source(source))) for source in limited]
    return [{"source": source, "why": why} for source, why in found if why]


class Removals(ModelViewSet):
    model = Removal
    icon = "warning"
    menu_label = _("Withdrawals and rights")
    menu_order = 145
    add_to_admin_menu = True
    index_view_class = RemovalList
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_display = ["headline"]
    form_fields = ["headline"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        none = dict.fromkeys(("add_url_name", "edit_url_name", "delete_url_name", "history_url_name"))
        return {**found, **none}

    def get_urlpatterns(self) -> list[Any]:
        """Only the list: what went is a fact."""
        kept = {"index", "index_results"}
        return [each for each in super().get_urlpatterns() if each.name in kept]


removals = Removals("removals", url_prefix="removals")
