"""What the newsroom does by the clock. Each looks again at the story: a moment may come late, or for nothing."""

from django.utils import timezone

from gazetteer.changes.clock import handler
from gazetteer.changes.models import Moment
from gazetteer.news import actions
from gazetteer.news.models import Article


@handler("news.publish")
def publish(article: Article, moment: Moment) -> None:
    """The revision that an editor scheduled goes live; one in the trash stays there and the schedule ends."""
    revision = article.scheduled_revision
    if revision is not None and article.deleted_at is None:
        article.publish(revision, log_action=True, skip_permission_checks=True)


@handler("news.expire")
def expire(article: Article, moment: Moment) -> None:
    if article.live and article.expire_at is not None and article.expire_at <= timezone.now():
        actions.unpublish(article, expired=True)


@handler("news.embargo")
def lift_embargo(article: Article, moment: Moment) -> None:
    if article.embargoed:
        actions.lift_embargo(article)
