"""Web addresses of stories and sections: made once, free, and never given to another."""

import datetime

from django.utils.text import slugify

from gazetteer.news.models import Article, OldAddress, Section

LONGEST_BYTES = 200
"""A part of an address as a file name, for the static export, may have 255 bytes."""


def make_slug(text: str, otherwise: str = "story") -> str:
    """The words as part of an address, in any script; cut at a word where it would not fit a file name."""
    slug = slugify(text, allow_unicode=True)
    while len(slug.encode()) > LONGEST_BYTES:
        slug = slug.rpartition("-")[0] or slug.encode()[:LONGEST_BYTES].decode(errors="ignore")
    return slug or otherwise


def free_slug(wanted: str, day: datetime.date, article: Article) -> str:
    """`wanted`, or it with a number, such as no other story has or had on that day."""
    others = Article.objects.filter(address_date=day, slug__startswith=wanted).exclude(pk=article.pk)
    taken = set(others.values_list("slug", flat=True))
    prefix = f"/news/{day:%Y/%m/%d}/"
    old = OldAddress.objects.filter(path__startswith=prefix + wanted).exclude(article=article.pk)
    taken |= {path.removeprefix(prefix).rstrip("/") for path in old.values_list("path", flat=True)}
    return numbered(wanted, taken)


def free_section_slug(wanted: str, parent: Section | None, section: Section | None = None) -> str:
    """The same among the sections beside it."""
    prefix = f"{parent.address}/" if parent else ""
    others = Section.objects.filter(address__startswith=prefix + wanted)
    if section is not None:
        others = others.exclude(pk=section.pk)
    return numbered(wanted, {address.removeprefix(prefix) for address in others.values_list("address", flat=True)})


def numbered(wanted: str, taken: set[str]) -> str:
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def readdress(section: Section) -> None:
    """Bring the addresses of a section and all below it in step with the tree; triggers keep the old ones."""
    parent = section.get_parent(update=True)
    addresses = {section.path: f"{parent.address}/{section.slug}" if parent else section.slug}
    Section.objects.filter(pk=section.pk).update(address=addresses[section.path])
    for below in section.get_descendants():
        addresses[below.path] = f"{addresses[below.path[: -below.steplen]]}/{below.slug}"
        Section.objects.filter(pk=below.pk).update(address=addresses[below.path])
