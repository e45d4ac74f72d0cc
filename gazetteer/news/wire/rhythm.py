"""How often a source is asked, and when its silence is odd: learned from the dates of its own items."""

import random
from datetime import datetime, timedelta
from statistics import median

from gazetteer.news.wire.models import Incoming, Source

LATEST = 40
ENOUGH = 5
SHORTEST, LONGEST = 5, 12 * 60
UNKNOWN = 30
"""Minutes: the bounds of what is learned, and what is used until enough is known."""
LONGEST_BACK_OFF = 24 * 60
JITTER = 0.15
LEAST_SILENCE = timedelta(hours=6)
TIMES_THE_LONG, TIMES_THE_USUAL = 3, 8


def gaps(source: Source) -> list[float]:
    """Minutes between its latest items, newest first, by the dates they carry."""
    rows = (
        Incoming.objects.filter(source=source, published_at__isnull=False)
        .order_by("-changed_at")
        .values_list("published_at", flat=True)[:LATEST]
    )
    dates = sorted((moment for moment in rows if moment is not None), reverse=True)
    return [(later - earlier).total_seconds() / 60 for later, earlier in zip(dates, dates[1:], strict=False)]


def learned(between: list[float]) -> int | None:
    """The usual minutes between two items; None while too few are known. Items of the same minute count as one."""
    apart = [minutes for minutes in between if minutes >= 1]
    return max(1, round(median(apart))) if len(apart) >= ENOUGH else None


def interval(source: Source, failures: int = 0) -> float:
    """Minutes to wait: as the desk says, or half of what is usual; longer where the source asks for it or fails."""
    if source.every_minutes:
        base = float(source.every_minutes)
    else:
        usual = source.learned_minutes / 2 if source.learned_minutes else UNKNOWN
        base = min(max(usual, SHORTEST), LONGEST)
    base = max(base, source.asked_pause)
    if failures:
        base = min(base * 2 ** min(failures, 12), max(LONGEST_BACK_OFF, base))
    return base


def next_at(source: Source, now: datetime, failures: int = 0, wait_seconds: int = 0) -> datetime:
    """When to ask next, a little earlier or later than reckoned, so that not all are asked at once."""
    minutes = interval(source, failures)
    jitter = 1 + random.uniform(-JITTER, JITTER)  # noqa: S311 (no secret hangs on it)
    return now + max(timedelta(minutes=minutes * jitter), timedelta(seconds=wait_seconds))


def is_silent(source: Source, between: list[float], newest: datetime | None, now: datetime) -> bool:
    """Whether nothing new has come for much longer than ever before lately; never before enough is known."""
    apart = [minutes for minutes in between if minutes >= 1]
    if newest is None or len(apart) < ENOUGH:
        return False
    usual = timedelta(minutes=median(apart) * TIMES_THE_USUAL)
    long = sorted(apart)[int(0.9 * (len(apart) - 1))]  # not the longest, which one back-dated item may make
    longest = timedelta(minutes=long * TIMES_THE_LONG)
    return now - newest > max(LEAST_SILENCE, usual, longest)
