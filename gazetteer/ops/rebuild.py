"""Making anew what follows from the facts: triggers, counts and branch rows, the rows behind lists of stories."""

from collections.abc import Callable

from django.db import connection, transaction

from gazetteer.changes import triggers
from gazetteer.directory.branches import checks as branches
from gazetteer.news import triggers as stories


def counts() -> None:
    branches.mend()


def story_lists() -> None:
    with transaction.atomic():
        stories.rebuild(connection)


PARTS: dict[str, Callable[[], None]] = {
    "triggers": lambda: triggers.ensure(connection),
    "counts": counts,
    "stories": story_lists,
}
"""By the name that people type; triggers first, so that nothing written meanwhile is missed."""
