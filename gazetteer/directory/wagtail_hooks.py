"""What the directory adds to the desk."""

from typing import Any

from wagtail import hooks

from gazetteer.directory.desk import bulk, history
from gazetteer.directory.desk.choosers import category_chooser
from gazetteer.directory.desk.listings import listings

hooks.register("register_log_actions", history.register)
for act in bulk.ACTS:  # after Wagtail's own, whose deleting ours stands in for
    hooks.register("register_bulk_action", act, order=1000)


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [category_chooser, listings]
