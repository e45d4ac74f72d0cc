"""A press release as a mail, by the standard library; a Word file attached to a mail of few words is the release."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from gazetteer.news.imports.article import NotAStory
from gazetteer.news.wire.formats import Format, NotReadable, Received, docx, releases, values
from gazetteer.news.wire.formats.marked_up import item_from
from gazetteer.news.wire.formats.text import guid_of
from gazetteer.news.wire.item import WireDocument, WireItem, WirePicture

HEADER = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}", re.M)
NAMES = (b"\nfrom:", b"\nsubject:", b"\nmessage-id:", b"\nreceived:", b"\nreturn-path:", b"\nmime-version:")
PREFIX = re.compile(r"^\s*(?:(?:fw|fwd|re|aw|wg)\s*:\s*)+", re.I)
RELEASE = re.compile(r"^\s*\[?(?:press|media|news) release\]?\s*[:\-–]\s*", re.I)
SIGNATURE = re.compile(r"^-- $", re.M)
FEW_WORDS = 60
LARGEST = 25 * 1024 * 1024
MOST_PICTURES = 30


def fits(received: Received) -> bool:
    if received.name.lower().endswith(".eml") or received.content_type == "message/rfc822":
        return True
    start = b"\n" + received.data[:4_000].lower()
    return bool(HEADER.match(received.data[:4_000])) and sum(name in start for name in NAMES) >= 3


def read(received: Received) -> WireDocument:
    mail: Any = message_from_bytes(received.data, policy=policy.default)
    parts = list(mail.walk())[:500]
    html, text = body_of(mail)
    word = next((part for part in parts if is_word(part)), None)
    item = WireItem()
    if word is not None and len((text or re.sub(r"<[^>]+>", " ", html)).split()) <= FEW_WORDS:
        item = docx.read(Received(data=payload(word), name=name_of(word))).items[0]
    elif html or text:
        item = from_body(html, text, subject_of(mail), received)
    else:
        raise NotReadable("There is no text in this mail.")
    about(item, mail, received)
    item.pictures += [picture for part in parts if (picture := picture_of(part))][:MOST_PICTURES]
    return WireDocument(items=[item])


def about(item: WireItem, mail: Any, received: Received) -> None:
    item.title = item.title or subject_of(mail)
    if not item.title:
        raise NotReadable("The mail has no subject, and its text no headline.")
    item.guid = values.line(header(mail, "message-id"), 500).strip("<>") or guid_of(received)
    item.published_at = item.published_at or sent_at(mail)
    name, address = parseaddr(header(mail, "from"))
    item.source_name = item.source_name or values.plain(name or address.partition("@")[2], 150)
    sender = f"From {values.line(header(mail, 'from'), 200)}"
    item.note_to_desk = "\n".join(part for part in (item.note_to_desk, sender) if part)
    item.raw = received.data


def header(mail: Any, name: str) -> str:
    """A header as text; one that cannot be made out is empty."""
    try:
        return str(mail.get(name) or "")
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def subject_of(mail: Any) -> str:
    return values.plain(RELEASE.sub("", PREFIX.sub("", header(mail, "subject"))), 300)


def sent_at(mail: Any) -> datetime | None:
    return values.moment(header(mail, "date"))


def body_of(mail: Any) -> tuple[str, str]:
    """The text as HTML and as plain text, where the mail has them."""
    found = {}
    for kind in ("html", "plain"):
        try:
            part = mail.get_body(preferencelist=(kind,))
            found[kind] = values.body(content_of(part)) if part is not None else ""
        except (LookupError, ValueError, TypeError, AttributeError):
            found[kind] = ""
    return found["html"], found["plain"]


def content_of(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return payload(part).decode("utf-8", "replace")


def payload(part: Any) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) and len(data) <= LARGEST else b""


def name_of(part: Any) -> str:
    try:
        return values.line(part.get_filename(), 200)
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def is_word(part: Any) -> bool:
    return name_of(part).lower().endswith(".docx") and payload(part).startswith(b"PK")


def from_body(html: str, text: str, subject: str, received: Received) -> WireItem:
    """By its HTML; by its plain text where that has more, or there is no other."""
    if html:
        return item_from(html, received, {"title": subject})
    from gazetteer.news.wire.formats.text import item_from as from_text

    told = SIGNATURE.split(text)[0]
    try:
        has_headline = subject.casefold() in " ".join(told[:2_000].split()).casefold()
        return from_text(told if has_headline else f"{subject}\n\n{told}")
    except NotAStory:
        release = releases.apart(told)
        item = WireItem(title=subject, text=release.text)
        releases.note(item, release)
        return item


def picture_of(part: Any) -> WirePicture | None:
    """An attached picture; those of a signature (small, without a name) are not taken."""
    if part.get_content_maintype() != "image":
        return None
    data, name = payload(part), name_of(part)
    if len(data) < 10_000 or not name:
        return None
    return WirePicture(data=data, name=name)


FORMAT = Format("eml", "a mail", fits, read, (".eml",))
