from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.news.imports.article import NotAStory
from gazetteer.news.imports.decode import LARGEST, UnreadableFile
from gazetteer.news.imports.filing import import_page


class Command(BaseCommand):
    help = "Bring in one story from a file: plain text, HTML, Markdown, Word or a mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="a plain text page (date line, headline, paragraphs), or .html, .md, .docx, .eml"
        )
        parser.add_argument(
            "--section", required=True, help="name or web address of its section; made if there is none"
        )
        parser.add_argument("--publish", action="store_true", help="put it before readers at once; else it is a draft")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of it")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not options["section"].strip():
            raise CommandError('Name the section: --section "World News".')
        try:
            report = import_page(
                read(file), section=options["section"], publish=options["publish"], dry_run=options["dry_run"],
                name=file.name,
            )  # fmt: skip
        except (UnreadableFile, NotAStory) as error:
            raise CommandError(f"{file.name}: {error} Nothing was imported.") from error
        if options["verbosity"] > 0:
            self.stdout.write("\n".join(report.lines()))


def read(file: Path) -> bytes:
    """At most one byte more than a story may have; the rest of a huge file is never read."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"Cannot read {file}: {error.strerror}. Nothing was imported.") from error
