"""The screen on which a story is written: nothing lost between two editors, files nobody else gets, what is alike."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from gazetteer.news import actions, length, suggest
from gazetteer.news.models import Article, DeskFile, Related, Storyline
from gazetteer.news.tests.test_desk import form_of, html_of, sign_in
from gazetteer.news.tests.world import World, make_story
from gazetteer.web.models import SiteDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(newsroom: World, client: Client) -> Client:
    sign_in(client)
    return client


def loaded(story: Article) -> dict[str, str]:
    """What the browser sends of the draft that it opened."""
    revision = Article.objects.get(pk=story.pk).latest_revision
    return {"loaded_revision_id": str(revision.pk), "loaded_revision_created_at": revision.created_at.isoformat()}


def test_of_two_who_write_at_once_neither_overwrites_the_other(desk: Client, newsroom: World) -> None:
    story = actions.create("Ferry sails", section=newsroom.town)
    actions.save_draft(story)
    address, opened = reverse("stories:edit", args=[story.pk]), loaded(story)
    story.headline = "Hers"
    actions.save_draft(story)
    response = desk.post(address, form_of(section=newsroom.town.pk, headline="His") | opened)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Somebody else saved this story while you were writing" in html
    assert 'value="His"' in html
    assert story.revisions.order_by("-id").first().content["headline"] == "Hers"
    assert desk.post(address, form_of(section=newsroom.town.pk, headline="His") | loaded(story)).status_code == 302
    assert [each.content["headline"] for each in story.revisions.order_by("-id")[:2]] == ["His", "Hers"]


def test_a_draft_is_saved_by_itself_and_refused_when_another_saved_meanwhile(desk: Client, newsroom: World) -> None:
    story = actions.create("Ferry sails", section=newsroom.town)
    actions.save_draft(story)
    address, opened = reverse("stories:edit", args=[story.pk]), loaded(story)
    by_itself = {"Accept": "application/json"}
    saved = desk.post(address, form_of(section=newsroom.town.pk, headline="Half a head") | opened, headers=by_itself)
    assert saved.json()["success"] is True
    again = desk.post(
        address, form_of(section=newsroom.town.pk, headline="From another window") | opened, headers=by_itself
    )
    assert again.json()["success"] is False
    assert again.json()["error_code"] == "invalid_revision"
    assert 'data-w-autosave-interval-value="' in html_of(desk, address)


def status(client: Client, address: str) -> int:
    response: Any = client.get(address)
    for close in response._resource_closers:  # `close()` itself would end the test's connection too
        close()
    return int(response.status_code)


def test_a_file_for_the_desk_is_given_to_nobody_outside(
    desk: Client, newsroom: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    story = make_story("Ferry", newsroom.town, note_to_desk="Call the captain")
    kept = SiteDocument.objects.create(title="Source", file=ContentFile(b"names", "source.txt"))
    open_to_all = SiteDocument.objects.create(title="Plan", file=ContentFile(b"plan", "plan.txt"))
    DeskFile.objects.create(article=story, document=kept, note="Names of the crew")
    visitor = Client()
    assert status(visitor, kept.url) == 404
    assert status(visitor, f"/media/{kept.file.name}") == 404
    assert status(visitor, open_to_all.url) == 200
    assert status(desk, kept.url) == 200
    for address in (
        story.get_absolute_url(),
        "/news/feed.rss",
        "/news/feed.json",
        "/sitemap-stories-0.xml",
        "/news/town/",
    ):
        content = b"".join(visitor.get(address))
        for word in (b"captain", b"crew", b"source.txt"):
            assert word not in content, address


def test_a_suggestion_that_is_ticked_stands_under_the_story(desk: Client, newsroom: World) -> None:
    other = make_story("Pier open", newsroom.town)
    story = make_story("Ferry", newsroom.town)
    address = reverse("stories:edit", args=[story.pk])
    assert "Pier open" in html_of(desk, address)
    ticked = {"suggested": [other.pk], "action-publish": "1"}
    assert desk.post(address, form_of(section=newsroom.town.pk) | ticked).status_code == 302
    assert list(Related.objects.filter(article=story).values_list("story", flat=True)) == [other.pk]
    by_hand = inline_formset([{"story": other.pk, "id": ""}])
    desk.post(address, form_of(section=newsroom.town.pk, related=by_hand) | ticked)
    assert Related.objects.filter(article=story).count() == 1


def test_what_shares_most_tags_is_most_alike_and_nothing_hidden_is(newsroom: World) -> None:
    def tagged(headline: str, *tags: str, **facts: Any) -> Article:
        made = make_story(headline, newsroom.town, **facts)
        made.tags.add(*tags)
        made.save()
        return made

    story = tagged("Ferry", "boats", "piers")
    one, both = tagged("One", "boats", hours=5), tagged("Both", "boats", "piers")
    tagged("Hidden", "boats", "piers", live=False)
    fourth = tagged("Fourth", "cats")
    assert suggest.related(story) == [both, one, fourth]
    Related.objects.create(article=story, story=both)
    assert suggest.related(Article.objects.get(pk=story.pk), 1) == [one]


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [("", 0, 0), ("It isn't well-known.", 3, 1), ("word " * 231, 231, 2), ("渡船重新開通", 6, 1), ("ab 渡船 cd", 4, 1)],
)
def test_words_and_minutes_are_counted_in_any_script(text: str, words: int, minutes: int) -> None:
    assert length.measure(text) == length.Length(words, minutes)


def test_the_form_says_how_long_the_story_is(desk: Client, newsroom: World) -> None:
    story = make_story(
        "Ferry", newsroom.town, lead="It sails in May.", body=[("paragraph", "<p>So they</p><p>say.</p>")]
    )
    assert "7 words, 1 min to read" in html_of(desk, reverse("stories:edit", args=[story.pk]))


def test_a_running_story_is_offered_and_one_that_is_over_is_not(desk: Client, newsroom: World) -> None:
    assert desk.post(reverse("storylines:add"), {"name": "The ferry", "slug": "", "summary": ""}).status_code == 302
    ferry = Storyline.objects.get()
    assert ferry.slug == "the-ferry"
    story = make_story("Ferry", newsroom.town)
    address = reverse("stories:edit", args=[story.pk])
    assert ">The ferry</option>" in html_of(desk, address)
    Storyline.objects.update(is_over=True)
    assert ">The ferry</option>" not in html_of(desk, address)
    Article.objects.filter(pk=story.pk).update(storyline=ferry)
    assert ">The ferry</option>" in html_of(desk, address)


def test_a_trashed_storyline_keeps_its_stories(desk: Client, newsroom: World) -> None:
    ferry = Storyline.objects.create(name="The ferry", slug="ferry")
    make_story("Ferry", newsroom.town, storyline=ferry)
    assert desk.post(reverse("storylines:delete", args=[ferry.pk])).status_code == 302
    ferry.refresh_from_db()
    assert ferry.deleted_at is not None
    assert ferry.articles.count() == 1
