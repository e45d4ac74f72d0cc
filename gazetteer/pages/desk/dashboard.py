"""What the desk shows first: what falls due, what waits, what is missing, what changed."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import ModelLogEntry

from gazetteer.accounts.policy import scope
from gazetteer.changes.clock import label
from gazetteer.changes.models import Moment
from gazetteer.news.models import Article
from gazetteer.pages.models import StandingPage
from gazetteer.pages.totals import count_totals

SHOWN = 8


class Panel(Component):
    """A titled list on the dashboard; not there when it has nothing."""

    template_name = "pages/desk/panel.html"
    heading = ""

    def rows(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Each with `title`, `url`, `about`, `when`."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = parent_context["request"] if parent_context else None
        return {"heading": self.heading, "name": self.name, "rows": self.rows(request) if request else []}


class DuePanel(Panel):
    name = "due"
    order = 110

    @property
    def heading(self) -> str:
        return _("Falls due next")

    def rows(self, request: HttpRequest) -> list[dict[str, Any]]:
        moments = Moment.objects.filter(done_at__isnull=True).order_by("due_at", "id")[:SHOWN]
        return [row for row in (moment_row(moment, request) for moment in moments) if row]


def moment_row(moment: Moment, request: HttpRequest) -> dict[str, Any] | None:
    """None for what has gone, and for what is not this person's to see."""
    app, _dot, model = moment.subject.partition(".")
    kind = ContentType.objects.filter(app_label=app, model=model.lower()).first()
    thing = kind.get_object_for_this_type(pk=moment.object_id) if kind and exists(kind, moment.object_id) else None
    if thing is None:
        return None
    return {"title": str(thing), "url": edit_address(thing, request), "about": label(moment), "when": moment.due_at}


def exists(kind: ContentType, pk: int) -> bool:
    model = kind.model_class()
    return model is not None and model._default_manager.filter(pk=pk).exists()


def edit_address(thing: Any, request: HttpRequest) -> str:
    return AdminURLFinder(request.user).get_edit_url(thing) or ""


class DraftsPanel(Panel):
    name = "drafts"
    order = 120

    @property
    def heading(self) -> str:
        return _("Drafts not yet published")

    def rows(self, request: HttpRequest) -> list[dict[str, Any]]:
        drafts = Article.objects.not_in_trash().filter(has_unpublished_changes=True)
        mine = scope(request.user, "change", drafts).order_by("-changed_at", "-id")[:SHOWN]
        return [
            {"title": draft.headline, "url": edit_address(draft, request), "about": "", "when": draft.changed_at}
            for draft in mine
        ]


class GapsPanel(Panel):
    name = "gaps"
    order = 130

    @property
    def heading(self) -> str:
        return _("To complete before you go live")

    def rows(self, request: HttpRequest) -> list[dict[str, Any]]:
        if not request.user.has_perm("pages.change_standingpage"):
            return []
        pages = [page for page in StandingPage.objects.live().order_by("path") if page.gaps]
        return [
            {
                "title": page.title,
                "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                "about": _("%(number)d places in [brackets]") % {"number": len(page.gaps)},
            }
            for page in pages
        ]


class ChangesPanel(Panel):
    name = "changes"
    order = 240

    @property
    def heading(self) -> str:
        return _("Last changes")

    def rows(self, request: HttpRequest) -> list[dict[str, Any]]:
        entries = ModelLogEntry.objects.select_related("user").order_by("-timestamp", "-id")[:SHOWN]
        return [
            {
                "title": entry.label,
                "url": "",
                "about": f"{entry.message} · {entry.user or _('the program')}",
                "when": entry.timestamp,
            }
            for entry in entries
        ]


class TotalsItem(SummaryItem):
    """How much there is, with the ways to it."""

    order = 50
    template_name = "pages/desk/totals.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        stories = Article.objects.published().count()
        return {**count_totals()._asdict(), "stories": stories}
