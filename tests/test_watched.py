"""Of what is written to tables under watch, what visitors can see is logged, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from gazetteer.accounts.models import User
from gazetteer.changes import log, triggers
from gazetteer.directory import actions as directory
from gazetteer.directory.imports import import_file
from gazetteer.directory.models import Branch, Category, Filing, Listing
from gazetteer.news import actions as news
from gazetteer.news.models import Article, Section, Tag

pytestmark = pytest.mark.django_db


def logged(write: Callable[[], Any]) -> set[str]:
    before = log.end()
    write()
    return log.read(before).keys


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("ed", "ed@example.org", "x")


@pytest.fixture
def shown_story() -> Article:
    story = news.create(headline="Sky", lead="It is blue.", section=news.add_section("World"))
    news.save_draft(story)
    news.publish(story)
    return Article.objects.get(pk=story.pk)


@pytest.fixture
def shown_listing() -> Listing:
    category = directory.add_category("Bakeries")
    listing = Listing(name="Bread & Co", city="Leeds", country="GB", lat=53.8, lon=-1.5)
    listing.save()
    Filing.objects.create(listing=listing, category=category, is_primary=True)
    return Listing.objects.get(pk=listing.pk)


def test_drafts_autosave_and_locks_of_a_story_log_nothing(shown_story: Article, editor: User) -> None:
    def write() -> None:
        shown_story.headline = "Sky is grey"
        shown_story.save_revision(user=editor)
        shown_story.save_revision(user=editor, clean=False)
        Article.objects.update(locked=True, locked_at=timezone.now(), locked_by=editor)
        Article.objects.update(changed_at=timezone.now(), note_to_desk="Ask him")
        news.create(headline="Not yet", section=shown_story.section)

    assert logged(write) == set()


def test_drafts_and_locks_of_a_listing_log_nothing(shown_listing: Listing, editor: User) -> None:
    def write() -> None:
        shown_listing.description = "Soon more"
        shown_listing.save_revision(user=editor)
        Listing.objects.update(locked=True, locked_at=timezone.now(), note_to_desk="Call", owner=editor)
        draft = Listing.objects.create(name="Not yet", live=False, lat=1.0, lon=1.0)
        Filing.objects.create(listing=draft, category=Category.objects.get(), is_primary=True)
        Listing.objects.filter(pk=draft.pk).update(name="Still not")

    assert logged(write) == set()


def test_counters_of_the_trees_log_nothing(shown_story: Article) -> None:
    def write() -> None:
        Section.objects.update(numchild=7)
        Category.objects.update(numchild=7)

    assert logged(write) == set()


def test_an_equal_import_logs_nothing_and_a_changed_one_its_listing(tmp_path: Path) -> None:
    file = tmp_path / "firms.jsonl"
    row = {
        "id": "1",
        "name": "Bread & Co",
        "category": ["Food", "Bakeries"],
        "tags": ["bread"],
        "phone": "+44 113 496 0000",
    }
    file.write_text(json.dumps(row))
    import_file(file, feed="f")
    assert logged(lambda: import_file(file, feed="f")) == set()
    file.write_text(json.dumps({**row, "phone": "+44 113 496 0001"}))
    listing = Listing.objects.get()
    found = logged(lambda: import_file(file, feed="f"))
    assert f"listing:{listing.pk}" in found
    assert "changed:all" in found
    assert f"listing:{listing.pk}:row" not in found
    assert not {key for key in found if key.startswith(("branch:", "count:"))}


def test_a_listing_that_moves_touches_the_branches_it_leaves_and_joins_and_their_counts(shown_listing: Listing) -> None:
    old, new = Category.objects.get(), directory.add_category("Cafés")
    found = logged(lambda: Filing.objects.update(category=new))
    for category in (old, new):
        assert f"count:{category.branch_id}" in found
        assert f"branch:{category.branch_id}:0bre" in found
    assert f"count:{Branch.objects.get(kind='all').pk}" not in found
    assert f"listing:{shown_listing.pk}:row" in found


def test_what_triggers_derive_is_logged_by_triggers_upon_it(shown_story: Article) -> None:
    hour = shown_story.published_at.strftime("%Y-%m-%d %H") if shown_story.published_at else ""
    found = logged(lambda: Article.objects.update(live=False))
    assert {f"stories:{shown_story.section_id}:{hour}", f"shown:all:{hour}", f"article:{shown_story.pk}:card"} <= found


def test_a_text_that_is_not_in_lists_touches_no_card(shown_story: Article) -> None:
    found = logged(lambda: Article.objects.update(dateline="LEEDS"))
    assert {key for key in found if not key.startswith("news_")} == {"article", f"article:{shown_story.pk}"}


@pytest.mark.django_db(transaction=True)
def test_a_table_remade_by_a_migration_has_its_triggers_again() -> None:
    """As `migrate` does: the triggers go, the table is altered (SQLite makes it anew), the triggers come."""
    field: Any = models.CharField(max_length=7, default="", db_default="")
    add = migrations.AddField("tag", "colour", field)
    state = MigrationLoader(connection).project_state()
    after = state.clone()
    add.state_forwards("news", after)
    triggers.before_migrate("default")
    try:
        with connection.schema_editor() as editor:
            add.database_forwards("news", editor, state, after)
        with connection.schema_editor() as editor:
            add.database_backwards("news", editor, after, state)
    finally:
        triggers.after_migrate("default")
    assert triggers.differences(connection) == []
    found = logged(lambda: Tag.objects.create(name="Sea", slug="sea"))
    assert f"tag:{Tag.objects.get().pk}" in found
