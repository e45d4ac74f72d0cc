"""What a camera wrote into a picture stays with us; whose picture it is is kept."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from gazetteer.web import picture_files
from gazetteer.web.models import Picture

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description photoshop:Credit="Agency" exif:GPSLatitude="59,1N">'
    b"<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li></rdf:Seq></dc:creator>"
    b'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Boats at Fisk</rdf:li></rdf:Alt></dc:description>'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def photo(form: str, *, turned: int = 1, xmp: bytes = XMP) -> bytes:
    """A red left half, with the place where it was taken."""
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "A phone", turned
    exif.get_ifd(GPS).update({1: "N", 2: (59.0, 54.0, 40.0)})
    made = BytesIO()
    image.save(made, form, exif=exif, **({"xmp": xmp} if form != "PNG" else {}))
    return made.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_of_place_and_camera_is_left_and_no_pixel_changes(form: str) -> None:
    before = photo(form)
    after = picture_files.clean(before)
    with Image.open(BytesIO(before)) as was, Image.open(BytesIO(after)) as now:
        assert GPS in was.getexif()
        assert dict(now.getexif()) == {}
        assert "xmp" not in now.info
        assert now.size == was.size
        if form != "AVIF":
            assert now.tobytes() == was.tobytes()
    for word in (b"GPS", b"A phone", b"Boats"):
        assert word not in after


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_lies_on_its_side_is_turned(form: str) -> None:
    with Image.open(BytesIO(picture_files.clean(photo(form, turned=6)))) as now:
        assert now.size == (20, 40)
        assert dict(now.getexif()) == {}
        assert now.convert("RGB").getpixel((10, 5))[0] > 200  # type: ignore[index]  # a tuple here


def test_a_second_picture_behind_the_first_goes_too() -> None:
    assert picture_files.clean(photo("JPEG") + photo("JPEG")).count(b"\xff\xd8") == 1


def test_what_is_cut_off_or_mixed_up_is_made_whole_or_refused() -> None:
    whole = photo("JPEG")
    with pytest.raises(OSError):
        picture_files.clean(b"\xff\xd8\xff" + b"nothing" * 20)
    for end in (len(whole) // 2, len(whole) - 3):
        try:
            after = picture_files.clean(whole[:end])
        except OSError:
            continue
        assert b"GPS" not in after


def test_credit_and_caption_are_read_from_the_file() -> None:
    said = picture_files.said(photo("JPEG"))
    assert (said.credit, said.caption) == ("Agency", "Boats at Fisk")
    assert picture_files.said(b"nothing") == picture_files.Said()


@pytest.mark.django_db
def test_an_upload_gives_its_credit_unless_one_was_written(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    read = Picture.objects.create(title="x", file=ImageFile(BytesIO(photo("JPEG")), "x.jpg"))
    written = Picture.objects.create(title="x", credit="Ben", file=ImageFile(BytesIO(photo("JPEG")), "y.jpg"))
    assert (read.credit, read.caption, written.credit) == ("Agency", "Boats at Fisk", "Ben")
    assert b"GPS" not in Path(read.file.path).read_bytes()
    assert read.file_size == Path(read.file.path).stat().st_size
