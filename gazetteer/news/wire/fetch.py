"""Asking one source: from the web, a mailbox or a folder, what is new since the last time. Nothing is stored here."""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from gazetteer.news.wire import folder, mailbox, secrets
from gazetteer.news.wire.formats import Received
from gazetteer.news.wire.http import Answer, Client, FetchFailed
from gazetteer.news.wire.models import Source

MAX_AGE = re.compile(r"\bmax-age\s*=\s*(\d{1,9})", re.I)
LONGEST_PAUSE = 24 * 60
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)


@dataclass
class Fetched:
    """What came. `etag`, `last_modified` and `mark` are to be kept once all of it is filed, not before."""

    documents: list[Received] = field(default_factory=list)
    etag: str = ""
    last_modified: str = ""
    mark: str = ""
    moved_to: str = ""
    pause: int = 0
    is_unchanged: bool = False
    told: list[str] = field(default_factory=list)


def fetch(source: Source, client: Client) -> Fetched:
    """What the source has that is new. Raises Refused or FetchFailed, each with a sentence."""
    scheme = urlsplit(source.address).scheme.lower()
    if scheme in {"http", "https"}:
        return from_web(source, client)
    if scheme in {"imap", "imaps"}:
        return from_mailbox(source)
    return from_folder(source)


def password(source: Source) -> str:
    try:
        return secrets.show(source.secret)
    except secrets.Unreadable as error:
        raise FetchFailed(str(error)) from error


def from_web(source: Source, client: Client) -> Fetched:
    headers = authorisation(source)
    if source.etag:
        headers["if-none-match"] = source.etag
    if source.last_modified:
        headers["if-modified-since"] = source.last_modified
    answer = client.get(source.address, headers=headers)
    found = Fetched(moved_to=answer.moved_to, pause=cached_for(answer), is_unchanged=answer.is_unchanged)
    found.etag = answer.headers.get("etag", source.etag if answer.is_unchanged else "")[:500]
    found.last_modified = answer.headers.get("last-modified", source.last_modified if answer.is_unchanged else "")[:100]
    if not answer.is_unchanged:
        found.documents = [received(answer)]
    return found


def authorisation(source: Source) -> dict[str, str]:
    secret = password(source)
    if not secret:
        return {}
    if not source.username:
        return {"authorization": f"Bearer {secret}"}
    return {"authorization": "Basic " + b64encode(f"{source.username}:{secret}".encode()).decode()}


def received(answer: Answer) -> Received:
    charset = CHARSET.search(answer.headers.get("content-type", ""))
    return Received(answer.body, answer.url, answer.content_type, charset[1] if charset else "")


def cached_for(answer: Answer) -> int:
    """Minutes for which the host says that what it sent stays true (Cache-Control)."""
    found = MAX_AGE.search(answer.headers.get("cache-control", ""))
    return min(int(found[1]) // 60, LONGEST_PAUSE) if found else 0


def from_mailbox(source: Source) -> Fetched:
    mails, mark, told = mailbox.mails(source.address, source.username, password(source), source.mark)
    documents = [Received(mail.data, content_type="message/rfc822") for mail in mails]
    return Fetched(documents, mark=mark, told=told, is_unchanged=not documents)


def from_folder(source: Source) -> Fetched:
    files, mark, told = folder.files(source.address, source.mark)
    documents = [Received(file.data, name=file.name) for file in files]
    return Fetched(documents, mark=mark, told=told, is_unchanged=not documents)
