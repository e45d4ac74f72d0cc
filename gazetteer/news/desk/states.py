"""Where a story stands, in a word or two; read from its own row, so that a list asks nothing more for it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from gazetteer.news.models import Article, Breaking, Storyline
from gazetteer.news.models.article import Status


def in_words(article: Article) -> str:
    if article.deleted_at is not None:
        return _("In the trash")
    if article.status != Status.USABLE:
        return _("Withheld") if article.status == Status.WITHHELD else _("Withdrawn")
    if article.live and article.embargoed:
        return _("Waiting for its embargo")
    if article.live:
        return _("Published, with a newer draft") if article.has_unpublished_changes else _("Published")
    if article.go_live_at and article.go_live_at > timezone.now():
        return _("Scheduled")
    return _("Ended") if article.expired else _("Draft")


def of_storyline(storyline: Storyline) -> str:
    return _("Over") if storyline.is_over else _("Running")


def of_breaking(line: Breaking) -> str:
    now = timezone.now()
    if line.until <= now:
        return _("Ended")
    return _("Shown now") if line.since <= now else _("Scheduled")
