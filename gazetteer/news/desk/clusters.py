"""Stories that several tell, at the desk: who, how much, which of them leads; split, put together, choose the lead."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from gazetteer.accounts.policy import require
from gazetteer.news.desk.paging import QuickPaginator
from gazetteer.news.models import Article, Cluster, Incoming, Telling
from gazetteer.news.wire import clusters as acts
from gazetteer.news.wire import match

STORY = re.compile(r"/admin/stories/edit/(\d+)/?")
PUBLIC = re.compile(r"/news/(\d{4})/(\d{2})/(\d{2})/([^/?#\s]+)/?")
PLACES = {match.OURS: _("our own"), match.FULL: _("the whole text"), match.EXCERPT: _("an excerpt"),
          match.HEADLINE: _("a headline")}  # fmt: skip


def who(telling: Telling) -> str:
    return telling.source.name if telling.source else _now("our own")


def names(cluster: Cluster) -> str:
    found = list(dict.fromkeys(who(each) for each in cluster.tellings.all()))
    return ", ".join(found)


class ClusterList(generic.IndexView):
    """The last changed first."""

    default_ordering = ("-changed_at", "-id")
    paginator_class = QuickPaginator
    paginate_by = 30
    page_title = _("Told by several")

    @cached_property
    def header_buttons(self) -> list[Any]:
        return []

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("lead", label=_("Story"), get_url=lambda each: reverse("clusters:show", args=[each.pk])),
            Column("names", label=_("Told by"), accessor=names, classname="wide-only"),
            Column("size", label=_("Tellings")),
            DateColumn("changed_at", label=_("Changed")),
        ]

    def get_base_queryset(self) -> QuerySet[Cluster]:
        told = Telling.objects.select_related("source").only("cluster", "source__name", "rank").order_by("rank", "pk")
        return Cluster.objects.select_related("lead").prefetch_related(Prefetch("tellings", told))


class Together(forms.Form):
    with_story = forms.CharField(
        label=_("Put another story to these"),
        help_text=_("Its web address here, or the address of its screen at the desk."),
    )

    def clean_with_story(self) -> Telling:
        asked = self.cleaned_data["with_story"]
        article = Article.objects.filter(**lookup(asked)).first()
        if article is None:
            raise ValidationError(_("No story has this address."))
        return Telling.objects.filter(article=article).first() or match.tell_article(article)


def lookup(asked: str) -> dict[str, Any]:
    """What the story of a pasted address is found by."""
    if found := STORY.search(asked):
        return {"pk": found[1]}
    if found := PUBLIC.search(asked):
        year, month, day, slug = found.groups()
        return {"address_date": f"{year}-{month}-{day}", "slug": slug}
    return {"pk": 0}


class ClusterView(WagtailAdminTemplateMixin, TemplateView):
    """One story and all who tell it, side by side."""

    template_name = "news/desk/cluster.html"
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user, "create", Article)
        self.cluster = get_object_or_404(Cluster.objects.select_related("lead"), pk=kwargs["pk"])
        self.form = Together(request.POST if request.POST.get("act") == "together" else None)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_title(self) -> str:
        return _now("Told by several")

    def get_page_subtitle(self) -> str:
        return str(self.cluster)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _now("Home")},
            {"url": reverse("clusters:index"), "label": _now("Told by several")},
            {"url": "", "label": str(self.cluster)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = match.in_order(self.cluster.tellings.select_related("source", "article", "incoming"))
        shown = match.leading_story(next(iter(told))) if told else None
        rows = [row(each, self.cluster, shown) for each in told]
        return {**super().get_context_data(**kwargs), "cluster": self.cluster, "rows": rows, "form": self.form}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            done = self.act(request.POST.get("act", ""), request.POST.get("telling", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            done = ""
        if self.form.is_bound and not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        if done:
            messages.success(request, done)
        still = Cluster.objects.filter(pk=self.cluster.pk).exists()
        return redirect("clusters:show", self.cluster.pk) if still else redirect("clusters:index")

    def act(self, name: str, number: str) -> str:
        """What was asked; returns what was done, in a sentence."""
        by: Any = self.request.user
        if name == "together":
            if self.form.is_valid() and self.cluster.lead is not None:
                acts.put_together(self.form.cleaned_data["with_story"], self.cluster.lead, by=by)
                return _now("They are one story now.")
            return ""
        if name == "rule":
            acts.lead_by_rule(self.cluster, by=by)
            return _now("The rule chooses which one leads.")
        pk = int(number) if number.isascii() and number.isdigit() else 0
        telling = get_object_or_404(self.cluster.tellings.select_related("cluster", "article"), pk=pk)
        if name == "split":
            acts.split(telling, by=by)
            return _now("It is a story of its own, and stays one.")
        if name == "lead":
            acts.choose_lead(telling, by=by)
            return _now("It leads now.")
        return ""


def row(telling: Telling, cluster: Cluster, shown: Article | None) -> dict[str, Any]:
    """A telling as the screen shows it."""
    return {
        "telling": telling,
        "who": who(telling),
        "how_much": PLACES[telling.rank],
        "is_lead": telling.pk == cluster.lead_id,
        "is_shown": shown is not None and telling.article_id == shown.pk,
        "story_url": reverse("stories:edit", args=[telling.article_id]) if telling.article_id else "",
        "beginning": beginning(telling),
    }


def beginning(telling: Telling) -> str:
    """Its first words, so that two can be compared at a look."""
    if telling.article is not None:
        text = match.text_of(telling.article)
    else:
        copy = telling.incoming.copy if isinstance(telling.incoming, Incoming) else None
        text = match.text_of_copy((copy or {}).get("copy") or {})
    words = text.split()
    return " ".join(words[:45]) + ("…" if len(words) > 45 else "")


class Clusters(ModelViewSet):
    model = Cluster
    icon = "copy"
    menu_label = _("Told by several")
    menu_order = 143
    add_to_admin_menu = True
    index_view_class = ClusterList
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    list_display = ["lead"]
    form_fields = ["lead_by_desk"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        none = dict.fromkeys(("add_url_name", "edit_url_name", "delete_url_name", "history_url_name"))
        return {**found, **none}

    def get_urlpatterns(self) -> list[Any]:
        """The list, and one screen that does all."""
        kept = [each for each in super().get_urlpatterns() if each.name in {"index", "index_results"}]
        return [*kept, path("<int:pk>/", ClusterView.as_view(), name="show")]


clusters = Clusters("clusters", url_prefix="clusters")
