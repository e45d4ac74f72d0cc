"""What a rendering read: whole tables by themselves, or the keys that its reads declare."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection

from gazetteer.changes import notes, watching
from gazetteer.changes.notes import Part, note, reading, recording
from gazetteer.changes.watching import Key, watch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def watched_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "tables", {})
    monkeypatch.setattr(watching, "kinds", {})
    watch(Group, Key("group"))


def test_a_query_that_declares_nothing_notes_its_whole_tables() -> None:
    with recording() as noted:
        list(Group.objects.all())
    assert (noted.keys, noted.unkept) == ({"auth_group"}, "")


def test_a_declared_query_notes_its_key_in_place_of_the_table() -> None:
    with recording() as noted, reading("group:5"):
        list(Group.objects.filter(pk=5))
    assert noted.keys == {"group:5"}


def test_a_declaration_covers_no_other_table() -> None:
    with recording() as noted, reading("group:5"):
        list(Group.objects.filter(pk=5, user__username="ada"))
    assert {"group:5", "accounts_user", "accounts_user_groups"} == noted.keys
    assert "nobody watches" in noted.unkept


def test_rows_noted_one_by_one_stand_for_their_table() -> None:
    Group.objects.create(name="Desk")
    with recording() as noted:
        with reading("page:front", besides=("auth_group",)):
            found = list(Group.objects.all())
        note(*(f"group:{each.pk}" for each in found))
    assert noted.keys == {"page:front", *(f"group:{each.pk}" for each in Group.objects.all())}


def test_a_page_that_reads_what_nobody_watches_is_not_kept() -> None:
    with recording() as noted:
        Permission.objects.count()
    assert "auth_permission" in noted.unkept


def test_a_page_that_writes_is_not_kept() -> None:
    with recording() as noted:
        Group.objects.create(name="Desk")
    assert noted.wrote
    assert "it wrote" in noted.unkept


def test_of_several_moments_the_soonest_counts() -> None:
    soon, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    with recording() as noted:
        for moment in (later, soon, None):
            notes.fresh_until(moment)
    assert noted.fresh_until == soon.timestamp()


def test_one_recording_inside_another_notes_for_itself_alone() -> None:
    with recording() as outer:
        note("outer")
        with recording() as inner:
            list(Group.objects.all())
    assert (outer.keys, inner.keys) == ({"outer"}, {"auth_group"})


def test_outside_a_recording_nothing_is_noted_and_parts_are_rendered_in_place() -> None:
    note("nothing")
    notes.do_not_keep("nothing")
    with reading("group:5"):
        list(Group.objects.all())
    assert notes.part(Part("/-/part/side/")) is None


def test_a_part_is_a_token_on_the_page_that_is_recorded() -> None:
    with recording() as noted:
        tokens = [notes.part(Part("/-/part/side/")), notes.part(Part("/-/part/totals/"))]
    assert tokens == ["\0000\0", "\0001\0"]
    assert [part.address for part in noted.parts] == ["/-/part/side/", "/-/part/totals/"]


def test_a_union_is_a_read_in_the_words_of_either_database() -> None:
    first, second = Group.objects.filter(name="a"), Group.objects.filter(name="b")
    with recording() as noted:
        list(first.order_by("id")[:1].union(second.order_by("id")[:1]) if connection.vendor == "postgresql" else first)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM auth_group UNION SELECT id FROM auth_group")
    assert (noted.keys, noted.unkept) == ({"auth_group"}, "")
    assert notes.first_word("  (SELECT 1)\n UNION (SELECT 2)") == "SELECT"
