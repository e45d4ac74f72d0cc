"""Sources and the queue at the desk, as an editor uses them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from gazetteer.accounts.models import User
from gazetteer.news.models import Article, Incoming, Source
from gazetteer.news.tests.world import World
from gazetteer.news.wire import run, secrets
from gazetteer.news.wire.tests.paper import Paper, item, make_source, rss, tools

pytestmark = pytest.mark.django_db


def signed_in(client: Client, role: str) -> Client:
    user = User.objects.create_user("ed", "ed@fisk.example", "ed")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


@pytest.fixture
def editor(client: Client, newsroom: World) -> Client:
    return signed_in(client, "Editors")


@pytest.fixture
def waiting(newsroom: World, paper: Paper) -> Incoming:
    paper.says("/feed", rss(item(1, text="The pier <script>alert(1)</script> opens on Sunday.")))
    source = make_source(paper.url(), section=newsroom.town, takes="full")
    run.take(source.pk, tools())
    return Incoming.objects.get()


def fields(**more: Any) -> dict[str, Any]:
    return {
        "name": "The Fisk Courier", "filing": "queue", "takes": "excerpt", "excerpt_words": "40", "engines": "none",
        "is_on": "on", **more,
    }  # fmt: skip


def test_a_source_is_made_looked_at_and_its_password_is_never_shown(editor: Client, paper: Paper) -> None:
    paper.says("/feed", rss(item(1)))
    sent = fields(address=paper.url(), username="fisk", password="sesame")
    page = editor.post(reverse("sources:add"), sent, follow=True)
    source = Source.objects.get()
    assert secrets.show(source.secret) == "sesame"
    assert "Council meets, part 1" in page.content.decode()
    assert not Incoming.objects.exists()
    form = editor.get(reverse("sources:edit", args=[source.pk])).content.decode()
    assert "sesame" not in form
    assert source.secret not in form
    editor.post(reverse("sources:edit", args=[source.pk]), fields(address=paper.url(), username="fisk"))
    source.refresh_from_db()
    assert secrets.show(source.secret) == "sesame"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://fisk.example:22/", "javascript://x/"])
def test_an_address_that_could_never_be_asked_is_refused_in_the_form(editor: Client, address: str) -> None:
    page = editor.post(reverse("sources:add"), fields(address=address)).content.decode()
    assert not Source.objects.exists()
    assert "The address" in page


def test_a_look_at_a_source_inside_says_why_not(editor: Client, newsroom: World) -> None:
    source = make_source("http://127.0.0.1/feed")
    page = editor.get(reverse("sources:look", args=[source.pk])).content.decode()
    assert "not on the open internet" in page


def test_what_waits_is_taken_as_a_draft_or_refused(editor: Client, waiting: Incoming) -> None:
    page = editor.get(reverse("wire")).content.decode()
    assert "Council meets, part 1" in page
    assert "alert(1)" not in editor.get(reverse("wire_item", args=[waiting.pk])).content.decode()
    answer = editor.post(reverse("wire_accept", args=[waiting.pk]), {"draft": ""})
    story = Article.objects.get()
    assert answer.headers["Location"] == reverse("stories:edit", args=[story.pk])
    assert not story.live
    again = editor.post(reverse("wire_accept", args=[waiting.pk]), {"publish": ""}, follow=True).content.decode()
    assert "somebody was quicker" in again
    assert Article.objects.count() == 1


def test_what_was_refused_can_wait_again(editor: Client, waiting: Incoming) -> None:
    editor.post(reverse("wire_refuse", args=[waiting.pk]))
    assert "Council meets" in editor.get(reverse("wire_left")).content.decode()
    editor.post(reverse("wire_take_back", args=[waiting.pk]))
    assert Incoming.objects.waiting().count() == 1


def test_a_reporter_takes_drafts_and_does_not_publish(client: Client, waiting: Incoming) -> None:
    reporter = signed_in(client, "Reporters")
    assert "Publish as it is" not in reporter.get(reverse("wire")).content.decode()
    reporter.post(reverse("wire_accept", args=[waiting.pk]), {"publish": ""})
    assert not Article.objects.exists()
    reporter.post(reverse("wire_accept", args=[waiting.pk]), {"draft": ""})
    assert Article.objects.get().live is False


def test_a_moderator_of_the_directory_sees_none_of_it(client: Client, waiting: Incoming) -> None:
    moderator = signed_in(client, "Moderators")
    assert moderator.get(reverse("wire")).status_code in {302, 403}
    assert moderator.post(reverse("wire_refuse", args=[waiting.pk])).status_code in {302, 403}
    assert Incoming.objects.waiting().count() == 1


def test_a_conflict_shows_both_texts_and_is_settled(editor: Client, waiting: Incoming) -> None:
    editor.post(reverse("wire_accept", args=[waiting.pk]), {"draft": ""})
    Incoming.objects.update(
        has_conflict=True, conflict=[{"column": "headline", "ours": "Our words", "theirs": "Their words"}]
    )
    page = editor.get(reverse("wire_conflicts")).content.decode()
    assert "Our words" in page
    assert "Their words" in page
    editor.post(reverse("wire_settle", args=[waiting.pk]), {"theirs": ""})
    assert Article.objects.get().headline == "Their words"


def test_a_source_with_published_stories_cannot_be_deleted(editor: Client, waiting: Incoming) -> None:
    editor.post(reverse("wire_accept", args=[waiting.pk]), {"publish": ""})
    editor.post(reverse("sources:delete", args=[waiting.source_id]))
    assert Source.objects.count() == 1
