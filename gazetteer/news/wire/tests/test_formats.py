"""What each format makes of a document."""

import datetime
import io
import json
import zipfile
from email.message import EmailMessage

import pytest

from gazetteer.news.wire.formats import NotReadable, Received, read, recognise
from gazetteer.news.wire.item import WireItem
from gazetteer.news.wire.tests.paper import item, rss

UTC = datetime.UTC


def only(data: str | bytes, **more: str) -> WireItem:
    raw = data.encode() if isinstance(data, str) else data
    _name, document = read(Received(raw, **more))
    assert len(document.items) == 1
    return document.items[0]


def test_an_rss_item_with_its_pictures_and_its_date() -> None:
    media = '<media:content url="/a.jpg" medium="image" width="900"/><media:credit>Ann Lee</media:credit>'
    feed = rss(
        item(1, "Caf&amp;eacute; opens", pubDate="Sat, 13 Apr 2019 07:47:00 +0200").replace(
            "</item>", media + "</item>"
        )
    )
    found = only(feed, address="https://fisk.example/feed")
    assert (found.guid, found.title, found.link) == ("fisk-1", "Café opens", "https://fisk.example/1")
    assert found.published_at == datetime.datetime(2019, 4, 13, 5, 47, tzinfo=UTC)
    assert [(p.url, p.credit, p.width) for p in found.pictures] == [("https://fisk.example/a.jpg", "Ann Lee", 900)]


def test_an_item_can_be_read_again_from_what_is_kept_of_it() -> None:
    _name, document = read(Received(rss(item(1), item(2), head="<ttl>90</ttl>").encode()))
    assert document.pause == 90
    again = only(document.items[1].raw)
    assert (again.guid, again.title, again.html) == ("fisk-2", document.items[1].title, document.items[1].html)


def test_an_rss_one_feed_and_its_update_period() -> None:
    feed = """<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
      <channel rdf:about="https://fisk.example/"><title>F</title><sy:updatePeriod>daily</sy:updatePeriod>
      <sy:updateFrequency>4</sy:updateFrequency></channel><item rdf:about="https://fisk.example/1">
      <title>One</title><link>https://fisk.example/1</link><dc:date>2019-04-13T07:47:00Z</dc:date>
      <dc:creator>Ann Lee</dc:creator></item></rdf:RDF>"""
    name, document = read(Received(feed.encode()))
    assert (name, document.pause) == ("feed", 360)
    assert document.items[0].authors == ["Ann Lee"]
    assert document.items[0].published_at == datetime.datetime(2019, 4, 13, 7, 47, tzinfo=UTC)


def test_an_atom_feed_and_its_withdrawals() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
      <entry><id>tag:a</id><title>A</title><updated>2019-04-13T07:47:00Z</updated>
      <content type="html">&lt;p&gt;Text&lt;/p&gt;</content></entry>
      <at:deleted-entry ref="tag:b" when="2019-04-14T00:00:00Z"/></feed>"""
    _name, document = read(Received(feed.encode()))
    assert [(each.guid, each.status) for each in document.items] == [("tag:a", "usable"), ("tag:b", "cancelled")]
    assert only(document.items[1].raw).status == "cancelled"


def test_a_withdrawal_by_a_relative_id_is_of_the_same_item() -> None:
    entry = "<entry><id>one</id><title>A</title></entry>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}<deleted-entry ref="one"/></feed>'
    _name, document = read(Received(feed.encode(), address="https://fisk.example/feed"))
    assert len({each.guid for each in document.items}) == 1


def test_no_file_of_this_machine_is_read_whatever_a_feed_is() -> None:
    with pytest.raises(NotReadable):
        read(Received(b"/etc/passwd"), "feed")


def test_a_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "F", "language": "en",
        "items": [
            {"id": 7, "url": "https://fisk.example/7", "title": "Seven", "content_html": "<p>Text</p>",
             "date_published": "2019-04-13T07:47:00+02:00", "authors": [{"name": "Ann Lee"}], "tags": ["roads", 3],
             "image": "/i.png"},
            "no item", None,
        ],
    }  # fmt: skip
    found = only(json.dumps(feed), address="https://fisk.example/feed.json")
    assert (found.guid, found.language, found.authors, found.tags) == ("7", "en", ["Ann Lee"], ["roads", "3"])
    assert found.pictures[0].url == "https://fisk.example/i.png"
    assert only(found.raw) == only(json.dumps(feed))


def ninjs(**more: object) -> str:
    story = {
        "uri": "urn:fisk:1", "standard": {"name": "ninjs", "version": "3.0"}, "type": "text", "version": "3",
        "pubStatus": "usable", "versionCreated": "2019-04-13T07:47:00Z", "firstCreated": "2019-04-12T07:47:00Z",
        "headlines": [{"role": "short", "value": "Short"}, {"role": "main", "value": "Bridge opens"}],
        "bodies": [{"contentType": "text/html", "value": "<p>Text</p>"}], "by": "By Ann Lee", "located": "FISK",
        "edNote": "NOT FOR USE IN FISK", "usageTerms": "30 days", "embargoedUntil": "2019-04-14T00:00:00Z",
        "associations": [
            {"name": "main", "type": "picture", "pubStatus": "usable",
             "descriptions": [{"role": "caption", "value": "The bridge"},
                              {"role": "creditline", "value": "Fisk Photo"}],
             "renditions": [{"name": "thumbnail", "href": "https://p.example/t.jpg", "width": 90},
                            {"name": "main", "href": "https://p.example/m.jpg", "contentType": "image/jpeg"}]},
            {"name": "other", "type": "picture", "pubStatus": "withheld",
             "renditions": [{"href": "https://p.example/no.jpg"}]},
        ],
        **more,
    }  # fmt: skip
    return json.dumps(story)


def test_ninjs_with_its_state_embargo_and_notes() -> None:
    found = only(ninjs())
    assert (found.title, found.dateline, found.version, found.status) == ("Bridge opens", "FISK", "3", "usable")
    assert found.embargo_until == datetime.datetime(2019, 4, 14, tzinfo=UTC)
    assert (found.note_to_desk, found.usage_terms) == ("NOT FOR USE IN FISK", "30 days")
    assert [(p.url, p.caption, p.credit) for p in found.pictures] == [
        ("https://p.example/m.jpg", "The bridge", "Fisk Photo")
    ]


def test_the_older_ninjs_writes_the_same_in_other_words() -> None:
    old = {
        "uri": "https://a.example/1", "pubstatus": "canceled", "versioncreated": "2019-04-13T07:47:00Z",
        "headline": "Old", "body_xhtml": "<p>Text</p>", "byline": "Ann Lee", "ednote": "KILL",
        "associations": {"pic": {"type": "picture", "renditions": {"main": {"href": "https://p.example/x.jpg"}}}},
    }  # fmt: skip
    found = only(json.dumps({"items": [old]}))
    assert (found.title, found.html, found.status, found.note_to_desk) == ("Old", "<p>Text</p>", "cancelled", "KILL")
    assert found.pictures[0].url == "https://p.example/x.jpg"


def test_a_state_that_nobody_knows_is_withheld() -> None:
    found = only(ninjs(pubStatus="embargoed-forever"))
    assert found.status == "withheld"
    assert "not known" in found.problems[0]


def test_wordpress_posts() -> None:
    post = {
        "id": 5, "guid": {"rendered": "https://w.example/?p=5"}, "link": "https://w.example/five/", "status": "publish",
        "date_gmt": "2019-04-13T07:47:00", "date": "2019-04-13T09:47:00", "title": {"rendered": "Five &#8211; six"},
        "content": {"rendered": "<p>Text</p>", "protected": False}, "excerpt": {"rendered": "<p>Te [&hellip;]</p>"},
        "_embedded": {"author": [{"name": "Ann Lee"}], "wp:term": [[{"name": "Roads"}, {"name": "Uncategorized"}]],
                      "wp:featuredmedia": [{"source_url": "https://w.example/p.jpg", "alt_text": "A pier"}]},
    }  # fmt: skip
    found = only(json.dumps([post]))
    assert (found.title, found.authors, found.tags) == ("Five – six", ["Ann Lee"], ["Roads"])
    assert found.published_at == datetime.datetime(2019, 4, 13, 7, 47, tzinfo=UTC)
    assert found.pictures[0].alt == "A pier"


RELEASE = """PRESS RELEASE
EMBARGOED UNTIL 14 April 2019 09:00

13 April 2019

New Pier for Fisk

The town of Fisk opens a new pier on Sunday. It is 200 metres long and took two years to build.

“We are glad,” said the mayor.

ENDS

Notes to editors: call Ann on 555.
"""


def test_a_press_release_as_text_with_embargo_and_notes_apart(db: None) -> None:
    found = only(RELEASE, name="pier.txt")
    assert (found.title, found.guid) == ("New Pier for Fisk", "pier.txt")
    assert found.embargo_until == datetime.datetime(2019, 4, 14, 9, tzinfo=UTC)
    assert "555" in found.note_to_desk
    assert "555" not in found.html
    assert "mayor" in found.html


def test_a_press_release_as_markdown(db: None) -> None:
    top = "---\nauthor: Ann Lee\n---\n# New Pier\n\n13 April 2019\n\n"
    text = f"{top}The *town* opens <script>x</script> a pier.\n\n###\n\nCall 555."
    found = only(text, name="pier.md")
    assert (found.title, found.authors) == ("New Pier", ["Ann Lee"])
    assert found.published_at == datetime.datetime(2019, 4, 13, tzinfo=UTC)
    assert "<em>town</em>" in found.html
    assert "<script>" not in found.html


def word_file() -> bytes:
    body = "".join(
        f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in ("New Pier", "13 April 2019", "The town opens a pier.")
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


def test_a_press_release_as_word(db: None) -> None:
    found = only(word_file(), name="pier.docx")
    assert (found.title, found.html) == ("New Pier", "<p>The town opens a pier.</p>")


def test_a_damaged_word_file_is_refused_in_a_sentence(db: None) -> None:
    with pytest.raises(NotReadable, match="damaged"):
        read(Received(word_file()[:200], name="pier.docx"), "docx")


def test_a_mail_with_the_release_in_it_or_attached(db: None) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Message-ID"] = (
        "Fwd: PRESS RELEASE: New Pier",
        "Fisk <town@fisk.example>",
        "<1@fisk>",
    )
    mail["Date"] = "Sat, 13 Apr 2019 07:47:00 +0000"
    mail.set_content("The town opens a pier on Sunday, and everybody may come to see it.\n\n-- \nAnn")
    found = only(mail.as_bytes())
    assert (found.title, found.guid, found.source_name) == ("New Pier", "1@fisk", "Fisk")
    assert "town@fisk.example" in found.note_to_desk
    mail.set_content("See attached.")
    mail.add_attachment(word_file(), maintype="application", subtype="octet-stream", filename="pier.docx")
    assert only(mail.as_bytes()).html == "<p>The town opens a pier.</p>"


def test_a_page_of_one_story(db: None) -> None:
    words = "The town of Fisk opens a new pier on Sunday, and it is two hundred metres long. " * 4
    story = f"<article><h1>New Pier</h1><p>{words}</p><p>{words}</p></article>"
    page = f"<html><head><title>New Pier | Fisk</title></head><body>{story}<footer>© Fisk</footer></body></html>"
    found = only(page, name="pier.html", address="https://fisk.example/pier")
    assert "two hundred metres" in found.html
    assert "©" not in found.html


@pytest.mark.parametrize("data", ["", "   ", "hello", "{}", "[]", "null", '{"items": 3}', "\x00\x00", "<html></html>"])
def test_what_is_no_copy_is_refused_in_a_sentence(data: str) -> None:
    with pytest.raises(NotReadable):
        name, document = read(Received(data.encode()))
        assert document.items == []
        raise NotReadable("nothing in it")


def test_a_plug_in_adds_a_format_and_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from gazetteer.news.wire.formats import Format
    from gazetteer.news.wire.item import WireDocument
    from gazetteer.web import plugins

    class PlugIn:
        @plugins.hookimpl
        def wire_formats(self) -> list[Format]:
            return [Format("telex", "Telex", lambda got: got.data.startswith(b"ZCZC"), lambda _got: WireDocument())]

    plugin = PlugIn()
    plugins.manager().register(plugin)
    try:
        assert recognise(Received(b"ZCZC <rss>")).name == "telex"
    finally:
        plugins.manager().unregister(plugin)
