"""How we behave at another's door: one request at a time, a pause between two, and pages only where robots may."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

if TYPE_CHECKING:
    from gazetteer.news.wire.http import Client

GAP = 1.0
LONGEST_GAP = 10.0
KEEP_ROBOTS = 24 * 60 * 60
MOST_HOSTS = 5_000
ROBOT = "Gazetteer"
LARGEST_ROBOTS = 512 * 1024


class Manners:
    """Turns at each host. `gap`: seconds between the end of one request and the beginning of the next."""

    def __init__(self, gap: float = GAP) -> None:
        self.gap = gap
        self.guard = threading.Lock()
        self.doors: dict[str, Door] = {}

    @contextmanager
    def turn(self, host: str, ends: float) -> Iterator[None]:
        """Wait until it is our turn at this host, but not beyond `ends` (monotonic seconds). Raises TimeoutError."""
        door = self.door(host)
        if not door.lock.acquire(timeout=max(0.0, ends - monotonic())):
            raise Crowded(host)
        try:
            pause = door.free_at - monotonic()
            if pause > 0:
                sleep(min(pause, max(0.0, ends - monotonic())))
            yield
        finally:
            door.free_at = monotonic() + door.gap
            door.lock.release()

    def door(self, host: str) -> "Door":
        with self.guard:
            if len(self.doors) > MOST_HOSTS:
                self.doors = {name: door for name, door in self.doors.items() if door.lock.locked()}
            return self.doors.setdefault(host, Door(self.gap))

    def slow_down(self, host: str, seconds: float) -> None:
        """A longer pause at this host, as its robots.txt asks (Crawl-delay)."""
        self.door(host).gap = max(self.gap, min(seconds, LONGEST_GAP))


class Crowded(TimeoutError):
    """The host was busy with our own earlier requests all the time."""


class Door:
    """One host: who is in, from when on the next may come, and how long to pause."""

    def __init__(self, gap: float) -> None:
        self.lock = threading.Lock()
        self.free_at = 0.0
        self.gap = gap


class Robots:
    """What each host's robots.txt says about its pages; asked once a day for each. Feeds are there to be fetched."""

    def __init__(self, client: "Client") -> None:
        self.client = client
        self.known: dict[str, tuple[float, Protego | bool]] = {}
        self.guard = threading.Lock()

    def may_read(self, url: str) -> bool:
        """Whether this page may be read by a program. A robots.txt that cannot be had, but for 4xx, says no."""
        site = urlunsplit((*urlsplit(url)[:2], "", "", ""))
        rules = self.rules(site)
        if isinstance(rules, bool):
            return rules
        delay = rules.crawl_delay(ROBOT)
        if delay:
            self.client.manners.slow_down(urlsplit(url).hostname or "", float(delay))
        return bool(rules.can_fetch(url, ROBOT))

    def rules(self, site: str) -> Protego | bool:
        with self.guard:
            kept_at, rules = self.known.get(site, (0.0, False))
        if kept_at and monotonic() - kept_at < KEEP_ROBOTS:
            return rules
        rules = self.ask(site)
        with self.guard:
            if len(self.known) > MOST_HOSTS:
                self.known.clear()
            self.known[site] = (monotonic(), rules)
        return rules

    def ask(self, site: str) -> Protego | bool:
        """RFC 9309: none (4xx) allows everything, a server in trouble nothing."""
        from gazetteer.news.wire.http import FetchFailed, Limits

        try:
            answer = self.client.get(f"{site}/robots.txt", limits=Limits(size=LARGEST_ROBOTS, seconds=15))
        except FetchFailed as error:
            return 400 <= error.status < 500
        return Protego.parse(answer.body.decode("utf-8", "replace"))
