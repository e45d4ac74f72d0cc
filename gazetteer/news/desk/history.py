"""What the history of a story or section says was done to it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LINES = {
    "news.schedule": (_("Schedule"), _("Set to be published later")),
    "news.withdraw": (_("Withdraw"), _("Withdrawn for good; readers find the notice in its place")),
    "news.withhold": (_("Withhold"), _("Withheld for now; readers find the notice in its place")),
    "news.reinstate": (_("Give back"), _("Given back to readers")),
    "news.lift_embargo": (_("Embargo passed"), _("The embargo passed")),
    "news.correct": (_("Correct"), _("Correction added")),
    "news.rights_ended": (_("Rights ended"), _("Taken down and forgotten: our rights in it ended")),
    "news.no_rights": (_("No rights"), _("Taken down: its rights do not cover where this paper is read")),
    "news.split": (_("Told apart"), _("Told apart from what others report")),
    "news.put_together": (_("Put together"), _("Put together with what others report")),
    "news.lead": (_("Lead"), _("Chosen to stand for all who report it")),
    "news.stand_down": (_("Stood down"), _("Taken down: another story tells the same")),
    "news.trash": (_("To the trash"), _("Put in the trash")),
    "news.restore": (_("Out of the trash"), _("Taken out of the trash")),
    "news.move": (_("Move"), _("Moved")),
    "news.merge": (_("Merge"), _("Merged into another")),
    "news.wire.accept": (_("Taken from the wire"), _("Taken from the wire")),
    "news.change_by_machine": (_("Changed by an import"), _("Changed by an import or feed")),
}


def register(actions: Any) -> None:
    """For Wagtail's hook `register_log_actions`."""
    for name, (label, sentence) in LINES.items():
        actions.register_action(name, label, sentence)
