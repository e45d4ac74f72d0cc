"""What people uploaded never acts as a page of ours."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def fetch(client, name: str, content: bytes = b"content", **headers):
    default_storage.save(name, ContentFile(content))
    response = client.get(f"/media/{name}", headers=headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response, body


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", "image/jpeg"), ("b.PNG", "image/png"), ("c.webp", "image/webp"), ("d.pdf", "application/pdf")],
)
def test_pictures_and_pdf_are_shown_under_their_type(client, name, kind):
    response, body = fetch(client, name)
    assert body == b"content"
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    "name", ["x.html", "x.svg", "x.xhtml", "x.xml", "x.js", "x.jpg.html", "x.mht", "x", "x.unknown"]
)
def test_whatever_could_act_is_only_a_download(client, name):
    response, _body = fetch(client, name, b"<script>alert(1)</script>")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_no_browser_may_guess_another_type_or_run_anything(client):
    response, _body = fetch(client, "a.jpg", b"<html><script>alert(1)</script>")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_browsers_keep_a_file_and_are_told_when_it_is_the_same(client):
    response, _body = fetch(client, "a.jpg")
    assert "max-age=86400" in response.headers["Cache-Control"]
    again = client.get("/media/a.jpg", headers={"If-Modified-Since": response.headers["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["missing.jpg", "../secret_key", "%2e%2e/secret_key", "a%00b.jpg", "folder/"])
def test_nothing_outside_the_folder_is_ever_served(client, db, tmp_path, path):
    (tmp_path / "secret_key").write_text("secret")
    (tmp_path / "media" / "folder").mkdir(parents=True)
    assert client.get(f"/media/{path}").status_code in {301, 404}


def test_documents_are_left_to_the_view_that_knows_who_may_read_them(client, db):
    default_storage.save("documents/private.pdf", ContentFile(b"private"))
    assert client.get("/media/documents/private.pdf").status_code == 404


def test_a_form_cannot_be_sent_there(client, db):
    default_storage.save("a.jpg", ContentFile(b"x"))
    assert client.post("/media/a.jpg").status_code == 405
