"""Fills a site with a demonstration: fields, listings, pictures, sections, stories, front page. Once.

Everything goes the ways that people's own content goes: listings through the import, stories through the newsroom's
actions, the front page through those of pages. Killed half-way, the next call goes on.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.images import ImageFile
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.text import slugify

from gazetteer.changes.progress import Progress
from gazetteer.directory import actions as directory
from gazetteer.directory.imports import import_file
from gazetteer.directory.models import Category, CustomField, ImportRun, Listing
from gazetteer.news import actions as news
from gazetteer.news.models import Article, Author, Section
from gazetteer.ops.demo.bodies import FEED, addresses_of, body_of, lead_of
from gazetteer.ops.demo.forms import Author as AuthorForm
from gazetteer.ops.demo.forms import Correction, Picture, SectionForm, Story
from gazetteer.ops.demo.profiles import FieldForm, Profile
from gazetteer.pages import actions as pages
from gazetteer.pages.models import SiteSettings
from gazetteer.web.models import Picture as LibraryPicture

REASON = "Demo"
JPEG: dict[str, Any] = {"format": "JPEG", "quality": 90, "subsampling": 0}
Say = Callable[[str], object]


def already(profile: Profile) -> str:
    """A sentence if the site has this demo already, else "". Raises CommandError where it may not be filled at all."""
    if unfinished(profile).exists():
        return ""
    run = ImportRun.objects.filter(feed=FEED, state=ImportRun.State.DONE).order_by("id").first()
    if run is None and not Listing.objects.exists() and not Article.objects.exists():
        return ""
    if run is not None and run.file_name == f"{profile.name}.jsonl":
        return f"The demo “{profile.name}” is already in {settings.HOME}; nothing was changed."
    raise CommandError(
        f"There are listings or stories in {settings.HOME} already, and the demo belongs into an empty site. "
        "Name another folder: GAZETTEER_HOME=/some/folder gazetteer demo"
    )


def work_folder(profile: Profile) -> Path:
    return Path(settings.HOME) / f"demo-{profile.name}"


def unfinished(profile: Profile) -> Path:
    """Stands while the site is being filled."""
    return work_folder(profile) / "unfinished"


def fill(profile: Profile, say: Say, quiet: bool = False) -> None:
    """Fill the site. `say` is told each step."""
    logging.getLogger("wagtail").setLevel(logging.WARNING)  # else a line for every page made
    work_folder(profile).mkdir(parents=True, exist_ok=True)
    unfinished(profile).touch()
    prepare_site(profile)
    define_fields(profile.fields)
    bring_listings(profile, say, quiet)
    attach_fields(profile.fields)
    verify(profile)
    with in_zone():
        write_news(profile, say, quiet)
    compose(profile)
    rmtree(work_folder(profile))


def prepare_site(profile: Profile) -> None:
    """The site's own facts, and its first pages, unless somebody has been here."""
    if profile.site and SiteSettings.current().name == SiteSettings._meta.get_field("name").get_default():
        pages.change_settings(**profile.site, reason=REASON)
    pages.compose_default_home(reason=REASON)
    pages.compose_standing_pages(reason=REASON)


@contextmanager
def in_zone() -> Iterator[None]:
    """The site's own zone, in which the stories' times are written."""
    with timezone.override(ZoneInfo(SiteSettings.current().time_zone)):
        yield


# Listings


def define_fields(forms: tuple[FieldForm, ...]) -> None:
    """Before the import, which asks for them; their branches are made by it, and follow after."""
    for position, form in enumerate(forms):
        CustomField.objects.get_or_create(
            key=form.key,
            defaults={
                "label": form.label,
                "labels_by_lang": form.labels_by_lang,
                "type": form.kind,
                "options": form.options,
                "is_filter": form.is_filter,
                "in_lists": form.in_lists,
                "position": position,
            },
        )


def attach_fields(forms: tuple[FieldForm, ...]) -> None:
    tops = {category.name: category for category in Category.objects.filter(depth=1)}
    for form in forms:
        branches = [tops[name] for name in form.branches if name in tops]
        CustomField.objects.get(key=form.key).categories.set(branches)


def bring_listings(profile: Profile, say: Say, quiet: bool) -> None:
    """Through the import that `gazetteer import listings` uses; raises CommandError unless every row came in."""
    path = profile.write_rows(work_folder(profile))
    with Progress("Listings", total=profile.total, quiet=quiet) as progress:
        report = import_file(path, feed=FEED, progress=progress.add)
    if report.problems or report.unknown:
        raise CommandError("The demo's own rows were not all taken:\n" + "\n".join(report.lines()))
    say(f"{profile.total:,} listings in {report.seconds:.0f} seconds.")


def verify(profile: Profile) -> None:
    for listing in Listing.objects.filter(feed=FEED, external_id__in=profile.verified, verified_at=None):
        directory.verify(listing, "By telephone", reason=REASON)


# News


def write_news(profile: Profile, say: Say, quiet: bool) -> None:
    stories = list(profile.stories())
    sections = {form.path: section_of(form) for form in profile.sections}
    authors = {form.name: author_of(form) for form in profile.authors}
    addresses = addresses_of(stories)
    with Progress("Stories", total=len(stories), quiet=quiet) as progress:
        for story in sorted(stories, key=lambda story: story.published_at):
            if not Article.objects.filter(feed=FEED, external_id=external_id(story)).exists():
                tell(story, sections, authors, addresses)
            progress.add()
    for path, headlines in profile.tops.items():
        news.set_top(sections[path], by_headline(headlines), reason=REASON)
    say(f"{len(stories)} stories in {len(sections)} sections.")


def external_id(story: Story) -> str:
    return slugify(story.headline, allow_unicode=True)


def section_of(form: SectionForm) -> Section:
    """The section of this path of names, made if there is none; those above it stand before it in the forms."""
    parent = None
    for name in form.path:
        level = parent.get_children() if parent else Section.get_root_nodes()
        found = level.filter(name=name, deleted_at=None).first()
        parent = found or news.add_section(name, parent, description=form.description, reason=REASON)
    if parent is None:
        raise ValueError("A section's path has at least one name.")
    return parent


def author_of(form: AuthorForm) -> Author:
    there = Author.objects.filter(name=form.name).first()
    return there or news.add_author(form.name, reason=REASON, role=form.role, bio=form.about)


def tell(
    story: Story,
    sections: dict[tuple[str, ...], Section],
    authors: dict[str, Author],
    addresses: dict[str, str],
) -> Article:
    article = news.create(
        story.headline,
        authors=[authors[name] for name in story.authors],
        tags=[*story.tags, *([story.series] if story.series else [])],
        lead=lead_of(story),
        body=body_of(story, addresses.get, library_picture),
        section=sections[story.section],
        published_at=timezone.make_aware(story.published_at),
        dateline=story.dateline,
        feed=FEED,
        external_id=external_id(story),
        reason=REASON,
        **picture_facts(story.picture),
        **source_facts(story),
    )
    news.publish(article, reason=REASON)
    for correction in story.corrections:
        correct(article, correction)
    return article


def correct(article: Article, form: Correction) -> None:
    """A correction under the date that its form gives."""
    correction = news.correct(article, form.text, reason=REASON)
    correction.made_at = timezone.make_aware(form.made_at)
    correction.save()


def picture_facts(picture: Picture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    return {
        "picture": library_picture(picture),
        "picture_caption": picture.caption,
        "picture_credit": picture.credit,
    }


def source_facts(story: Story) -> dict[str, Any]:
    if story.source is None:
        return {}
    return {"source_name": story.source.name, "source_url": story.source.address, "source_credit": story.source.text}


def library_picture(form: Picture) -> LibraryPicture:
    """Draw the picture and put it into the library."""
    file = BytesIO()
    form.draw().save(file, **JPEG)
    picture = LibraryPicture(
        title=form.caption[:255],
        description=form.alt,
        caption=form.caption,
        credit=form.credit,
        licence="CC0 1.0",
        file=ImageFile(BytesIO(file.getvalue()), name=f"{form.name}.jpg"),
    )
    picture.save()
    return picture


def by_headline(headlines: tuple[str, ...]) -> list[Article]:
    found = {article.headline: article for article in Article.objects.filter(feed=FEED, headline__in=headlines)}
    return [found[headline] for headline in headlines]


# The front page


def compose(profile: Profile) -> None:
    """Blocks and navigation from what the site has now, the chosen stories at the top of the front page."""
    home = pages.recompose_home(reason=REASON)
    pages.compose_side_columns(reason=REASON)
    front = by_headline(profile.front)
    for block in home.top:
        if block.block_type == "lead_stories":
            block.value["stories"] = front
    pages.publish(home, None, REASON)


def totals() -> dict[str, int]:
    """What the site holds, as its pages say."""
    return {
        "listings": Listing.objects.published().count(),
        "categories": Category.objects.in_use().count(),
        "stories": Article.objects.published().count(),
        "sections": Section.objects.in_use().count(),
    }
