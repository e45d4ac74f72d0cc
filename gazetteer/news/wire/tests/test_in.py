"""What comes by mail, from a folder, and as pictures."""

import datetime
import io
import os
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gazetteer.news.models import Article, Incoming
from gazetteer.news.tests.world import World
from gazetteer.news.wire import folder, mailbox, pictures, run, secrets
from gazetteer.news.wire.guard import Refused
from gazetteer.news.wire.http import FetchFailed
from gazetteer.news.wire.item import WirePicture
from gazetteer.news.wire.tests.paper import Paper, item, make_source, rss, tools

MAILS = {
    n: f"Subject: Pier number {n}\r\nFrom: Fisk <t@fisk.example>\r\nMessage-ID: <{n}@fisk>\r\n"
    f"Date: Sat, 13 Apr 2019 07:47:00 +0000\r\n\r\nThe town of Fisk opens pier {n} on Sunday at noon.\r\n".encode()
    for n in (1, 2)
}


class Imap(socketserver.StreamRequestHandler):
    """As much of a mail server as a reader of mail needs (RFC 3501)."""

    def handle(self) -> None:
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _blank, command = line.strip().partition(b" ")
            if not self.answer(tag, command):
                return

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def answer(self, tag: bytes, command: bytes) -> bool:
        words = command.upper().split()
        if words[0] == b"CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1")
        elif words[0] == b"LOGIN" and b"sesame" not in command:
            self.say(tag + b" NO wrong password")
            return True
        elif words[0] == b"EXAMINE":
            self.say(b"* 2 EXISTS")
            self.say(b"* OK [UIDVALIDITY 7] valid")
        elif words[:2] == [b"UID", b"SEARCH"]:
            self.say(b"* SEARCH 1 2")
        elif words[:2] == [b"UID", b"FETCH"]:
            self.fetch(int(words[2]), command)
        elif words[0] == b"LOGOUT":
            self.say(b"* BYE")
        self.say(tag + b" OK done")
        return words[0] != b"LOGOUT"

    def fetch(self, number: int, command: bytes) -> None:
        mail = MAILS[number]
        if b"RFC822.SIZE" in command:
            self.say(b"* %d FETCH (UID %d RFC822.SIZE %d)" % (number, number, len(mail)))
        else:
            self.say(b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)" % (number, number, len(mail), mail))


@pytest.fixture
def mail_server(settings: Any) -> Iterator[int]:
    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = allow_reuse_address = True

    with Server(("127.0.0.1", 0), Imap) as server:
        port = server.server_address[1]
        settings.WIRE_ALLOW = frozenset({f"127.0.0.1:{port}"})
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield port
        server.shutdown()
        thread.join()


def test_mails_become_items_once(newsroom: World, mail_server: int) -> None:
    source = make_source(f"imap://127.0.0.1:{mail_server}/INBOX", username="desk", secret=secrets.hide("sesame"))
    report = run.take(source.pk, tools())
    assert report is not None
    assert (report.error, report.counts["waiting"]) == ("", 2)
    source.refresh_from_db()
    assert source.mark == "7:2"
    again = run.take(source.pk, tools())
    assert again is not None
    assert again.counts == {}
    assert set(Incoming.objects.values_list("guid", flat=True)) == {"1@fisk", "2@fisk"}


def test_a_wrong_password_is_told_in_a_sentence(mail_server: int) -> None:
    with pytest.raises(FetchFailed, match="refused"):
        mailbox.mails(f"imap://127.0.0.1:{mail_server}/", "desk", "wrong", "")


def test_a_password_does_not_travel_in_the_open() -> None:
    with pytest.raises(Refused, match="imaps"):
        mailbox.mails("imap://mail.fisk.example/", "desk", "sesame", "")


def put(path: Path, text: str) -> None:
    path.write_text(text)
    long_ago = path.stat().st_mtime - 10
    os.utime(path, (long_ago, long_ago))


def test_a_folder_of_releases_is_read_once_and_a_bad_file_stops_nobody(
    newsroom: World, settings: Any, tmp_path: Path
) -> None:
    settings.WIRE_FOLDER = tmp_path
    (tmp_path / "fisk").mkdir()
    put(tmp_path / "fisk" / "pier.txt", "13 April 2019\n\nNew Pier\n\nThe town of Fisk opens a new pier on Sunday.\n")
    put(tmp_path / "fisk" / "bad.docx", "PK\x03\x04 word/ broken")
    put(tmp_path / "fisk" / "sheet.xyz", "?")
    (tmp_path / "fisk" / "out.txt").symlink_to("/etc/passwd")
    source = make_source("fisk", section=newsroom.town)
    report = run.take(source.pk, tools())
    assert report is not None
    assert (report.error, dict(report.counts)) == ("", {"waiting": 1, "unreadable": 1})
    assert "sheet.xyz" in " ".join(report.told)
    assert "damaged" in Incoming.objects.get(outcome="left_out").why
    again = run.take(source.pk, tools())
    assert again is not None
    assert again.counts == {}


@pytest.mark.parametrize("name", ["../secrets", "/", ".", "fisk/../.."])
def test_nothing_outside_the_folder_is_read(settings: Any, tmp_path: Path, name: str) -> None:
    settings.WIRE_FOLDER = tmp_path
    with pytest.raises(Refused):
        folder.folder_of(name)


def photo(width: int = 300, **more: Any) -> bytes:
    """A JPEG that says where it was taken, who took it and what it shows."""
    exif = Image.Exif()
    exif[0x0110] = "Camera of Ann"
    exif.get_ifd(0x8825)[2] = (59.0, 20.0, 0.0)
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        b' xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="59,20N" photoshop:Credit="Fisk Photo">'
        b"<dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    out = io.BytesIO()
    Image.new("RGB", (width, 200), (20, 90, 160)).save(out, "JPEG", exif=exif, xmp=xmp, **more)
    return out.getvalue()


def test_a_picture_keeps_its_credit_and_loses_its_place(db: None) -> None:
    data = photo()
    assert b"GPSLatitude" in data
    found = pictures.take(WirePicture(data=data, name="pier.jpg"), "The pier", tools().client)
    assert found.credit == "Ann Lee, Fisk Photo"
    with found.file.open() as stream:
        kept = stream.read()
    assert b"GPS" not in kept
    assert b"Camera of Ann" not in kept
    assert pictures.take(WirePicture(data=data), "Again", tools().client).pk == found.pk


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"GIF89a", photo()[:300], b"\x89PNG\r\n\x1a\n" + bytes(50), photo(40)]
)
def test_what_is_no_picture_is_not_taken(db: None, data: bytes) -> None:
    with pytest.raises(pictures.NotTaken):
        pictures.take(WirePicture(data=data or b"x"), "Nothing", tools().client)


def test_pictures_stand_where_we_have_rights_in_them(newsroom: World, paper: Paper) -> None:
    paper.says("/p.jpg", photo())
    html = f"<![CDATA[<p>The pier opens.</p><img src='{paper.url('/p.jpg')}'><img src='{paper.url('/gone.jpg')}'>]]>"
    paper.says("/feed", rss(item(1, text=html)))
    source = make_source(paper.url(), section=newsroom.town, filing="publish", takes="full", takes_pictures=True)
    run.take(source.pk, tools())
    story = Article.objects.get()
    assert story.picture is not None
    assert story.picture.credit == "Ann Lee, Fisk Photo"
    assert "gone.jpg" in " ".join(Incoming.objects.get().notes)


def test_the_whole_text_is_read_from_its_page_where_that_is_allowed(newsroom: World, paper: Paper) -> None:
    words = "The town of Fisk opens a new pier on Sunday, and the mayor will be there to cut the ribbon at noon. "
    body = "".join(f"<p>{words * 3} Part {n}.</p>" for n in range(5))
    paper.says("/1", f"<html><body><nav>Home</nav><article><h1>New pier</h1>{body}</article></body></html>")
    paper.says("/robots.txt", "User-agent: *\nDisallow: /2\n")
    paper.says("/2", f"<html><body><article>{body}</article></body></html>")
    both = [item(n, text="The pier…").replace(f"https://fisk.example/{n}", paper.url(f"/{n}")) for n in (1, 2)]
    paper.says("/feed", rss(*both))
    source = make_source(paper.url(), section=newsroom.town, filing="publish", takes="full", fetch_pages=True)
    run.take(source.pk, tools())
    first, second = (Article.objects.get(headline=f"Council meets, part {n}") for n in (1, 2))
    assert len(first.body) >= 3
    assert len(second.body) == 0
    assert "robots" in " ".join(Incoming.objects.get(article=second).notes)


def test_the_date_of_a_mail_is_the_time_over_its_story(db: None) -> None:
    from gazetteer.news.wire.formats import Received, read

    _name, document = read(Received(MAILS[1]))
    assert document.items[0].published_at == datetime.datetime(2019, 4, 13, 7, 47, tzinfo=datetime.UTC)
