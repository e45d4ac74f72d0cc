"""Press releases from a mailbox, by IMAP: read only, the newest first time, then what came since.

The address is `imaps://name@host/folder` (INBOX where none is named); `imap://` only for hosts the operator allows,
for a password must not travel in the open.
"""

import imaplib
import re
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from gazetteer.news.wire import guard
from gazetteer.news.wire.http import FetchFailed

LARGEST = 30 * 1024 * 1024
AT_ONCE = 50
SECONDS = 30.0
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
VALIDITY = re.compile(rb"(\d+)")


@dataclass
class Mail:
    number: int
    data: bytes


class GuardedIMAP(imaplib.IMAP4):
    def _create_socket(self, timeout: float | None) -> socket.socket:
        return guard.connect(self.host, int(self.port), timeout or SECONDS)


class GuardedIMAPS(imaplib.IMAP4_SSL):
    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = guard.connect(self.host, int(self.port), timeout or SECONDS)
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def mails(address: str, username: str, password: str, mark: str) -> tuple[list[Mail], str, list[str]]:
    """The mails after `mark`, oldest first, the new mark, and sentences about what was left.

    Raises Refused or FetchFailed. The mark is the mailbox's validity and the last number read; a mailbox that was made
    anew has another validity and is read from its beginning.
    """
    parts = urlsplit(address)
    target = guard.target(address, ("imaps", "imap"))
    if target.scheme == "imap" and not guard.is_allowed(target.host, target.port):
        raise guard.Refused("imap:// sends the password in the open; use imaps://.")
    name = username or unquote(parts.username or "")
    try:
        box = (GuardedIMAPS if target.scheme == "imaps" else GuardedIMAP)(target.host, target.port, timeout=SECONDS)
        with box:
            box.login(name, password)
            return read(box, unquote(parts.path.strip("/")) or "INBOX", mark)
    except guard.Refused:
        raise
    except imaplib.IMAP4.error as error:
        raise FetchFailed(f"The mailbox refused: {str(error)[:200]}.") from error
    except (OSError, ValueError) as error:
        raise FetchFailed(f"The mailbox at {target.host} cannot be reached: {str(error)[:200]}.") from error


def read(box: Any, folder: str, mark: str) -> tuple[list[Mail], str, list[str]]:
    quoted = '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
    status, _data = box.select(quoted, readonly=True)
    if status != "OK":
        raise FetchFailed(f"The mailbox has no folder “{folder}”.")
    found = VALIDITY.search((box.response("UIDVALIDITY")[1] or [b""])[0] or b"")
    validity = found[1].decode() if found else "0"
    last = last_number(mark, validity)
    _status, data = box.uid("SEARCH", None, f"UID {last + 1}:*")
    numbers = sorted(number for number in map(int, (data[0] or b"").split()) if number > last)[:AT_ONCE]
    fetched: list[Mail] = []
    told: list[str] = []
    for number in numbers:
        mail = one(box, number, told)
        if mail is not None:
            fetched.append(mail)
        last = number
    return fetched, f"{validity}:{last}", told


def last_number(mark: str, validity: str) -> int:
    kept, _colon, number = mark.partition(":")
    return int(number) if kept == validity and number.isdigit() else 0


def one(box: Any, number: int, told: list[str]) -> Mail | None:
    """The mail, without marking it as read; one too large is told of and left."""
    _status, data = box.uid("FETCH", str(number), "(RFC822.SIZE)")
    size = SIZE.search(b" ".join(part if isinstance(part, bytes) else part[0] for part in data if part))
    if size and int(size[1]) > LARGEST:
        told.append(f"A mail of {int(size[1]) // 1_000_000} MB was left in the mailbox; it is too large.")
        return None
    _status, data = box.uid("FETCH", str(number), "(BODY.PEEK[])")
    body = next((part[1] for part in data if isinstance(part, tuple)), None)
    return Mail(number, body) if body else None
