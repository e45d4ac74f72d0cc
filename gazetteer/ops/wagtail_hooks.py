"""The desk: one page on how the site runs, and what failed by the clock on the first page."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from gazetteer.changes import clock
from gazetteer.ops import desk


class OperationItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return desk.may_see(request.user)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("operation/", desk.operation, name="operation"),
        path("operation/again/", desk.try_again, name="operation_again"),
    ]


@hooks.register("register_settings_menu_item")
def menu_item() -> MenuItem:
    return OperationItem(gettext_lazy("Operation"), reverse("operation"), name="operation", icon_name="cogs", order=900)


class FailingPanel(Component):
    """On the desk's first page, only while something due could not be done."""

    name = "failing"
    order = 10

    def render_html(self, parent_context: Any = None) -> SafeString:
        number = clock.failing().count()
        if not number:
            return SafeString("")
        text = _("%(number)d things were due and could not be done.") % {"number": number}
        link = _("See what, and try again")
        return format_html(
            '<section class="help-block help-critical" role="alert">{} <a href="{}">{}</a></section>',
            text, reverse("operation"), link,
        )  # fmt: skip


@hooks.register("construct_homepage_panels", order=2000)  # after those who put the panels in order
def panels(request: HttpRequest, shown: list[Any]) -> None:
    if desk.may_see(request.user):
        shown.append(FailingPanel())
