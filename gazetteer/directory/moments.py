"""What the directory does by the clock."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from gazetteer.changes.clock import handler, set_moment
from gazetteer.changes.models import Moment
from gazetteer.directory import actions
from gazetteer.directory.branches import moves
from gazetteer.directory.models import Listing, TreeChange


@handler("directory.expire", _("expires"))
def expire(listing: Listing, moment: Moment) -> None:
    if listing.live:
        actions.expire(listing)


@handler("directory.publish", _("is published"))
def publish(listing: Listing, moment: Moment) -> None:
    """The revision that an editor scheduled goes live."""
    revision = listing.scheduled_revision
    if revision is not None:
        revision.publish()


@handler("directory.unfeature", _("is no longer featured"))
def unfeature(listing: Listing, moment: Moment) -> None:
    actions.end_feature(listing)


@handler("directory.tree_change", _("the tree is changed"))
def tree_change(change: TreeChange, moment: Moment) -> None:
    """Go on with the tree's waiting changes, outside the clock's transaction, which would hold every batch together.

    The next moment is a lease: if this process is killed, the change is taken up again when it is due.
    """
    if change.stage != TreeChange.Stage.DONE:
        set_moment("directory.tree_change", change, now() + timedelta(seconds=actions.LEASE_SECONDS))
        transaction.on_commit(lambda: moves.carry_on(until=change))
