"""The index follows the log: every write once, whoever writes, whatever happens to whoever follows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from gazetteer.changes import log, triggers, watching
from gazetteer.changes.models import Change
from gazetteer.changes.watching import Key, watch
from gazetteer.search import documents, index
from gazetteer.search.engines.base import Busy, Document, Engine, NoIndex, Query

pytestmark = pytest.mark.django_db(transaction=True)


class Groups(documents.ByRange):
    """Groups can be found by their names, but for those whose name begins with `_`; `all` touches every one."""

    kind = "group"
    fields = (documents.NAME,)
    table = Group

    def touched(self, keys: Collection[str]) -> list[int] | documents.All:
        return documents.ALL if "all" in keys else documents.numbers_of(keys, "group")

    def read(self, numbers: Sequence[int]) -> Iterator[Document]:
        return self.documents(Group.objects.filter(pk__in=numbers))

    def in_range(self, first: int, end: int) -> Iterator[Document]:
        return self.documents(Group.objects.filter(pk__gte=first, pk__lt=end))

    def documents(self, groups: Iterable[Group]) -> Iterator[Document]:
        for group in groups:
            if not group.name.startswith("_"):
                yield Document(f"group:{group.pk}", "group", {"name": group.name}, {"title": group.name})


@pytest.fixture(autouse=True)
def watched_groups(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(watching, "tables", {})
    monkeypatch.setattr(watching, "kinds", {})
    monkeypatch.setattr(documents, "registered", {"group": Groups()})
    watch(Group, Key("group"))
    triggers.ensure(connection)
    Group.objects.all().delete()
    yield
    monkeypatch.undo()
    triggers.ensure(connection)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with index.opened("embedded", tmp_path / "search") as made:
        yield made


def names(engine: Engine) -> list[str]:
    return sorted(hit.shown["title"] for hit in engine.search(Query(limit=50)).hits)


def test_what_is_there_is_found_once_the_index_is_made(engine: Engine) -> None:
    Group.objects.create(name="Desk")
    with pytest.raises(NoIndex):
        names(engine)
    assert index.follow(engine) == 1
    assert names(engine) == ["Desk"]


def test_each_write_is_followed(engine: Engine) -> None:
    desk, wire = Group.objects.create(name="Desk"), Group.objects.create(name="Wire")
    index.follow(engine)
    Group.objects.filter(pk=desk.pk).update(name="Night desk")
    Group.objects.bulk_create([Group(name="Photo")])
    wire.delete()
    assert index.follow(engine) == 3
    assert names(engine) == ["Night desk", "Photo"]
    assert index.follow(engine) == 0


def test_what_may_not_be_seen_any_more_goes(engine: Engine) -> None:
    group = Group.objects.create(name="Desk")
    index.follow(engine)
    Group.objects.filter(pk=group.pk).update(name="_desk")
    index.follow(engine)
    assert names(engine) == []


def test_many_at_once_come_in_batches(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BATCH", 3)
    index.follow(engine)
    Group.objects.bulk_create(Group(name=f"Group {number}") for number in range(10))
    assert index.follow(engine) == 10
    assert len(names(engine)) == 10


def test_who_is_killed_between_two_commits_does_it_again_and_doubles_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "BATCH", 3)
    index.follow(engine)
    Group.objects.bulk_create(Group(name=f"Group {number}") for number in range(10))
    written: list[int] = []
    plain = type(engine).write

    def killed(*args: object) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(1)
        plain(*args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(type(engine), "write", killed)
    with pytest.raises(KeyboardInterrupt):
        index.follow(engine)
    monkeypatch.setattr(type(engine), "write", plain)
    assert len(names(engine)) == 6
    assert index.follow(engine) == 10
    assert len(names(engine)) == engine.count() == 10


def test_after_each_commit_pages_that_show_what_was_found_are_told(engine: Engine) -> None:
    index.follow(engine)
    Group.objects.create(name="Desk")
    before = log.end()
    index.follow(engine)
    assert log.read(before).keys == {index.KEY}


def test_its_own_key_is_nothing_to_follow(engine: Engine) -> None:
    index.follow(engine)
    Group.objects.create(name="Desk")
    index.follow(engine)
    before, after = engine.cursor(), log.end()
    follower = index.Follower(engine)
    assert follower.step() == follower.step() == 0
    assert (log.read(after).keys, engine.cursor()) == (set(), before)
    follower.kept_at -= index.KEPT_AFTER + 1
    follower.cursor = None
    follower.kept = None
    assert follower.step() == 0
    assert engine.cursor() != before, "but in time the cursor goes on, so that the log can be cleared"


def test_another_life_of_the_database_means_another_index(engine: Engine) -> None:
    index.follow(engine)
    with engine:
        Group.objects.create(name="Desk")
        Change.objects.all().delete()
        log.begin_epoch()
        assert index.follow(engine) == 1
    assert names(engine) == ["Desk"]


def test_a_key_that_touches_all_means_another_index(engine: Engine) -> None:
    Group.objects.create(name="Desk")
    index.follow(engine)
    with transaction.atomic():
        log.write(["all"])
    assert index.follow(engine) == 1


def test_what_is_written_while_the_index_is_made_is_followed_after_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    Group.objects.create(name="Desk")
    plain = Groups.in_range

    def meanwhile(self: Groups, first: int, end: int) -> Iterator[Document]:
        yield from plain(self, first, end)
        Group.objects.get_or_create(name="Late")

    monkeypatch.setattr(Groups, "in_range", meanwhile)
    index.build(engine)
    assert index.follow(engine) == 1
    assert names(engine) == ["Desk", "Late"]


def test_one_process_writes(engine: Engine) -> None:
    index.follow(engine)
    Group.objects.create(name="Desk")
    index.follow(engine)
    other = index.opened("embedded", engine.place)
    Group.objects.create(name="Wire")
    with pytest.raises(Busy):
        index.follow(other)
    engine.close()
    assert index.follow(other) == 1
    assert names(engine) == ["Desk", "Wire"]
    other.close()


def test_an_engine_that_nobody_has_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no search engine named solr; there are embedded, memory"):
        index.opened("solr", tmp_path)
