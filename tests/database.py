"""A migrated SQLite database, kept between runs: making one takes some 20 seconds, copying one takes none.

Each test process works on a copy of its own. What is kept is named by everything that went into it, so that it is never
out of date: our migrations, and the versions of all packages. It lies in the system's folder for temporary files.
"""

import hashlib
import os
import sqlite3
import tempfile
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.translation import get_supported_language_variant

from gazetteer import __file__ as package


@cache
def key() -> str:
    """A digest of what makes the tables, as it is when the run begins: a branch may be changed meanwhile."""
    digest = hashlib.sha256()
    for name, version in sorted({(one.name, one.version) for one in metadata.distributions()}):
        digest.update(f"{name} {version}\n".encode())
    for path in sorted(Path(package).parent.glob("**/migrations/*.py")):
        digest.update(str(path.relative_to(Path(package).parent)).encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def kept() -> Path:
    return Path(tempfile.gettempdir()) / f"gazetteer-test-databases-{os.getuid()}" / f"{key()}.sqlite3"


def copy(source: Path, target: Path) -> None:
    """Copies a database, open or not, so that `target` is whole or absent."""
    part = target.with_name(f"{target.name}.{os.getpid()}")
    reading, writing = sqlite3.connect(source), sqlite3.connect(part)
    try:
        reading.backup(writing)
    finally:
        writing.close()
        reading.close()
    part.replace(target)


def keep(database: Path) -> None:
    """Keeps `database` for later runs; older ones make room."""
    folder = kept().parent
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-4]:
        old.unlink(missing_ok=True)
    copy(database, kept())


def plant_roots(using: str, **kwargs: Any) -> None:
    """The root of the pages and that of the library, where a flush has left none; without signals, which make tasks."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Collection, Locale, Page

    if "wagtailcore_page" not in connections[using].introspection.table_names():
        return
    root: dict[str, Any] = {"path": "0001", "depth": 1, "numchild": 0}
    if not Page.objects.exists():
        language = get_supported_language_variant(settings.LANGUAGE_CODE)
        locale, _made = Locale.objects.get_or_create(language_code=language)
        kind = ContentType.objects.get_for_model(Page)
        Page.objects.bulk_create(
            [Page(title="Root", slug="root", content_type=kind, locale=locale, url_path="/", **root)]
        )
    if not Collection.objects.exists():
        Collection.objects.bulk_create([Collection(name="Root", **root)])
