"""Filling a site: once, whole, and never over somebody's own content."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image

from gazetteer.accounts.models import User
from gazetteer.directory.models import Category, CustomField, Listing
from gazetteer.news import actions as news
from gazetteer.news.models import Article, Section
from gazetteer.ops.demo import load, signin, town, world_profile
from gazetteer.ops.demo.describe import description
from gazetteer.ops.demo.profiles import profile
from gazetteer.ops.demo.town.stories import LEAD
from gazetteer.ops.demo.world import read_rows
from gazetteer.pages.models import HomePage, SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_site(settings, tmp_path, monkeypatch):
    """A home of its own, and plain tones in place of drawings, which have tests of their own."""
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(town, "draw", lambda row, name: Image.new("RGB", (60, 40), f"#{abs(hash(name)) % 2**24:06x}"))


def demo(*options: str) -> str:
    out = StringIO()
    call_command("demo", "--profile", "town", *options, stdout=out)
    return out.getvalue()


def test_the_town_comes_in_whole():
    said = demo()
    assert "150 listings, 49 categories, 12 stories, 7 sections" in said
    assert Listing.objects.published().count() == 150
    bakery = Listing.objects.get(external_id="town:crumb-kettle")
    assert bakery.featured_until is not None
    assert bakery.logo is not None
    assert bakery.pictures.count() == 3
    assert Listing.objects.get(external_id="town:the-little-limelight").expire_at is not None
    assert Listing.objects.get(external_id="town:dusty-corner").status == Listing.Status.CLOSED
    assert Listing.objects.exclude(verified_at=None).count() == 38
    assert all(listing.import_digest for listing in Listing.objects.all())


def test_values_of_custom_fields_belong_to_their_branches():
    demo()
    rooms = CustomField.objects.get(key="rooms")
    assert [category.name for category in rooms.categories.all()] == ["Places to stay"]
    hotel = Listing.objects.get(external_id="town:the-swan-upping-hotel")
    assert str(rooms.pk) in hotel.custom
    assert CustomField.objects.get(key="payment").categories.count() == 0


def test_stories_are_published_under_their_own_dates_with_links_to_listings():
    demo()
    story = Article.objects.get(headline=LEAD)
    assert story.live
    assert story.get_absolute_url() == "/news/2026/09/17/council-votes-to-give-the-weir-its-bell-back/"
    ferry = Listing.objects.get(external_id="town:the-ferry-house")
    assert f'<a href="/listing/{ferry.pk}/{ferry.slug}/">' in str(story.body)
    assert story.picture is not None and story.picture.description
    assert [correction.made_at.date().isoformat() for correction in story.corrections.all()] == ["2026-09-18"]
    assert {tag.name for tag in story.tags.all()} == {"council", "weir", "bells", "The weir bell"}


def test_the_front_page_leads_with_the_chosen_stories():
    demo()
    [block] = [block for block in HomePage.objects.get().top if block.block_type == "lead_stories"]
    assert [place["story"].headline for place in block.value["stories"]] == list(profile("town").front)
    assert SiteSettings.current().name == "The Quillbrook Lantern"


def test_a_second_run_says_so_and_changes_nothing():
    demo()
    before = {listing.pk: listing.changed_at for listing in Listing.objects.all()}
    news.trash(Article.objects.get(headline=LEAD))
    said = demo("--once")
    assert "already in" in said
    assert {listing.pk: listing.changed_at for listing in Listing.objects.all()} == before
    assert Article.objects.get(headline=LEAD).deleted_at is not None


def test_a_run_that_was_killed_is_taken_up_again_without_doubles(monkeypatch):
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(load, "compose", killed)
        with pytest.raises(KeyboardInterrupt):
            demo()
    assert "12 stories" in demo()
    assert (Article.objects.count(), Section.objects.count(), Listing.objects.count()) == (12, 7, 150)
    assert not load.work_folder(profile("town")).exists()


def test_a_site_with_content_of_its_own_is_left_alone():
    news.create("Our own story", section=news.add_section("Ours"))
    with pytest.raises(CommandError, match="an empty site"):
        demo()
    assert "Nothing was changed." in demo("--once")
    assert not Listing.objects.exists()
    assert not Category.objects.exists()


def test_whoever_has_no_administrator_gets_one_and_is_told_how_to_sign_in():
    assert "as admin with the password" in demo()
    person = User.objects.get(username="admin")
    assert person.check_password(signin.path().read_text())
    assert signin.path().stat().st_mode & 0o077 == 0
    person.set_password("something of my own")
    person.save()
    assert "password" not in demo()
    assert not signin.path().exists()


def test_a_site_with_somebody_in_charge_gets_no_other():
    User.objects.create_superuser("anna", "anna@example.org", "a long password")
    demo()
    assert not User.objects.filter(username="admin").exists()


def test_the_world_is_written_with_a_description_for_every_row(tmp_path):
    path = world_profile.write_rows(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 30_953
    assert not any('"https://www.aikbank.rs."' in line or "company/SDIS 17" in line for line in lines)
    first = next(iter(read_rows()))
    assert description(first).replace('"', '\\"') in lines[0]


def test_the_world_defines_a_field_for_every_name_that_is_not_a_column():
    from gazetteer.directory.imports.rows import KNOWN_NAMES

    names = {name for row in read_rows() for name in row} - KNOWN_NAMES
    assert names == {form.key for form in world_profile.fields()}
    kinds = {row["operator_type"] for row in read_rows() if "operator_type" in row}
    assert kinds <= set(world_profile.OPERATORS)


def test_what_leads_the_worlds_front_page_is_among_its_stories(stories):
    headlines = {story.headline for story in stories}
    assert set(world_profile.FRONT) <= headlines
    assert all(story.picture for story in stories if story.headline in world_profile.FRONT)
