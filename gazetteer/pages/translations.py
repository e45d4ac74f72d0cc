"""The catalogues of the public site: which sentences there are, and how they become `gazetteer/locale/`.

Only what visitors read is collected. The compiled files are committed beside the texts, so that an installation needs
no gettext tools. `gazetteer translations` brings both up to date; `--check` only looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent.parent
LOCALE = HERE / "locale"
LANGUAGES = ("ar", "de", "es", "fr")

SPOKEN = {"gettext": None, "gettext_noop": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
"""By these a file speaks to visitors where it speaks to the desk by `_`."""
ALL = {**SPOKEN, "_": None, "gettext_lazy": None}

TEMPLATES = ("*/jinja2/**/*.html",)
PYTHON = (
    "directory/branch_pages.py", "directory/feeds.py", "directory/finding.py", "directory/hours.py",
    "directory/maps.py", "directory/shown.py", "directory/views.py", "directory/week.py",
    "directory/fields/yes_no.py", "news/feeds.py", "news/finding.py", "news/showing.py", "news/views/*.py",
    "search/lines.py", "search/results.py", "search/views.py",
)  # fmt: skip
BLOCKS = ("pages/*.py", "pages/blocks/*.py", "pages/standing/*.py")
NOT_PUBLIC = ("web/jinja2/web/gallery.html",)
OPTIONS = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.i18n,jinja2.ext.do"}


@dataclass(frozen=True)
class Source:
    """One file to read, how, and by which function names."""

    path: Path
    method: str
    keywords: Any


def sources() -> Iterator[Source]:
    rules = ((TEMPLATES, "jinja2.ext:babel_extract", ALL), (PYTHON, "python", ALL), (BLOCKS, "python", SPOKEN))
    for patterns, method, keywords in rules:
        for path in sorted({path for pattern in patterns for path in HERE.glob(pattern)}):
            if path.relative_to(HERE).as_posix() not in NOT_PUBLIC:
                yield Source(path, method, keywords)


def collect() -> Catalog:
    """Every public sentence with the files it stands in."""
    found = Catalog(project="Gazetteer", charset="utf-8", fuzzy=False)
    for source in sources():
        place = source.path.relative_to(HERE).as_posix()
        where: list[Any] = [(place, None)]  # a file without a line: lines move with every edit
        options = OPTIONS if source.path.suffix == ".html" else {}
        for _line, message, comments, context in extract_from_file(
            source.method, str(source.path), source.keywords, options=options
        ):
            found.add(message, locations=where, auto_comments=comments, context=context)
    return found


LEFT_OUT = tuple(
    f'"{header}:'.encode()
    for header in (
        "POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Report-Msgid-Bugs-To", "Last-Translator",
        "Language-Team",
    )
)  # fmt: skip
"""Lines that would change with every run, or say nothing."""
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in compiled files, so that the same sentences always make the same bytes."""


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue as it lies there; an empty one for a new language."""
    if not path_of(language).exists():
        return Catalog(locale=language, project="Gazetteer", fuzzy=False)
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, template: Catalog) -> Catalog:
    """The catalogue with exactly the sentences of the template; what is new is empty, what has gone is dropped."""
    catalogue = read(language)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# {catalogue.locale.english_name}: what visitors of the site read."
    catalogue.version = catalogue.language_team = ""
    return catalogue


def write(language: str, catalogue: Catalog) -> None:
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(catalogue))
    path.with_suffix(".mo").write_bytes(mo_bytes(read(language)))


def po_bytes(catalogue: Catalog) -> bytes:
    text = BytesIO()
    write_po(text, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
    lines = text.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(LEFT_OUT))


def mo_bytes(catalogue: Catalog) -> bytes:
    catalogue.creation_date = catalogue.revision_date = ALWAYS
    data = BytesIO()
    write_mo(data, catalogue)
    return data.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Sentences without a translation."""
    return [name(message.id) for message in catalogue if message.id and not complete(message.string)]


def complete(string: object) -> bool:
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


def name(message_id: object) -> str:
    return str(message_id[0] if isinstance(message_id, (list, tuple)) else message_id)
