"""Stories are found at the desk by how they begin, and who looks after a part of the paper may work there alone."""

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupApprovalTask, WorkflowContentType

from gazetteer.accounts.models import Responsibility, User
from gazetteer.accounts.policy import may, scope
from gazetteer.news import actions
from gazetteer.news.models import Article, Section
from gazetteer.news.tests.world import APRIL, World, make_story


def test_a_key_follows_its_headline_however_it_is_saved(newsroom: World) -> None:
    story = make_story("Ferry", newsroom.town)
    actions.change_by_machine(story, {"headline": "Boat"}, reason="wire")
    assert list(Article.objects.headline_begins("boat")) == [story]
    assert not Article.objects.headline_begins("ferry").exists()
    Article.objects.bulk_create([Article(headline="Tram", slug="tram", published_at=APRIL)])
    assert Article.objects.headline_begins("TRAM").count() == 1


def reporter_of(section: Section) -> User:
    user = User.objects.create_user("rita")
    user.groups.add(Group.objects.get(name="Reporters"))
    Responsibility.objects.create(user=user, subject=section)
    return User.objects.get(pk=user.pk)


def test_a_reporter_who_looks_after_a_section_works_in_it_and_below_and_nowhere_else(
    newsroom: World, client: Client
) -> None:
    own, below = make_story("Own", newsroom.asia), make_story("Below", newsroom.korea)
    other, above = make_story("Other", newsroom.sport), make_story("Above", newsroom.world)
    rita = reporter_of(newsroom.asia)
    assert [may(rita, "edit", story) for story in (own, below, other, above)] == [True, True, False, False]
    assert set(scope(rita, "edit", Article.objects.all())) == {own, below}
    client.force_login(rita)
    listed = client.get("/admin/stories/").content.decode()
    assert "Below" in listed
    assert "Other" not in listed
    assert client.get(f"/admin/stories/edit/{own.pk}/").status_code == 200
    assert client.get(f"/admin/stories/edit/{other.pk}/").status_code in (302, 403)


def test_a_new_site_lets_an_editor_approve_and_never_overrules_its_operator(db: None) -> None:
    task = GroupApprovalTask.objects.get(name="An editor approves")
    assert {group.name for group in task.groups.all()} == {"Editors", "Managers"}
    WorkflowContentType.objects.all().delete()
    actions.compose_approval()
    assert not WorkflowContentType.objects.exists()
