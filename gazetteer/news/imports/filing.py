"""A plain text page becomes a story of the newsroom: decode → parse → match → file, with a report for a person.

A story is known again by its headline and date line. What a file brought last is kept with the story, so bringing the
same again changes nothing, and a changed file changes only the columns in which it differs, and of these only those
that no editor has rewritten since.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from gazetteer.accounts.policy import Person
from gazetteer.news import actions
from gazetteer.news.arrivals import compare
from gazetteer.news.imports.article import ParsedArticle, parse
from gazetteer.news.imports.decode import decode
from gazetteer.news.imports.formats import format_of, parse_file
from gazetteer.news.models import Article, Author, Section
from gazetteer.web.zone import site_zone

FEED = "files"


@dataclass
class Report:
    """What became of the file, as lines; `article` is None in a dry run of a new story."""

    parsed: ParsedArticle
    encoding: str
    article: Article | None = None
    done: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        story = self.parsed
        date = f"{story.published_at:%Y-%m-%d %H:%M %Z}" if story.published_at else "none on the page"
        found = [
            f"Encoding:  {self.encoding}",
            f"Headline:  {story.headline}",
            f"Date:      {date}" + (f" (from “{story.date_line}”)" if story.date_line else ""),
            f"Text:      lead and {len(story.blocks)} blocks",
        ]
        found += [f"Caption:   {story.caption}"] if story.caption else []
        found += [f"Credit:    {story.credit}"] if story.credit else []
        found += section_of_report("Decided on the way:", story.notes)
        found += section_of_report("Left out as furniture of the page:", story.dropped)
        return [*found, *self.done]


def section_of_report(title: str, notes: list[Any]) -> list[str]:
    return [title, *(f"  line {note.line}: {note.text}" for note in notes)] if notes else []


def import_page(
    data: bytes, *, section: str, publish: bool = False, dry_run: bool = False, by: Person = None, name: str = "a file"
) -> Report:
    """File the page under the section of that name; raises UnreadableFile or NotAStory, and then nothing is written."""
    report = read_page(data, section, name)
    story = report.parsed
    with transaction.atomic():
        known = Article.objects.filter(feed=FEED, external_id=identity(story)).first()
        if known is None:
            file_new(report, section, publish, dry_run, by, name)
        else:
            file_again(report, known, publish, dry_run, by, name)
    return report


def read_page(data: bytes, section: str, name: str) -> Report:
    """The story on the page, by the format that the file's name tells."""
    reader = format_of(name)
    if reader is not None:
        return Report(parse_file(data, name, reader), str(reader.label))
    decoded = decode(data)
    labels = [*Section.objects.in_use().values_list("name", flat=True), section]
    languages = [code for code, _label in settings.LANGUAGES]
    story = parse(decoded.text, zone=site_zone(), sections=labels, languages=languages)
    return Report(story, decoded.encoding + (" (worked out from the letters)" if decoded.guessed else ""))


def identity(story: ParsedArticle) -> str:
    """What makes two files the same story: headline and date line, or the lead where there is no date."""
    words = f"{story.headline}\n{story.date_line or story.lead}"
    return hashlib.sha256(" ".join(words.split()).casefold().encode()).hexdigest()


def columns(story: ParsedArticle) -> dict[str, Any]:
    """The page as columns of a story."""
    return {
        "headline": story.headline,
        "lead": story.lead,
        "body": json.dumps([{"type": block.kind, "value": block.value} for block in story.blocks]),
        "picture_caption": story.caption,
        "picture_credit": story.credit,
        "dateline": story.dateline,
        "source_name": story.source,
    }


def file_new(report: Report, section: str, publish: bool, dry_run: bool, by: Person, name: str) -> None:
    if dry_run:
        report.done.append("Dry run: this would be a new story. Nothing was written.")
        return
    story, values = report.parsed, columns(report.parsed)
    authors, rest = authors_named(story.byline)
    article = actions.create(
        **values,
        published_at=story.published_at,
        embargo_until=story.embargo_until,
        section=find_section(section, report, by),
        authors=authors,
        byline_note=rest,
        feed=FEED,
        external_id=identity(story),
        imported=values,
        by=by,
        reason=f"imported from {name}",
    )
    report.article = article
    if publish:
        actions.publish(article, by=by, reason=f"imported from {name}")
        report.done.append(f"Published: {article.get_absolute_url()}")
    else:
        report.done.append(f"Filed as a draft (number {article.pk}); publish it at the desk or import with --publish.")


def find_section(name: str, report: Report, by: Person) -> Section:
    """The section of that name or web address; made if there is none, which the report says."""
    wanted = name.strip()
    in_use = Section.objects.in_use()
    found = in_use.filter(name__iexact=wanted).first() or in_use.filter(address=wanted.strip("/").lower()).first()
    if found is None:
        found = actions.add_section(wanted, by=by, reason="an import named it")
        report.done.append(f"The section “{wanted}” did not exist and was made.")
    return found


def authors_named(byline: str) -> tuple[list[Author], str]:
    """The authors whose names stand in the byline; the byline's words where any is not known here."""
    if not byline:
        return [], ""
    names = [name.strip() for name in byline.replace(" and ", ",").split(",") if name.strip()]
    known = {author.name.casefold(): author for author in Author.objects.in_use().filter(name__in=names)}
    if all(name.casefold() in known for name in names):
        return [known[name.casefold()] for name in names], ""
    return [], byline


def file_again(report: Report, article: Article, publish: bool, dry_run: bool, by: Person, name: str) -> None:
    report.article = article
    if article.deleted_at is not None:
        report.done.append("This story is here already, in the trash. Nothing was changed.")
        return
    changed = changes(report, article)
    if dry_run:
        what = f"would change: {', '.join(changed)}" if changed else "is here already and the same"
        report.done.append(f"Dry run: this story {what}. Nothing was written.")
        return
    if changed:
        Article.objects.filter(pk=article.pk).update(imported=columns(report.parsed))
        actions.change_by_machine(article, changed, reason=f"imported again from {name}")
        report.done.append(f"Changed: {', '.join(changed)}.")
    if publish and not article.live:
        actions.publish(Article.objects.get(pk=article.pk), by=by, reason=f"imported from {name}")
        report.done.append(f"Published: {article.get_absolute_url()}")
    elif not changed:
        report.done.append(
            f"This story is here already and the same; nothing was changed: {article.get_absolute_url()}"
        )


def changes(report: Report, article: Article) -> dict[str, Any]:
    """Columns in which the file differs from what it brought last, without those an editor has rewritten."""
    found, kept = compare(article, columns(report.parsed))
    report.done += [f"The file's {name} is new, but an editor has rewritten it; it was kept." for name, _o, _t in kept]
    return found
