"""What pages add to the desk, and what of Wagtail's own is not shown there."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.contrib.settings.registry import registry

from gazetteer.pages.choosers import category_chooser, section_chooser, story_chooser
from gazetteer.pages.desk import dashboard, menu, visits
from gazetteer.pages.desk.page_forms import home_form, standing_form
from gazetteer.pages.desk.site_form import site_form
from gazetteer.pages.desk.viewsets import redirects, side_columns
from gazetteer.pages.models import HomePage, SiteSettings, StandingPage

forms: tuple[tuple[Any, Any], ...] = ((SiteSettings, site_form), (HomePage, home_form), (StandingPage, standing_form))
for model, form in forms:
    model.edit_handler = form  # where Wagtail looks for the form of a model
registry.register(SiteSettings, icon="site")


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [story_chooser, section_chooser, category_chooser, side_columns, redirects]


hooks.register("register_admin_menu_item", menu.home_item)
hooks.register("register_admin_menu_item", menu.pages_item)
hooks.register("register_admin_menu_item", menu.site_item)
hooks.register("register_admin_urls", visits.urls)
hooks.register("register_reports_menu_item", visits.menu_item)


@hooks.register("construct_main_menu")
def main_menu(request: HttpRequest, items: list[Any]) -> None:
    menu.leave_out(items, menu.HIDDEN)
    menu.rename(items)


@hooks.register("construct_settings_menu")
def settings_menu(request: HttpRequest, items: list[Any]) -> None:
    menu.leave_out(items, menu.HIDDEN_SETTINGS)


@hooks.register("construct_reports_menu")
def reports_menu(request: HttpRequest, items: list[Any]) -> None:
    menu.leave_out(items, menu.HIDDEN_REPORTS)


@hooks.register("construct_homepage_panels")
def panels(request: HttpRequest, shown: list[Any]) -> None:
    """Ours first; Wagtail's list of locked pages goes, for stories are no pages."""
    shown[:] = [panel for panel in shown if panel.name not in {"locked_pages", "recent_edits"}]
    shown += [dashboard.DuePanel(), dashboard.DraftsPanel(), dashboard.GapsPanel(), dashboard.ChangesPanel()]


@hooks.register("construct_homepage_summary_items", order=1000)  # after those who add theirs
def summary(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [dashboard.TotalsItem(request)]


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("pages/desk.css"))
