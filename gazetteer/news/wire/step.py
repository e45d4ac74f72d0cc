"""The steps of one item between identity and story: clean, decide by the source's rules, fetch what lacks, store.

`prepare` may take its time and ask other hosts; `store` writes, in the transaction of its caller.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from gazetteer.accounts.policy import Person
from gazetteer.news import actions, rights
from gazetteer.news.models import Article, Telling
from gazetteer.news.models.article import Status
from gazetteer.news.wire import file, identity, match, notices, pages
from gazetteer.news.wire.clean import as_json, clean, from_json, text_of_copy, words_in
from gazetteer.news.wire.guard import Refused
from gazetteer.news.wire.http import PAGE, FetchFailed
from gazetteer.news.wire.item import CANCELLED, USABLE, WITHHELD, CleanCopy, WireItem
from gazetteer.news.wire.models import Filing, Incoming, Outcome, RawItem, Source, Takes
from gazetteer.news.wire.pictures import MOST, NotTaken, take
from gazetteer.web.models import Picture

if TYPE_CHECKING:
    from gazetteer.news.wire.run import Tools

LONGEST_NOTE = 300


@dataclass
class Prepared:
    """An item ready to be stored. `outcome` and `why`: what the source's rules make of it as a new item."""

    item: WireItem
    copy: CleanCopy
    outcome: Outcome
    why: str = ""
    publish: bool = False
    is_older: bool = False
    told: notices.Told | None = None
    """What the source says that it put right in this version."""
    pictures: dict[int, Picture] = field(default_factory=dict)


def prepare(source: Source, item: WireItem, row: Incoming | None, tools: "Tools") -> Prepared:
    """Everything that is done before the database is written to: clean, decide, and fetch page and pictures."""
    copy = clean(item)
    if row is not None and notices.withdrawn(copy.headline) is not None:
        item = replace(item, status=CANCELLED)
    if item.status == USABLE and wants_page(source, item, copy):
        copy = with_page(source, item, copy, tools)
    copy, told = notices.put_right(copy)
    ready = decide(source, item, copy, timezone.now())
    ready.told = told
    ready.is_older = row is not None and is_older(row, item)
    will_be_story = ready.publish if row is None else row.outcome == Outcome.FILED and row.article_id is not None
    if will_be_story and not ready.is_older and item.status == USABLE:
        ready.pictures = pictures_for(source, copy, tools)
    return ready


def wants_page(source: Source, item: WireItem, copy: CleanCopy) -> bool:
    return source.fetch_pages and source.takes == Takes.FULL and bool(item.link) and not copy.is_full


def with_page(source: Source, item: WireItem, copy: CleanCopy, tools: "Tools") -> CleanCopy:
    """The copy with the text of its page, where robots may read that and it says more; else as it is, and why."""
    try:
        if not tools.robots.may_read(item.link):
            copy.notes.append(_("Its page may not be read by programs (robots.txt)."))
            return copy
        answer = tools.client.get(item.link, limits=PAGE, headers={"accept": "text/html, application/xhtml+xml"})
    except (Refused, FetchFailed) as error:
        copy.notes.append(_("Its page could not be read: %(error)s") % {"error": error})
        return copy
    found = pages.story_in(answer.body, answer.url)
    if found is None:
        copy.notes.append(_("No story was found on its page."))
        return copy
    whole = clean(
        replace(
            item, html=found.html, text="", base=answer.url, authors=item.authors or found.authors,
            pictures=item.pictures or found.pictures, published_at=item.published_at or found.published_at,
        )
    )  # fmt: skip
    if words_in(whole) <= words_in(copy):
        copy.notes.append(_("Its page says no more than the feed."))
        return copy
    whole.notes.append(_("The whole text was read from its page."))
    whole.is_full = True
    return whole


def decide(source: Source, item: WireItem, copy: CleanCopy, now: datetime) -> Prepared:
    """What the source's rules make of a new item."""
    if item.status != USABLE:
        return Prepared(item, copy, Outcome.NOT_USABLE, _("The source has withdrawn it."))
    if not copy.headline:
        return Prepared(item, copy, Outcome.LEFT_OUT, _("It has no headline and no text."))
    if notices.withdrawn(copy.headline) is not None:
        return Prepared(item, copy, Outcome.NOT_USABLE, _("It takes another story back."))
    words = f"{text_of_copy(copy)}\n{' '.join(item.tags)}".casefold()
    if found := first_word(source.refuse_words, words):
        return Prepared(item, copy, Outcome.LEFT_OUT, _("It has “%(word)s” in it.") % {"word": found})
    if too_old(source, item, now):
        return Prepared(
            item, copy, Outcome.LEFT_OUT, _("It is older than %(days)d days.") % {"days": source.max_age_days}
        )
    if source.filing != Filing.PUBLISH:
        return Prepared(item, copy, Outcome.WAITING)
    if source.publish_words.strip() and not first_word(source.publish_words, words):
        return Prepared(item, copy, Outcome.WAITING, _("It has none of the words that are published at once."))
    if any("embargo" in problem for problem in item.problems):
        return Prepared(item, copy, Outcome.WAITING, _("It has an embargo whose end cannot be read."))
    return Prepared(item, copy, Outcome.FILED, publish=True)


def first_word(lines: str, text: str) -> str:
    """The first of these lines that stands in the text."""
    return next((line.strip() for line in lines.splitlines() if line.strip() and line.strip().casefold() in text), "")


def too_old(source: Source, item: WireItem, now: datetime) -> bool:
    told = item.updated_at or item.published_at
    return bool(source.max_age_days and told and told < now - timedelta(days=source.max_age_days))


def is_older(row: Incoming, item: WireItem) -> bool:
    """Whether this is an earlier version than the one we have: by its number, else by its date."""
    if row.version.isdigit() and item.version.isdigit() and row.version != item.version:
        return int(item.version) < int(row.version)
    return bool(row.updated_at and item.updated_at and item.updated_at < row.updated_at)


def pictures_for(source: Source, copy: CleanCopy, tools: "Tools") -> dict[int, Picture]:
    """The copy's pictures in the library, by their number, as far as we may show and can get them; else told why."""
    wanted = [(number, picture) for number, picture in enumerate(copy.pictures) if picture.url or picture.data]
    if wanted and not source.takes_pictures:
        copy.notes.append(_("%(count)d pictures were left out: we have no rights in them.") % {"count": len(wanted)})
        return {}
    found: dict[int, Picture] = {}
    for number, picture in wanted[:MOST]:
        there = Picture.objects.filter(source_url=picture.url).order_by("-id").first() if picture.url else None
        try:
            found[number] = there or take(picture, picture.alt or copy.headline, tools.client)
        except NotTaken as error:
            what = picture.url or picture.name
            copy.notes.append(_("A picture was left out (%(what)s): %(error)s") % {"what": what[:120], "error": error})
    if len(wanted) > MOST:
        copy.notes.append(_("Only the first %(most)d pictures were taken.") % {"most": MOST})
    return found


def store(
    source: Source, ready: Prepared, marks: identity.Marks, level: str, row: Incoming | None, kept: RawItem
) -> tuple[Incoming, str]:
    """Write the item down and do what follows. Returns its row, and in a word what became of it."""
    if row is None:
        return new(source, ready, marks, level, kept)
    row = Incoming.objects.select_for_update().select_related("source").get(pk=row.pk)
    if ready.is_older:
        return row, "older"
    return row, again(row, ready, marks, kept)


def new(source: Source, ready: Prepared, marks: identity.Marks, level: str, kept: RawItem) -> tuple[Incoming, str]:
    used = identity.usable_level(level, marks)
    row = Incoming(source=source, key=identity.key_of(used, marks), outcome=ready.outcome, why=ready.why)
    tell(row, ready, marks, kept)
    row.save()
    if (headline := notices.withdrawn(ready.copy.headline)) is not None:
        return row, take_back(row, headline, ready.item)
    telling = match.take_in(row) if ready.outcome in MATCHED else None
    if telling is not None and (told := match.told_better(telling)) is not None:
        return row, joined(row, told)
    if ready.outcome == Outcome.FILED:
        return row, publish(row, ready)
    return row, {Outcome.WAITING: "waiting", Outcome.LEFT_OUT: "left out"}.get(ready.outcome, "withdrawn")


def take_back(row: Incoming, headline: str, item: WireItem) -> str:
    """A withdrawal under an id of its own: of the source's newest story of that headline; else a person must look."""
    earlier = Incoming.objects.select_for_update(of=("self",)).select_related("source", "article")
    known = earlier.filter(source=row.source, headline__iexact=headline).exclude(pk=row.pk).order_by("-pk").first()
    if known is None:
        row.outcome, row.why = Outcome.WAITING, _("It takes back a story that is not known here. Look for it.")
        row.save()
        return "waiting"
    known.status, known.changed_at = CANCELLED, row.changed_at
    return withdraw(known, known.article, replace(item, status=CANCELLED))


def joined(row: Incoming, told: Article) -> str:
    """Another tells it already; a source that sends its own again under a new id has changed something in it."""
    if told.source_id == row.source_id:
        row.outcome, row.why = Outcome.WAITING, _("It may be a new version of “%(story)s”.") % {"story": told}
        row.save()
        return "waiting"
    row.outcome, row.why = Outcome.JOINED, _("“%(story)s” tells it already.") % {"story": told}
    row.save()
    return "joined"


MATCHED = {Outcome.WAITING, Outcome.FILED}


def publish(row: Incoming, ready: Prepared) -> str:
    """A story of it, before readers at once if its rights let it; what tells the same less well stands down."""
    beyond = rights.uncovered(rights.Policy.of_source(row.source))
    row.article = file.make_story(row, ready.item, ready.copy, ready.pictures, publish=ready.publish and not beyond)
    row.why = beyond
    row.save()
    match.take_in_story(row.article)
    return "draft" if beyond else "published"


def tell(row: Incoming, ready: Prepared, marks: identity.Marks, kept: RawItem) -> None:
    """What the item says now, onto its row."""
    item, copy = ready.item, ready.copy
    row.guid, row.link, row.text_key, row.digest = marks.guid, marks.link, marks.text, marks.digest
    row.version, row.status = item.version, item.status
    row.headline = copy.headline or row.headline or item.link or item.guid
    row.published_at, row.updated_at = item.published_at or row.published_at, item.updated_at or row.updated_at
    row.raw, row.changed_at = kept, timezone.now()
    if item.status == USABLE or row.copy is None:
        row.copy = as_json(item, copy)
    row.notes = [note[:LONGEST_NOTE] for note in [*copy.notes, *copy.dropped]][:60]


def again(row: Incoming, ready: Prepared, marks: identity.Marks, kept: RawItem) -> str:
    """A known item that says something else than before."""
    before = row.status
    tell(row, ready, marks, kept)
    word = follow(row, ready, before)
    row.save()
    return word


def follow(row: Incoming, ready: Prepared, before: str) -> str:
    item = ready.item
    article = row.article
    if item.status != USABLE:
        return withdraw(row, article, item)
    if row.outcome in {Outcome.REFUSED, Outcome.JOINED}:
        return "kept out"
    if row.outcome == Outcome.FILED:
        return update(row, article, ready, before)
    # It waited, was left out or withdrawn: the rules look at it anew, but what was withdrawn waits for a person.
    row.outcome, row.why = ready.outcome, ready.why
    if before == CANCELLED and ready.outcome == Outcome.FILED:
        row.outcome, row.why = Outcome.WAITING, _("It had been withdrawn, and has come again.")
    if row.outcome == Outcome.FILED:
        return publish(row, ready)
    match.take_in(row)
    return "changed"


def withdraw(row: Incoming, article: Article | None, item: WireItem) -> str:
    """The source takes it back: out of the queue, and readers find a notice in the story's place."""
    if row.outcome == Outcome.WAITING:
        row.outcome, row.why = Outcome.NOT_USABLE, _("The source has withdrawn it.")
    if article is not None and article.status == Status.USABLE:
        notice = _("%(source)s has withdrawn this story.") % {"source": row.source.name}
        actions.withdraw(
            article,
            notice,
            for_good=item.status == CANCELLED,
            reason=f"withdrawn by {row.source.name}",
            arrived_at=row.changed_at,
        )
    row.save()
    if Telling.objects.filter(incoming=row).exists():
        match.take_in(row)
    return "withdrawn"


def update(row: Incoming, article: Article | None, ready: Prepared, before: str) -> str:
    """A new version of a filed item. A story that is gone, or in the trash, stays so."""
    if article is None or article.deleted_at is not None:
        return "kept out"
    changed, conflict = file.update_story(row, article, ready.item, ready.copy, ready.pictures)
    if changed:
        match.take_in_story(Article.objects.get(pk=article.pk))
    if ready.told is not None and article.first_published_at:
        tell_correction(article, row.source, ready.told)
    row.conflict, row.has_conflict = conflict, bool(conflict)
    if before == WITHHELD and article.status == Status.WITHHELD:
        actions.reinstate(article, reason=f"given back by {row.source.name}")
    return "changed" if changed else "conflict" if conflict else "same"


def tell_correction(article: Article, source: Source, told: notices.Told) -> None:
    """What the source put right, said once to visitors in its own words."""
    words = told.words or _("%(source)s has sent a corrected version of this story.") % {"source": source.name}
    if not article.corrections.filter(text=words).exists():
        actions.correct(article, words, kind=told.kind, signed=source.name, reason=f"from {source.name}")


def file_waiting(row: Incoming, *, publish: bool, tools: "Tools | None", by: Person = None) -> Article:
    """A story out of an item that waits, in the transaction of its caller; pictures only with `tools`."""
    item, copy = from_json(row.copy or {})
    pictures = pictures_for(row.source, copy, tools) if tools else {}
    article = file.make_story(row, item, copy, pictures, publish=publish, by=by)
    row.article, row.outcome, row.why = article, Outcome.FILED, ""
    row.save()
    match.take_in_story(article)
    return article


def read_again(row: Incoming) -> tuple[WireItem, CleanCopy]:
    """The item and its clean copy, with the pictures that came along where the raw item is still kept."""
    item, copy = from_json(row.copy or {})
    if any(not picture.url for picture in copy.pictures) and row.raw is not None:
        from gazetteer.news.wire.replay import item_of

        whole = item_of(row)
        if whole is not None:
            return whole, clean(whole)
    return item, copy
