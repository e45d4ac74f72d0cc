"""What the history of a listing or category says was done to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LINES = {
    "directory.create": (_("Add"), _("Added")),
    "directory.edit": (_("Edit"), _("Changed")),
    "directory.rename": (_("Rename"), _("Renamed")),
    "directory.move": (_("Move"), _("Moved in the tree")),
    "directory.merge": (_("Merge"), _("Merged into another")),
    "directory.trash": (_("To the trash"), _("Put in the trash")),
    "directory.restore": (_("Out of the trash"), _("Taken out of the trash")),
    "directory.publish": (_("Publish"), _("Published")),
    "directory.unpublish": (_("Take down"), _("Taken down")),
    "directory.expire": (_("Expire"), _("Its time was over")),
    "directory.feature": (_("Feature"), _("Put first in lists")),
    "directory.end_feature": (_("End featuring"), _("No longer put first in lists")),
    "directory.verify": (_("Verify"), _("Facts verified")),
    "directory.file": (_("File"), _("Put in another category")),
}


def register(actions: Any) -> None:
    """For Wagtail's hook `register_log_actions`."""
    for name, (label, sentence) in LINES.items():
        actions.register_action(name, label, sentence)
