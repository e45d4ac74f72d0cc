"""The wire, measured: feedparser's corpus, broken feeds, extraction, and a day of 300 sources on loopback.

    python -m bench.wire corpus [FOLDER OR .tar.gz …]   our reader beside feedparser alone: items, dates, crashes
    python -m bench.wire fuzz [--feeds 20000]           broken feeds: no crash, no hang, no unsafe HTML out
    python -m bench.wire pages FOLDER                   extraction beside trafilatura alone (F1 of words)
    python -m bench.wire day [--sources 300] [--items 40]

`corpus` and `pages` read what SHARED_DATA names unless told otherwise. Figures: docs/figures.md, docs/decisions/0007.
"""

import argparse
import io
import json
import os
import random
import re
import resource
import signal
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import Any

SHARED = Path(os.environ.get("SHARED_DATA", "."))
SECONDS = 5
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.wire")
    parser.add_argument("what", choices=("corpus", "fuzz", "pages", "day"))
    parser.add_argument("place", nargs="*", type=Path)
    parser.add_argument("--feeds", type=int, default=20_000)
    parser.add_argument("--sources", type=int, default=300)
    parser.add_argument("--items", type=int, default=40)
    parser.add_argument("--turns", type=int, default=10, help="times that every source is asked in a day")
    parser.add_argument("--home", help="a home that is there, and may be written to; without one, one is made")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gazetteer-bench-") as made:
        os.environ |= {
            "GAZETTEER_HOME": options.home or made,
            "DJANGO_SETTINGS_MODULE": "gazetteer.settings",
            "LOG_LEVEL": "CRITICAL",
        }
        import django

        django.setup()
        from django.core.management import call_command

        if not options.home:
            call_command("migrate", verbosity=0)
        {"corpus": corpus, "fuzz": fuzz, "pages": extraction, "day": day}[options.what](options)


# The corpus


def documents(places: list[Path]) -> Iterator[tuple[str, bytes]]:
    for place in places or [SHARED / "feeds/feedparser_tests.tar.gz", SHARED / "feeds/wikinews"]:
        if place.is_dir():
            yield from ((path.name, path.read_bytes()) for path in sorted(place.iterdir()) if path.is_file())
            continue
        with tarfile.open(place) as packed:
            for member in packed:
                if member.isfile() and (stream := packed.extractfile(member)):
                    yield member.name, stream.read()


def corpus(options: argparse.Namespace) -> None:
    """Both readers over the same bytes. A date counts where the reader gives an item any date."""
    import feedparser

    from gazetteer.news.wire.clean import clean
    from gazetteer.news.wire.formats import NotReadable, Received, read

    count: Counter[str] = Counter()
    fewer: list[str] = []
    seconds = {"feedparser": 0.0, "ours": 0.0, "cleaning": 0.0}
    for name, data in documents(options.place):
        count["documents"] += 1
        began = time.process_time()
        try:
            alone = feedparser.parse(io.BytesIO(data)).entries
        except Exception:  # noqa: BLE001 (what is counted)
            alone = []
            count["feedparser crashed"] += 1
        dates = ("published_parsed", "updated_parsed", "created_parsed")
        count["feedparser items"] += len(alone)
        count["feedparser dated"] += sum(any(each.get(date) for date in dates) for each in alone)
        seconds["feedparser"] += time.process_time() - began
        began, items = time.process_time(), []
        try:
            _format, found = read(Received(data), "feed")
            items = [item for item in found.items if item.status == "usable"]
        except NotReadable:
            count["ours refused in a sentence"] += 1
        except Exception as error:  # noqa: BLE001 (as above)
            count["ours crashed"] += 1
            fewer.append(f"{name}: {type(error).__name__}: {error}")
        seconds["ours"] += time.process_time() - began
        count["our items"] += len(items)
        count["our dated"] += sum(item.published_at is not None for item in items)
        if len(items) < len(alone):
            fewer.append(f"{name}: {len(items)} items instead of {len(alone)}")
        began = time.process_time()
        count["unsafe"] += sum(bool(unsafe(clean(item))) for item in items)
        seconds["cleaning"] += time.process_time() - began
    for what, number in count.items():
        print(f"{what:<28} {number:>7,}")
    print("seconds of processor:", {name: round(each, 1) for name, each in seconds.items()})
    print("\n".join(fewer[:20]))


# Broken feeds

EVIL = (
    "<script>alert(1)</script>", '<img src="x" onerror="alert(1)">', '<a href="javascript:alert(1)">x</a>',
    "<svg onload=alert(1)>", '<iframe src="//evil.example"></iframe>', "]]>", "<![CDATA[", "&#0;", "\x00",
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>&b;",
    "&lt;script&gt;x&lt;/script&gt;",
    "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>&f;", "<div>" * 400, "<b><i><u>" * 80,
    "</" * 50, "<" * 300,
    '<p style="x:expression(alert(1))">', "<math><mtext><style><img src=x onerror=alert(1)>", "%00%0a", "\u202e",
    "&amp;" * 200,
    "<pubDate>Fri, 99 Foo 99999 99:99:99</pubDate>", "<guid></guid>", "<link>http://[::1</link>", "A" * 5_000,
)  # fmt: skip
ALLOWED = {"p", "a", "b", "i", "sub", "sup", "br", "ul", "ol", "li"}
TAG = re.compile(r"<\s*/?\s*([a-zA-Z!?][^\s>/]*)([^>]*)>")
ATTRIBUTES = re.compile(r"^\s*(?:href=\"(?:https?:|mailto:|tel:|#)[^\"]*\"\s*)?/?\s*$")


def unsafe(copy: Any) -> str:
    """The first tag in the HTML of the clean copy that should not be there."""
    for block in copy.blocks:
        for found in TAG.finditer(block.value) if block.kind in {"paragraph", "list"} else ():
            if found[1].lower() not in ALLOWED or not ATTRIBUTES.match(found[2]):
                return found[0]
    return ""


class Hang(Exception):
    """It took too long."""


def alarm(_number: int, _frame: FrameType | None) -> None:
    raise Hang


def fuzz(options: argparse.Namespace) -> None:
    from gazetteer.news.wire.clean import clean
    from gazetteer.news.wire.formats import NotReadable, Received, read

    chance = random.Random(SEED)
    seeds = [data for _name, data in documents(options.place) if len(data) < 60_000] + own_seeds()
    signal.signal(signal.SIGALRM, alarm)
    count: Counter[str] = Counter()
    slowest, began = 0.0, time.monotonic()
    for number in range(options.feeds):
        data = broken(chance.choice(seeds), chance, seeds)
        started = time.process_time()
        signal.alarm(SECONDS)
        try:
            _format, found = read(Received(data, address="https://fisk.example/feed"))
            for item in found.items:
                count["items"] += 1
                if tag := unsafe(clean(item)):
                    count["UNSAFE"] += 1
                    print("unsafe:", tag, file=sys.stderr)
            count["read"] += 1
        except NotReadable:
            count["refused in a sentence"] += 1
        except Hang:
            count["HUNG"] += 1
            Path(tempfile.gettempdir(), f"hung-{number}.xml").write_bytes(data)
        except Exception as error:  # noqa: BLE001 (what is counted)
            count["CRASHED"] += 1
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            Path(tempfile.gettempdir(), f"crashed-{number}.xml").write_bytes(data)
        signal.alarm(0)
        slowest = max(slowest, time.process_time() - started)
    print(
        {"feeds": options.feeds, **count}, f"slowest {slowest:.2f} s of processor, all {time.monotonic() - began:.0f} s"
    )


def own_seeds() -> list[bytes]:
    """Documents of the formats that feedparser's corpus does not have."""
    post = {"id": 5, "guid": {"rendered": "g"}, "link": "https://w.example/5", "title": {"rendered": "T"},
            "content": {"rendered": "<p>Text</p>"}, "date_gmt": "2019-04-13T07:47:00"}  # fmt: skip
    bodies = [{"contentType": "text/html", "value": "<p>Text</p>"}]
    story = {"uri": "urn:1", "versionCreated": "2019-04-13T07:47:00Z", "pubStatus": "usable", "bodies": bodies,
             "headlines": [{"value": "H"}], "associations": [{"type": "picture"}]}  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "title": "T", "content_html": "<p>x</p>"}],
    }
    mail = b"From: a@b\r\nSubject: Pier\r\nMessage-ID: <1@b>\r\nMIME-Version: 1.0\r\n\r\nThe pier opens on Sunday.\r\n"
    return [json.dumps([post]).encode(), json.dumps(story).encode(), json.dumps(feed).encode(), mail] * 60


def broken(data: bytes, chance: random.Random, seeds: list[bytes]) -> bytes:
    """The document with one to five things wrong with it."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        place, length = chance.randrange(len(made) + 1), chance.randint(1, 400)
        kind = chance.randrange(7)
        if kind == 0 and made:
            made[min(place, len(made) - 1)] = chance.randrange(256)
        elif kind == 1:
            del made[place : place + length]
        elif kind == 2:
            made[place:place] = made[place : place + length] * chance.randint(1, 20)
        elif kind == 3:
            del made[place:]
        elif kind == 4:
            other = chance.choice(seeds)
            start = chance.randrange(len(other) + 1)
            made[place:place] = other[start : start + length]
        else:
            made[place:place] = chance.choice(EVIL).encode("utf-8", "surrogatepass")
    return bytes(made[:400_000])


# Extraction


def extraction(options: argparse.Namespace) -> None:
    """F1 of the words of the expected article, trafilatura alone beside what we make of the page."""
    import trafilatura

    from gazetteer.news.wire import pages
    from gazetteer.news.wire.clean import clean, text_of_copy

    folder = options.place[0] if options.place else SHARED / "extraction/readability_free"
    scores: dict[str, list[float]] = {"trafilatura": [], "ours": []}
    for case in sorted(path for path in folder.iterdir() if (path / "source.html").exists()):
        page = (case / "source.html").read_bytes()
        wanted = words(text_in((case / "expected.html").read_text()))
        alone = words(trafilatura.extract(page.decode("utf-8", "replace"), include_comments=False) or "")
        item = pages.story_in(page, "https://fisk.example/")
        copy = clean(item) if item else None
        if copy is not None:
            copy.headline = ""
        ours = words(text_of_copy(copy) if copy else "")
        scores["trafilatura"].append(f1(wanted, alone))
        scores["ours"].append(f1(wanted, ours))
        if scores["ours"][-1] < scores["trafilatura"][-1] - 0.02:
            print(f"  {case.name}: {scores['trafilatura'][-1]:.3f} → {scores['ours'][-1]:.3f}")
    for name, values in scores.items():
        print(f"{name:<12} mean F1 {sum(values) / len(values):.4f} over {len(values)} pages")


def text_in(html: str) -> str:
    from gazetteer.web.markup import text_of

    return text_of(html)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def f1(wanted: Counter[str], found: Counter[str]) -> float:
    both = sum((wanted & found).values())
    return 2 * both / (sum(wanted.values()) + sum(found.values())) if wanted or found else 1.0


# A day

SHOWN = 25
"""Items in a feed at a time."""
KINDS = ("rss", "rss", "rss", "atom", "jsonfeed", "ninjs")
START = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Story:
    source: int
    number: int
    version: int = 1
    withdrawn: bool = False
    text: str = ""

    @property
    def guid(self) -> str:
        return f"tag:fisk.example,2026:s{self.source}-{self.number}"

    @property
    def link(self) -> str:
        return f"https://s{self.source}.example/{self.number}"

    @property
    def date(self) -> str:
        moment = START + timedelta(minutes=self.number * 30 + self.source)
        return moment.isoformat()

    @property
    def changed(self) -> str:
        return (datetime.fromisoformat(self.date) + timedelta(minutes=self.version)).isoformat()


@dataclass
class World:
    """What all sources have printed so far."""

    stories: dict[int, list[Story]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)


PLACES = "Fisk Alden Marrow Thorn Kell Brae Loxley Wend Carrow Dunmore Esk Farrow Glaven Hythe".split()
NOUNS = "bridge harbour school council budget ferry market library clinic road festival theatre mill station".split()
VERBS = "opens closes approves rejects repairs sells plans delays praises inspects expands restores".split()


def write(chance: random.Random) -> str:
    """Some two hundred words that no other story has in this order."""
    return "".join(f"<p>{' '.join(sentence(chance) for _ in range(6))}</p>" for _ in range(4))


def sentence(chance: random.Random) -> str:
    noun, place, verb, other = (chance.choice(words) for words in (NOUNS, PLACES, VERBS, NOUNS))
    return f"The {noun} of {place} {verb} the {other} number {chance.randrange(999)}."


def print_more(world: World, sources: int, turn: int, a_turn: int, chance: random.Random) -> None:
    """New items; one in ten a reprint of another source's; one in twenty changed, one in fifty withdrawn."""
    for source in range(sources):
        own = world.stories.setdefault(source, [])
        for story in own[-SHOWN:]:
            if chance.random() < 0.05 and not story.withdrawn:
                story.version += 1
            if KINDS[source % len(KINDS)] in {"atom", "ninjs"} and chance.random() < 0.02:
                story.withdrawn = True
                story.version += 1
        if turn == 2 and source % 3 == 0:
            continue  # nothing new: an ETag answers
        for _ in range(a_turn):
            others = world.stories.get(chance.randrange(sources))
            text = others[-1].text if others and chance.random() < 0.1 else write(chance)
            own.append(Story(source, len(own), text=text))


def rendered(stories: list[Story], kind: str) -> bytes:
    shown = stories[-SHOWN:][::-1]
    head = [f"{each.text} <p>Version {each.version}.</p>" for each in shown]
    title = [f"{re.sub('<[^>]+>', '', each.text)[:60]} ({each.guid})" for each in shown]
    if kind == "rss":
        items = "".join(
            f"<item><guid isPermaLink='false'>{each.guid}</guid><link>{each.link}</link><title>{escape(name)}</title>"
            f"<description>{escape(text)}</description><pubDate>{each.date}</pubDate></item>"
            for each, name, text in zip(shown, title, head, strict=True)
        )
        return f"<rss version='2.0'><channel><title>S</title>{items}</channel></rss>".encode()
    if kind == "atom":
        entries = "".join(
            f"<at:deleted-entry ref='{each.guid}' when='{each.changed}'/>"
            if each.withdrawn
            else f"<entry><id>{each.guid}</id><link href='{each.link}'/><title>{escape(name)}</title>"
            f"<published>{each.date}</published><updated>{each.changed}</updated>"
            f"<content type='html'>{escape(text)}</content></entry>"
            for each, name, text in zip(shown, title, head, strict=True)
        )
        names = "xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'"
        return f"<feed {names}><title>S</title>{entries}</feed>".encode()
    if kind == "jsonfeed":
        listed = [
            {"id": each.guid, "url": each.link, "title": name, "content_html": text, "date_published": each.date}
            for each, name, text in zip(shown, title, head, strict=True)
        ]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": listed}).encode()
    states = ("usable", "canceled")
    told = [
        {"uri": each.guid, "altIds": [{"value": each.link}], "version": str(each.version),
         "versionCreated": each.changed,
         "firstCreated": each.date, "pubStatus": states[each.withdrawn], "headlines": [{"value": name}],
         "bodies": [] if each.withdrawn else [{"contentType": "text/html", "value": text}]}
        for each, name, text in zip(shown, title, head, strict=True)
    ]  # fmt: skip
    return json.dumps({"items": told}).encode()


def serve(world: World) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            world.asked[name if not name.isdigit() else "feed"] += 1
            if name == "huge":
                self.huge()
            elif name == "slow":
                time.sleep(50)
            elif name == "inside":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:1/admin")
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self.feed(int(name))

        def huge(self) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"<item>" * 20_000)
            except OSError:
                return

        def feed(self, source: int) -> None:
            body = rendered(world.stories[source], KINDS[source % len(KINDS)])
            tag = f'"{hash(body)}"'
            same = self.headers.get("If-None-Match") == tag
            world.asked["304" if same else "200"] += 1
            self.send_response(304 if same else 200)
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(0 if same else len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.server_close()
    wide = ThreadingHTTPServer(("0.0.0.0", 0), Handler)  # noqa: S104 (every address of the loopback net is asked)
    wide.daemon_threads = True
    threading.Thread(target=wide.serve_forever, daemon=True).start()
    return wide


def day(options: argparse.Namespace) -> None:
    from django.conf import settings
    from django.utils import timezone

    from gazetteer.news import actions as news
    from gazetteer.news.models import Article, Incoming, RawItem, Source
    from gazetteer.news.wire import run
    from gazetteer.news.wire.http import Client
    from gazetteer.news.wire.manners import Manners

    chance, world, turns = random.Random(SEED), World(), options.turns
    server = serve(world)
    port = server.server_address[1]
    section = news.add_section("World")
    hosts = [f"127.0.{1 + n // 250}.{1 + n % 250}" for n in range(options.sources + 5)]
    settings.WIRE_ALLOW = frozenset(f"{host}:{port}" for host in hosts) | {f"{hosts[-5]}:9"}
    for source in range(options.sources):
        filing = "publish" if source % 10 == 0 else "queue"
        Source.objects.create(name=f"S{source}", address=f"http://{hosts[source]}:{port}/{source}", takes="full",
                              filing=filing, section=section)  # fmt: skip
    for name, address in (
        ("dead", f"http://{hosts[-5]}:9/"), ("no such host", "http://nowhere.invalid/"),
        ("huge", f"http://{hosts[-3]}:{port}/huge"), ("slow", f"http://{hosts[-2]}:{port}/slow"),
        ("inside", f"http://{hosts[-1]}:{port}/inside"),
    ):  # fmt: skip
        Source.objects.create(name=name, address=address, section=section)
    tools = run.Tools(Client(Manners(gap=0.05)))
    errors: Counter[str] = Counter()
    began, worked = time.monotonic(), time.process_time()
    for turn in range(turns):
        print_more(world, options.sources, turn, max(1, options.items // turns), chance)
        Source.objects.filter(failures__lt=2).update(next_at=timezone.now())
        for report in run.round_of_due(tools=tools):
            if report.error:
                errors[f"{report.source}: {report.error}"] += 1
        print(f"turn {turn}: {Incoming.objects.count():,} items, {time.monotonic() - began:.0f} s", file=sys.stderr)
    seconds, work = time.monotonic() - began, time.process_time() - worked
    judge(world, options.sources, errors)
    items = Incoming.objects.count()
    print(f"{items:,} items, {Article.objects.count():,} stories, {RawItem.objects.count():,} raw items")
    print(f"asked: {dict(world.asked)}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seconds:.0f} s wall, {work:.0f} s processor, {items / seconds:.0f} items/s, "
          f"{1000 * work / items:.1f} ms of processor an item, {memory} MB at most")  # fmt: skip


def judge(world: World, sources: int, errors: Counter[str]) -> None:
    """What should be there against what is: nothing lost, nothing doubled, every last version, every withdrawal."""
    from gazetteer.news.models import Article, Incoming

    lost = doubled = stale = shown = 0
    rows: dict[tuple[str, str], list[Incoming]] = {}
    for row in Incoming.objects.select_related("source", "article"):
        rows.setdefault((row.source.name, row.guid), []).append(row)
    for source in range(sources):
        for story in world.stories[source]:
            found = rows.get((f"S{source}", story.guid), [])
            seen_as_new = not story.withdrawn or bool(found)
            lost += not found and seen_as_new
            doubled += max(0, len(found) - 1)
            if found and story in world.stories[source][-SHOWN:] and not story.withdrawn:
                stale += f"Version {story.version}." not in json.dumps(found[0].copy)
            article = found[0].article if found else None
            shown += bool(story.withdrawn and article and article.shown_at)
    doubled_stories = Article.objects.count() - Article.objects.values("source", "external_id").distinct().count()
    printed = sum(len(stories) for stories in world.stories.values())
    print(f"{printed:,} printed; lost {lost}, doubled {doubled}, stories doubled {doubled_stories}, "
          f"not the last version {stale}, withdrawn and still shown {shown}")  # fmt: skip
    for told, times in errors.items():
        print(f"  {times} × {told[:150]}")


if __name__ == "__main__":
    main()
