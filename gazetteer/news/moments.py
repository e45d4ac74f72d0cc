"""What the newsroom does by the clock. Each looks again at the story: a moment may come late, or for nothing."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gazetteer.changes.clock import handler, set_moment
from gazetteer.changes.models import Moment
from gazetteer.news import actions, rights
from gazetteer.news.models import Article, Removal, Source


@handler("news.publish", _("is published"))
def publish(article: Article, moment: Moment) -> None:
    """The revision that an editor scheduled goes live; one in the trash stays there and the schedule ends."""
    revision = article.scheduled_revision
    if revision is not None and article.deleted_at is None:
        article.publish(revision, log_action=True, skip_permission_checks=True)


@handler("news.expire", _("expires"))
def expire(article: Article, moment: Moment) -> None:
    if article.live and article.expire_at is not None and article.expire_at <= timezone.now():
        if article.source_id is not None:
            actions.keep_removal(article, Removal.Why.RIGHTS_ENDED)
        actions.unpublish(article, expired=True)


@handler("news.embargo", _("embargo ends"))
def lift_embargo(article: Article, moment: Moment) -> None:
    if article.embargoed:
        actions.lift_embargo(article)


@handler(rights.ENDS, _("comes down, its rights end"))
def end_rights(article: Article, moment: Moment) -> None:
    """The days that its source lets us keep it are over."""
    rights.remove(article, max(timezone.now(), moment.due_at))


@handler(rights.NIGHTLY, _("its rights are looked at"))
def check_rights(source: Source, moment: Moment) -> None:
    """Every story of the source once more; the next time is set in the same transaction."""
    rights.check(source)
    set_moment(rights.NIGHTLY, source, rights.next_night())
