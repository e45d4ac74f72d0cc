"""The desk's part of search: what editors lay down, and the report of what visitors search for."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from gazetteer.accounts.policy import may, require
from gazetteer.search import actions, tally
from gazetteer.search.models import Boost, DayOfSearches, Pin, StopWord, Synonym

PERIODS = {"1": 1, "7": 7, "30": 30, "365": 365}
SHOWN = 100


class RuleForm(WagtailAdminModelForm):
    """Says of each field what is wrong with it before anything is written."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            actions.prepare(self.instance)
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error)


class RuleCreate(generic.CreateView):
    def save_instance(self) -> Any:
        return actions.save(self.form.instance, by=self.request.user)


class RuleEdit(generic.EditView):
    def save_instance(self) -> Any:
        return actions.save(self.form.instance, by=self.request.user)


class RuleDelete(generic.DeleteView):
    def delete_action(self) -> None:
        actions.remove(self.object, by=self.request.user)


class Rules(ModelViewSet):
    """What all four lists share."""

    add_view_class = RuleCreate
    edit_view_class = RuleEdit
    delete_view_class = RuleDelete
    copy_view_enabled = False
    search_backend_name = None
    list_filter: list[str] = []
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> Any:
        return self.get_edit_handler().get_form_class()


def form(*panels: Any) -> ObjectList:
    return ObjectList(list(panels), base_form_class=RuleForm)


class Synonyms(Rules):
    model = Synonym
    icon = "order"
    menu_label = gettext_lazy("Synonyms")
    search_fields = ["words", "instead"]
    list_display = ["words", Column("instead", label=gettext_lazy("Also find"))]
    edit_handler = form(FieldPanel("words"), FieldPanel("instead"))


class StopWords(Rules):
    model = StopWord
    icon = "minus"
    menu_label = gettext_lazy("Words to leave out")
    search_fields = ["word"]
    list_display = ["word"]
    edit_handler = form(FieldPanel("word"))


class Pins(Rules):
    model = Pin
    icon = "thumbtack"
    menu_label = gettext_lazy("Chosen results")
    search_fields = ["words", "title"]
    list_display = [
        "words",
        Column("title", label=gettext_lazy("Stands first")),
        Column("position", label=gettext_lazy("Place")),
    ]
    edit_handler = form(FieldPanel("words"), FieldRowPanel([FieldPanel("address"), FieldPanel("position")]))


class Boosts(Rules):
    model = Boost
    icon = "arrow-up"
    menu_label = gettext_lazy("Order of results")
    list_display = [
        "__str__",
    ]
    edit_handler = form(FieldPanel("by"), FieldPanel("value"), FieldPanel("factor"))


class ReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "view", DayOfSearches)


class SearchGroup(ModelViewSetGroup):
    items = (
        Synonyms("synonyms", url_prefix="search/synonyms"),
        StopWords("stop_words", url_prefix="search/left-out"),
        Pins("pins", url_prefix="search/chosen"),
        Boosts("boosts", url_prefix="search/order"),
    )
    menu_label = gettext_lazy("Search")
    menu_name = "visitors-search"
    menu_icon = "search"
    menu_order = 530

    def get_submenu_items(self) -> list[Any]:
        report = ReportItem(
            gettext_lazy("What visitors search for"),
            reverse("searches"),
            name="searches",
            icon_name="glasses",
            order=0,
        )
        return [report, *super().get_submenu_items()]


group = SearchGroup()


# The report


@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """The commonest searches of a period, those that found nothing, and those after which nothing was opened."""
    require(request.user, "view", DayOfSearches)
    tally.tally.flush()
    chosen = request.GET.get("days", "")
    days = PERIODS.get(chosen, 7)
    since = timezone.localdate() - timedelta(days=days - 1)
    context = {
        "page_title": _("What visitors search for"),
        "header_icon": "search",
        "breadcrumbs_items": [{"url": "", "label": _("What visitors search for")}],
        "periods": [(value, name, value == days) for value, name in period_names()],
        "totals": totals(since),
        "by_day": by_day(since) if 1 < days <= 30 else [],
        "fewest": tally.FEWEST,
        "weeks": tally.KEPT_WHOLE.days,
        "tables": [(heading, list(found[:SHOWN])) for heading, found in tables(by_words(since))],
    }  # fmt: skip
    return render(request, "search/desk/searches.html", context)


def tables(rows: "QuerySet[DayOfSearches, dict[str, Any]]") -> list[tuple[str, Any]]:
    found_nothing = rows.filter(empty__gt=0).order_by("-empty", "words")
    not_opened = rows.filter(opened=0, asked__gt=F("empty")).order_by("-asked", "words")
    return [
        (_("Searched for most"), rows.order_by("-asked", "words")),
        (_("Found nothing that has all the words"), found_nothing),
        (_("Nothing was opened"), not_opened),
    ]


def period_names() -> list[tuple[int, str]]:
    return [(1, _("Today")), (7, _("7 days")), (30, _("30 days")), (365, _("A year"))]


def by_words(since: date) -> "QuerySet[DayOfSearches, dict[str, Any]]":
    """Sums of each search that was asked for often enough to be shown."""
    rows = DayOfSearches.objects.filter(day__gte=since).exclude(words="").values("words")
    sums = rows.annotate(asked=Sum("searches"), empty=Sum("nothing"), opened=Sum("clicks"))
    return sums.filter(asked__gte=tally.FEWEST)


def totals(since: date) -> dict[str, int]:
    found = DayOfSearches.objects.filter(day__gte=since).aggregate(
        asked=Sum("searches"), empty=Sum("nothing"), opened=Sum("clicks")
    )
    return {name: number or 0 for name, number in found.items()}


def by_day(since: date) -> list[dict[str, Any]]:
    days = DayOfSearches.objects.filter(day__gte=since).values("day")
    sums = days.annotate(asked=Sum("searches"), empty=Sum("nothing"), opened=Sum("clicks"))
    return list(sums.order_by("-day"))
