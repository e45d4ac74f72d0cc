"""Clean copy to a story, within what its source allows; and what a new version does to the story that is there.

A story that an editor has touched keeps the editor's words; what the source says instead is kept beside and shown as a
conflict (`Incoming.conflict`). A story that was deleted at the desk does not come back.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from gazetteer.accounts.policy import Person
from gazetteer.news import actions, drafts, rights
from gazetteer.news.arrivals import compare
from gazetteer.news.models import Article
from gazetteer.news.wire.item import CleanBlock, CleanCopy, WireItem
from gazetteer.news.wire.models import Incoming, Source, Takes
from gazetteer.web.markup import text_of
from gazetteer.web.models import Picture

MEANINGFUL = ("headline", "lead", "body")
FUTURE = timedelta(minutes=10)
"""A date further ahead than this is a mistake of the source, unless it has an embargo."""
MOST_TAGS = 15

Pictures = Mapping[int, Picture]
"""Pictures of the library by their number in the copy."""


def columns(item: WireItem, copy: CleanCopy, source: Source, pictures: Pictures) -> dict[str, Any]:
    """The copy as columns of a story: what of it may be shown, and what must stand with it."""
    lead, blocks = shared(copy, source)
    main = min(pictures) if pictures else None
    shown = pictures if source.takes != Takes.HEADLINE else {}
    picture = copy.pictures[main] if main is not None else None
    return {
        "headline": copy.headline,
        "lead": lead,
        "body": json.dumps(body(blocks, copy, shown, main), ensure_ascii=False),
        "language": language(item, source),
        "picture": shown.get(main) if main is not None else None,
        "picture_caption": caption(copy, picture, shown),
        "picture_credit": (picture.credit if picture and shown else "")[:255],
        "byline_note": copy.byline[:255],
        "dateline": copy.dateline[:120] if source.takes != Takes.HEADLINE else "",
        "source_name": source.name,
        "source_url": (item.canonical or item.link)[:1000],
        "source_credit": (source.credit_line or item.credit or item.copyright)[:255],
        "note_to_desk": note_to_desk(item),
        "embargo_until": item.embargo_until,
    }


def caption(copy: CleanCopy, picture: Any, shown: Pictures) -> str:
    """Of the main picture; a caption that came without its picture (a press release) still stands."""
    if picture is not None and shown:
        return str(picture.caption)
    alone = next((each for each in copy.pictures if each.caption and not each.url and not each.data), None)
    return alone.caption if alone else ""


def shared(copy: CleanCopy, source: Source) -> tuple[str, list[CleanBlock]]:
    """As much of the lead and text as the source lets us show."""
    if source.takes == Takes.FULL:
        return copy.lead, copy.blocks
    if source.takes == Takes.HEADLINE:
        return "", []
    texts = [copy.lead, *(text_of(b.value) for b in copy.blocks if b.kind in {"paragraph", "quote", "list"})]
    return excerpt(" ".join(text for text in texts if text), source.excerpt_words), []


def excerpt(text: str, words: int) -> str:
    """The first so many words, to the end of a sentence where one ends in the last third."""
    parts = text.split()
    if len(parts) <= words:
        return text
    cut = " ".join(parts[:words])
    ends = [found.end() for found in re.finditer(r"[.!?。！？][\"'”’»)]*(?=\s|$)", cut)]
    return cut[: ends[-1]] if ends and ends[-1] > 2 * len(cut) / 3 else cut.rstrip(" ,;:–—-") + "…"


def body(blocks: Sequence[CleanBlock], copy: CleanCopy, pictures: Pictures, main: int | None) -> list[dict[str, Any]]:
    """Blocks as `Article.body` stores them. A picture that is over the story already is not in it again."""
    made = []
    for block in blocks:
        if block.kind == "picture":
            number = int(block.value)
            if number in pictures and number != main:
                made.append({"type": "picture", "value": picture_value(copy, number, pictures[number])})
        elif block.kind == "quote":
            made.append({"type": "quote", "value": {"quote": block.value, "who": block.who}})
        elif block.kind == "table":
            made.append({"type": "table", "value": json.loads(block.value)})
        else:
            made.append({"type": block.kind, "value": block.value})
    return made


def picture_value(copy: CleanCopy, number: int, picture: Picture) -> dict[str, Any]:
    said = copy.pictures[number]
    return {"picture": picture.pk, "caption": said.caption, "credit": said.credit[:255]}


def language(item: WireItem, source: Source) -> str:
    """The source's by the desk, else the item's own where the site has it, else the site's first."""
    if source.language:
        return source.language
    codes = [code for code, _label in settings.LANGUAGES]
    wanted = item.language.lower().replace("_", "-")
    same = [code for code in codes if code == wanted]
    akin = [code for code in codes if wanted and code.partition("-")[0] == wanted.partition("-")[0]]
    return next(iter([*same, *akin]), settings.LANGUAGE_CODE)


def note_to_desk(item: WireItem) -> str:
    """What only editors may read: instructions, terms of use, licence."""
    parts = [item.note_to_desk, item.usage_terms, item.licence and f"Licence: {item.licence}"]
    return "\n".join(part for part in parts if part)


def shown_time(item: WireItem, now: datetime) -> datetime:
    """The time over the story: its own, also if it is long ago; not one that has yet to come."""
    told = item.published_at or item.updated_at or now
    return now if told > now + FUTURE else told


def make_story(
    incoming: Incoming, item: WireItem, copy: CleanCopy, pictures: Pictures, *, publish: bool, by: Person = None
) -> Article:
    """The story of an item that has none yet: a draft, or before readers at once."""
    source, now = incoming.source, timezone.now()
    values = columns(item, copy, source, pictures)
    shown = shown_time(item, now)
    article = actions.create(
        **values,
        published_at=shown,
        expire_at=item.expires_at if item.expires_at and item.expires_at > now else None,
        section=source.section,
        tags=item.tags[:MOST_TAGS] if source.takes == Takes.FULL else [],
        source=source,
        feed=source.feed,
        external_id=incoming.key,
        imported=plain(values),
        by=by,
        reason=f"from {source.name}",
    )
    rights.settle(article)
    if publish:
        actions.publish(article, by=by, reason=f"from {source.name}")
    return article


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as `Article.imported` keeps them."""
    return drafts.plain({name: value.pk if isinstance(value, Picture) else value for name, value in values.items()})


def update_story(
    incoming: Incoming, article: Article, item: WireItem, copy: CleanCopy, pictures: Pictures
) -> tuple[list[str], list[dict[str, Any]]]:
    """Bring a new version to its story: the columns that changed, and those where an editor's words were kept."""
    source = incoming.source
    values = columns(item, copy, source, pictures)
    changes, kept = compare(article, plain(values))
    changes = {name: values[name] for name in changes}
    if any(name in changes for name in MEANINGFUL) and article.live:
        changes["updated_at"] = item.updated_at or timezone.now()
    Article.objects.filter(pk=article.pk).update(imported=plain(values))
    done = actions.change_by_machine(article, changes, reason=f"a new version from {source.name}") if changes else []
    return done, [{"column": name, "ours": ours, "theirs": theirs} for name, ours, theirs in kept]


def replace_by_theirs(incoming: Incoming) -> list[str]:
    """Write what the source says over an editor's words, in every column that stands in the conflict."""
    article = incoming.article
    if article is None:
        return []
    names = {each["column"]: each["theirs"] for each in incoming.conflict}
    values = {name: value_of(name, theirs) for name, theirs in names.items()}
    return actions.change_by_machine(article, values, reason=f"the words of {incoming.source.name} were chosen")


def value_of(name: str, plain_value: Any) -> Any:
    """A column's value out of what `plain` made of it."""
    field = Article._meta.get_field(name)
    if name == "picture":
        return Picture.objects.filter(pk=plain_value).first()
    return field.to_python(plain_value) if hasattr(field, "to_python") else plain_value
