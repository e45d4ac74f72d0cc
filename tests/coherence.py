"""A small site behind the real middleware, written to at random: no kept page may differ from a fresh rendering.

One database connection does all the writing and reading, in a transaction that each example takes back. So a run costs
no emptied tables, and what only several transactions can show is tested elsewhere (`changes/tests/test_log.py`,
`edge/tests`). Run it for longer with `COHERENCE_EXAMPLES=2000 pytest -n0 -s tests/test_coherence.py`.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gazetteer.changes import clock, log, triggers
from gazetteer.directory import actions as directory
from gazetteer.directory.models import Category, Filing, Listing, Place
from gazetteer.directory.places import place
from gazetteer.edge import following, middleware
from gazetteer.edge.middleware import Edge
from gazetteer.edge.shared import Shared
from gazetteer.news import actions as news
from gazetteer.news.models import Article, Author, Byline, Section, SectionCard
from gazetteer.pages import actions as pages
from gazetteer.pages.tests.world import make_category, make_listing, make_section, make_story

START = datetime(2019, 4, 20, 10, 0, tzinfo=UTC)
NAMES = st.sampled_from(("Alba Bakery", "Bread & Co", "Zoo", "Amber Inn", "Museum", "Bakery", "Änne", "日本"))
STEPS_BETWEEN_CHECKS = 4
FEW = st.integers(min_value=0, max_value=5)


class Time:
    """The clock of the site and of the store, stopped; `monotonic` goes on by itself."""

    def __init__(self) -> None:
        self.now = START

    @contextmanager
    def stopped(self) -> Iterator[None]:
        real = timezone.now
        found: list[Any] = []
        for name, module in list(sys.modules.items()):
            if name.startswith(("gazetteer.", "django.utils.timezone")) and getattr(module, "now", None) is real:
                found.append(mock.patch.object(module, "now", lambda: self.now))
        whole: Any = vars(middleware)["time"]
        stopped = SimpleNamespace(time=lambda: self.now.timestamp(), monotonic=whole.monotonic, sleep=whole.sleep)
        found.append(mock.patch.object(middleware, "time", stopped))
        for each in found:
            each.start()
        try:
            yield
        finally:
            for each in found:
                each.stop()


class Site(RuleBasedStateMachine):
    """Writers, readers, a store that may be lost, and a clock that jumps."""

    compared = 0

    def __init__(self) -> None:
        super().__init__()
        for signal in (request_started, request_finished):  # they would close the one connection there is
            signal.disconnect(close_old_connections)
        self.time = Time()
        self.stopped = self.time.stopped()
        self.stopped.__enter__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.steps = 0
        self.folder = Path(tempfile.mkdtemp(prefix="coherence-"))
        self.django = WSGIHandler()
        self.edge = self.begin_server()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        self.stopped.__exit__(None, None, None)
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin_again(self) -> None:
        """As a new process would: the file is closed without a word, and opened again."""
        if (store := self.edge.shared.store()) is not None:
            store.env.close()
        self.edge = self.begin_server()

    def begin_server(self) -> Edge:
        return Edge(self.django, Shared(self.folder / "pages", "one", 64), follow=False)

    @initialize()
    def found_the_site(self) -> None:
        shops = make_category("Shops")
        bakeries, hotels = make_category("Bakeries", shops), make_category("Hotels")
        facts = {"country": "GB", "city": "Leeds", "lat": 53.8, "lon": -1.55}
        for number, name in enumerate(("Alba", "Berta", "Carla", "Dora")):
            place(make_listing(f"{name} {number}", (bakeries, hotels)[number % 2], **facts))
        Listing.objects.filter(name="Alba 0").update(opening_hours="Mo-Fr 09:00-17:00", timezone="Europe/London")
        sections = [make_section("World"), make_section("Sport")]
        ada = Author.objects.create(name="Ada", slug="ada")
        for number in range(5):
            story = make_story(f"Story {number}", sections[number % 2], hours_ago=number * 20)
            Byline.objects.create(article=story, author=ada)
            story.tags.add("sea")
            story.save()
        pages.compose_default_home()
        pages.compose_side_columns()

    # ---- Pages ------------------------------------------------------------------------------------------------------

    def addresses(self) -> list[str]:
        found = ["/", "/news/", "/directory/", "/place/", "/news/archive/", "/news/archive/2019/04/", "/news/feed.atom"]
        found += ["/news/corrections/", "/news/author/ada/", "/news/tag/sea/", "/directory/?order=newest"]
        for category in Category.objects.all():
            url = category.get_absolute_url()
            found += [url, f"{url}?order=name", f"{url}?letter=B", f"{url}feed.rss"]
        found += [each.get_absolute_url() for each in Listing.objects.all()]
        found += [each.get_absolute_url() for each in Place.objects.all()]
        found += [each.get_absolute_url() for each in Section.objects.in_use()]
        found += [each.get_absolute_url() for each in Article.objects.filter(address_date__isnull=False)]
        return found

    def ask(self, application: Callable[..., Any], address: str) -> tuple[str, bytes]:
        path, _mark, query = address.partition("?")
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": unquoted(path), "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        }  # fmt: skip
        response = application(environ, lambda line, headers, error=None: status.append(line))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return status[0], body

    @rule(number=st.integers(min_value=0, max_value=40))
    def visit(self, number: int) -> None:
        found = self.addresses()
        self.ask(self.edge, found[number % len(found)])

    @rule()
    def visit_all(self) -> None:
        for address in self.addresses():
            self.ask(self.edge, address)

    def quiet(self) -> None:
        following.catch_up_now(self.edge.shared)

    def check(self) -> None:
        """After a quiet moment every page that can be asked for equals a fresh rendering."""
        self.quiet()
        for address in self.addresses():
            kept, fresh = self.ask(self.edge, address), self.ask(self.django, address)
            assert kept == fresh, f"{address}: {difference(kept[1], fresh[1])}"
            type(self).compared += 1

    @invariant()
    def no_page_is_stale(self) -> None:
        """Not after every step: a page must also live through several writes."""
        self.steps += 1
        if self.steps % STEPS_BETWEEN_CHECKS == 0:
            self.check()

    # ---- Writers ----------------------------------------------------------------------------------------------------

    def listing(self, number: int) -> Listing:
        found = list(Listing.objects.order_by("pk"))
        return found[number % len(found)]

    def story(self, number: int) -> Article:
        found = list(Article.objects.order_by("pk"))
        return found[number % len(found)]

    def category(self, number: int) -> Category:
        found = list(Category.objects.all())
        return found[number % len(found)]

    @rule(number=FEW, name=NAMES)
    def rename_a_listing(self, number: int, name: str) -> None:
        listing = self.listing(number)
        listing.name = name
        listing.save(update_fields=["name"])

    @rule(number=FEW, text=st.sampled_from(("0113 1", "0113 2")))
    def change_what_only_its_page_shows(self, number: int, text: str) -> None:
        Listing.objects.filter(pk=self.listing(number).pk).update(phones=[text])

    @rule(number=FEW)
    def feature_or_not(self, number: int) -> None:
        listing = self.listing(number)
        (directory.end_feature if listing.featured else directory.feature)(listing)

    @rule(number=FEW)
    def trash_or_restore(self, number: int) -> None:
        listing = self.listing(number)
        (directory.restore if listing.deleted_at else directory.trash)(listing)

    @rule(number=FEW, into=FEW)
    def file_elsewhere(self, number: int, into: int) -> None:
        directory.move_to(self.listing(number), self.category(into))

    @rule(name=NAMES, into=FEW)
    def bring_in_many(self, name: str, into: int) -> None:
        made = [Listing(name=f"{name} {each}", lat=53.81, lon=-1.56) for each in range(2)]
        for each in made:
            each.fill_derived()
        Listing.objects.bulk_create(made)
        Filing.objects.bulk_create(Filing(listing=each, category=self.category(into), is_primary=True) for each in made)

    @rule(number=FEW)
    def write_in_the_database_shell(self, number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE directory_listing SET city = 'York' WHERE id = %s", [self.listing(number).pk])

    @rule(number=FEW, name=NAMES)
    def rename_a_category(self, number: int, name: str) -> None:
        directory.rename_category(self.category(number), name)

    @rule(number=FEW, name=NAMES)
    def change_a_headline(self, number: int, name: str) -> None:
        Article.objects.filter(pk=self.story(number).pk).update(headline=name)

    @rule(number=FEW)
    def take_down_or_put_up(self, number: int) -> None:
        story = self.story(number)
        Article.objects.filter(pk=story.pk).update(live=not story.live)

    @rule(number=FEW, hours=st.integers(min_value=0, max_value=60))
    def date_anew(self, number: int, hours: int) -> None:
        Article.objects.filter(pk=self.story(number).pk).update(published_at=START - timedelta(hours=hours))

    @rule(number=FEW, into=FEW)
    def move_a_story(self, number: int, into: int) -> None:
        sections = list(Section.objects.in_use())
        news.move_to_section(self.story(number), sections[into % len(sections)])

    @rule(number=FEW, text=NAMES)
    def correct(self, number: int, text: str) -> None:
        news.correct(self.story(number), text)

    @rule(number=FEW, hours=st.integers(min_value=1, max_value=30))
    def set_at_the_top_for_a_while(self, number: int, hours: int) -> None:
        story = self.story(number)
        values = {"until": self.time.now + timedelta(hours=hours)}
        SectionCard.objects.update_or_create(section=Section.objects.in_use()[0], article=story, defaults=values)

    @rule(number=FEW)
    def write_a_draft(self, number: int) -> None:
        story = self.story(number)
        story.headline = "Not yet"
        story.save_revision()

    @rule(name=NAMES)
    def rename_the_author(self, name: str) -> None:
        Author.objects.update(name=name)

    # ---- Accidents --------------------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from((1, 6, 14, 30)))
    def let_time_pass(self, hours: int) -> None:
        self.time.now += timedelta(hours=hours)
        clock.run_due(self.time.now)

    @rule()
    def kill_the_server(self) -> None:
        self.begin_again()

    @rule()
    def kill_the_reader_at_work(self) -> None:
        """Between dropping pages and moving on in the log: all of it is taken back, and done again."""
        Listing.objects.update(city="Hull")
        store = self.edge.shared.store()
        assert store is not None
        with mock.patch.object(type(store), "move", side_effect=KeyboardInterrupt):
            try:
                following.catch_up(store)
            except KeyboardInterrupt:
                self.begin_again()

    @rule()
    def migrate(self) -> None:
        triggers.drop_all(connection)
        triggers.ensure(connection)
        log.begin_epoch()


def unquoted(path: str) -> str:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(path).decode("latin-1")


def difference(one: bytes, other: bytes) -> str:
    """Where two pages begin to differ."""
    place = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
    around = slice(max(0, place - 80), place + 80)
    return f"kept …{one[around].decode(errors='replace')}… fresh …{other[around].decode(errors='replace')}…"
