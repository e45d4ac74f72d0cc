"""A story as its page shows it: what stands around the text is read in one query, pictures in the text in another."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import BigIntegerField, CharField, DateTimeField, F, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup
from wagtail.rich_text import expand_db_html

from gazetteer.changes.notes import note
from gazetteer.news.cards import Label, label
from gazetteer.news.embeds import safe_frame
from gazetteer.news.models import Article, Byline, Correction, Related, Section, TaggedArticle
from gazetteer.news.rights import Channel, Policy, Ruling, decide
from gazetteer.news.social_cards import HEIGHT, WIDTH
from gazetteer.web import pictures
from gazetteer.web.formats import iso
from gazetteer.web.models import Picture
from gazetteer.web.pictures import ShownPicture


@dataclass(frozen=True)
class ShownCorrection:
    """`label` is what it is: a correction, a clarification …; `signed` who answers for it."""

    id: int
    text: str
    made_at: datetime
    label: str = ""
    signed: str = ""


@dataclass(frozen=True)
class RelatedStory:
    """A story that an editor set under this one."""

    headline: str
    url: str
    published_at: datetime | None


@dataclass(frozen=True)
class ShownBlock:
    """One block of the text: its kind and what its part of the template reads."""

    kind: str
    value: Any


@dataclass
class Around:
    """What belongs to a story besides its own columns."""

    authors: list[Label | str] = field(default_factory=list)
    tags: list[Label] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    corrections: list[ShownCorrection] = field(default_factory=list)
    related: list[RelatedStory] = field(default_factory=list)

    @classmethod
    def stored(cls, article: Article) -> "Around":
        """As the database has it: authors, tags, corrections, related stories in one query, the sections in another."""
        found = cls(sections=sections_to(article.section))
        for kind, pk, text, slug, _place, when in rows_around(article):
            if kind == "author":
                found.authors.append(Label(text, reverse("author", args=[slug])) if slug else text)
            elif kind == "related":
                story, _slash, address = slug.partition("/")
                note(f"article:{story}:card")
                found.related.append(RelatedStory(text, story_address(address), when))
            elif kind == "tag":
                found.tags.append(Label(text, reverse("tag", args=[slug])))
            else:
                kind, _bar, signed = slug.partition("|")
                found.corrections.append(ShownCorrection(pk, text, when, str(Correction.Kind(kind).label), signed))
        return found

    @classmethod
    def in_hand(cls, article: Article) -> "Around":
        """As the form in the desk has it, not stored yet."""
        corrections = article.corrections.all() if article.pk else ()
        return cls(
            authors=[Label(line.author.name, line.author.get_absolute_url()) for line in article.bylines.all()],
            tags=[Label(tag.name, reverse("tag", args=[tag.slug or "-"])) for tag in article.tags.all()],
            sections=sections_to(article.section),
            corrections=[shown_correction(each) for each in corrections],
            related=[in_hand(each.story) for each in article.related.all() if each.story.is_shown()],
        )


def shown_correction(found: Correction) -> ShownCorrection:
    return ShownCorrection(found.pk, found.text, found.made_at, found.get_kind_display(), found.signed)


def story_address(day_and_slug: str) -> str:
    day, _slash, slug = day_and_slug.partition("/")
    return reverse("article", args=[*day.split("-"), slug or "-"])


def in_hand(story: Article) -> RelatedStory:
    return RelatedStory(story.headline, story.get_absolute_url(), story.published_at)


def sections_to(section: Section | None) -> list[Section]:
    """The section and those above it that are in use, from the top; one at the top level costs no query."""
    if section is None:
        return []
    found = [section] if section.depth == 1 else list(Section.objects.path_to(section))
    return [each for each in found if each.deleted_at is None]


def rows_around(article: Article) -> Iterable[tuple[Any, ...]]:
    """Rows of (kind, id, text, web address, place, when): authors in their order, tags by name, newest corrections."""

    def row(kind: str, place: Any, text: str, slug: Any, when: Any) -> tuple[Any, ...]:
        return (
            Value(kind, output_field=CharField()),
            Cast("pk", BigIntegerField()),
            Cast(text, TextField()),
            Cast(slug, TextField()),
            Cast(place, BigIntegerField()),
            Cast(when, DateTimeField()),
        )

    nothing = Value(None)
    authors = Byline.objects.filter(article=article, author__deleted_at=None)
    others = Byline.objects.filter(article=article, author__deleted_at__isnull=False)
    tags = TaggedArticle.objects.filter(content_object=article)
    fixes = Correction.objects.filter(article=article)
    related = Related.objects.filter(article=article, story__shown_at__isnull=False)
    place = (Cast("story__pk", TextField()), Value("/"), Cast("story__address_date", TextField()), Value("/"))
    address = Concat(*place, "story__slug", output_field=TextField())
    parts = [
        authors.values_list(*row("author", F("position"), "author__name", "author__slug", nothing)),
        others.values_list(*row("author", F("position"), "author__name", Value(""), nothing)),
        tags.values_list(*row("tag", Value(0), "tag__name", "tag__slug", nothing)),
        fixes.values_list(*row("correction", Value(0), "text", Concat("kind", Value("|"), "signed"), F("made_at"))),
        related.values_list(*row("related", F("position"), "story__headline", address, F("story__published_at"))),
    ]
    rows = list(parts[0].order_by().union(*(part.order_by() for part in parts[1:]), all=True))
    by_time = sorted(rows, key=lambda row: -row[5].timestamp() if row[5] else 0.0)
    return sorted(by_time, key=lambda row: (row[0], row[4], row[2].casefold() if row[0] == "tag" else ""))


@dataclass
class ShownStory:
    """What `news/story.html` reads."""

    article: Article
    around: Around
    picture: ShownPicture | None
    blocks: list[ShownBlock]

    @classmethod
    def of(cls, article: Article, *, stored: bool = True) -> "ShownStory":
        around = Around.stored(article) if stored else Around.in_hand(article)
        words = {"caption": article.picture_caption, "credit": article.picture_credit}
        return cls(article, around, pictures.shown(article.picture, "whole", **words), blocks_of(article))

    @cached_property
    def trail(self) -> list[dict[str, str]]:
        """Breadcrumbs: the news, and every section down to the story's own."""
        found = [label(section, get_language() or "") for section in self.around.sections]
        return [{"label": _("News"), "url": reverse("news")}, *({"label": e.name, "url": e.url} for e in found if e)]

    @cached_property
    def section(self) -> Label | None:
        return label(self.article.section, get_language() or "")

    @cached_property
    def source(self) -> str:
        """The words for copy from elsewhere: the ones it asks for, else its name."""
        article = self.article
        if article.source_credit:
            return article.source_credit
        return _("Source: %(name)s") % {"name": article.source_name} if article.source_name else ""

    @property
    def address(self) -> str:
        """The whole address, as cards and search engines want it."""
        return f"{settings.SITE_URL}{self.article.get_absolute_url()}"

    @cached_property
    def ruling(self) -> Ruling:
        """What the rights in it say of its page."""
        return decide(Policy.of(self.article), self.article, timezone.now(), Channel.PAGE)

    @property
    def canonical(self) -> str:
        return self.ruling.canonical or self.address

    @cached_property
    def outside_pictures(self) -> list[tuple[str, int, int]]:
        """(address, width, height) for search engines and other sites: 16:9, 4:3 and 1:1, or the drawn card."""
        found = [(absolute(url), width, height) for url, width, height in pictures.outside(self.article.picture)]
        if not found and self.article.social_card:
            found = [(absolute(default_storage.url(self.article.social_card)), WIDTH, HEIGHT)]
        return found

    def structured(self, site: Any) -> Markup:
        """schema.org's NewsArticle as JSON for a script element; nothing in it can end that element."""
        article = self.article
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.headline,
            "description": article.lead,
            "inLanguage": article.language,
            "mainEntityOfPage": self.canonical,
            "datePublished": iso(article.published_at) if article.published_at else None,
            "dateModified": iso(article.updated_at or article.published_at) if article.published_at else None,
            "image": [url for url, _width, _height in self.outside_pictures] or None,
            "author": [person(author) for author in self.around.authors] or None,
            "publisher": publisher(site),
            "isAccessibleForFree": True,
            "articleSection": self.section.name if self.section else None,
            "keywords": [tag.name for tag in self.around.tags] or None,
            "isBasedOn": article.source_url or None,
            "correction": [correction_comment(each) for each in self.around.corrections] or None,
        }
        text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
        safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        return Markup(safe)  # noqa: S704 (escaped the line before)


def publisher(site: Any) -> dict[str, Any]:
    found = {"@type": "Organization", "name": site.name, "url": f"{settings.SITE_URL}/"}
    return {**found, "logo": absolute(site.logo["src"])} if site.logo else found


def correction_comment(correction: ShownCorrection) -> dict[str, str]:
    """https://schema.org/CorrectionComment"""
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": iso(correction.made_at)}


def person(author: Label | str) -> dict[str, str]:
    if isinstance(author, str):
        return {"@type": "Person", "name": author}
    return {"@type": "Person", "name": author.name, "url": absolute(author.url)}


def absolute(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else f"{settings.SITE_URL}{url}"


def blocks_of(article: Article) -> list[ShownBlock]:
    return [ShownBlock(block.block_type, shown_value(block.block_type, block.value)) for block in article.body]


def shown_value(kind: str, value: Any) -> Any:
    """What the template needs of one block."""
    if kind in ("paragraph", "list"):
        return html(value)
    if kind == "picture":
        return in_text(value["picture"], value["caption"], value["credit"])
    if kind == "embed":
        return {**value, "frame": safe_frame(value["frame"] or "")}
    if kind == "table":
        return table(value)
    return value


def html(value: Any) -> Markup:
    """Rich text with its links to pages and documents made real; cleaned when it was stored."""
    return Markup(expand_db_html(value.source))  # noqa: S704 (Draftail's or the import's own tags)


def in_text(picture: Picture | None, caption: str, credit: str) -> dict[str, Any]:
    """A picture in the text; its caption stays when the picture itself is gone."""
    return {"picture": pictures.shown(picture, "whole"), "caption": caption, "credit": credit}


def table(value: Any) -> dict[str, Any]:
    """A table's caption, the headings of its columns, and its cells as HTML or text, with the kind of each column."""
    columns = [{"heading": column["heading"], "kind": column["block"].name} for column in value.columns]
    rows = [[html(cell.value) if cell.block.name == "rich" else cell.value for cell in row] for row in value.rows]
    return {"caption": value.caption, "columns": columns, "rows": rows}
