"""Every page of the site ahead: kept for its visitors (`warm`), or written as files (`export static`)."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import reverse

from gazetteer.changes.progress import Progress
from gazetteer.edge.following import catch_up_now
from gazetteer.edge.shared import shared
from gazetteer.edge.walking import Tally, Took, walk
from gazetteer.ops.sitemaps import FIXED
from gazetteer.ops.sitemaps import addresses as sitemap_parts
from gazetteer.pages.models import SiteSettings
from gazetteer.web import sitemaps

FILES = ("/robots.txt", "/news-sitemap.xml", "/sitemap.xml")
COPIED = {"static": "STATIC_ROOT", "media": "MEDIA_ROOT"}


def paths() -> Iterator[str]:
    """The addresses that the sitemaps name, in every language, the first language first."""
    for code in SiteSettings.current().languages:
        prefix = "" if code == SiteSettings.current().language else f"/{code}"
        for entry in entries():
            yield prefix + entry.path


def entries() -> Iterator[sitemaps.Entry]:
    yield from (sitemaps.Entry(reverse(name)) for name in FIXED)
    for source in sitemaps.sources.values():
        for number in sitemaps.parts(source, sitemaps.MOST):
            yield from sitemaps.entries(source, number, sitemaps.MOST)


def files() -> Iterator[str]:
    """What is for machines, and no page."""
    yield from FILES
    yield from (urlsplit(part).path for part in sitemap_parts(SiteSettings.current().languages))


def go(known: list[str], take: Took | None, processes: int, quiet: bool) -> Tally:
    catch_up_now(shared())
    tally = Tally()
    with Progress("Pages", len(known), quiet=quiet) as progress:
        for _asked, now in walk(known, take, processes):
            tally = now
            progress.add()
    catch_up_now(shared())
    return tally


def warm(processes: int = 0, quiet: bool = False) -> Tally:
    """Render what is not kept yet, with every encoding."""
    return go(list(paths()), None, processes, quiet)


class Writer:
    """Writes pages below `target`; a function of its own would not reach the processes that call it."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __call__(self, path: str, kind: str, plain: bytes, compressed: bytes) -> None:
        file = self.file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        for name, data in ((file, plain), (file.with_name(f"{file.name}.gz"), compressed)):
            part = name.with_name(f"{name.name}.part")
            part.write_bytes(data)
            part.replace(name)

    def file(self, path: str) -> Path:
        """`/news/` is `news/index.html`; `/news/feed.rss` is itself. Raises ValueError for what leads elsewhere."""
        words = [word for word in unquote(path).split("/") if word]
        if any(word in {".", ".."} or "\0" in word for word in words):
            raise ValueError(f"{path} is no address of a page.")
        return self.target.joinpath(*words, "index.html") if path.endswith("/") else self.target.joinpath(*words)


def export(target: Path, processes: int = 0, quiet: bool = False) -> Tally:
    """The whole site as files: each page and its `.gz`, pictures, styles. Files there before are overwritten."""
    writer = Writer(target)
    tally = go([*files(), *paths()], writer, processes, quiet)
    for folder, setting in COPIED.items():
        source = Path(getattr(settings, setting))
        if source.exists():
            shutil.copytree(source, target / folder, dirs_exist_ok=True)
    return tally


def told(tally: Tally, most: int = 5) -> list[str]:
    """The tally as sentences; what failed is named."""
    lines = [f"{tally.pages:,} pages. {tally.with_query:,} links with a query (orders, letters, next pages) left out."]
    named = itertools.islice(tally.failed, most)
    if tally.failed:
        more = len(tally.failed) - most
        lines.append(f"Failed: {', '.join(named)}{f' and {more:,} more' if more > 0 else ''}.")
    return lines
