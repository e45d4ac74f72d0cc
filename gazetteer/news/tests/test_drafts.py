"""Publishing an old draft never puts back what an import or machine changed since."""

import json

from gazetteer.news import actions, drafts
from gazetteer.news.models import Article, Byline
from gazetteer.news.tests.world import World

WIRE = "a new version from the wire"


def published(newsroom: World) -> Article:
    return actions.publish(
        actions.create("Ferry sails", section=newsroom.town, lead="It sails.", dateline="FISK", authors=[newsroom.ada])
    )


def draft_with(story: Article, **changes: object) -> None:
    draft = Article.objects.get(pk=story.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    actions.save_draft(draft)


def test_what_the_draft_left_alone_keeps_what_the_machine_wrote(newsroom: World) -> None:
    story = published(newsroom)
    draft_with(story, headline="Ferry sails again")
    actions.change_by_machine(story, {"lead": "It sails at noon."}, reason=WIRE)
    story = actions.publish(Article.objects.get())
    assert (story.headline, story.lead) == ("Ferry sails again", "It sails at noon.")
    assert story.conflicts == []


def test_what_both_changed_keeps_the_machines_words_and_shows_the_conflict(newsroom: World) -> None:
    story = published(newsroom)
    draft_with(story, lead="It sails daily.")
    actions.change_by_machine(story, {"lead": "It sails at noon."}, reason=WIRE)
    waiting = drafts.pending(Article.objects.get(), Article.objects.get().latest_revision.content)
    assert [each["column"] for each in waiting] == ["lead"]
    story = actions.publish(Article.objects.get())
    assert story.lead == "It sails at noon."
    (conflict,) = story.conflicts
    assert (conflict["column"], conflict["draft"], conflict["kept"]) == (
        "lead",
        "It sails daily.",
        "It sails at noon.",
    )


def test_an_editor_who_has_seen_the_conflict_can_publish_their_words_after_all(newsroom: World) -> None:
    story = published(newsroom)
    draft_with(story, lead="It sails daily.")
    actions.change_by_machine(story, {"lead": "It sails at noon."}, reason=WIRE)
    actions.publish(Article.objects.get())
    draft_with(story, lead="It sails daily.")
    story = actions.publish(Article.objects.get())
    assert (story.lead, story.conflicts) == ("It sails daily.", [])


def test_an_editor_who_began_after_the_machine_meets_no_conflict(newsroom: World) -> None:
    story = published(newsroom)
    actions.change_by_machine(story, {"lead": "It sails at noon."}, reason=WIRE)
    draft_with(story, lead="It sails daily.")
    story = actions.publish(Article.objects.get())
    assert (story.lead, story.conflicts) == ("It sails daily.", [])


def test_it_holds_for_writes_that_came_by_no_action(newsroom: World) -> None:
    story = published(newsroom)
    draft_with(story, headline="Ferry sails again")
    Article.objects.filter(pk=story.pk).update(dateline="HALDEN")
    assert actions.publish(Article.objects.get()).dateline == "HALDEN"


def test_it_holds_for_authors_tags_and_the_text(newsroom: World) -> None:
    story = published(newsroom)
    draft_with(story, headline="Ferry sails again")
    row = Article.objects.get()
    row.bylines.set([Byline(author=newsroom.ben)])
    row.tags.set(["Boats"])
    row.body = json.dumps([{"type": "paragraph", "value": "<p>New.</p>"}])
    row.save()
    story = actions.publish(Article.objects.get())
    assert story.headline == "Ferry sails again"
    assert [byline.author for byline in story.bylines.all()] == [newsroom.ben]
    assert [tag.name for tag in story.tags.all()] == ["Boats"]
    assert "New." in str(story.body)


def test_a_revert_on_purpose_does_put_the_old_text_back(newsroom: World) -> None:
    story = published(newsroom)
    first = story.live_revision
    story.lead = "It sank."
    actions.publish(story)
    assert first is not None
    old = first.as_object()
    revision = old.save_revision(previous_revision=first)
    old.publish(revision, previous_revision=first)
    assert Article.objects.get().lead == "It sails."


def test_publishing_an_older_revision_leaves_a_newer_draft_its_base(newsroom: World) -> None:
    story = published(newsroom)
    draft_with(story, headline="Second")
    second = Article.objects.get().latest_revision
    draft_with(story, headline="Third")
    second.publish()
    assert Article.objects.get().has_unpublished_changes
    Article.objects.filter(pk=story.pk).update(dateline="HALDEN")
    story = actions.publish(Article.objects.get())
    assert (story.headline, story.dateline, story.conflicts) == ("Third", "HALDEN", [])


def test_a_draft_carries_nothing_of_what_belongs_to_the_story_as_a_whole(newsroom: World) -> None:
    story = published(newsroom)
    draft_with(story, headline="Ferry sails again")
    actions.withdraw(Article.objects.get(), "Wrong.")
    story = actions.publish(Article.objects.get())
    assert (story.status, story.withdrawal_notice) == ("cancelled", "Wrong.")
    assert not Article.objects.published().exists()


def test_the_same_text_with_other_block_ids_is_no_change(newsroom: World) -> None:
    same = drafts.comparer("body")
    one = json.dumps([{"type": "paragraph", "value": "<p>A</p>", "id": "1"}])
    two = json.dumps([{"type": "paragraph", "value": "<p>A</p>", "id": "2"}])
    assert same(one, two)
    assert not same(one, json.dumps([{"type": "paragraph", "value": "<p>B</p>", "id": "1"}]))
