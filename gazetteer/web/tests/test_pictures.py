"""Pictures on pages: right sizes, right words, and never cut while a visitor waits."""

import datetime
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from gazetteer.web import pictures
from gazetteer.web.models import Picture, PictureSize

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),  # Wagtail leaves the cut's temporary file open
]


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def make_picture(width: int = 2000, height: int = 1000, **facts) -> Picture:
    data = BytesIO()
    Image.new("RGB", (width, height), "green").save(data, "PNG")
    data.seek(0)
    return Picture.objects.create(title="Field", file=ImageFile(data, "field.png"), **facts)


def shown(picture: Picture, cut: str = "whole", **words: str) -> pictures.ShownPicture:
    """The picture, where there is one to show."""
    found = pictures.shown(picture, cut, **words)
    assert found is not None
    return found


def fresh(picture: Picture) -> Picture:
    return Picture.objects.get(pk=picture.pk)


def test_no_picture_is_cut_while_the_page_is_made():
    picture = make_picture()
    found = shown(picture)
    assert not PictureSize.objects.exists()
    assert found.srcset.count(" 480w") == found.srcset.count(" 960w") == found.srcset.count(" 1600w") == 1


def test_its_first_visitor_has_it_cut_and_from_then_on_it_is_a_file(client):
    picture = make_picture()
    address = shown(picture, "card").src
    response = client.get(address)
    assert response.headers["Content-Type"] == "image/webp"
    assert b"".join(response.streaming_content)[:4] == b"RIFF"
    assert shown(fresh(picture), "card").src == PictureSize.objects.get().url


def test_an_address_nobody_signed_cuts_nothing(client):
    picture = make_picture()
    address = shown(picture, "card").src.replace("fill-", "fill-9")
    assert client.get(address).status_code == 403


def test_width_and_height_keep_the_shape_so_that_nothing_jumps():
    whole = shown(make_picture(2000, 1000))
    assert whole.width == 2 * whole.height
    card = shown(make_picture(2000, 1000), "card")
    assert (card.width, card.height) == (640, 427)


def test_a_small_picture_is_never_blown_up():
    found = shown(make_picture(300, 150))
    assert (found.width, found.height) == (300, 150)
    assert found.srcset.endswith(" 300w")


def test_a_story_s_own_words_stand_before_the_picture_s():
    picture = make_picture(description="A field", caption="Spring", credit="Ada")
    found = shown(picture, caption="Autumn", credit="")
    assert (found.alt, found.caption, found.credit) == ("A field", "Autumn", "Ada")


def test_a_picture_whose_rights_have_ended_is_not_shown():
    assert pictures.shown(make_picture(expires_at=timezone.now() - datetime.timedelta(seconds=1))) is None
    assert pictures.shown(make_picture(expires_at=timezone.now() + datetime.timedelta(days=1))) is not None
    assert pictures.shown(None) is None


def test_many_pictures_cost_one_query(django_assert_num_queries):
    made = [fresh(make_picture()) for _ in range(5)]
    with django_assert_num_queries(1):
        pictures.prefetch([*made, None])
        assert all(shown(picture) for picture in made)


def test_moving_the_point_of_interest_makes_another_cut():
    picture = make_picture()
    picture.get_rendition(pictures.CUTS["card"].spec(640))
    before = shown(fresh(picture), "card").src
    Picture.objects.filter(pk=picture.pk).update(
        focal_point_x=10, focal_point_y=10, focal_point_width=5, focal_point_height=5
    )
    assert shown(fresh(picture), "card").src != before
