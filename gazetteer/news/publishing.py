"""What happens when a revision of a story is published, whoever asks: the desk's button, the clock, an action.

`Article.publish` and `unpublish` (Wagtail's hooks for every way of publishing) lead here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from gazetteer.changes.clock import set_moment
from gazetteer.news import addresses, drafts, tasks
from gazetteer.news.models import Article
from gazetteer.web.zone import site_day

Wagtails = Callable[..., None]
MEANINGFUL = ("headline", "lead", "body")


@transaction.atomic
def publish(article: Article, revision: Any, wagtails: Wagtails, **options: Any) -> None:
    """Publish the revision onto the row as it stands now, keeping what machines changed (`drafts.py`)."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    draft = drafts.plain(revision.content)
    merged, conflicts = drafts.merge(row, draft)
    go_live = moment_in(merged, "go_live_at")
    later = go_live is not None and go_live > timezone.now()
    if not later:
        prepare(row, merged, go_live)
    revision.content_object, revision.content = row, merged
    wagtails(revision, **options)
    after(article, row, draft, conflicts, go_live if later else None)


def prepare(row: Article, merged: drafts.Columns, go_live: datetime | None) -> None:
    """Fix what publishing fixes: the time shown, the address, the embargo, whether readers are told of an update."""
    now = timezone.now()
    embargo = moment_in(merged, "embargo_until")
    row.embargoed = embargo is not None and embargo > now
    shown = moment_in(merged, "published_at") or (embargo if row.embargoed else go_live) or now
    merged["published_at"] = shown.isoformat()
    row.address_date = row.address_date or site_day(shown)
    wanted = merged.get("slug") or addresses.make_slug(merged["headline"])
    merged["slug"] = addresses.free_slug(wanted, row.address_date, row)
    if row.first_published_at and not merged.get("small_change") and has_new_text(row, merged):
        row.updated_at = now
    merged["go_live_at"], merged["small_change"] = None, False


def has_new_text(row: Article, merged: drafts.Columns) -> bool:
    now = drafts.columns_of(row)
    return any(not drafts.comparer(name)(now[name], merged[name]) for name in MEANINGFUL)


def moment_in(columns: drafts.Columns, name: str) -> datetime | None:
    value = columns.get(name)
    return parse_datetime(value) if value else None


def after(
    article: Article, row: Article, draft: drafts.Columns, conflicts: list[dict[str, Any]], later: datetime | None
) -> None:
    """Set what is due later, and keep the base for drafts newer than the one published."""
    row.refresh_from_db()
    set_moment("news.publish", row, later)
    set_moment("news.expire", row, row.expire_at if row.live else None)
    set_moment("news.embargo", row, row.embargo_until if row.embargoed else None)
    if later is None:
        tasks.draw_card.enqueue(row.pk)
        base = draft if row.has_unpublished_changes else None
        Article.objects.filter(pk=row.pk).update(draft_base=base, conflicts=conflicts)
        tell_the_others(row)
    article.refresh_from_db()


def tell_the_others(row: Article) -> None:
    """Who else tells the story is found out in the background; a source's own copy was matched when it came."""
    from gazetteer.news.wire.tasks import match_story

    if row.source_id is None:
        match_story.enqueue(row.pk)


@transaction.atomic
def unpublish(article: Article, wagtails: Wagtails, **options: Any) -> None:
    """Take it down from the row as it stands now; nothing is due any more."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    base = drafts.columns_of(row)
    wagtails(row, **options)
    for kind in ("news.publish", "news.expire", "news.embargo"):
        set_moment(kind, row, None)
    forget_past_expiry(row)
    if row.draft_base is None:
        Article.objects.filter(pk=row.pk).update(draft_base=base)
    article.refresh_from_db()


def forget_past_expiry(row: Article) -> None:
    """An end that has come is cleared, in the draft too: Wagtail's form would not save with it (wagtail#13896)."""
    now = timezone.now()
    if row.expire_at and row.expire_at <= now:
        Article.objects.filter(pk=row.pk).update(expire_at=None)
    revision = row.latest_revision
    if revision is not None:
        end = moment_in(drafts.plain(revision.content), "expire_at")
        if end is not None and end <= now:
            revision.content["expire_at"] = None
            revision.save(update_fields=["content"])
