"""What the desk sees and does at /admin/."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from gazetteer.accounts.models import User
from gazetteer.news import actions
from gazetteer.news.models import Article, Author, Section, Tag, Telling
from gazetteer.news.tests.world import World, make_story
from gazetteer.news.wire import match

FRAMEWORK_WORDS = re.compile(r"\b(snippets?|viewset|streamfield|rendition|slug)\b", re.IGNORECASE)


def sign_in(client: Client, name: str = "ed", group: str = "") -> User:
    user = User.objects.create_user(name, password="x") if group else User.objects.create_superuser(name)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


def seen(html: str) -> str:
    """What a person reads or hears: text and labels, without scripts and names of classes."""
    html = re.sub(r"<(script|style|template)\b.*?</\1>", " ", html, flags=re.DOTALL)
    labels = " ".join(re.findall(r'(?:aria-label|title|placeholder|alt|value)="([^"]*)"', html))
    return re.sub(r"<[^>]+>", " ", html) + labels


def form_of(**values: Any) -> dict[str, Any]:
    """A story's form as the browser sends it."""
    fields: dict[str, Any] = {
        "headline": "Ferry sails",
        "lead": "It sails in May.",
        "body": streamfield([("paragraph", rich_text("<p>It is red.</p>"))]),
        "slug": "",
        "section": "",
        "language": "en-gb",
        "tags": "",
        "bylines": inline_formset([]),
        "related": inline_formset([]),
        "desk_files": inline_formset([]),
        **values,
    }
    return nested_form_data(fields)


def html_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


@pytest.fixture
def desk(newsroom: World, client: Client) -> Client:
    sign_in(client)
    return client


def every_screen(newsroom: World) -> list[str]:
    story = actions.publish(
        actions.create("Ferry sails", section=newsroom.town, tags=["Boats"], authors=[newsroom.ada])
    )
    correction = actions.correct(story, "It is red.")
    one, two = story.revisions.order_by("id")[0], actions.save_draft(story)
    parts = ("sections", "authors", "storylines", "breaking", "tags")
    acts = [reverse(f"stories:{name}", args=[story.pk]) for name in ("correct", "withdraw", "reinstate", "restore")]
    return [
        reverse("wagtailadmin_home"),
        reverse("stories:list"),
        reverse("newsroom_today"),
        reverse("newsroom_calendar"),
        *(reverse(f"{part}:index") for part in ("corrections", *parts)),
        *(reverse(f"{part}:add") for part in ("stories", *parts)),
        reverse("stories:edit", args=[story.pk]),
        reverse("stories:delete", args=[story.pk]),
        reverse("stories:history", args=[story.pk]),
        reverse("stories:usage", args=[story.pk]),
        reverse("stories:unpublish", args=[story.pk]),
        reverse("stories:revisions_compare", args=[story.pk, one.pk, two.pk]),
        reverse("stories:revisions_revert", args=[story.pk, one.pk]),
        reverse("stories:workflow_history", args=[story.pk]),
        reverse("stories:list") + "?q=nothing-of-the-kind",
        reverse("sections:edit", args=[newsroom.town.pk]),
        reverse("sections:delete", args=[newsroom.town.pk]),
        reverse("authors:edit", args=[newsroom.ada.pk]),
        reverse("authors:delete", args=[newsroom.ada.pk]),
        reverse("tags:edit", args=[Tag.objects.get().pk]),
        reverse("corrections:edit", args=[correction.pk]),
        reverse("choose_author:choose"),
        *acts,
    ]  # fmt: skip


def test_no_screen_says_a_word_of_the_framework(desk: Client, newsroom: World) -> None:
    for url in every_screen(newsroom):
        found = FRAMEWORK_WORDS.findall(seen(html_of(desk, url)))
        assert not found, (url, found)


def test_the_menu_has_the_parts_of_the_newsroom_in_plain_words(desk: Client) -> None:
    html = html_of(desk, "/admin/")
    for label, url in (
        ("Stories", "/admin/stories/"),
        ("Sections", "/admin/sections/"),
        ("Authors", "/admin/authors/"),
    ):
        assert f'"{label}"' in html or f">{label}<" in html
        assert url in html


def test_a_story_is_written_and_published_in_one_go(desk: Client, newsroom: World) -> None:
    form = form_of(
        section=newsroom.town.pk,
        tags="Boats",
        bylines=inline_formset([{"author": newsroom.ada.pk}]),
    )
    desk.post("/admin/stories/add/", {**form, "action-publish": "Publish"})
    story = Article.objects.get()
    assert Article.objects.published().get() == story
    assert story.slug == "ferry-sails"
    assert [line.author for line in story.bylines.all()] == [newsroom.ada]
    assert "It is red." in desk.get(story.get_absolute_url()).content.decode()


def test_a_draft_of_a_published_story_changes_nothing_for_readers(desk: Client, newsroom: World) -> None:
    story = make_story("Ferry sails", newsroom.town)
    desk.post(
        f"/admin/stories/edit/{story.pk}/", form_of(headline="Ferry sinks", section=newsroom.town.pk, slug=story.slug)
    )
    assert "Ferry sails" in desk.get(story.get_absolute_url()).content.decode()
    assert "Ferry sinks" in html_of(desk, f"/admin/stories/edit/{story.pk}/")


def test_preview_shows_the_page_readers_will_see(desk: Client, newsroom: World) -> None:
    story = make_story("Ferry sails", newsroom.town)
    url = f"/admin/stories/preview/{story.pk}/"
    assert desk.post(url, form_of(headline="Ferry sinks", section=newsroom.town.pk, slug="x")).json()["is_valid"]
    html = desk.get(url + "?mode=").content.decode()
    assert "<h1>Ferry sinks</h1>" in html
    assert "It is red." in html
    assert Article.objects.get().headline == "Ferry sails"


def test_a_new_story_can_be_previewed_before_it_is_saved(desk: Client, newsroom: World) -> None:
    url = "/admin/stories/preview/"
    form = form_of(section=newsroom.town.pk, tags="Boats", bylines=inline_formset([{"author": newsroom.ada.pk}]))
    assert desk.post(url, form).json()["is_valid"]
    assert "<h1>Ferry sails</h1>" in desk.get(url + "?mode=").content.decode()
    assert not Article.objects.exists()


def test_history_can_be_compared_and_an_old_version_put_back(desk: Client, newsroom: World) -> None:
    story = actions.publish(actions.create("Ferry sails", section=newsroom.town, lead="First words."))
    first = story.latest_revision
    story.lead = "Second words."
    actions.publish(story)
    compare = html_of(desk, reverse("stories:revisions_compare", args=[story.pk, first.pk, "latest"]))
    assert "First" in compare
    assert "Second" in compare
    revert = reverse("stories:revisions_revert", args=[story.pk, first.pk])
    assert "First words." in html_of(desk, revert)
    form = form_of(headline="Ferry sails", lead="First words.", section=newsroom.town.pk, slug=story.slug)
    desk.post(revert, {**form, "revision": first.pk, "action-publish": "Publish"})
    assert Article.objects.get().lead == "First words."


def test_publishing_an_old_draft_tells_of_what_an_import_changed_and_keeps_it(desk: Client, newsroom: World) -> None:
    story = actions.publish(actions.create("Ferry sails", section=newsroom.town, lead="First words."))
    url = f"/admin/stories/edit/{story.pk}/"
    form = form_of(
        headline="Ferry sails",
        lead="An editor's words.",
        section=newsroom.town.pk,
        slug=story.slug,
        body=streamfield([]),
    )
    desk.post(url, form)
    actions.change_by_machine(story, {"lead": "Words of the wire."}, reason="wire")
    html = html_of(desk, url)
    assert "An import or feed changed this story" in html
    assert "Words of the wire." in html
    response = desk.post(url, {**form, "action-publish": "Publish"}, follow=True)
    assert "was kept" in seen(response.content.decode())
    assert Article.objects.get().lead == "Words of the wire."
    assert "An editor&#x27;s words." in html_of(desk, url)


def test_a_story_goes_to_the_trash_and_comes_back(desk: Client, newsroom: World) -> None:
    story = make_story("Ferry sails", newsroom.town)
    desk.post(f"/admin/stories/delete/{story.pk}/")
    assert Article.objects.get().deleted_at is not None
    assert "Ferry sails" not in html_of(desk, "/admin/stories/results/")
    assert "Ferry sails" in html_of(desk, "/admin/stories/results/?state=trash")
    desk.post(f"/admin/stories/restore/{story.pk}/")
    assert Article.objects.published().exists()


def test_a_story_is_withdrawn_and_given_back(desk: Client, newsroom: World) -> None:
    story = make_story("Ferry sails", newsroom.town)
    desk.post(f"/admin/stories/withdraw/{story.pk}/", {"notice": "It was wrong.", "for_good": "on"})
    assert "It was wrong." in desk.get(story.get_absolute_url()).content.decode()
    assert "It was wrong." in html_of(desk, f"/admin/stories/edit/{story.pk}/")
    desk.post(f"/admin/stories/reinstate/{story.pk}/", {})
    assert Article.objects.published().exists()


def test_a_correction_is_added_at_the_story(desk: Client, newsroom: World) -> None:
    story = make_story("Ferry sails", newsroom.town)
    assert "This field is required" in desk.post(f"/admin/stories/correct/{story.pk}/", {"text": " "}).content.decode()
    desk.post(f"/admin/stories/correct/{story.pk}/", {"kind": "correction", "text": "It is red."})
    assert "It is red." in desk.get(story.get_absolute_url()).content.decode()
    assert "It is red." in html_of(desk, "/admin/corrections/")


def test_a_web_address_that_another_story_had_is_refused(desk: Client, newsroom: World) -> None:
    make_story("Other", newsroom.town)
    story = make_story("Ferry sails", newsroom.town)
    form = form_of(section=newsroom.town.pk, slug="other")
    html = desk.post(f"/admin/stories/edit/{story.pk}/", {**form, "action-publish": "Publish"}).content.decode()
    assert "Another story of that day" in html


def test_stories_are_found_by_the_beginning_of_the_headline_or_a_pasted_address(desk: Client, newsroom: World) -> None:
    make_story("Élan of the ferry", newsroom.town)
    make_story("Other", newsroom.town)
    for query in ("elan of", "ÉLAN", "http://127.0.0.1/news/2019/04/13/élan-of-the-ferry/"):
        html = html_of(desk, f"/admin/stories/results/?q={query}")
        assert "Élan of the ferry" in html
        assert "Other" not in seen(html)


def test_the_list_of_stories_narrows_by_section_and_state(desk: Client, newsroom: World) -> None:
    make_story("Korean", newsroom.korea)
    make_story("Local", newsroom.town, live=False)
    html = seen(html_of(desk, f"/admin/stories/results/?section={newsroom.world.pk}"))
    assert "Korean" in html
    assert "Local" not in html
    html = seen(html_of(desk, "/admin/stories/results/?state=draft"))
    assert "Local" in html
    assert "Korean" not in html


def test_no_list_counts_a_whole_table(desk: Client, newsroom: World, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        make_story(f"Story {number}", newsroom.town)
    html_of(desk, "/admin/stories/")
    with django_assert_max_num_queries(40) as captured:
        html_of(desk, "/admin/stories/")
    counts = [
        query["sql"]
        for query in captured.captured_queries
        if "COUNT(" in query["sql"] and "news_article" in query["sql"]
    ]
    assert counts
    assert all("LIMIT" in sql for sql in counts), counts


def test_a_reporter_writes_and_submits_and_an_editor_approves(newsroom: World, client: Client) -> None:
    sign_in(client, "rita", "Reporters")
    form = form_of(section=newsroom.town.pk)
    client.post("/admin/stories/add/", {**form, "action-publish": "Publish"})
    story = Article.objects.get()
    assert not Article.objects.published().exists()
    client.post(f"/admin/stories/edit/{story.pk}/", {**form, "action-submit": "Submit"})
    story.refresh_from_db()
    state = story.current_workflow_task_state
    assert state is not None
    sign_in(client, "edda", "Editors")
    client.post(reverse("stories:workflow_action", args=[story.pk, "approve", state.pk]), {})
    assert Article.objects.published().get() == story
    assert story.current_workflow_state is None


def test_a_reporter_may_neither_publish_withdraw_nor_delete(newsroom: World, client: Client) -> None:
    story = make_story("Ferry sails", newsroom.town)
    sign_in(client, "rita", "Reporters")
    for act in ("withdraw", "delete", "unpublish", "reinstate"):
        client.post(f"/admin/stories/{act}/{story.pk}/", {"notice": "Gone."})
    assert Article.objects.published().get() == story


def test_a_locked_story_cannot_be_changed_by_another(newsroom: World, client: Client) -> None:
    story = make_story("Ferry sails", newsroom.town)
    sign_in(client, "edda", "Editors")
    client.post(f"/admin/stories/lock/{story.pk}/")
    sign_in(client, "edwin", "Editors")
    form = form_of(headline="Ferry sinks", section=newsroom.town.pk, slug=story.slug)
    client.post(f"/admin/stories/edit/{story.pk}/", {**form, "action-publish": "Publish"})
    assert Article.objects.get().headline == "Ferry sails"


def section_form(**values: Any) -> dict[str, Any]:
    fields = {
        "name": "",
        "slug": "",
        "description": "",
        "parent": "",
        "behind": "",
        "cards": inline_formset([]),
        **values,
    }
    return nested_form_data(fields)


def test_a_section_is_made_moved_and_renamed(desk: Client, newsroom: World) -> None:
    desk.post("/admin/sections/new/", section_form(name="Japan", parent=newsroom.asia.pk, name_fr="Japon"))
    section = Section.objects.get(name="Japan")
    assert (section.address, section.name_in("fr")) == ("world/asia/japan", "Japon")
    url = reverse("sections:edit", args=[section.pk])
    desk.post(url, section_form(name="Nippon", slug="nippon", parent=newsroom.sport.pk))
    section = Section.objects.get(pk=section.pk)
    assert (section.name, section.address) == ("Nippon", "sport/nippon")
    desk.post(
        reverse("sections:edit", args=[newsroom.world.pk]),
        section_form(name="World", slug="world", behind=newsroom.town.pk),
    )
    assert [each.name for each in Section.objects.tops()] == ["Sport", "Town", "World"]
    assert Section.objects.get(name="Korea").address == "world/asia/korea"


def test_stories_are_placed_at_the_top_of_a_section(desk: Client, newsroom: World) -> None:
    one, two = make_story("One", newsroom.town), make_story("Two", newsroom.town, hours=1)
    cards = inline_formset([{"article": one.pk, "until": ""}, {"article": two.pk, "until": ""}])
    url = reverse("sections:edit", args=[newsroom.town.pk])
    desk.post(url, section_form(name="Town", slug="town", cards=cards))
    assert [card.article for card in newsroom.town.cards.order_by("position")] == [one, two]


def test_a_section_goes_to_the_trash(desk: Client, newsroom: World) -> None:
    desk.post(reverse("sections:delete", args=[newsroom.asia.pk]))
    assert Section.objects.get(pk=newsroom.korea.pk).deleted_at is not None


def test_an_author_is_made_with_links(desk: Client) -> None:
    values = {
        "name": "Zoë Dahl",
        "slug": "",
        "role": "",
        "bio": "",
        "links_text": "Site: https://zoe.example/",
        "user": "",
    }
    desk.post("/admin/authors/new/", values)
    author = Author.objects.get(name="Zoë Dahl")
    assert (author.slug, author.links) == ("zoë-dahl", {"Site": "https://zoe.example/"})
    html = desk.post("/admin/authors/new/", {**values, "links_text": "Site: javascript:alert(1)"}).content.decode()
    assert "Line 1" in html


def test_a_tag_is_merged_into_another(desk: Client, newsroom: World) -> None:
    story = actions.publish(actions.create("Ferry", section=newsroom.town, tags=["Boat"]))
    boats = Tag.objects.create(name="Boats")
    desk.post(reverse("tags:edit", args=[Tag.objects.get(name="Boat").pk]), {"name": "Boat", "into": boats.pk})
    assert list(Article.objects.with_tag(boats)) == [story]
    assert Tag.objects.get() == boats


def test_who_tells_a_story_is_seen_split_and_put_together(desk: Client, newsroom: World) -> None:
    text = " ".join(f"The ferry to island number {n} sails at {n} in the morning from quay {n}." for n in range(9))
    ours, theirs = (make_story(name, newsroom.town, lead=text) for name in ("Ours", "Theirs"))
    other = make_story("Other", newsroom.town, lead="Another matter altogether, this.")
    told = [match.tell_article(story) for story in (ours, theirs, other)]
    cluster = match.place(told[1])
    assert cluster is not None
    address = f"/admin/clusters/{cluster.pk}/"
    assert "Ours" in html_of(desk, "/admin/clusters/")
    assert all(words in html_of(desk, address) for words in ("Ours", "Theirs", "leads"))
    desk.post(address, {"act": "lead", "telling": told[1].pk})
    assert "leads, by the desk" in html_of(desk, address)
    assert "No story has this address" in desk.post(address, {"act": "together", "with_story": "x"}).content.decode()
    desk.post(address, {"act": "together", "with_story": f"https://paper.example{other.get_absolute_url()}"})
    assert "Other" in html_of(desk, address)
    desk.post(address, {"act": "split", "telling": told[0].pk})
    assert "Ours" not in html_of(desk, address).partition("<main")[2]
    assert match.place(Telling.objects.get(pk=told[0].pk)) is None
