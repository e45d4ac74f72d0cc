"""What the desk does with stories that several tell: its word stands against every later matching."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from gazetteer.accounts.policy import Person, require
from gazetteer.news.actions import person
from gazetteer.news.models import Article
from gazetteer.news.models.cluster import Apart, Cluster, Telling
from gazetteer.news.wire import match


def split(telling: Telling, *, by: Person = None) -> None:
    """It is another story than the others of its cluster, now and whatever is found alike later."""
    require(by, "create", Article)
    with transaction.atomic():
        telling = Telling.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=telling.pk)
        cluster = in_cluster(telling)
        others = list(cluster.tellings.exclude(pk=telling.pk).values_list("pk", flat=True))
        tell_apart(telling, others, by)
        telling.cluster, telling.by_desk = None, False
        telling.save(update_fields=["cluster", "by_desk"])
        match.name_others(telling, [])
        if cluster.lead_id == telling.pk:
            Cluster.objects.filter(pk=cluster.pk).update(lead=None, lead_by_desk=False)
            cluster.refresh_from_db()
        match.settle(cluster)
        note(telling, "news.split", by)


def put_together(telling: Telling, other: Telling, *, by: Person = None) -> Cluster:
    """Both are one story, with whatever was together with either; what was told apart before is taken back."""
    require(by, "create", Article)
    if telling.pk == other.pk:
        raise ValidationError(_("Choose another story to put it together with."))
    with transaction.atomic():
        pair = {each.pk: each for each in Telling.objects.select_for_update().filter(pk__in=[telling.pk, other.pk])}
        one, two = pair[telling.pk], pair[other.pk]
        forget_apart(members(one), members(two))
        cluster = two.cluster or one.cluster or Cluster.objects.create()
        ids = [*members(one), *members(two)]
        left = set(Telling.objects.filter(pk__in=ids).values_list("cluster", flat=True)) - {cluster.pk, None}
        Telling.objects.filter(pk__in=ids).update(cluster=cluster)
        Telling.objects.filter(pk__in=[one.pk, two.pk]).update(by_desk=True)
        Cluster.objects.filter(pk__in=left).delete()
        match.settle(cluster)
        note(one, "news.put_together", by)
    return cluster


def choose_lead(telling: Telling, *, by: Person = None) -> None:
    """This one is shown, whatever the rule says."""
    require(by, "create", Article)
    with transaction.atomic():
        cluster = in_cluster(telling)
        Cluster.objects.filter(pk=cluster.pk).update(lead=telling, lead_by_desk=True)
        cluster.refresh_from_db()
        match.settle(cluster)
        note(telling, "news.lead", by)


def lead_by_rule(cluster: Cluster, *, by: Person = None) -> None:
    """Let the rule choose again."""
    require(by, "create", Article)
    with transaction.atomic():
        Cluster.objects.filter(pk=cluster.pk).update(lead_by_desk=False)
        cluster.refresh_from_db()
        match.settle(cluster)


def in_cluster(telling: Telling) -> Cluster:
    if telling.cluster is None:
        raise ValidationError(_("Nobody else tells this story any more; somebody was quicker."))
    return telling.cluster


def members(telling: Telling) -> list[int]:
    if telling.cluster_id is None:
        return [telling.pk]
    return list(Telling.objects.filter(cluster=telling.cluster_id).values_list("pk", flat=True))


def tell_apart(telling: Telling, others: list[int], by: Person) -> None:
    pairs = [sorted((telling.pk, other)) for other in others]
    rows = [Apart(one_id=one, other_id=other, by=person(by)) for one, other in pairs]
    Apart.objects.bulk_create(rows, ignore_conflicts=True)


def forget_apart(some: list[int], others: list[int]) -> None:
    Apart.objects.filter(one__in=some, other__in=others).delete()
    Apart.objects.filter(one__in=others, other__in=some).delete()


def note(telling: Telling, action: str, by: Person) -> None:
    """A line in the history of the story, where it is one."""
    if telling.article is not None:
        log(telling.article, action, user=person(by))
