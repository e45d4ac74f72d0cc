"""The log of changes: which writes are in it, by which keys, and that a reader meets every one of them."""

from collections.abc import Iterator
from time import monotonic, sleep

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections, transaction

from gazetteer.changes import log, triggers, watching
from gazetteer.changes.models import Change
from gazetteer.changes.watching import Key, watch

pytestmark = pytest.mark.django_db(transaction=True)
postgres_only = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite writes one at a time")


@pytest.fixture(autouse=True)
def watched_groups(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Groups under watch: visitors see those whose name does not begin with `_`; `short` is of short names alone."""
    monkeypatch.setattr(watching, "tables", {})
    monkeypatch.setattr(watching, "kinds", {})
    short = Key("short", "CASE WHEN length({row}.name) < 5 THEN {row}.name END", columns=("name",))
    watch(Group, Key("group"), short, visible="substr({row}.name, 1, 1) <> '_'")
    triggers.ensure(connection)
    Group.objects.all().delete()
    yield
    monkeypatch.undo()
    triggers.ensure(connection)


def keys_of(cursor: log.Cursor) -> set[str]:
    return log.read(cursor).keys


def test_a_new_row_logs_its_keys_and_its_table() -> None:
    before = log.end()
    group = Group.objects.create(name="Desk")
    assert keys_of(before) == {"auth_group", f"group:{group.pk}", "short:Desk"}


def test_a_changed_row_logs_the_keys_it_had_and_those_it_has() -> None:
    group = Group.objects.create(name="Desk")
    before = log.end()
    Group.objects.update(name="Wire")
    assert keys_of(before) == {"auth_group", f"group:{group.pk}", "short:Desk", "short:Wire"}


def test_a_row_that_goes_logs_the_keys_it_had() -> None:
    group = Group.objects.create(name="Editors")
    before = log.end()
    Group.objects.all().delete()
    assert keys_of(before) == {"auth_group", f"group:{group.pk}"}


def test_an_equal_write_logs_nothing() -> None:
    Group.objects.create(name="Desk")
    before = log.end()
    Group.objects.update(name="Desk")
    assert keys_of(before) == set()


def test_what_visitors_do_not_see_logs_nothing_until_they_see_it() -> None:
    before = log.end()
    group = Group.objects.create(name="_draft")
    Group.objects.update(name="_other")
    assert keys_of(before) == set()
    Group.objects.update(name="Readers")
    assert keys_of(before) == {"auth_group", f"group:{group.pk}"}


def test_whoever_writes_is_logged() -> None:
    before = log.end()
    Group.objects.bulk_create([Group(name="First"), Group(name="Second")])
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("INSERT INTO auth_group (name) VALUES ('From a shell')")
    finally:
        other.close()
    ids = Group.objects.values_list("pk", flat=True)
    assert keys_of(before) == {"auth_group", *(f"group:{pk}" for pk in ids)}
    assert len(ids) == 3


def test_what_is_rolled_back_was_never_logged() -> None:
    before = log.end()
    with transaction.atomic():
        Group.objects.create(name="Gone")
        transaction.set_rollback(True)
    assert keys_of(before) == set()


def test_a_reader_goes_on_where_it_was_and_meets_a_key_again_that_was_written_again() -> None:
    before = log.end()
    group = Group.objects.create(name="Writers")
    first = log.read(before)
    assert log.read(log.Cursor.load(first.cursor.dump())).keys == set()
    Group.objects.update(name="Editors")
    assert f"group:{group.pk}" in log.read(first.cursor).keys


def test_keys_written_by_hand_are_read_too() -> None:
    before = log.end()
    log.write(["mentions:5", "mentions:5", "index"])
    assert keys_of(before) == {"mentions:5", "index"}


@postgres_only
def test_a_transaction_that_began_early_and_commits_late_is_met() -> None:
    early = Group.objects.create(name="Early")
    before = log.end()
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("UPDATE auth_group SET name = 'Later' WHERE id = %s", [early.pk])
            meanwhile = Group.objects.create(name="Meanwhile")
            first = log.read(before)
            assert f"group:{meanwhile.pk}" in first.keys
            assert f"group:{early.pk}" not in first.keys
            assert log.read(first.cursor).keys == set(), "what was read already is not given again"
            other.commit()
    finally:
        other.close()
    assert f"group:{early.pk}" in log.read(first.cursor).keys


@postgres_only
def test_an_emptied_table_touches_everything() -> None:
    before = log.end()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE auth_group CASCADE")
    assert watching.EVERYTHING in keys_of(before)


def test_on_sqlite_a_key_has_one_line_its_last() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's log only grows until it is cleared")
    log.write(["one"])
    log.write(["one"])
    assert Change.objects.filter(key="one").count() == 1


def test_after_a_migration_or_restore_a_reader_has_lost_its_place() -> None:
    before = log.end()
    log.begin_epoch()
    found = log.read(before)
    assert found.lost
    assert not log.read(found.cursor).lost


def test_a_reader_too_far_behind_has_lost_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST", 2)
    before = log.end()
    log.write(["one", "two", "three"])
    assert log.read(before).lost


def wait_for_open_transactions() -> None:
    """Until every transaction open now has ended: on a server they are everyone's, other tests' in other databases too,
    and a reader's cursor waits for the oldest."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        last = cursor.fetchone()[0]
    give_up = monotonic() + 120
    while log.oldest_open() <= last:
        assert monotonic() < give_up, "a transaction has stayed open for two minutes"
        sleep(0.02)


def test_lines_that_all_readers_have_passed_are_cleared_and_no_others() -> None:
    behind = log.end()
    log.write(["first"])
    wait_for_open_transactions()
    ahead = log.read(behind).cursor
    log.write(["second"])
    log.passed("slow", behind)
    log.passed("fast", ahead)
    log.clear()
    assert keys_of(behind) == {"first", "second"}
    log.passed("slow", ahead)
    log.clear()
    assert not Change.objects.filter(key="first").exists()
    assert keys_of(ahead) == {"second"}
    assert log.read(behind).lost, "a line that it has not read is gone"
    assert not log.read(ahead).lost


def test_nothing_is_cleared_while_nobody_reads() -> None:
    log.write(["first"])
    assert log.clear() == 0


def test_a_hidden_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no column nmae"):
        watch(Group, hidden=("nmae",))


def test_the_check_finds_a_lost_trigger_of_the_log() -> None:
    lost = next(name for name in triggers.existing(connection) if "log_auth_group_update" in name)
    with connection.cursor() as cursor:
        triggers.drop(cursor, connection.vendor, lost, "auth_group")
    assert any(lost in line for line in triggers.differences(connection))


def test_a_write_with_a_conflict_clause_of_its_own_logs_what_it_changed_and_gives_its_keys_the_newest_place() -> None:
    group = Group.objects.create(name="Desk")
    before = log.end()
    Group.objects.bulk_create(
        [Group(name="Desk", pk=group.pk)], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    )
    Group.objects.bulk_create(
        [Group(name="Wire")], update_conflicts=True, unique_fields=["name"], update_fields=["name"]
    )
    Group.objects.bulk_create([Group(name="News")], ignore_conflicts=True)
    assert keys_of(before) >= {"auth_group", "short:Wire", "short:News"}
    between = log.end()
    Group.objects.bulk_create([Group(name="Fold")], ignore_conflicts=True)
    assert keys_of(between) >= {"auth_group", "short:Fold"}
