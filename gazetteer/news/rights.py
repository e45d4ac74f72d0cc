"""What may be done with a story: one policy, and one function that answers for every way out.

    ruling = decide(Policy.of(article), article, timezone.now(), Channel.FEED)

Our own copy may do everything. Copy from the wire has the policy of its source, which is kept on the story's own row
(`Article.rights`), so that a page asks no other table and a policy that changes drops exactly the pages of its stories.
`settle` writes it there, `check` does so every night for every source and takes down what may no longer stand.

Countries: this program does not guess where a visitor sits, and a page that is kept is the same for all. The operator
says for which countries the paper is offered (setting TERRITORIES; empty: everywhere) and keeps others out in front of
it. Copy whose rights do not cover all of these is not shown to anybody, and the desk is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from gazetteer.changes.clock import moment_of, set_moment, set_moments
from gazetteer.changes.models import Moment
from gazetteer.news.models import Article, Source
from gazetteer.news.wire.models import Engines, Takes
from gazetteer.web.zone import site_day, site_zone

if TYPE_CHECKING:
    from gazetteer.news.models import Removal

ENDS, NIGHTLY = "news.rights_end", "news.rights"
AT_NIGHT = time(3, 30)
"""In the site's time zone."""


class Channel(StrEnum):
    """A way on which a story leaves the house."""

    PAGE = "page"
    LISTS = "lists"
    FEED = "feed"
    SITEMAP = "sitemap"
    NEWS_SITEMAP = "news sitemap"
    SEARCH = "search"
    """Our own search."""
    ENGINES = "search engines"
    API = "api"
    NEWSLETTER = "newsletter"


CARRIED = frozenset({Channel.FEED, Channel.API, Channel.NEWSLETTER})
"""Where others get the copy from us to use it elsewhere."""


@dataclass(frozen=True)
class Policy:
    """What may be done with copy. The default is our own copy's: everything."""

    text: str = Takes.FULL
    words: int = 0
    """Of an excerpt."""
    pictures: bool = True
    territories: tuple[str, ...] = ()
    """Codes of countries that it may be shown in, or, with a minus before it, not; none: everywhere."""
    keep_days: int | None = None
    carry_on: bool = True
    engines: str = Engines.ALL
    canonical: bool = False
    is_own: bool = True

    @classmethod
    def of_source(cls, source: Source) -> "Policy":
        return cls(
            text=source.takes,
            words=source.excerpt_words,
            pictures=source.takes_pictures,
            territories=countries(source.territories),
            keep_days=source.keep_days,
            carry_on=source.carry_on,
            engines=source.engines,
            canonical=source.canonical_to_original,
            is_own=False,
        )

    @classmethod
    def of(cls, article: Article) -> "Policy":
        """The one on the story's row; copy of a source that was never settled may do as little as a source may."""
        if article.rights is not None:
            known = {name: value for name, value in article.rights.items() if name != "taken"}
            return cls(**{**known, "territories": tuple(known["territories"])})
        return OWN if article.source_id is None else UNKNOWN

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "territories": list(self.territories)}


OWN = Policy()
UNKNOWN = Policy(
    text=Takes.EXCERPT, words=60, pictures=False, carry_on=False, engines=Engines.NONE, is_own=False
)  # fmt: skip


@dataclass(frozen=True)
class Ruling:
    """The answer for one story on one way out.

    allowed, why: whether it may go there, and if not, why, in a sentence for the desk.
    text, words: how much of it (`Takes`), and of an excerpt how many words. pictures: whether with its pictures.
    robots: what search engines are told: "", `noindex`, or `googlebot-news` (kept from Google's news alone).
    canonical: the address of record, where it is another's. until: from when on it may not.
    """

    allowed: bool = True
    why: str = ""
    text: str = Takes.FULL
    words: int = 0
    pictures: bool = True
    robots: str = ""
    canonical: str = ""
    until: datetime | None = None


def decide(policy: Policy, article: Article, now: datetime, channel: Channel) -> Ruling:
    """Whether and how this story may go out this way at this moment."""
    ruling = Ruling(
        text=policy.text,
        words=policy.words if policy.text == Takes.EXCERPT else 0,
        pictures=policy.pictures,
        robots=robots(policy, article),
        canonical=article.canonical_url or (article.source_url if policy.canonical else ""),
        until=ends(policy, article),
    )
    why = refusal(policy, article, now, channel, ruling)
    return replace(ruling, allowed=not why, why=why)


def refusal(policy: Policy, article: Article, now: datetime, channel: Channel, ruling: Ruling) -> str:
    """Why not, or nothing."""
    if not article.is_shown(now):
        return _("It is not published.")
    if ruling.until is not None and ruling.until <= now:
        return _("Our rights in it ended.")
    if beyond := uncovered(policy):
        return beyond
    if channel in CARRIED and not policy.carry_on:
        return _("Its source does not let us pass it on.")
    if channel in (Channel.SITEMAP, Channel.NEWS_SITEMAP, Channel.ENGINES) and not for_engines(policy, article):
        return _("It is kept out of search engines, or found at its original.")
    is_ours = policy.is_own and not article.source_name and not article.source_url
    if channel == Channel.NEWS_SITEMAP and not is_ours:
        return _("Only our own stories stand there.")
    return ""


def robots(policy: Policy, article: Article) -> str:
    if article.noindex or policy.engines == Engines.NONE:
        return "noindex"
    return "googlebot-news" if policy.engines == Engines.NOT_NEWS else ""


def for_engines(policy: Policy, article: Article) -> bool:
    """Whether search engines are to find it here."""
    elsewhere = article.canonical_url or (policy.canonical and article.source_url)
    return robots(policy, article) != "noindex" and not elsewhere


def ends(policy: Policy, article: Article) -> datetime | None:
    """From when on it may not stand here: so many days after it came, or the end that it has itself."""
    own_end = article.expire_at
    if policy.keep_days is None:
        return own_end
    kept = article.created_at + timedelta(days=policy.keep_days)
    return min(kept, own_end) if own_end else kept


def countries(text: str) -> tuple[str, ...]:
    """`GB, IE` or `-JP`: as typed at the desk, in capitals."""
    return tuple(sorted({word.strip().upper() for word in text.replace(";", ",").split(",") if word.strip()}))


def uncovered(policy: Policy) -> str:
    """Why its countries do not cover those that the paper is offered in; nothing if they do."""
    only = {code for code in policy.territories if not code.startswith("-")}
    never = {code[1:] for code in policy.territories if code.startswith("-")}
    ours = {code.upper() for code in settings.TERRITORIES}
    if (only and (not ours or ours - only)) or (never and (not ours or ours & never)):
        return _("Its rights are for %(rights)s, and this paper is offered in %(ours)s.") % {
            "rights": ", ".join(policy.territories),
            "ours": ", ".join(sorted(ours)) or _("every country"),
        }
    return ""


# On the rows


def columns(policy: Policy) -> dict[str, Any]:
    """What lists, feeds and sitemaps filter by, for the story's row."""
    return {
        "rights": None if policy.is_own else policy.as_json(),
        "carried": policy.carry_on,
        "for_engines": policy.engines != Engines.NONE and not policy.canonical,
    }


def settle(article: Article) -> None:
    """Write the policy of its source onto the story, and set when it ends; for filing, and whatever changes either."""
    policy = Policy.of_source(article.source) if article.source else OWN
    wanted = columns(policy)
    with transaction.atomic():
        for name, value in wanted.items():
            setattr(article, name, value)
        Article.objects.filter(pk=article.pk).update(**wanted)
        set_moment(ENDS, article, ends(policy, article) if policy.keep_days else None)


def next_night(now: datetime | None = None) -> datetime:
    """The next half past three in the morning."""
    day = site_day(now or timezone.now()) + timedelta(days=1)
    return datetime.combine(day, AT_NIGHT, tzinfo=site_zone())


def watch(source: Source) -> None:
    """A source was made or its rights changed: look at its stories now, and from then on every night."""
    set_moment(NIGHTLY, source, timezone.now())


def check(source: Source, now: datetime | None = None) -> list["Removal"]:
    """Every story of the source by its policy as it is today; returns what had to go."""
    now = now or timezone.now()
    policy = Policy.of_source(source)
    stories = Article.objects.filter(source=source)
    rewritten = [article for article in stories.filter(has_more(policy), live=True) if not cut(article, policy)]
    stories.exclude(pk__in=[article.pk for article in rewritten]).update(**columns(policy))
    for article in rewritten:
        taken = {**policy.as_json(), "taken": (article.rights or {}).get("taken") or Policy.of(article).text}
        Article.objects.filter(pk=article.pk).update(**{**columns(policy), "rights": taken})
    gone = [remove(article, now) for article in overdue(stories, policy, now)]
    set_ends(stories.filter(live=True), policy)
    return [each for each in gone if each is not None]


def set_ends(stories: QuerySet[Article], policy: Policy) -> None:
    """When each of them ends, where that is not what is set already."""
    rows = stories.only("id", "created_at", "expire_at").iterator(chunk_size=TOGETHER)
    wanted = {each.pk: ends(policy, each) if policy.keep_days else None for each in rows}
    for part in batched(wanted, TOGETHER):
        found = Moment.objects.filter(kind=ENDS, subject=Article._meta.label, object_id__in=part, done_at=None)
        is_set = dict(found.values_list("object_id", "due_at"))
        set_moments(ENDS, Article, {pk: wanted[pk] for pk in part if wanted[pk] != is_set.get(pk)})


def batched(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    all_ids = list(ids)
    return (all_ids[start : start + size] for start in range(0, len(all_ids), size))


def has_more(policy: Policy) -> Q:
    """Stories that were taken when more of the text was allowed."""
    if policy.text == Takes.FULL:
        return Q(pk__in=())
    wider = [Takes.FULL] if policy.text == Takes.EXCERPT else [Takes.FULL, Takes.EXCERPT]
    return Q(rights__text__in=wider) | Q(rights__taken__in=wider)


def cut(article: Article, policy: Policy) -> bool:
    """To what the policy allows now. What an editor has rewritten is left, and stands in the desk's report."""
    from gazetteer.news import actions

    if not is_as_it_came(article):
        return False
    words = []
    if policy.text == Takes.EXCERPT:
        texts = [article.lead, *(strip_tags(str(block.value)) for block in article.body if block.block_type in PROSE)]
        words = " ".join(texts).split()
    short = " ".join(words[: policy.words]) + ("…" if len(words) > policy.words else "")
    actions.change_by_machine(article, {"lead": short, "body": "[]"}, reason=_("Its source allows less of the text."))
    return True


TOGETHER = 500
PROSE = ("paragraph", "list", "quote")


def is_as_it_came(article: Article) -> bool:
    """Whether lead and text are still those that the wire brought."""
    from gazetteer.news import drafts

    brought, now = article.imported or {}, drafts.columns_of(article)
    return all(name in brought and drafts.comparer(name)(brought[name], now[name]) for name in ("lead", "body"))


def overdue(stories: QuerySet[Article], policy: Policy, now: datetime) -> list[Article]:
    """The published ones that may no longer stand."""
    if uncovered(policy):
        return list(stories.filter(shown_at__isnull=False))
    if policy.keep_days is None:
        return []
    return list(stories.filter(created_at__lte=now - timedelta(days=policy.keep_days), live=True))


def remove(article: Article, now: datetime | None = None) -> "Removal | None":
    """Take it down everywhere if its rights no longer let it stand; None if they do."""
    from gazetteer.news import actions

    now = now or timezone.now()
    policy = Policy.of(article)
    ruling = decide(policy, article, now, Channel.PAGE)
    over = ruling.until is not None and ruling.until <= now and policy.keep_days is not None
    if over and (article.live or article.first_published_at):
        return actions.end_rights(article, reason=_("Its source lets us keep it for %d days.") % policy.keep_days)
    if article.live and (why := uncovered(policy)):
        return actions.take_down_without_rights(article, reason=why)
    return None


def conflicts() -> QuerySet[Article]:
    """Published stories with more text than their source now allows, which an editor rewrote and must look at."""
    return Article.objects.published().filter(rights__has_key="taken")


def moment_of_night(source: Source) -> datetime | None:
    moment = moment_of(NIGHTLY, source)
    return moment.due_at if moment else None
