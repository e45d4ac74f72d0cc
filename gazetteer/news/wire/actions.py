"""What the desk does with sources and with what waits from the wire, one function each."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from gazetteer.accounts.policy import Person, require
from gazetteer.changes.clock import set_moment
from gazetteer.news.actions import person
from gazetteer.news.models import Article
from gazetteer.news.wire import secrets, step
from gazetteer.news.wire.models import Incoming, Outcome, Source

FETCH = "news.wire.fetch"
FRESH_START = {
    "etag": "",
    "last_modified": "",
    "mark": "",
    "failures": 0,
    "last_error": "",
    "told": "",
    "identity": "id",
}


def save_source(source: Source, *, password: str | None = None, by: Person = None) -> Source:
    """Keep what the desk says of a source, and ask it soon. `password` None: as it was.

    A source that got another address is begun anew: what is known of its items stays.
    """
    is_new = source.pk is None
    require(by, "add" if is_new else "edit", Source if is_new else source)
    if password is not None:
        source.secret = secrets.hide(password)
    with transaction.atomic():
        before = None if is_new else Source.objects.get(pk=source.pk)
        if before is not None and (before.address, before.format) != (source.address, source.format):
            for name, value in FRESH_START.items():
                setattr(source, name, value)
        source.full_clean()
        source.next_at = timezone.now()
        source.save()
        set_moment(FETCH, source, source.next_at if source.is_on else None)
        log(source, "wagtail.create" if is_new else "wagtail.edit", user=person(by))
    return source


def ask_now(source: Source, *, by: Person = None) -> None:
    """Have the source asked at once, whatever its rhythm."""
    require(by, "edit", source)
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(next_at=timezone.now())
        set_moment(FETCH, source, timezone.now())


def delete_source(source: Source, *, by: Person = None) -> None:
    """The source goes with what is known of its items; its stories stay, as copy of nobody's, and are taken down.

    Without its source nobody knows what may be done with a story, so none may stay before readers.
    """
    require(by, "delete", source)
    with transaction.atomic():
        if source.articles.filter(live=True, deleted_at__isnull=True).exists():
            raise ValidationError(
                _("“%(source)s” has published stories. Take them down first, or only stop asking it.")
                % {"source": source}
            )
        set_moment(FETCH, source, None)
        log(source, "wagtail.delete", user=person(by))
        source.delete()


def accept(incoming: Incoming, *, publish: bool = False, by: Person = None) -> Article:
    """Make a story of what waits: a draft, or before readers at once. Its pictures follow (`tasks.bring_pictures`)."""
    require(by, "publish" if publish else "create", Article)
    with transaction.atomic():
        row = waiting(incoming)
        article = step.file_waiting(row, publish=publish, tools=None, by=by)
        log(article, "news.wire.accept", user=person(by), data={"reason": row.source.name})
    return article


def refuse(incoming: Incoming, *, reason: str = "", by: Person = None) -> None:
    """It does not become a story, and does not come back when its source changes it."""
    require(by, "create", Article)
    with transaction.atomic():
        row = waiting(incoming)
        row.outcome, row.why, row.changed_at = Outcome.REFUSED, reason.strip(), timezone.now()
        row.save()


def take_back(incoming: Incoming, *, by: Person = None) -> None:
    """What was refused or left out waits again."""
    require(by, "create", Article)
    with transaction.atomic():
        row = Incoming.objects.select_for_update().get(pk=incoming.pk)
        if row.outcome not in {Outcome.REFUSED, Outcome.LEFT_OUT, Outcome.JOINED} or row.copy is None:
            raise ValidationError(_("This cannot wait again: nothing of it is kept, or it is a story already."))
        row.outcome, row.why, row.changed_at = Outcome.WAITING, "", timezone.now()
        row.save()


def waiting(incoming: Incoming) -> Incoming:
    row = Incoming.objects.select_for_update(of=("self",)).select_related("source__section").get(pk=incoming.pk)
    if row.outcome != Outcome.WAITING or row.copy is None:
        raise ValidationError(_("“%(item)s” does not wait any more; somebody was quicker.") % {"item": row})
    return row


def settle_conflict(incoming: Incoming, *, take_theirs: bool, by: Person = None) -> list[str]:
    """End a conflict: keep our words, or put the source's in their place. Returns the columns that changed."""
    from gazetteer.news.wire.file import replace_by_theirs

    with transaction.atomic():
        row = Incoming.objects.select_for_update(of=("self",)).select_related("source", "article").get(pk=incoming.pk)
        if row.article is None:
            raise ValidationError(_("The story is gone."))
        require(by, "edit", row.article)
        changed = replace_by_theirs(row) if take_theirs else []
        row.has_conflict, row.conflict = False, []
        row.save()
    return changed
