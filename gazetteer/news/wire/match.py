"""Which tellings are one story: found by an index, compared truly, put into clusters, and a lead chosen.

    telling = match.tell_incoming(row)      # or tell_article(story)
    cluster = match.place(telling)          # None where nobody else tells it

Only tellings of the last `WINDOW` days are compared, and our own stories of any age; at most `CANDIDATES` of them,
those with most anchors in common, and of an anchor that very many have only the newest count. A telling joins one
cluster, the one with the likest member. What else is like it comes along only if it is also like that member: else a
review of the day, which has a part of everything, would join all that happened.

The desk's word stands: what it put together (`by_desk`) stays so, and what it told apart (`Apart`) is not joined again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags

from gazetteer.news.models import Article
from gazetteer.news.models.article import Status
from gazetteer.news.models.cluster import Anchor, Apart, Cluster, Telling
from gazetteer.news.wire import likeness, links
from gazetteer.news.wire.item import USABLE
from gazetteer.news.wire.likeness import VERSION, Print, is_same, number, print_of
from gazetteer.news.wire.models import Incoming, Source, Takes

WINDOW = timedelta(days=7)
CANDIDATES = 50
ASKED = 48
"""Anchors of one text that the index is asked for, those of its beginning first."""
OF_ONE_ANCHOR = 60
ARCHIVE = 0.5
"""Jaccard from which on something told long after one of our stories is a reprint of it."""
KEPT = timedelta(days=14)
"""Tellings of sources are looked for so long; then their anchors go."""

OURS, FULL, EXCERPT, HEADLINE = range(4)


# Tellings


def tell_article(article: Article) -> Telling:
    """The telling of a story, made or renewed from its text as it stands."""
    telling = Telling.objects.filter(article=article).first() or of_its_item(article) or Telling()
    telling.article, telling.source_id = article, article.source_id
    telling.headline, telling.url = article.headline, article.source_url
    telling.told_at = article.published_at or article.created_at
    telling.is_usable = article.status == Status.USABLE and article.deleted_at is None
    telling.rank = rank(article.source)
    return kept(telling, print_of(article.headline, text_of(article)), article.source_url if article.source else "")


def of_its_item(article: Article) -> Telling | None:
    return Telling.objects.filter(incoming__article=article).first() if article.source_id else None


def tell_incoming(row: Incoming) -> Telling:
    """The telling of an item, made or renewed from its copy as it came last."""
    telling = Telling.objects.filter(incoming=row).first() or Telling()
    said = (row.copy or {}).get("copy") or row.copy or {}
    telling.incoming, telling.source = row, row.source
    telling.headline, telling.url = row.headline, address_of(row)
    telling.told_at = row.published_at or row.first_seen_at
    telling.is_usable = row.status == USABLE
    telling.rank = rank(row.source)
    return kept(telling, print_of(row.headline, text_of_copy(said)), address_of(row))


def address_of(row: Incoming) -> str:
    item = (row.copy or {}).get("item") or {}
    found = str(item.get("canonical") or item.get("link") or row.link)
    return f"https:{found}" if found.startswith("//") else found


def text_of(article: Article) -> str:
    parts = [article.lead]
    for block in article.body:
        if block.block_type in {"paragraph", "list", "heading"}:
            parts.append(strip_tags(str(block.value)))
        elif block.block_type == "quote":
            parts.append(str(block.value["quote"]))
    return "\n\n".join(part for part in parts if part)


def text_of_copy(copy: dict[str, Any]) -> str:
    blocks = [strip_tags(str(each.get("value", ""))) for each in copy.get("blocks", []) if each.get("kind") in PROSE]
    return "\n\n".join(part for part in [str(copy.get("lead", "")), *blocks] if part)


PROSE = {"paragraph", "list", "heading", "quote"}


def rank(source: Source | None) -> int:
    """Who leads: our own staff, then licensed full text, then an excerpt, then a headline."""
    if source is None:
        return OURS
    return {Takes.FULL: FULL, Takes.EXCERPT: EXCERPT}.get(Takes(source.takes), HEADLINE)


def kept(telling: Telling, found: Print, url: str) -> Telling:
    """Store the telling with the anchors of its text."""
    with transaction.atomic():
        telling.keep(found)
        telling.headline, telling.url = telling.headline[:300], telling.url[:1000]
        normal = links.normal(url) if url else ""
        telling.link = number(normal) if normal else None
        telling.looked_at = timezone.now()
        telling.save()
        telling.anchors.all().delete()
        Anchor.objects.bulk_create(Anchor(telling=telling, value=value) for value in found.anchors)
    return telling


# Finding


def alike(telling: Telling) -> list[Telling]:
    """Tellings of the same story, the likest first."""
    mine = telling.print
    apart = told_apart(telling)
    found = []
    for other in candidates(telling):
        if other.pk in apart or not within_time(telling, other):
            continue
        theirs = other.print
        same_link = telling.link is not None and telling.link == other.link
        same_source = telling.source_id is not None and telling.source_id == other.source_id
        if same_link or is_same(mine, theirs, same_source=same_source):
            measured = likeness.likeness(mine, theirs)
            if same_link or is_near(telling, other) or measured.jaccard >= ARCHIVE:
                found.append((measured.jaccard + same_link, other))
    return [other for _score, other in sorted(found, key=lambda pair: (-pair[0], pair[1].pk))]


def is_near(telling: Telling, other: Telling) -> bool:
    return abs(telling.told_at - other.told_at) <= WINDOW


def within_time(telling: Telling, other: Telling) -> bool:
    """Within the window; one of our own stories may be older."""
    return is_near(telling, other) or OURS in (telling.rank, other.rank)


def told_apart(telling: Telling) -> set[int]:
    pairs = Apart.objects.filter(Q(one=telling) | Q(other=telling)).values_list("one", "other")
    return {pk for pair in pairs for pk in pair} - {telling.pk}


def candidates(telling: Telling) -> list[Telling]:
    """Those with the same address, and those with most passages in common; bounded, whatever is in the table."""
    values = list(telling.anchors.order_by("pk").values_list("value", flat=True))
    hits = Counter(pk for pk in with_anchors(values[:ASKED]) if pk != telling.pk)
    ids = {pk for pk, _count in hits.most_common(CANDIDATES)}
    if telling.link is not None:
        same = Telling.objects.filter(link=telling.link).exclude(pk=telling.pk)
        ids.update(same.order_by("-pk").values_list("pk", flat=True)[:CANDIDATES])
    return list(Telling.objects.filter(pk__in=ids).select_related("cluster"))


def with_anchors(values: Sequence[int]) -> Iterable[int]:
    """Ids of tellings, one for each anchor in common; of each anchor only the newest `OF_ONE_ANCHOR` are read."""
    if not values:
        return []
    newest = f"SELECT telling_id FROM news_anchor WHERE value = %s ORDER BY telling_id DESC LIMIT {OF_ONE_ANCHOR}"  # noqa: S608 (a number of ours)
    sql = " UNION ALL ".join([f"SELECT telling_id FROM ({newest}) t"] * len(values))  # noqa: S608 (as above)
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [pk for (pk,) in cursor.fetchall()]


# Clusters


def place(telling: Telling) -> Cluster | None:
    """Put it where its story is told already, or together with the first that tells it too; returns its cluster."""
    with transaction.atomic():
        if telling.cluster_id is None and not telling.by_desk:
            join_likest(telling)
        cluster = telling.cluster
        if cluster is not None:
            settle(cluster)
    return cluster


def join_likest(telling: Telling) -> None:
    """Join the likest; what else is alike comes along if it is like that one too, and the desk has said nothing."""
    found = [each for each in alike(telling) if not is_against_the_desk(telling, each.cluster)]
    if not found:
        return
    join(telling, found[0])
    home = telling.cluster
    for other in found[1:]:
        if home is None or other.cluster_id == home.pk or not has_much_in_common(found[0], other):
            continue
        if other.cluster is not None:
            merge(other.cluster, home)
        elif not other.by_desk and not is_against_the_desk(other, home):
            join(other, telling)


def is_against_the_desk(telling: Telling, cluster: Cluster | None) -> bool:
    """Whether somebody there was told apart from it."""
    return cluster is not None and cluster.tellings.filter(pk__in=told_apart(telling)).exists()


def join(telling: Telling, other: Telling) -> None:
    """Put `telling` where `other` is."""
    if other.cluster is None:
        other.cluster = Cluster.objects.create()
        other.save(update_fields=["cluster"])
    telling.cluster = other.cluster
    telling.save(update_fields=["cluster"])


def merge(cluster: Cluster, into: Cluster) -> bool:
    """Two clusters become one, unless the desk told members of theirs apart."""
    ids = list(cluster.tellings.values_list("pk", flat=True))
    theirs = list(into.tellings.values_list("pk", flat=True))
    if Apart.objects.filter(Q(one__in=ids, other__in=theirs) | Q(one__in=theirs, other__in=ids)).exists():
        return False
    Telling.objects.filter(pk__in=ids).update(cluster=into)
    if cluster.lead_by_desk and not into.lead_by_desk:
        into.lead_id, into.lead_by_desk = cluster.lead_id, True
        into.save(update_fields=["lead", "lead_by_desk"])
    cluster.delete()
    return True


def has_much_in_common(one: Telling, other: Telling) -> bool:
    return likeness.likeness(one.print, other.print).contained >= likeness.LINES.contained


def lead_of(cluster: Cluster) -> Telling | None:
    """The desk's choice while it may be used; else by rank, then what was told first, then the longest."""
    if cluster.lead_by_desk and cluster.lead is not None and cluster.lead.is_usable:
        return cluster.lead
    return in_order(cluster.tellings.filter(is_usable=True)).first()


def in_order(tellings: QuerySet[Telling]) -> QuerySet[Telling]:
    return tellings.order_by("rank", "told_at", "-words", "pk")


def settle(cluster: Cluster) -> None:
    """Lead, size, and who else is named under each of its stories; one of a single telling is none."""
    size = cluster.tellings.count()
    if size < 2:
        alone = list(cluster.tellings.all())
        cluster.delete()
        for telling in alone:
            telling.cluster = None
            name_others(telling, [])
        return
    lead = lead_of(cluster)
    if (cluster.lead_id, cluster.size) != (lead.pk if lead else None, size):
        cluster.lead, cluster.size, cluster.changed_at = lead, size, timezone.now()
        cluster.save()
    told = list(in_order(cluster.tellings.filter(is_usable=True).select_related("source")))
    for telling in cluster.tellings.filter(article__isnull=False):
        name_others(telling, told)


MOST_NAMED = 12


def name_others(telling: Telling, told: Sequence[Telling]) -> None:
    """Write onto the story who else reports it: the name and address of each other source, once."""
    if telling.article_id is None:
        return
    named = {
        each.source.name: each.url
        for each in reversed(told)
        if each.source is not None and each.source_id != telling.source_id and each.url.startswith(("http:", "https:"))
    }
    others = [{"name": name, "url": url} for name, url in reversed(named.items())][:MOST_NAMED]
    Article.objects.filter(pk=telling.article_id).exclude(also_reported=others).update(also_reported=others)


# Who leads for visitors


def leading_story(telling: Telling) -> Article | None:
    """The story that visitors are shown for this telling: the best one of its cluster that they may read."""
    if telling.cluster_id is None:
        return None
    shown = Telling.objects.filter(cluster=telling.cluster_id, article__shown_at__isnull=False, is_usable=True)
    chosen = shown.filter(pk=F("cluster__lead"))
    best = chosen.first() or in_order(shown).first()
    return best.article if best else None


def told_better(telling: Telling) -> Article | None:
    """A story before readers that tells the same at least as well; then this one need not be published too."""
    story = leading_story(telling)
    if story is None or story.pk == telling.article_id:
        return None
    return story if rank(story.source) <= telling.rank else None


def take_in(row: Incoming) -> Telling:
    """An item came or changed: told, placed; for the wire, in its transaction."""
    telling = tell_incoming(row)
    place(telling)
    return telling


def take_in_story(article: Article) -> Telling:
    """A story was published or changed: told, placed, and what tells the same less well stands down."""
    telling = tell_article(article)
    place(telling)
    stand_down(telling)
    return telling


def stand_down(telling: Telling) -> list[Article]:
    """Stories of sources, as they came, that a better one of the cluster makes superfluous; their addresses lead to it.

    What an editor touched, and our own, stays: two stories of our staff about the same are the desk's to judge.
    """
    from gazetteer.news import actions, rights

    leader = leading_story(telling)
    if leader is None:
        return []
    others = Telling.objects.filter(cluster=telling.cluster_id, article__shown_at__isnull=False, rank__gt=OURS)
    superfluous = [
        each.article
        for each in others.exclude(article=leader).select_related("article")
        if each.article is not None and each.rank > rank(leader.source) and rights.is_as_it_came(each.article)
    ]
    for article in superfluous:
        actions.stand_down(article, leader)
    return superfluous


def story_in_place_of(article: Article) -> Article | None:
    """The story that visitors are shown instead of one that stood down; for its address."""
    telling = Telling.objects.filter(article=article).first()
    leader = leading_story(telling) if telling is not None else None
    return leader if leader is not None and leader.pk != article.pk else None


# By the clock


def catch_up(most: int = 500) -> int:
    """Published stories that were never told, or have other text since; the newest first. Returns how many."""
    shown = Article.objects.latest()
    stale = shown.filter(Q(telling=None) | Q(telling__looked_at__lt=F("changed_at")) | ~Q(telling__version=VERSION))
    stories = list(stale.defer("draft_base", "conflicts")[:most])
    for article in stories:
        take_in_story(article)
    return len(stories)


def tidy() -> int:
    """Passages of what sources sent long ago go; who reports what stays. Returns how many tellings."""
    old = Telling.objects.filter(told_at__lt=timezone.now() - KEPT, article=None, anchors__isnull=False)
    ids = list(old.order_by("pk").values_list("pk", flat=True).distinct()[:BATCH])
    Anchor.objects.filter(telling__in=ids).delete()
    Telling.objects.filter(pk__in=ids, cluster=None).delete()
    return len(ids)


BATCH = 500
