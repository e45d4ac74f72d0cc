"""How the sources are, for the command, the desk and the check."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from gazetteer.news.wire.models import Incoming, Outcome, Source

FAILING, SILENT, OFF, NEVER, WELL = "failing", "silent", "off", "never", "well"
MANY_FAILURES = 3


@dataclass(frozen=True)
class Standing:
    """One source as it is: `kind` one of the words above, `told` in a sentence."""

    source: Source
    kind: str
    told: str

    @property
    def is_well(self) -> bool:
        return self.kind in {WELL, OFF, NEVER}


def of(source: Source) -> Standing:
    if not source.is_on:
        return Standing(source, OFF, _("It is not asked."))
    if source.failures:
        told = _("It failed %(count)d times: %(error)s") % {"count": source.failures, "error": source.last_error}
        return Standing(source, FAILING, told)
    if source.silent_since:
        since = timesince(source.last_new_at) if source.last_new_at else _("long")
        return Standing(source, SILENT, _("Nothing new for %(time)s, much longer than usual.") % {"time": since})
    if source.last_ok_at is None:
        return Standing(source, NEVER, _("It was not asked yet."))
    return Standing(source, WELL, _("Asked %(time)s ago.") % {"time": timesince(source.last_ok_at)})


def next_in_words(source: Source) -> str:
    if not source.is_on or source.next_at is None:
        return ""
    return _("now") if source.next_at <= timezone.now() else _("in %(time)s") % {"time": timeuntil(source.next_at)}


def all_standings() -> list[Standing]:
    """Every source, those in trouble first."""
    order = {FAILING: 0, SILENT: 1, NEVER: 2, WELL: 3, OFF: 4}
    found = [of(source) for source in Source.objects.select_related("section").order_by("name")]
    return sorted(found, key=lambda each: order[each.kind])


def waiting() -> int:
    return Incoming.objects.filter(outcome=Outcome.WAITING).count()


def conflicts() -> int:
    return Incoming.objects.in_conflict().count()
