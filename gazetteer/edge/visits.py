"""Counting without tracking: how often each page was asked for on each day, and nothing about who asked.

No cookie is set and no address kept. A visit is one line in memory until it is counted; what asks by machine, as its
`User-Agent` says, is counted apart. A process that is killed loses the visits of its last seconds.
"""

import re
from collections import Counter, deque
from functools import lru_cache

from django.db import DatabaseError
from django.utils.timezone import localdate

from gazetteer.edge.entries import Headers

MOST_WAITING = 200_000

# Words that robots, feed readers, monitors and libraries have in their names; a browser of a person has none of them.
ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|fetch|monitor|preview|scan|archiver|feed|reader|validator|lighthouse|headless"
    r"|curl|wget|python|java/|go-http|okhttp|libwww|perl|ruby|axios|node|wrk|facebookexternal|embedly|pingdom|http",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_robot(agent: str) -> bool:
    """Whether a `User-Agent` is no person's browser; all of those begin with the same word since the last century."""
    return not agent.startswith(("Mozilla/", "Opera/")) or bool(ROBOT.search(agent))


class Visits:
    """The visits that this process has not written yet."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[str, str, bytes]] = deque(maxlen=MOST_WAITING)

    def note(self, path: str, agent: str, key: bytes, headers: Headers) -> None:
        """Adding to a deque needs no lock; whether it is a page that people read is seen when it is counted."""
        if headers and headers[0][1].startswith("text/html"):
            self.waiting.append((path, agent, key))

    def write(self) -> set[bytes]:
        """Add what waits to the counts; answers the keys of the addresses that were visited."""
        from gazetteer.edge.models import VisitCount

        taken = [self.waiting.popleft() for _ in range(len(self.waiting))]
        counts: Counter[tuple[str, bool]] = Counter()
        for path, agent, _key in taken:
            counts[path.encode("latin-1").decode("utf-8", "replace"), is_robot(agent)] += 1
        try:
            VisitCount.objects.add(localdate(), counts)
        except DatabaseError:
            self.waiting.extend(taken)  # for the next time
            raise
        return {key for _path, _agent, key in taken}
