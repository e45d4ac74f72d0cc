"""What happens when a revision of a listing is published, whoever asks: the desk's button, the clock, an action.

`Listing.publish` and `unpublish` (Wagtail's hooks for every way of publishing) lead here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from gazetteer.changes.clock import set_moment
from gazetteer.directory import drafts, places
from gazetteer.directory.models import Filing, Listing

Wagtails = Callable[..., None]


@transaction.atomic
def publish(listing: Listing, revision: Any, wagtails: Wagtails, **options: Any) -> None:
    """Publish the revision onto the row as it stands now, keeping what machines changed (`drafts.py`)."""
    row = Listing.objects.select_for_update().get(pk=listing.pk)
    draft = drafts.plain(revision.content)
    merged, conflicts = drafts.merge(drafts.columns_of(row), draft, draft.get(drafts.BASE))
    go_live = moment_in(merged, "go_live_at")
    later = go_live if go_live is not None and go_live > now() else None
    if later is None:
        prepare(row, merged)
    elif row.live and row.live_revision_id is None:
        # Brought in by an import: without a live revision Wagtail would take it down until then.
        row.live_revision = revision
    revision.content_object, revision.content = row, merged
    wagtails(revision, **options)
    after(row, revision.pk, draft, conflicts, later)
    listing.refresh_from_db()


def prepare(row: Listing, merged: drafts.Columns) -> None:
    """Fix what publishing fixes: whether it is featured, since when it is listed."""
    until = moment_in(merged, "featured_until")
    if until is not None and until <= now():
        merged["featured"], merged["featured_until"] = False, None
    if row.first_published_at is None and not row.live and not row.feed:
        row.listed_at = now()
    row.changed_at = now()
    merged["go_live_at"] = None
    free_primary(row)


def free_primary(row: Listing) -> None:
    """Rows are written one after the other; a listing may not have two primary categories in between."""
    Filing.objects.filter(listing=row.pk, is_primary=True).update(is_primary=False)


def moment_in(columns: drafts.Columns, name: str) -> datetime | None:
    value = columns.get(name)
    return parse_datetime(value) if value else None


def after(
    row: Listing, revision: int, draft: drafts.Columns, conflicts: list[drafts.Columns], later: datetime | None
) -> None:
    """Set what is due later, let it stand at its places, and write the conflicts down with the revision."""
    row = Listing.objects.get(pk=row.pk)
    set_moment("directory.publish", row, later)
    if later is not None:
        return
    set_moment("directory.expire", row, row.expire_at if row.live else None)
    set_moment("directory.unfeature", row, row.featured_until if row.featured else None)
    places.place(row)
    kept = row.revisions.get(pk=revision)
    kept.content = {**draft, drafts.CONFLICTS: conflicts}
    kept.save(update_fields=["content"])


@transaction.atomic
def unpublish(listing: Listing, wagtails: Wagtails, **options: Any) -> None:
    """Take it down from the row as it stands now; nothing is due any more."""
    row = Listing.objects.select_for_update().get(pk=listing.pk)
    row.changed_at = now()
    wagtails(row, **options)
    cancel(row)
    listing.refresh_from_db()


def cancel(row: Listing) -> None:
    """Nothing is due to a listing that is not shown."""
    for kind in ("directory.publish", "directory.expire"):
        set_moment(kind, row, None)
    row.revisions.update(approved_go_live_at=None)
