"""Lists and forms of side columns and redirects."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from gazetteer.pages.choosers import category_chooser, section_chooser
from gazetteer.pages.models import Redirect, SideColumn


class SideColumns(ModelViewSet):
    model = SideColumn
    menu_label = _("Side columns")
    icon = "sliders"
    add_to_admin_menu = True
    list_display = ("name", "section", "category", "is_shown")
    list_filter = ("is_shown",)
    search_fields = ("name",)
    search_backend_name = None
    copy_view_enabled = True
    sort_order_field = "position"
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("blocks"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel(f"on_{kind}") for kind in SideColumn.KINDS])], heading=_("Where it stands")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("section", widget=section_chooser.widget_class),
                    FieldPanel("category", widget=category_chooser.widget_class),
                    FieldPanel("replaces"),
                ],
                heading=_("Only in one part of the site"),
            ),
            FieldPanel("is_shown"),
        ]
    )


class Redirects(ModelViewSet):
    model = Redirect
    menu_label = _("Redirects")
    icon = "redirect"
    add_to_settings_menu = True
    list_display = ("old", "new", "is_permanent", "by_itself")
    list_filter = ("by_itself",)
    search_fields = ("old", "new")
    search_backend_name = None
    form_fields = ["old", "new", "is_permanent"]
    copy_view_enabled = False


side_columns = SideColumns("side_columns", url_prefix="side-columns", menu_order=540)
redirects = Redirects("redirects", url_prefix="redirects", menu_order=550)
