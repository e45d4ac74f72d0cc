"""The desk's menu: what a publisher looks for, in that order, and nothing that this program does not use."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from gazetteer.accounts.policy import may
from gazetteer.pages.models import HomePage, SiteSettings

HIDDEN = {
    "explorer",  # the tree of pages: here there are only standing pages, which have an entry of their own
    "help",  # leads to another host
}
HIDDEN_SETTINGS = {"sites", "locales"}
HIDDEN_REPORTS = {"locked-pages", "aging-pages", "page-types-usage", "workflow-tasks"}


class HomeItem(MenuItem):
    """Straight to the blocks of the front page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "change", HomePage)

    def render_component(self, request: HttpRequest) -> Any:
        home = HomePage.objects.only("pk").first()
        self.url = reverse("wagtailadmin_pages:edit", args=[home.pk]) if home else reverse("wagtailadmin_home")
        return super().render_component(request)


class PagesItem(HomeItem):
    """The list of standing pages."""

    def render_component(self, request: HttpRequest) -> Any:
        home = HomePage.objects.only("pk").first()
        self.url = reverse("wagtailadmin_explore", args=[home.pk if home else Page.get_first_root_node().pk])
        return MenuItem.render_component(self, request)


class SiteItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "change", SiteSettings)


def home_item() -> MenuItem:
    return HomeItem(_("Front page"), "", name="front-page", icon_name="home", order=500)


def pages_item() -> MenuItem:
    return PagesItem(_("Pages"), "", name="standing-pages", icon_name="doc-full", order=520)


def site_item() -> MenuItem:
    address = reverse("wagtailsettings:edit", args=["pages", "sitesettings"])
    return SiteItem(_("The site"), address, name="the-site", icon_name="site", order=560)


PLAIN = {"images": gettext_noop("Pictures"), "documents": gettext_noop("Files")}


def rename(items: list[MenuItem]) -> None:
    """One word for one thing: what Wagtail calls images are pictures here."""
    for item in items:
        if item.name in PLAIN:
            item.label = _(PLAIN[item.name])


def leave_out(items: list[MenuItem], names: set[str]) -> None:
    items[:] = [item for item in items if item.name not in names]
