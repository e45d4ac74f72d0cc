"""Pictures on pages: right sizes, right words, made when they come in and never while a visitor waits."""

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageDraw

from gazetteer.web import pictures, tasks
from gazetteer.web.models import Picture, PictureSize

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two small cuts: what is tested does not depend on their number."""
    small = {"whole": pictures.Cut((40, 80), 40), "square": pictures.Cut((16,), 16, ratio=1)}
    monkeypatch.setattr(pictures, "CUTS", small)


def drawn(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Green, with a red square in its upper right corner."""
    image = Image.new(mode, (width, height), "green")
    ImageDraw.Draw(image).rectangle((width - 20, 0, width, 20), fill="red")
    return image


def make_picture(width: int = 200, height: int = 100, form: str = "PNG", mode: str = "RGB", **facts: Any) -> Picture:
    data = BytesIO()
    drawn(width, height, mode).save(data, form)
    data.seek(0)
    return Picture.objects.create(title="Field", file=ImageFile(data, f"field.{form.lower()}"), **facts)


def shown(picture: Picture, cut: str = "whole", **words: str) -> pictures.ShownPicture:
    """The picture, where there is one to show."""
    found = pictures.shown(picture, cut, **words)
    assert found is not None
    return found


def cut(picture: Picture) -> Picture:
    assert tasks.make_sizes.call(picture.pk)
    return Picture.objects.get(pk=picture.pk)


def redness(image: Image.Image) -> int:
    """Of the square's upper right corner, 0 to 255."""
    return image.convert("RGB").crop((13, 0, 15, 2)).resize((1, 1)).tobytes()[0]


def enqueued() -> list[Any]:
    rows = DBTaskResult.objects.filter(task_path="gazetteer.web.tasks.make_sizes")
    return [row.args_kwargs["args"] for row in rows]


def opened(media: Path, address: str) -> Image.Image:
    return Image.open(BytesIO((media / address.removeprefix("/media/")).read_bytes()))


def test_sizes_are_enqueued_with_the_write_and_undone_with_it():
    picture = make_picture()
    assert enqueued() == [[picture.pk]]
    with transaction.atomic():
        make_picture()
        transaction.set_rollback(True)
    assert len(enqueued()) == 1


def test_until_they_are_made_the_file_itself_is_shown_and_a_page_cuts_nothing():
    picture = make_picture()
    found = shown(picture, "card")
    assert found.src == picture.file.url
    assert (found.width, found.height, found.avif_srcset) == (200, 100, "")
    assert not PictureSize.objects.exists()


@pytest.mark.usefixtures("quick")
def test_every_size_is_there_as_avif_and_webp_and_one_as_jpeg(own_media: Path):
    picture = cut(make_picture())
    found = shown(picture)
    assert (found.width, found.height) == (40, 20)
    assert opened(own_media, found.src).format == "JPEG"
    for srcset, form in ((found.avif_srcset, "AVIF"), (found.webp_srcset, "WEBP")):
        files = {width: opened(own_media, url) for url, width in (part.split() for part in srcset.split(", "))}
        assert {width: file.size for width, file in files.items()} == {"40w": (40, 20), "80w": (80, 40)}
        assert {file.format for file in files.values()} == {form}


@pytest.mark.usefixtures("quick")
def test_showing_a_picture_asks_the_database_nothing(django_assert_num_queries: Any):
    picture = cut(make_picture())
    with django_assert_num_queries(0):
        assert shown(picture).avif_srcset


@pytest.mark.usefixtures("quick")
def test_the_point_of_interest_stays_in_the_square_and_moving_it_makes_others(own_media: Path):
    picture = cut(make_picture())
    middle = shown(picture, "square").src
    assert redness(opened(own_media, middle)) < 100
    picture.focal_point_x, picture.focal_point_y = 195, 5
    picture.save()
    assert len(enqueued()) == 2
    corner = shown(cut(picture), "square").src
    assert redness(opened(own_media, corner)) > 150
    assert opened(own_media, middle).size == (16, 16)  # pages in browsers still name it


@pytest.mark.usefixtures("quick")
def test_made_again_nothing_changes_and_another_title_makes_nothing():
    picture = cut(make_picture())
    before = picture.sizes
    assert cut(picture).sizes == before
    picture.title = "Another"
    picture.save()
    assert len(enqueued()) == 1


@pytest.mark.usefixtures("quick")
def test_a_small_picture_is_never_blown_up():
    found = shown(cut(make_picture(30, 15)))
    assert (found.width, found.height) == (30, 15)
    assert found.webp_srcset.endswith(" 30w")
    between = shown(cut(make_picture(60, 30)))
    assert [part.split()[1] for part in between.webp_srcset.split(", ")] == ["40w", "60w"]


@pytest.mark.usefixtures("quick")
def test_what_is_transparent_stays_so_and_is_white_as_jpeg(own_media: Path):
    data = BytesIO()
    Image.new("RGBA", (100, 50), (0, 0, 0, 0)).save(data, "PNG")
    picture = cut(Picture.objects.create(title="x", file=ImageFile(data, "x.png")))
    found = shown(picture)
    assert opened(own_media, found.webp_srcset.split()[0]).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]  # a tuple here
    assert opened(own_media, found.src).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.usefixtures("quick")
def test_a_picture_that_moves_is_shown_as_it_is():
    data = BytesIO()
    drawn(50, 50).save(data, "GIF", save_all=True, append_images=[Image.new("RGB", (50, 50), "blue")])
    picture = Picture.objects.create(title="x", file=ImageFile(data, "x.gif"))
    assert not tasks.make_sizes.call(picture.pk)
    assert shown(Picture.objects.get()).src == picture.file.url


@pytest.mark.usefixtures("quick")
def test_the_credit_stands_in_every_file(own_media: Path):
    picture = cut(make_picture(credit="Ada Löv", licence="CC BY 4.0"))
    found = shown(picture)
    for address in (found.src, found.avif_srcset.split()[0], found.webp_srcset.split()[0]):
        exif = opened(own_media, address).getexif()
        assert set(exif) == {0x013B, 0x8298}, address
        assert "Ada L" in str(exif[0x013B])


@pytest.mark.usefixtures("quick")
def test_a_deleted_picture_takes_its_files_with_it(own_media: Path, django_capture_on_commit_callbacks: Any):
    picture = cut(make_picture())
    src = shown(picture).src
    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()
    assert not (own_media / src.removeprefix("/media/")).exists()


@pytest.mark.usefixtures("quick")
def test_what_is_missing_is_made_for_all_and_a_lost_file_stands_in_no_others_way():
    lost, whole = make_picture(), make_picture()
    Path(lost.file.path).unlink()
    assert pictures.make_missing() == (1, 1)
    assert pictures.make_missing() == (0, 1)
    assert Picture.objects.get(pk=whole.pk).sizes["cuts"]


def test_the_crop_is_the_largest_of_its_shape_around_the_point():
    assert pictures.crop_box((200, 100), 1, (0.5, 0.5)) == (50, 0, 150, 100)
    assert pictures.crop_box((200, 100), 1, (1, 0)) == (100, 0, 200, 100)
    assert pictures.crop_box((100, 200), 9 / 16, (0.5, 0.1)) == (0, 0, 100, 56.25)
    assert pictures.crop_box((200, 100), None, (1, 1)) == (0, 0, 200, 100)


def test_search_engines_get_three_shapes_or_the_file_itself():
    picture = make_picture(400, 300)
    assert pictures.outside(picture) == [(picture.file.url, 400, 300)]
    made = pictures.outside(cut(picture))
    assert [(width, height) for _url, width, height in made] == [(400, 225), (400, 300), (300, 300)]


def test_a_story_s_own_words_stand_before_the_picture_s():
    picture = make_picture(description="A field", caption="Spring", credit="Ada")
    found = shown(picture, caption="Autumn", credit="")
    assert (found.alt, found.caption, found.credit) == ("A field", "Autumn", "Ada")


def test_a_picture_whose_rights_have_ended_is_not_shown():
    ended = make_picture(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert pictures.shown(ended) is None
    assert pictures.outside(ended) == []
    assert pictures.shown(make_picture(expires_at=timezone.now() + datetime.timedelta(days=1))) is not None
    assert pictures.shown(None) is None


def test_the_column_is_written_where_the_task_ran_alone():
    """A form that stands open meanwhile writes all its columns back, but not this one."""
    picture = make_picture(30, 20)
    open_form = Picture.objects.get(pk=picture.pk)
    cut(picture)
    open_form.title = "Saved later"
    open_form.save()
    assert Picture.objects.get(pk=picture.pk).sizes != {}
