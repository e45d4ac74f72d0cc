"""Asking other hosts, with armour: limits on size, time, redirects and unpacking, and no way to the inside.

No proxies, cookies or credentials of the machine are used: only what is given here. Nothing is ever sent but GET.
"""

import socket
import threading
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError

from gazetteer.news.wire import guard
from gazetteer.news.wire.guard import Refused, Target
from gazetteer.news.wire.manners import Manners

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})
LONGEST_WAIT = 24 * 60 * 60
SECRET_HEADERS = frozenset({"authorization", "if-none-match", "if-modified-since"})
"""Meant for one host and address, and not for those it redirects to."""


@dataclass(frozen=True)
class Limits:
    """How much of what: bytes after unpacking, seconds for everything, seconds of silence, redirects."""

    size: int = 12 * MEGABYTE
    seconds: float = 45
    silence: float = 20
    redirects: int = 5


FEED = Limits()
PAGE = Limits(size=6 * MEGABYTE, seconds=30)
PICTURE = Limits(size=25 * MEGABYTE, seconds=60)


class FetchFailed(Exception):
    """What was asked for did not come; the message says why, in a sentence. `wait`: seconds the host asks for."""

    def __init__(self, sentence: str, *, status: int = 0, wait: int = 0) -> None:
        super().__init__(sentence)
        self.status, self.wait = status, wait


@dataclass
class Answer:
    """What came: `url` is where it came from in the end, `moved_to` is set where the address has changed for good."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    moved_to: str = ""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304


def agent() -> str:
    return f"Gazetteer ({settings.SITE_URL}/)"


class GuardedHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return guarded(self)


class GuardedHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return guarded(self)


def guarded(connection: HTTPConnection) -> socket.socket:
    seconds = connection.timeout
    made = guard.connect(connection.host, int(connection.port or 80), float(seconds) if seconds else FEED.silence)
    alarm = getattr(connection, "deadline", None)
    if alarm is not None:
        alarm.socket = made
    return made


class Deadline:
    """Ends a request at its time, however slowly and steadily the other side goes on sending.

    A time-out of a socket is over with every byte; so the connection is cut from outside.
    """

    def __init__(self, seconds: float) -> None:
        self.ends = monotonic() + seconds
        self.socket: socket.socket | None = None
        self.passed = False
        self.timer = threading.Timer(seconds, self.cut)
        self.timer.daemon = True

    def __enter__(self) -> "Deadline":
        self.timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.timer.cancel()

    def cut(self) -> None:
        self.passed = True
        if self.socket is not None:
            try:
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)  # not SSLSocket's, which a thread may be in
            except OSError:
                return  # closed already


@dataclass
class Client:
    """Asks for addresses, one host at a time (`manners`)."""

    manners: Manners = field(default_factory=Manners)

    def get(self, url: str, *, limits: Limits = FEED, headers: Mapping[str, str] | None = None) -> Answer:
        """What stands at the address. Raises Refused or FetchFailed; a 304 is an answer, other errors are not."""
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        first = target = guard.target(url)
        moved_to, for_good = "", True
        with Deadline(limits.seconds) as deadline:
            for _step in range(limits.redirects + 1):
                answer = self.ask(target, sent, limits, deadline)
                if answer.status not in REDIRECTS:
                    answer.moved_to = moved_to
                    return checked(answer)
                for_good = for_good and answer.status in FOR_GOOD
                target = redirected(target, answer)
                moved_to = target.url if for_good else moved_to
                sent = {name: value for name, value in sent.items() if name not in SECRET_HEADERS}
        raise FetchFailed(f"{first.host} redirects more than {limits.redirects} times.")

    def ask(self, target: Target, headers: Mapping[str, str], limits: Limits, deadline: Deadline) -> Answer:
        try:
            with self.manners.turn(target.host, deadline.ends):
                return exchange(target, headers, limits, deadline)
        except Refused:
            raise
        except (HTTPError, HTTPException, OSError, ValueError, zlib.error, AttributeError) as error:
            raise failure(target, error, deadline, limits) from error


def redirected(target: Target, answer: Answer) -> Target:
    place = answer.headers.get("location", "").strip()
    if not place:
        raise FetchFailed(f"{target.host} redirects, but does not say where to.", status=answer.status)
    try:
        return guard.target(urljoin(target.url, place))
    except Refused as error:
        raise Refused(f"{target.host} redirects to where we may not ask. {error}") from error
    except ValueError as error:
        raise FetchFailed(f"{target.host} redirects to what is no address.", status=answer.status) from error


def exchange(target: Target, headers: Mapping[str, str], limits: Limits, deadline: Deadline) -> Answer:
    """One request and its answer; redirects are answers here."""
    seconds = max(min(limits.silence, deadline.ends - monotonic()), 0.05)
    pool = pool_for(target, seconds, deadline)
    try:
        response = pool.urlopen(
            "GET",
            target.path,
            headers={"user-agent": agent(), "accept-encoding": "gzip, deflate", "accept": ACCEPT, **headers},
            redirect=False,
            retries=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            found = {name.lower(): value for name, value in response.headers.items()}
            wanted = response.status not in REDIRECTS and response.status != 304 and response.status < 400
            body = read(response, found, limits, deadline) if wanted else b""
            return Answer(response.status, target.url, found, body)
        finally:
            response.close()
    finally:
        pool.close()


ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/json;q=0.9, */*;q=0.5"


def pool_for(target: Target, seconds: float, deadline: Deadline) -> HTTPConnectionPool:
    """A pool of one connection, to the host of the target and nobody else."""
    kind = HTTPSConnectionPool if target.scheme == "https" else HTTPConnectionPool
    guarded_class: Any = GuardedHTTPS if target.scheme == "https" else GuardedHTTP

    class Connection(guarded_class):  # made for this request, to know its deadline
        pass

    Connection.deadline = deadline
    pool = kind(target.host, target.port, timeout=Timeout(connect=seconds, read=seconds), maxsize=1)
    pool.ConnectionCls = Connection
    return pool


def read(response: BaseHTTPResponse, headers: Mapping[str, str], limits: Limits, deadline: Deadline) -> bytes:
    """The body, unpacked as it comes, and no further than the limit."""
    told = headers.get("content-length", "")
    if told.isdigit() and int(told) > limits.size:
        raise TooLarge
    parts, size = [], 0
    for part in unpacked(response, headers.get("content-encoding", ""), limits.size, deadline):
        size += len(part)
        if size > limits.size:
            raise TooLarge
        parts.append(part)
    if deadline.passed:
        raise TimeoutError
    return b"".join(parts)


class TooLarge(ValueError):
    """More than the limit."""


class UnknownPacking(ValueError):
    """A content encoding that was not asked for."""


def unpacked(response: BaseHTTPResponse, packing: str, most: int, deadline: Deadline) -> Iterator[bytes]:
    packings = [name.strip().lower() for name in packing.split(",") if name.strip().lower() not in {"", "identity"}]
    if not packings:
        yield from chunks(response, deadline)
        return
    if len(packings) > 1 or packings[0] not in {"gzip", "x-gzip", "deflate"}:
        raise UnknownPacking(packing)
    yield from inflate(chunks(response, deadline), packings[0] == "deflate", most)


def chunks(response: BaseHTTPResponse, deadline: Deadline) -> Iterator[bytes]:
    for chunk in response.stream(CHUNK, decode_content=False):
        if deadline.passed or monotonic() > deadline.ends:
            raise TimeoutError
        yield chunk


def inflate(packed: Iterator[bytes], is_deflate: bool, most: int) -> Iterator[bytes]:
    """Unpack by pieces of bounded size, so that a bomb is met with its first pieces and not with all of them."""
    machine = zlib.decompressobj(zlib.MAX_WBITS if is_deflate else zlib.MAX_WBITS | 16)
    begun, size = False, 0
    for chunk in packed:
        if is_deflate and not begun and chunk and chunk[0] & 0x0F != 8:  # without zlib's header, as some servers send
            machine = zlib.decompressobj(-zlib.MAX_WBITS)
        begun = True
        rest = chunk
        while rest:
            part = machine.decompress(rest, CHUNK * 4)
            size += len(part)
            if size > most:
                raise TooLarge
            yield part
            rest = machine.unconsumed_tail
            if machine.eof:
                return
    yield machine.flush()


def checked(answer: Answer) -> Answer:
    """The answer, if it is one; raises FetchFailed for a status that says that nothing came."""
    if answer.status in {200, 203, 206, 226} or answer.is_unchanged:
        return answer
    words = {
        401: "wants a user name and password, or takes ours for wrong",
        403: "does not let us have it",
        404: "has nothing at this address",
        410: "says that it is gone for good",
        429: "says that we ask too often",
    }
    said = words.get(
        answer.status, "has trouble of its own" if answer.status >= 500 else "gave an answer we do not know"
    )
    host = guard.target(answer.url).host
    raise FetchFailed(f"{host} {said} ({answer.status}).", status=answer.status, wait=retry_after(answer.headers))


def retry_after(headers: Mapping[str, str]) -> int:
    """The seconds that a host asks us to wait: a number or a date; 0 where it does not say, at most a day."""
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return min(int(text[:9]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, min(int((moment - datetime.now(UTC)).total_seconds()), LONGEST_WAIT))


def failure(target: Target, error: Exception, deadline: Deadline, limits: Limits) -> FetchFailed:
    """What went wrong, in a sentence that says whose fault it is as far as can be told."""
    host = target.host
    if deadline.passed or monotonic() >= deadline.ends:
        return FetchFailed(f"{host} took longer than {limits.seconds:.0f} seconds.")
    if isinstance(error, TooLarge):
        return FetchFailed(f"{host} sends more than {limits.size // MEGABYTE} MB.")
    if isinstance(error, UnknownPacking):
        return FetchFailed(f"{host} packs what it sends in a way that we did not ask for ({error}).")
    if isinstance(error, SSLError):
        return FetchFailed(f"The certificate of {host} is not valid: {str(error)[:200]}.")
    if isinstance(error, socket.gaierror):
        return FetchFailed(f"There is no host called {host}.")
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return FetchFailed(f"{host} did not answer within {limits.silence:.0f} seconds.")
    if isinstance(error, zlib.error):
        return FetchFailed(f"What {host} sends is packed wrongly.")
    return FetchFailed(f"{host} cannot be reached: {str(error)[:200] or type(error).__name__}.")
