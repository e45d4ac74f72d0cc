"""Counting searches: how often each was asked for, found nothing, and led to a click. Of persons nothing is kept.

A search is counted in memory, and a thread writes the counts down a few seconds later, many at once: no search waits
for the database. What a process has not yet written when it is killed is lost; they are counts, not facts.

Only words alone are counted, as they are compared (no capitals, no accents). Whatever looks like a mail address or a
telephone number, or is long, goes into the day's total without its words; so does, after a week, whatever was searched
for on fewer than `FEWEST` occasions that day, for rare words may say who typed them.
"""

import atexit
import logging
import re
import threading
from collections import Counter
from datetime import date, timedelta
from typing import Literal

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from gazetteer.search.models import DayOfSearches

logger = logging.getLogger(__name__)

What = Literal["searches", "nothing", "clicks"]
Counts = Counter[tuple[date, str, What]]

SECONDS = 10.0
"""Until counts are written down; 0: only when asked, as in tests."""

MOST = 2_000
"""Different searches that wait in memory; of more only the total is counted."""

LONGEST = 60
FEWEST = 3
KEPT_WHOLE = timedelta(days=7)
KEPT = timedelta(days=400)
PERSONAL = re.compile(r"@|\d(?:[\s./()-]*\d){5}")
"""A mail address, or as many digits as a telephone number has."""


class Tally:
    """The counts of this process that are not yet written down."""

    def __init__(self) -> None:
        self.counts: Counts = Counter()
        self.lock = threading.Lock()
        self.timer: threading.Timer | None = None

    def add(self, words: str, *what: What) -> None:
        """Count a search for `words` (as `key` makes them), or what came of it."""
        with self.lock:
            if len(self.counts) >= MOST or not may_be_kept(words):
                words = ""
            self.counts.update((timezone.localdate(), words, each) for each in what)
            if SECONDS and self.timer is None:
                self.timer = threading.Timer(SECONDS, self.flush_and_close)
                self.timer.daemon = True
                self.timer.start()

    def flush(self) -> None:
        """Write down what was counted; what cannot be written now waits for the next time."""
        with self.lock:
            counts, self.counts, self.timer = self.counts, Counter(), None
        try:
            write(counts)
        except DatabaseError:
            logger.warning("Counts of searches could not be written down yet.", exc_info=True)
            with self.lock:
                self.counts.update(counts)

    def flush_and_close(self) -> None:
        """In a thread of its own, which must not leave its connection open."""
        try:
            self.flush()
        finally:
            connection.close()


tally = Tally()


@atexit.register
def flush_at_exit() -> None:
    if SECONDS and tally.counts:
        tally.flush_and_close()


def may_be_kept(words: str) -> bool:
    return len(words) <= LONGEST and not PERSONAL.search(words)


def write(counts: Counts) -> None:
    """Add to the rows of the days. A click upon what nobody searched for is not counted: anybody can send one."""
    rows: dict[tuple[date, str], Counter[What]] = {}
    for (day, words, what), number in counts.items():
        rows.setdefault((day, words), Counter())[what] += number
    with transaction.atomic():
        for (day, words), numbers in sorted(rows.items()):
            if numbers["searches"]:
                DayOfSearches.objects.get_or_create(day=day, words=words)
            DayOfSearches.objects.filter(day=day, words=words).update(
                searches=F("searches") + numbers["searches"],
                nothing=F("nothing") + numbers["nothing"],
                clicks=F("clicks") + numbers["clicks"],
            )


def fold() -> None:
    """By the hour: put what is rare and a week old into its day's total, and let go of what is older than a year."""
    today = timezone.localdate()
    DayOfSearches.objects.filter(day__lt=today - KEPT).delete()
    rare = DayOfSearches.objects.filter(day__lt=today - KEPT_WHOLE, searches__lt=FEWEST).exclude(words="")
    for day in list(rare.order_by("day").values_list("day", flat=True).distinct()):
        fold_day(day)


def fold_day(day: date) -> None:
    with transaction.atomic():
        rare = DayOfSearches.objects.filter(day=day, searches__lt=FEWEST).exclude(words="")
        sums = rare.aggregate(searches=Sum("searches"), nothing=Sum("nothing"), clicks=Sum("clicks"))
        DayOfSearches.objects.get_or_create(day=day, words="")
        DayOfSearches.objects.filter(day=day, words="").update(
            **{what: F(what) + (number or 0) for what, number in sums.items()}
        )
        rare.delete()
