"""Pictures: files beside the imported one go into the library, addresses wait; nothing else is ever opened."""

import os

import pytest
from PIL import Image

from gazetteer.directory.imports.models import Imported
from gazetteer.directory.imports.tests.world import bring, listing, numbers, reasons
from gazetteer.web.models import Picture

pytestmark = pytest.mark.django_db


def draw(folder, name="shop.png", colour="red"):
    Image.new("RGB", (20, 10), colour).save(folder / name)
    return name


def row(**more):
    return {"id": "1", "name": "Alice's Bakery", **more}


def hung(external_id="1"):
    return [(shown.caption, shown.picture.width) for shown in listing(external_id).pictures.all()]


def test_a_file_beside_is_taken_with_caption_and_credit(tmp_path):
    bring(
        tmp_path,
        row(
            images=[{"file": draw(tmp_path), "caption": "The shop", "credit": "Alice"}],
            logo=draw(tmp_path, "l.png", "blue"),
        ),
    )
    assert hung() == [("The shop", 20)]
    assert listing("1").pictures.get().picture.credit == "Alice"
    logo = listing("1").logo
    assert logo is not None and logo.title == "Alice's Bakery"


def test_the_same_picture_is_taken_once(tmp_path):
    draw(tmp_path)
    bring(tmp_path, row(images=["shop.png"]), {"id": "2", "name": "B", "images": ["shop.png", "shop.png"]})
    assert Picture.objects.count() == 1
    assert len(hung("2")) == 1


def test_an_address_is_kept_told_and_never_asked(tmp_path):
    report = bring(tmp_path, row(images=["https://example.org/a.jpg"]))
    assert reasons(report) == ["Row 1, images: “https://example.org/a.jpg” is to be fetched (note)"]
    [kept] = Imported.objects.get().pictures
    assert (kept["source"], kept["picture"]) == ("https://example.org/a.jpg", None)
    assert numbers(bring(tmp_path, row(images=["https://example.org/a.jpg"]))) == {"rows": 1, "same": 1}


def test_pictures_follow_the_row(tmp_path):
    draw(tmp_path), draw(tmp_path, "new.png", "blue")
    bring(tmp_path, row(images=["shop.png"]))
    report = bring(tmp_path, row(images=["new.png"]))
    assert numbers(report) == {"rows": 1, "changed": 1}
    assert [shown.picture for shown in listing("1").pictures.all()] == list(Picture.objects.order_by("-id")[:1])


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/passwd", "link.png", "none.png", "text.png", "huge.png", "", "a\x00b"]
)
def test_what_is_no_picture_beside_the_file_is_left_out(tmp_path, name, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    draw(tmp_path, "secret.png")
    os.symlink(tmp_path / "secret.png", folder / "link.png")
    (folder / "text.png").write_text("no picture")
    draw(folder, "huge.png")
    monkeypatch.setattr("gazetteer.directory.imports.pictures.MOST_PIXELS", 100)
    report = bring(folder, row(images=[{"file": name}]))
    assert numbers(report) == {"rows": 1, "new": 1}
    assert reasons(report)[0].startswith("Row 1, images")
    assert not Picture.objects.exists()


def test_a_dry_run_takes_no_picture_but_looks_at_it(tmp_path):
    report = bring(tmp_path, row(images=[draw(tmp_path), "none.png"]), dry_run=True)
    assert len(report.problems) == 1
    assert not Picture.objects.exists()
