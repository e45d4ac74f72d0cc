"""No kept page is ever stale: random writes, visits, accidents, and every page compared with a fresh one."""

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from gazetteer.changes import log, notes, triggers
from gazetteer.edge.store import Store
from gazetteer.news.models import Article
from gazetteer.pages.models import SiteSettings
from tests.coherence import Site

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("COHERENCE_EXAMPLES", "2"))
MODEST = settings(
    max_examples=EXAMPLES,
    stateful_step_count=8 if EXAMPLES < 100 else 20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    database=None,
)


def test_every_page_equals_a_fresh_rendering_whatever_was_written() -> None:
    run_state_machine_as_test(Site, settings=MODEST)
    assert Site.compared > 50
    sys.stderr.write(f"\n{Site.compared:,} pages compared\n")


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    try:
        made.found_the_site()
        yield made
    finally:
        made.teardown()


def is_found_stale(site: Site, address: str, write: Callable[[], object]) -> bool:
    """Whether the check finds that the page at the address is not what it should be after a write."""
    site.addresses = lambda: [address]  # type: ignore[method-assign]
    site.check()
    write()
    try:
        site.check()
    except AssertionError:
        return True
    return False


def rename(name: str) -> Callable[[], object]:
    return lambda: Article.objects.filter(headline="Story 0").update(headline=name)


def test_with_nothing_broken_the_same_writes_leave_no_page_stale(site: Site) -> None:
    assert not is_found_stale(site, "/news/", rename("Other"))
    assert not is_found_stale(site, "/news/", lambda: site.let_time_pass(30))


def test_a_missing_trigger_is_found(site: Site) -> None:
    lost = next(name for name in triggers.existing(connection) if "zlog_news_article_update" in name)
    with connection.cursor() as cursor:
        triggers.drop(cursor, connection.vendor, lost, "news_article")
    assert is_found_stale(site, "/news/", rename("Other"))


def test_a_missing_key_is_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazetteer.news.cards.note", lambda *keys: None)
    assert is_found_stale(site, "/news/", rename("Other"))


def test_an_undeclared_query_is_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes.Notes, "table", lambda self, table: None)
    assert is_found_stale(site, "/news/", lambda: SiteSettings.objects.update(tagline="Another line"))


def test_a_lost_cursor_is_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def step_over(store: Store) -> int:
        with store.writing() as txn:
            store.move(txn, log.end().dump())
        return 0

    monkeypatch.setattr("gazetteer.edge.following.catch_up", step_over)
    assert is_found_stale(site, "/news/", rename("Other"))


def test_an_ignored_fresh_until_is_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gazetteer.pages.shared.fresh_until", lambda moment: None)
    assert is_found_stale(site, "/news/", lambda: site.let_time_pass(30))


@pytest.mark.parametrize("is_broken", [False, True])
def test_a_page_kept_although_it_was_overtaken_is_found(
    site: Site, monkeypatch: pytest.MonkeyPatch, is_broken: bool
) -> None:
    """While the page is rendered its story is renamed, and the log is followed before the page is kept."""
    if is_broken:
        keep = Store.keep
        monkeypatch.setattr(Store, "keep", lambda store, page, since: keep(store, page, store.state().counter))
    site.quiet()

    def overtaken(environ: Any, start_response: Any) -> Any:
        response = site.django(environ, start_response)
        with notes.recording():  # somebody else does it: the rendering itself must not have written
            Article.objects.filter(headline="Story 0").update(headline="Other")
            site.quiet()
        return response

    site.edge.application = overtaken
    site.ask(site.edge, "/news/")
    site.edge.application = site.django
    site.addresses = lambda: ["/news/"]  # type: ignore[method-assign]
    if is_broken:
        with pytest.raises(AssertionError, match="fresh"):
            site.check()
    else:
        site.check()
