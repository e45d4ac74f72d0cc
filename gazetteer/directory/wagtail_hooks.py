"""What the directory adds to the desk."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gazetteer.directory.desk import bulk, history, imports
from gazetteer.directory.desk.categories import categories
from gazetteer.directory.desk.choosers import category_chooser
from gazetteer.directory.desk.custom_fields import custom_fields
from gazetteer.directory.desk.listings import listings

hooks.register("register_log_actions", history.register)
hooks.register("register_admin_urls", imports.urls)
hooks.register("register_admin_menu_item", imports.menu_item)
for act in bulk.ACTS:  # after Wagtail's own, whose deleting ours stands in for
    hooks.register("register_bulk_action", act, order=1000)


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("directory/desk.css"))


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [category_chooser, listings, categories, custom_fields]
