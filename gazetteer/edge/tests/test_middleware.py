"""Saved pages before a small application: what is answered from the store, and that it is never out of date."""

import gzip
import io
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep, time
from typing import Any

import brotli
import pytest
import zstandard
from django.contrib.auth.models import Group
from django.db import OperationalError, connection
from pytest_django.fixtures import Settings

from gazetteer.changes import log, notes, triggers, watching
from gazetteer.changes.watching import Key, watch
from gazetteer.edge.following import Follower, catch_up_now
from gazetteer.edge.middleware import Edge
from gazetteer.edge.models import VisitCount
from gazetteer.edge.shared import Shared

pytestmark = pytest.mark.django_db

LOCAL = {"SERVER_NAME": "x", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def watched_groups(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Groups are watched too: the small application shows their names."""
    monkeypatch.setattr(watching, "tables", dict(watching.tables))
    monkeypatch.setattr(watching, "kinds", {})
    watch(Group, Key("group"))
    triggers.ensure(connection)
    Group.objects.all().delete()
    yield
    monkeypatch.undo()
    triggers.ensure(connection)


class Town:
    """The application behind: a page that names every group, one for each, parts, and pages that may not be kept."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.before_answer: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        self.asked.append(f"{path}?{query}" if query else path)
        status, headers, body = "200 OK", [("Content-Type", "text/html; charset=utf-8")], self.body(path, environ)
        self.before_answer()
        if path == "/gone/":
            status = "404 Not Found"
        if path == "/cookie/":
            headers.append(("Set-Cookie", "a=b"))
        headers.append(("Content-Length", str(len(body))))
        start_response(status, headers)
        return [body.encode()]

    def body(self, path: str, environ: dict[str, Any]) -> str:
        if environ["REQUEST_METHOD"] == "POST":
            Group.objects.update(name="Changed by form")
            return "done"
        if path.startswith("/-/"):
            return self.part(path, environ)
        if path == "/with-part/":
            return f"<p>{notes.part(notes.Part('/-/names/'))}</p>"
        if path == "/unless/":
            return f"<p>{notes.part(notes.Part('/-/names/', 'group:1', '/-/others/'))}</p>"
        if path == "/form/":
            return '<input name="csrfmiddlewaretoken">'
        if path == "/clock/":
            notes.fresh_until(datetime(2100, 1, 1, tzinfo=UTC))
            return "this century"
        if path.startswith("/group/"):
            pk = path.split("/")[2]
            with notes.reading(f"group:{pk}"):
                return Group.objects.get(pk=pk).name
        return self.names()

    def part(self, path: str, environ: dict[str, Any]) -> str:
        assert environ["gazetteer.part"]
        if path == "/-/others/":
            return "others"
        notes.shows("group:1")
        return self.names()

    def names(self) -> str:
        return ", ".join(Group.objects.order_by("name").values_list("name", flat=True))


class Answer:
    """What a visitor got: status, headers, bytes as sent."""

    def __init__(self, edge: Edge, path: str, method: str = "GET", **headers: str) -> None:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path.partition("?")[0], "QUERY_STRING": path.partition("?")[2],
            "wsgi.input": io.BytesIO(), "HTTP_USER_AGENT": BROWSER, **LOCAL, **headers,
        }  # fmt: skip
        self.status, self.headers = "", dict[str, str]()
        response = edge(environ, self.start)
        self.sent = b"".join(response)

    def start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        self.status, self.headers = status, dict(headers)
        assert len(headers) == len(self.headers), "a header stands twice"

    @property
    def text(self) -> str:
        return self.sent.decode()


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def edge(town: Town, tmp_path: Path) -> Edge:
    made = Edge(town, Shared(tmp_path / "pages", "f", 16), follow=False)
    catch_up_now(made.shared)
    return made


def test_the_second_visitor_is_answered_without_the_application(edge: Edge, town: Town) -> None:
    Group.objects.create(name="Desk")
    assert Answer(edge, "/").text == Answer(edge, "/").text == "Desk"
    assert town.asked == ["/"]


def test_a_write_from_anywhere_is_seen_after_the_next_look(edge: Edge) -> None:
    Group.objects.create(name="Desk")
    Answer(edge, "/")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE auth_group SET name = 'Wire'")
    catch_up_now(edge.shared)
    assert Answer(edge, "/").text == "Wire"


@pytest.mark.django_db(transaction=True)
def test_a_thread_of_each_server_process_looks_for_what_others_wrote(edge: Edge) -> None:
    Answer(edge, "/")
    follower = Follower(edge.shared)
    follower.start()
    try:
        Group.objects.create(name="Wire")
        end = monotonic() + 30
        while edge.shared.using(lambda store: store.count(), None) != 0 and monotonic() < end:
            sleep(0.02)
    finally:
        follower.stopping.set()
        follower.join()
    assert Answer(edge, "/").text == "Wire"


def test_whoever_writes_through_the_site_sees_it_in_the_next_answer(edge: Edge) -> None:
    Group.objects.create(name="Desk")
    Answer(edge, "/")
    Answer(edge, "/", "POST")
    assert Answer(edge, "/").text == "Changed by form"


def test_only_pages_that_read_what_was_written_are_made_anew(edge: Edge, town: Town) -> None:
    one, two = Group.objects.create(name="One"), Group.objects.create(name="Two")
    catch_up_now(edge.shared)
    for group in (one, two):
        Answer(edge, f"/group/{group.pk}/")
    Group.objects.filter(pk=one.pk).update(name="First")
    catch_up_now(edge.shared)
    town.asked.clear()
    assert Answer(edge, f"/group/{one.pk}/").text == "First"
    assert Answer(edge, f"/group/{two.pk}/").text == "Two"
    assert town.asked == [f"/group/{one.pk}/"]


def test_a_page_overtaken_by_a_write_is_sent_but_not_kept(edge: Edge, town: Town) -> None:
    Group.objects.create(name="Old")

    def write_meanwhile() -> None:
        Group.objects.update(name="New")
        catch_up_now(edge.shared)

    town.before_answer = write_meanwhile
    assert Answer(edge, "/").text == "Old"
    town.before_answer = lambda: None
    assert Answer(edge, "/").text == "New"


def test_a_new_life_of_the_log_drops_everything(edge: Edge, town: Town) -> None:
    Answer(edge, "/")
    log.begin_epoch()
    catch_up_now(edge.shared)
    Answer(edge, "/")
    assert town.asked == ["/", "/"]


@pytest.mark.parametrize("path", ["/gone/", "/cookie/", "/form/", "/search/", "/admin/"])
def test_what_is_not_the_same_for_everybody_is_not_kept(edge: Edge, town: Town, path: str) -> None:
    Answer(edge, path)
    Answer(edge, path)
    assert town.asked == [path, path]


@pytest.mark.parametrize(
    "who", [{"HTTP_COOKIE": "sessionid=x"}, {"HTTP_COOKIE": "a=b; messages=x"}, {"HTTP_AUTHORIZATION": "Bearer x"}]
)
def test_people_who_are_signed_in_get_pages_of_their_own(edge: Edge, town: Town, who: dict[str, str]) -> None:
    Answer(edge, "/")
    Answer(edge, "/", **who)
    assert town.asked == ["/", "/"]
    Answer(edge, "/", HTTP_COOKIE="theme=dark")
    assert town.asked == ["/", "/"], "a cookie that says nothing about who it is changes nothing"


def test_hosts_that_are_not_ours_never_reach_the_store(edge: Edge, town: Town) -> None:
    for _ in range(2):
        Answer(edge, "/", HTTP_HOST="evil.example")
    assert town.asked == ["/", "/"]
    assert edge.shared.using(lambda store: store.count(), None) == 0


def test_parameters_that_no_page_reads_make_no_page_of_their_own(edge: Edge, town: Town) -> None:
    Answer(edge, "/?utm_source=a&order=name")
    Answer(edge, "/?order=name&fbclid=b")
    assert town.asked == ["/?order=name"]


def test_an_old_address_is_known_by_its_whole_query(edge: Edge, town: Town) -> None:
    assert Answer(edge, "/gone/?id=5").status == "404 Not Found"
    assert town.asked == ["/gone/", "/gone/?id=5"]


def test_each_encoding_says_the_same(edge: Edge, town: Town) -> None:
    Group.objects.create(name="Zoë")
    decode: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.decompress, "identity": bytes,
    }  # fmt: skip
    tags = set()
    for name, undo in decode.items():
        answer = Answer(edge, "/", HTTP_ACCEPT_ENCODING=name)
        assert undo(answer.sent).decode() == "Zoë"
        assert answer.headers.get("Content-Encoding", "identity") == name
        assert answer.headers["Content-Length"] == str(len(answer.sent))
        assert answer.headers["Vary"] == "Accept-Encoding"
        tags.add(answer.headers["ETag"])
    assert len(tags) == 4, "a strong tag names the bytes that were sent"
    assert town.asked == ["/"]


def test_who_has_the_page_already_gets_no_bytes(edge: Edge) -> None:
    tag = Answer(edge, "/").headers["ETag"]
    answer = Answer(edge, "/", HTTP_IF_NONE_MATCH=f'"other", W/{tag}')
    assert (answer.status, answer.sent) == ("304 Not Modified", b"")
    assert answer.headers["ETag"] == tag
    assert "Content-Length" not in answer.headers
    assert Answer(edge, "/", HTTP_IF_NONE_MATCH='"other"').status == "200 OK"


@pytest.mark.parametrize("path", ["/", "/gone/"])
def test_who_asks_for_the_head_gets_the_same_headers_and_no_body(edge: Edge, path: str) -> None:
    Group.objects.create(name="Desk")
    head, whole = Answer(edge, path, "HEAD"), Answer(edge, path)
    assert (head.status, head.headers, head.sent) == (whole.status, whole.headers, b"")


def test_a_shared_part_is_made_once_and_changes_alone(edge: Edge, town: Town) -> None:
    Group.objects.create(name="Desk")
    assert Answer(edge, "/with-part/").text == "<p>Desk</p>"
    Group.objects.update(name="Wire")
    catch_up_now(edge.shared)
    assert Answer(edge, "/with-part/").text == "<p>Wire</p>"
    assert town.asked == ["/with-part/", "/-/names/", "/-/names/"]


def test_a_page_does_not_repeat_what_a_part_shows(edge: Edge) -> None:
    assert Answer(edge, "/unless/").text == "<p>others</p>"


def test_a_part_cannot_be_asked_for_by_a_visitor(edge: Edge, town: Town) -> None:
    with pytest.raises(KeyError, match=r"gazetteer\.part"):
        Answer(edge, "/-/names/")


def test_a_page_that_the_clock_changes_is_made_anew_when_its_time_comes(
    edge: Edge, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answer(edge, "/clock/")
    Answer(edge, "/clock/")
    assert town.asked == ["/clock/"]
    later = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
    monkeypatch.setattr("gazetteer.edge.middleware.time.time", lambda: later)
    Answer(edge, "/clock/")
    assert town.asked == ["/clock/", "/clock/"]


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_for_a_missing_page_at_once_have_it_rendered_once(edge: Edge, town: Town) -> None:
    started, may_go = threading.Event(), threading.Event()

    def slowly() -> None:
        started.set()
        may_go.wait(5)

    town.before_answer = slowly
    texts: list[str] = []

    def visit() -> None:
        texts.append(Answer(edge, "/with-part/").text)
        connection.close()

    threads = [threading.Thread(target=visit) for _ in range(6)]
    for thread in threads:
        thread.start()
        started.wait(5)
    may_go.set()
    for thread in threads:
        thread.join(20)
    assert texts == ["<p></p>"] * 6
    assert sorted(town.asked) == ["/-/names/", "/with-part/"]


def test_keys_are_told_to_a_delivery_network_that_asks(edge: Edge, settings: Settings) -> None:
    settings.SAVED_PAGES_TAGS, settings.CDN_SECONDS = "Surrogate-Key", 600
    group = Group.objects.create(name="Desk")
    answer = Answer(edge, f"/group/{group.pk}/")
    assert answer.headers["Surrogate-Key"] == f"group:{group.pk}"
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=600, must-revalidate"


def test_visits_are_counted_by_page_and_day_people_and_machines_apart(edge: Edge) -> None:
    for _ in range(3):
        Answer(edge, "/")
    Answer(edge, "/", HTTP_USER_AGENT="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    Answer(edge, "/gone/")
    edge.visits.write()
    Answer(edge, "/")
    edge.visits.write()
    assert list(VisitCount.objects.values_list("path", "people", "robots")) == [("/", 4, 1)]


def test_without_a_store_every_page_comes_from_the_application(town: Town, tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file where the folder should be")
    edge = Edge(town, Shared(tmp_path / "pages", "f", 16), follow=False)
    Group.objects.create(name="Desk")
    assert Answer(edge, "/").text == Answer(edge, "/with-part/").text.removeprefix("<p>").removesuffix("</p>") == "Desk"


def test_nobody_waits_for_a_page_that_cannot_be_kept(edge: Edge, town: Town) -> None:
    Answer(edge, "/gone/")
    assert edge.shared.using(lambda store: store.lease("http://localhost/gone/", b"another", time()), False)
    assert Answer(edge, "/gone/").status == "404 Not Found"
    assert len(town.asked) == 2


def test_visits_that_cannot_be_written_wait_for_the_next_time(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_arguments: object) -> None:
        raise OperationalError("database is locked")

    Answer(edge, "/")
    with monkeypatch.context() as patch:
        patch.setattr(VisitCount.objects, "add", locked)
        with pytest.raises(OperationalError):
            edge.visits.write()
    edge.visits.write()
    assert VisitCount.objects.get().people == 1
