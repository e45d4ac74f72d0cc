"""Making anew what follows from the facts: triggers, counts and branch rows, lists of stories, sizes of pictures."""

from collections.abc import Callable

from django.db import connection, transaction

from gazetteer.changes import log, triggers
from gazetteer.directory.branches import checks as branches
from gazetteer.news import triggers as stories
from gazetteer.search import index
from gazetteer.web.pictures import make_missing


def counts() -> None:
    branches.mend()


def story_lists() -> None:
    with transaction.atomic():
        stories.rebuild(connection)


def picture_sizes() -> None:
    """Only those that are not there: cutting a thousand pictures takes half an hour."""
    make_missing()


def saved_pages() -> None:
    """They are dropped; the first visitor of each, or `gazetteer warm`, makes it again."""
    log.begin_epoch()


PARTS: dict[str, Callable[[], None]] = {
    "triggers": lambda: triggers.ensure(connection),
    "counts": counts,
    "stories": story_lists,
    "pictures": picture_sizes,
    "pages": saved_pages,
    "search": index.rebuild,
}
"""By the name that people type; triggers first, so that nothing written meanwhile is missed;
search last, for what begins another life of the log has the index made anew."""
