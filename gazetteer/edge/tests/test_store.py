"""The file of saved pages: what is kept, what is dropped, what a killed or crowded machine does to it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import lmdb
import pytest

from gazetteer.changes.notes import Part
from gazetteer.edge import answers
from gazetteer.edge.entries import Page, address_key
from gazetteer.edge.shared import Shared
from gazetteer.edge.store import LEASE_SECONDS, Store

NOW = 1_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "pages", "this release", megabytes=64)
    yield opened
    opened.close()


def page(address: str = "/a/", body: bytes = b"<p>A</p>", **more: object) -> Page:
    return Page(address, body, [("Content-Type", "text/html")], **more)  # type: ignore[arg-type]  # fields by name


def keep(store: Store, one: Page) -> bool:
    return store.keep(one, store.state().counter)


def drop(store: Store, *keys: str) -> int:
    with store.writing() as txn:
        return store.drop(txn, keys)


def test_what_was_kept_is_given_back_whole(store: Store) -> None:
    kept = page(
        "/ö/?after=5",
        b"\x00\xff",
        keys=frozenset({"listing:5", "town:7:Ätna"}),
        parts=(Part("/-/side/1/", "article:2", "/-/side/2/"),),
        fresh_until=NOW + 5,
        shows=frozenset({"article:2"}),
    )
    assert keep(store, kept)
    assert store.page("/ö/?after=5", NOW) == kept


def test_a_page_is_dropped_by_any_key_that_it_read_and_by_no_other(store: Store) -> None:
    keep(store, page("/a/", keys=frozenset({"listing:1", "branch:2"})))
    keep(store, page("/b/", keys=frozenset({"branch:2"})))
    assert drop(store, "listing:9", "listing:11") == 0
    assert drop(store, "listing:1") == 1
    assert store.page("/a/", NOW) is None
    assert store.page("/b/", NOW) is not None
    assert drop(store, "branch:2") == 1


def test_everything_goes_when_everything_may_have_changed(store: Store) -> None:
    keep(store, page("/a/"))
    keep(store, page("/b/", keys=frozenset({"x"})))
    assert drop(store, "*") == 2
    assert store.count() == 0


def test_a_page_that_a_write_overtook_is_not_kept(store: Store) -> None:
    since = store.state().counter
    drop(store, "listing:1")
    assert not store.keep(page(keys=frozenset({"listing:1"})), since)
    assert store.keep(page(keys=frozenset({"listing:2"})), since), "another key was written"
    since = store.state().counter
    drop(store, "*")
    assert not store.keep(page(keys=frozenset({"listing:2"})), since)


def test_a_page_is_not_kept_where_nobody_remembers_what_was_written_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gazetteer.edge.store.MOST_WRITTEN", 2)
    since = store.state().counter
    drop(store, "a", "b", "c")
    assert not store.keep(page(keys=frozenset({"z"})), since)


def test_what_the_clock_changes_is_not_given_any_more(store: Store) -> None:
    keep(store, page(fresh_until=NOW))
    assert store.page("/a/", NOW - 1) is not None
    assert store.page("/a/", NOW) is None


def test_a_very_long_key_and_address_are_known(store: Store) -> None:
    long = "tag:" + "x" * 3_000
    keep(store, page("/" + "y" * 3_000, keys=frozenset({long})))
    assert drop(store, long) == 1


def test_a_copy_is_right_as_long_as_its_parts_are_the_same(store: Store) -> None:
    part = page("/-/side/", b"one", keys=frozenset({"side"}))
    around = page("/a/", b"\x000\x00", parts=(Part("/-/side/"),))
    keep(store, part)
    keep(store, around)
    used = [(address_key("/-/side/"), part.digest)]
    store.keep_copy("/a/", "gzip", answers.copy_of(around, b"one", "gzip", used), around)
    assert store.copy(address_key("/a/"), "gzip", NOW) is not None
    drop(store, "side")
    assert store.copy(address_key("/a/"), "gzip", NOW) is None, "the part is gone"
    keep(store, page("/-/side/", b"one", keys=frozenset({"side"})))
    assert store.copy(address_key("/a/"), "gzip", NOW) is not None, "made anew, it is the same"
    drop(store, "side")
    keep(store, page("/-/side/", b"two", keys=frozenset({"side"})))
    assert store.copy(address_key("/a/"), "gzip", NOW) is None, "it is another"


def test_a_copy_of_a_page_that_is_no_longer_kept_is_not_kept(store: Store) -> None:
    first = page(body=b"first", keys=frozenset({"k"}))
    keep(store, first)
    drop(store, "k")
    store.keep_copy("/a/", "br", answers.copy_of(first, b"first", "br"), first)
    keep(store, page(body=b"second"))
    store.keep_copy("/a/", "br", answers.copy_of(first, b"first", "br"), first)
    assert store.copy(address_key("/a/"), "br", NOW) is None


def test_another_release_begins_with_an_empty_store_and_the_old_one_keeps_nothing_more(tmp_path: Path) -> None:
    old = Store(tmp_path, "old release", megabytes=16)
    keep(old, page())
    drop(old, "x")
    counter = old.state().counter
    old.close()
    new = Store(tmp_path, "new release", megabytes=16)
    assert new.count() == 0
    assert new.state().counter > counter
    keep(new, page())
    new.identity = b"old release again"
    assert new.page("/a/", NOW) is None
    assert not keep(new, page("/b/"))
    new.close()


def test_one_of_many_renders_a_page_and_its_right_ends_by_itself(store: Store) -> None:
    assert store.lease("/a/", b"first", NOW)
    assert not store.lease("/a/", b"second", NOW)
    assert store.is_leased("/a/", NOW)
    assert store.lease("/b/", b"second", NOW)
    store.end_lease("/a/", b"second")
    assert store.is_leased("/a/", NOW), "only who has it can end it"
    assert store.lease("/a/", b"second", NOW + LEASE_SECONDS + 1), "its holder was killed"
    store.end_lease("/a/", b"second")
    assert not store.is_leased("/a/", NOW)


def test_a_full_store_takes_what_is_asked_for_twice_and_lets_go_of_what_nobody_visits(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        keep(store, page(f"/{number}/", os.urandom(2_000)))
    visited = [address_key(f"/{number}/") for number in range(150)]
    store.note_used(visited, NOW)
    monkeypatch.setattr("gazetteer.edge.store.FULL_AT", 0.0)
    assert not keep(store, page("/new/"))
    assert keep(store, page("/new/"))
    assert 200 < store.count() < 300
    left = set(store.addresses())
    kept_visited = sum(f"/{number}/" in left for number in range(150))
    assert kept_visited > sum(f"/{number}/" in left for number in range(150, 300))


def test_a_store_far_too_small_is_emptied_and_the_page_comes_all_the_same(tmp_path: Path) -> None:
    shared = Shared(tmp_path / "pages", "f", 1)
    big = page(body=os.urandom(3_000_000))
    assert shared.using(lambda store: store.keep(big, store.state().counter), False) is False
    shared.next_try = 0
    assert shared.using(lambda store: store.count(), None) == 0


@pytest.mark.parametrize("damage", ["cut", "rubbish"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path / "pages", "f", 16)
    for number in range(50):
        keep(store, page(f"/{number}/", os.urandom(5_000)))
    store.close()
    file = tmp_path / "pages" / "data.mdb"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == "cut" else os.urandom(len(whole)))
    shared = Shared(tmp_path / "pages", "f", 16)
    assert shared.store() is None
    shared.next_try = 0
    assert shared.using(lambda opened: opened.count(), None) == 0


def test_a_process_sees_that_another_began_anew(tmp_path: Path) -> None:
    one, other = Shared(tmp_path / "pages", "f", 16), tmp_path / "pages"
    assert one.using(lambda store: keep(store, page()), False)
    for file in other.iterdir():
        file.unlink()
    one.follow_replacement()
    assert one.using(lambda store: store.count(), None) == 0


KILLED = """
import sys
from pathlib import Path
from gazetteer.edge.entries import Page
from gazetteer.edge.store import Store
store = Store(Path(sys.argv[1]), "f", 16)
with store.writing() as txn:
    store.drop(txn, ["k"])
    store.move(txn, b"further")
    print("written", flush=True)
    sys.stdin.read()
"""


def test_a_process_killed_while_it_drops_has_dropped_nothing_and_moved_nowhere(tmp_path: Path) -> None:
    store = Store(tmp_path, "f", 16)
    keep(store, page(keys=frozenset({"k"})))
    store.close()
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout and process.stdout.readline() == b"written\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    after = Store(tmp_path, "f", 16)
    assert after.page("/a/", NOW) is not None
    assert after.state().cursor == b""
    assert drop(after, "k") == 1
    after.close()


def test_a_disk_that_takes_nothing_more_begins_the_store_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Shared(tmp_path / "pages", "f", 16)
    assert shared.using(lambda store: keep(store, page()), False)

    def full(*_arguments: object) -> bool:
        raise lmdb.DiskError("No space left on device")

    monkeypatch.setattr(Store, "drop", full)
    assert shared.using(lambda store: drop(store, "k"), -1) == -1
    assert not (tmp_path / "pages").exists(), "what could not be dropped must not be served"
