"""What the desk does to stories, sections, authors and tags, and what follows."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from gazetteer.accounts.models import User
from gazetteer.changes import clock
from gazetteer.news import actions
from gazetteer.news.models import Article, OldAddress, Section, SectionCard, Tag
from gazetteer.news.tests.world import APRIL, World, make_story

HOUR = datetime.timedelta(hours=1)


def soon() -> datetime.datetime:
    """In an hour, to the second: drafts keep no finer times."""
    return timezone.now().replace(microsecond=0) + HOUR


def in_lists(article: Article) -> bool:
    return Article.objects.published().filter(pk=article.pk).exists()


def test_a_new_story_is_a_draft_until_it_is_published(newsroom: World) -> None:
    story = actions.create("Ferry sails", section=newsroom.town, authors=[newsroom.ada], tags=["Boats"])
    assert not in_lists(story)
    actions.publish(story)
    assert in_lists(story)
    assert list(Article.objects.by_author(newsroom.ada)) == [story]
    assert list(Article.objects.with_tag(Tag.objects.get(slug="boats"))) == [story]


def test_publishing_fixes_the_time_shown_and_the_address(newsroom: World) -> None:
    story = actions.publish(actions.create("Ferry sails", section=newsroom.town))
    assert story.published_at is not None
    assert abs(story.published_at - timezone.now()) < HOUR
    day = timezone.localdate(story.published_at)
    assert story.get_absolute_url() == f"/news/{day:%Y/%m/%d}/ferry-sails/"


def test_an_imported_story_has_the_date_it_carries_in_its_address(newsroom: World) -> None:
    story = actions.publish(actions.create("Ferry sails", section=newsroom.town, published_at=APRIL))
    assert story.get_absolute_url() == "/news/2019/04/13/ferry-sails/"


def test_the_address_stays_when_the_time_shown_or_the_headline_changes(newsroom: World) -> None:
    story = actions.publish(actions.create("Ferry sails", section=newsroom.town, published_at=APRIL))
    story.headline, story.published_at = "Ferry sails at last", APRIL + datetime.timedelta(days=9)
    actions.publish(story)
    assert story.get_absolute_url() == "/news/2019/04/13/ferry-sails/"


def test_the_same_headline_on_one_day_gets_a_number_and_on_another_day_none(newsroom: World) -> None:
    def publish(at: datetime.datetime) -> str:
        return actions.publish(actions.create("Ferry sails", section=newsroom.town, published_at=at)).get_absolute_url()

    assert publish(APRIL) == "/news/2019/04/13/ferry-sails/"
    assert publish(APRIL + HOUR) == "/news/2019/04/13/ferry-sails-2/"
    assert publish(APRIL + 24 * HOUR) == "/news/2019/04/14/ferry-sails/"


@pytest.mark.parametrize(
    ("headline", "slug"),
    [("서울의 봄", "서울의-봄"), ("Élan & café", "élan-café"), ("???", "story"), ("ü" * 300, "ü" * 100)],
)
def test_an_address_is_made_of_the_headline_in_any_script(newsroom: World, headline: str, slug: str) -> None:
    assert actions.publish(actions.create(headline, section=newsroom.town)).slug == slug


def test_an_editor_sees_drafts_and_readers_do_not(newsroom: World) -> None:
    story = actions.publish(actions.create("Ferry sails", section=newsroom.town))
    story.headline = "Ferry sinks"
    actions.save_draft(story)
    assert Article.objects.get().headline == "Ferry sails"
    actions.publish(Article.objects.get())
    assert Article.objects.get().headline == "Ferry sinks"


def test_readers_are_told_of_an_update_only_when_the_text_changed(newsroom: World) -> None:
    story = actions.publish(actions.create("Ferry sails", section=newsroom.town, lead="It sails."))
    assert story.updated_at is None
    story.tags.add("Boats")
    story.section = newsroom.world
    actions.publish(story)
    assert story.updated_at is None
    story.lead, story.small_change = "It sails!", True
    actions.publish(story)
    assert story.updated_at is None
    story.lead = "It sails again."
    actions.publish(story)
    assert story.updated_at is not None
    assert not story.small_change


def test_an_embargo_hides_a_published_story_until_it_passes(newsroom: World) -> None:
    until = soon()
    story = actions.publish(actions.create("Budget", section=newsroom.town, embargo_until=until))
    assert not in_lists(story)
    assert not story.is_shown()
    clock.run_due(until - HOUR / 2)
    assert not in_lists(story)
    clock.run_due(until + HOUR)
    story.refresh_from_db()
    assert in_lists(story)
    assert story.published_at == until


def test_a_scheduled_story_goes_out_at_its_moment_with_that_time_over_it(
    newsroom: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = actions.create("Budget", section=newsroom.town)
    at = soon()
    actions.schedule(story, at)
    assert not in_lists(story)
    late = at + HOUR / 2
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert len(clock.run_due().done) == 1
    story.refresh_from_db()
    assert in_lists(story)
    assert story.published_at == at
    assert story.go_live_at is None


def test_a_later_version_of_a_live_story_can_be_scheduled(newsroom: World, monkeypatch: pytest.MonkeyPatch) -> None:
    story = actions.publish(actions.create("Budget", section=newsroom.town))
    story.headline = "Budget passed"
    at = soon()
    actions.schedule(story, at)
    assert Article.objects.get().headline == "Budget"
    assert in_lists(story)
    monkeypatch.setattr(timezone, "now", lambda: at + HOUR)
    clock.run_due()
    assert Article.objects.get().headline == "Budget passed"


def test_a_schedule_taken_back_does_nothing(newsroom: World, monkeypatch: pytest.MonkeyPatch) -> None:
    story = actions.create("Budget", section=newsroom.town)
    at = soon()
    actions.schedule(story, at)
    story.scheduled_revision.approved_go_live_at = None
    story.revisions.update(approved_go_live_at=None)
    monkeypatch.setattr(timezone, "now", lambda: at + HOUR)
    clock.run_due()
    assert not in_lists(story)


def test_a_schedule_for_a_moment_that_has_passed_is_refused(newsroom: World) -> None:
    story = actions.create("Budget", section=newsroom.town)
    with pytest.raises(ValidationError, match="publish it now"):
        actions.schedule(story, timezone.now() - HOUR)


def test_a_story_ends_at_its_expiry_and_can_be_edited_after_that(
    newsroom: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = soon()
    story = actions.publish(actions.create("Sale today", section=newsroom.town, expire_at=end))
    assert in_lists(story)
    monkeypatch.setattr(timezone, "now", lambda: end + HOUR)
    assert not story.is_shown()
    clock.run_due()
    story.refresh_from_db()
    assert (story.live, story.expired, story.expire_at) == (False, True, None)
    assert story.get_latest_revision_as_object().expire_at is None
    assert not in_lists(story)


def test_a_withdrawn_story_is_gone_at_once_and_can_be_given_back(newsroom: World) -> None:
    story = make_story("Rumour", newsroom.town)
    actions.withdraw(story, "This story was wrong.", reason="source lied")
    assert not in_lists(story)
    story.headline = "Rumour again"
    actions.publish(story)
    assert not in_lists(story)
    assert Article.objects.get().withdrawal_notice == "This story was wrong."
    actions.reinstate(story)
    assert in_lists(story)


def test_publishing_an_old_draft_does_not_bring_a_story_out_of_the_trash(newsroom: World) -> None:
    story = make_story("Rumour", newsroom.town)
    revision = story.save_revision()
    actions.trash(story)
    with pytest.raises(ValidationError, match="trash"):
        actions.publish(story)
    revision.publish()
    assert not in_lists(story)
    actions.restore(Article.objects.get())
    assert in_lists(story)


def test_emptying_the_trash_deletes_only_what_lay_there_long_enough(newsroom: World) -> None:
    old, new, kept = (make_story(name, newsroom.town) for name in ("Old", "New", "Kept"))
    actions.trash(old)
    Article.objects.filter(pk=old.pk).update(deleted_at=APRIL)
    actions.trash(new)
    assert actions.empty_trash(timezone.now() - 24 * HOUR) == 1
    assert set(Article.objects.all()) == {new, kept}


def test_a_correction_is_kept_with_who_made_it(newsroom: World) -> None:
    ada = User.objects.create_superuser("ada", name="Ada")
    story = make_story("Ferry", newsroom.town)
    actions.correct(story, " The boat is red. ", by=ada)
    correction = story.corrections.get()
    assert (correction.text, correction.by) == ("The boat is red.", ada)
    with pytest.raises(ValidationError):
        actions.correct(story, "  ")


def test_who_has_no_right_is_refused_and_nothing_is_written(newsroom: World) -> None:
    visitor = User.objects.create_user("visitor")
    story = make_story("Ferry", newsroom.town)
    for act in (
        lambda: actions.create("New", section=newsroom.town, by=visitor),
        lambda: actions.publish(story, by=visitor),
        lambda: actions.unpublish(story, by=visitor),
        lambda: actions.withdraw(story, "Gone", by=visitor),
        lambda: actions.correct(story, "Wrong", by=visitor),
        lambda: actions.trash(story, by=visitor),
        lambda: actions.add_section("New", by=visitor),
        lambda: actions.rename_section(newsroom.town, "New", by=visitor),
        lambda: actions.add_author("New", by=visitor),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert in_lists(story)
    assert Article.objects.count() == 1


def test_every_write_leaves_a_line_with_its_reason(newsroom: World) -> None:
    story = actions.create("Ferry", section=newsroom.town, reason="first")
    actions.publish(story, reason="second")
    actions.withdraw(story, "Gone", reason="third")
    lines = ModelLogEntry.objects.filter(object_id=str(story.pk)).order_by("pk")
    assert [(line.action, line.data["reason"]) for line in lines] == [
        ("wagtail.create", "first"),
        ("wagtail.publish", "second"),
        ("news.withdraw", "third"),
    ]


def test_a_section_made_under_another_has_its_address_below_it(newsroom: World) -> None:
    section = actions.add_section("North Korea", newsroom.asia)
    assert section.get_absolute_url() == "/news/world/asia/north-korea/"
    assert actions.add_section("North Korea", newsroom.asia).slug == "north-korea-2"


@pytest.mark.parametrize("slug", ["archive", "author", "tag", "corrections", "2019", "a b"])
def test_a_section_cannot_take_an_address_that_means_something_else(newsroom: World, slug: str) -> None:
    with pytest.raises(ValidationError):
        actions.add_section("Past", slug=slug)


def test_addresses_follow_a_section_that_moves_or_is_renamed_and_old_ones_are_kept(newsroom: World) -> None:
    actions.move_section(newsroom.asia, newsroom.sport)
    assert Section.objects.get(name="Korea").address == "sport/asia/korea"
    actions.rename_section(Section.objects.get(name="Sport"), "Games", slug="games")
    assert Section.objects.get(name="Korea").address == "games/asia/korea"
    kept = set(OldAddress.objects.filter(section=newsroom.korea).values_list("path", flat=True))
    assert kept == {"/news/world/asia/korea/", "/news/sport/asia/korea/"}


def test_a_section_cannot_be_put_under_itself(newsroom: World) -> None:
    with pytest.raises(ValidationError):
        actions.move_section(newsroom.world, newsroom.korea)


def test_a_section_in_the_trash_takes_those_below_with_it_and_comes_back_with_them(newsroom: World) -> None:
    actions.trash_section(newsroom.asia)
    assert set(Section.objects.in_use()) == {newsroom.world, newsroom.sport, newsroom.town}
    actions.restore_section(Section.objects.get(pk=newsroom.korea.pk))
    assert Section.objects.in_use().count() == 5


def test_stories_at_the_top_keep_their_order(newsroom: World) -> None:
    one, two = make_story("One", newsroom.town), make_story("Two", newsroom.town)
    actions.set_top(newsroom.town, [two, one])
    assert [card.article for card in SectionCard.objects.filter(section=newsroom.town)] == [two, one]


def test_merged_tags_leave_one_with_every_story_once(newsroom: World) -> None:
    both = actions.publish(actions.create("Both", section=newsroom.town, tags=["Boat", "Boats"]))
    one = actions.publish(actions.create("One", section=newsroom.town, tags=["Boat"]))
    actions.merge_tags(Tag.objects.get(name="Boat"), Tag.objects.get(name="Boats"))
    assert set(Article.objects.with_tag(Tag.objects.get())) == {both, one}


def test_two_authors_of_one_name_have_two_addresses(newsroom: World) -> None:
    assert actions.add_author("Ada").slug == "ada-2"
