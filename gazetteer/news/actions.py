"""Every write to the newsroom that a person or a machine asks for, one function each.

`by` is the person, or None for the program itself (an import, the wire, the clock); `reason` goes into the history.
Each asks the policy, writes in one transaction, and leaves a line in the audit log.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from gazetteer.accounts.policy import Person, require
from gazetteer.accounts.roles import EDITORS, MANAGERS
from gazetteer.changes.clock import set_moment
from gazetteer.news import addresses, drafts
from gazetteer.news.models import (
    Article,
    Author,
    Byline,
    Correction,
    Incoming,
    OldAddress,
    RawItem,
    Removal,
    Section,
    SectionCard,
    Storyline,
    Tag,
    TaggedArticle,
)
from gazetteer.news.models.article import Status

DUE = ("news.publish", "news.expire", "news.embargo", "news.rights_end")

# Stories


def create(
    headline: str,
    *,
    authors: Sequence[Author] = (),
    tags: Sequence[str] = (),
    other_sections: Sequence[Section] = (),
    by: Person = None,
    reason: str = "",
    **fields: Any,
) -> Article:
    """A new story as a draft; `publish` puts it before readers. `fields` are columns of `Article`."""
    require(by, "create", Article)
    with transaction.atomic():
        article = Article(headline=headline, live=False, **fields)
        lines = [Byline(author=author, position=number) for number, author in enumerate(authors)]
        setattr(article, "bylines", lines)  # noqa: B010 (modelcluster's own way, which the types do not know)
        article.full_clean(exclude=["slug"])
        article.save()
        if other_sections or tags:
            article.other_sections.set(other_sections)
            article.tags.set(list(tags))
            article.save()
        record(article, "wagtail.create", by, reason)
    return article


def save_draft(article: Article, *, by: Person = None, reason: str = "") -> Any:
    """Keep the story in hand as a draft; what readers see stays. Returns the revision."""
    require(by, "edit", article)
    with transaction.atomic():
        revision = article.save_revision(user=person(by))
        record(article, "wagtail.edit", by, reason)
    return revision


def publish(article: Article, *, by: Person = None, reason: str = "") -> Article:
    """Put the story's newest draft, or the story in hand where there is none, before readers; returns it."""
    require(by, "publish", article)
    refuse_in_trash(article)
    with transaction.atomic():
        revision = article.latest_revision if article.has_unpublished_changes else None
        if revision is None:
            revision = article.save_revision(user=person(by), clean=False)
        article.publish(revision, user=person(by), log_action=False, skip_permission_checks=True)
        record(article, "wagtail.publish", by, reason)
    return article


def schedule(article: Article, at: datetime, *, by: Person = None, reason: str = "") -> None:
    """Have the story in hand published at that moment."""
    require(by, "schedule", article)
    refuse_in_trash(article)
    if at <= timezone.now():
        raise ValidationError(_("The moment %(at)s has passed; publish it now instead.") % {"at": at})
    with transaction.atomic():
        article.go_live_at = at
        revision = article.save_revision(user=person(by))
        article.publish(revision, user=person(by), skip_permission_checks=True)
        record(article, "news.schedule", by, reason)


def unpublish(article: Article, *, by: Person = None, reason: str = "", expired: bool = False) -> None:
    """Take the story down; it stays at the desk as a draft."""
    require(by, "unpublish", article)
    with transaction.atomic():
        article.unpublish(set_expired=expired, user=person(by), log_action=False)
        record(article, "wagtail.unpublish", by, reason)


def withdraw(
    article: Article,
    notice: str,
    *,
    for_good: bool = True,
    by: Person = None,
    reason: str = "",
    arrived_at: datetime | None = None,
) -> None:
    """Readers find the notice in the story's place, at once; not for good is a hold that `reinstate` ends.

    What was published goes out in feeds as withdrawn. `arrived_at`: when the wire brought word of it.
    """
    require(by, "withdraw" if for_good else "withhold", article)
    status = Status.CANCELLED if for_good else Status.WITHHELD
    action = "news.withdraw" if for_good else "news.withhold"
    why = Removal.Why.WITHDRAWN if for_good else Removal.Why.WITHHELD
    with transaction.atomic():
        write(article, action, by, reason, status=status, withdrawal_notice=notice, withdrawn_at=timezone.now())
        if article.first_published_at:
            keep_removal(article, why, by=by, reason=reason, notice=notice, arrived_at=arrived_at)


def reinstate(article: Article, *, by: Person = None, reason: str = "") -> None:
    """Let readers have a withdrawn or withheld story back."""
    require(by, "publish", article)
    with transaction.atomic():
        write(article, "news.reinstate", by, reason, status=Status.USABLE, withdrawal_notice="", withdrawn_at=None)
        article.removals.filter(back_at=None).update(back_at=timezone.now())


def keep_removal(
    article: Article,
    why: Removal.Why,
    *,
    by: Person = None,
    reason: str = "",
    notice: str = "",
    arrived_at: datetime | None = None,
) -> Removal:
    """Write down what went, for the desk's report and for feeds; an earlier line about the same is answered by it."""
    article.removals.filter(back_at=None).update(back_at=timezone.now())
    return Removal.objects.create(
        article=article,
        headline=article.headline,
        path=article.get_absolute_url(),
        source_id=article.source_id,
        why=why,
        notice=notice,
        reason=reason,
        arrived_at=arrived_at,
        by=person(by),
    )


def end_rights(article: Article, *, reason: str) -> Removal:
    """Our rights in it ended: taken down, and the copy itself forgotten, as terms that end demand.

    What stays is that there was such a story: its headline, its address, which says so, and its history.
    """
    with transaction.atomic():
        removal = keep_removal(article, Removal.Why.RIGHTS_ENDED, reason=reason)
        if article.live:
            article.unpublish(set_expired=True, log_action=False)
        forget_copy(article)
        record(article, "news.rights_ended", None, reason)
    article.refresh_from_db()
    return removal


def forget_copy(article: Article) -> None:
    """The text and pictures of the story, of its drafts and of what came over the wire."""
    Article.objects.filter(pk=article.pk).update(
        lead="", body="[]", picture=None, picture_caption="", picture_credit="", expired=True,
        latest_revision=None, live_revision=None, has_unpublished_changes=False,
        draft_base=None, conflicts=[], imported=None, changed_at=timezone.now(),
    )  # fmt: skip
    article.revision_rows.all().delete()
    RawItem.objects.filter(incoming__article=article).delete()
    Incoming.objects.filter(article=article).update(copy=None, notes=[], conflict=[], has_conflict=False)


def take_down_without_rights(article: Article, *, reason: str) -> Removal:
    """Its rights do not cover where this paper is read; the copy stays at the desk, for rights may be settled."""
    with transaction.atomic():
        removal = keep_removal(article, Removal.Why.NO_RIGHTS, reason=reason)
        article.unpublish(log_action=False)
        record(article, "news.no_rights", None, reason)
    return removal


def lift_embargo(article: Article, *, by: Person = None, reason: str = "") -> None:
    require(by, "publish", article)
    with transaction.atomic():
        write(article, "news.lift_embargo", by, reason, embargoed=False)
        set_moment("news.embargo", article, None)


def correct(
    article: Article,
    text: str,
    *,
    kind: str = Correction.Kind.CORRECTION,
    signed: str = "",
    by: Person = None,
    reason: str = "",
) -> Correction:
    """Tell readers what was wrong and put right; the text of the story itself is changed by editing it."""
    require(by, "correct", article)
    with transaction.atomic():
        correction = Correction(article=article, kind=kind, text=text.strip(), signed=signed.strip(), by=person(by))
        correction.full_clean()
        correction.save()
        record(article, "news.correct", by, reason)
    return correction


def stand_down(article: Article, leader: Article) -> None:
    """Copy of a source comes down because another story, which leads now, tells the same; its address leads there."""
    with transaction.atomic():
        article.unpublish(log_action=False)
        record(article, "news.stand_down", None, f"{leader.get_absolute_url()}")


def trash(article: Article, *, by: Person = None, reason: str = "") -> None:
    """Out of sight at once; it can be taken out until the trash is emptied."""
    require(by, "trash", article)
    write(article, "news.trash", by, reason, deleted_at=timezone.now())


def restore(article: Article, *, by: Person = None, reason: str = "") -> None:
    require(by, "restore", article)
    write(article, "news.restore", by, reason, deleted_at=None)


def empty_trash(before: datetime, *, by: Person = None, reason: str = "") -> int:
    """Delete for ever the stories that went to the trash before then; returns how many."""
    require(by, "empty", Article)
    count = 0
    for article in Article.objects.in_trash().filter(deleted_at__lt=before).only("id", "headline").iterator():
        with transaction.atomic():
            for kind in DUE:
                set_moment(kind, article, None)
            record(article, "wagtail.delete", by, reason)
            article.delete()
            count += 1
    return count


def move_to_section(article: Article, section: Section, *, by: Person = None, reason: str = "") -> None:
    require(by, "move", article)
    write(article, "news.move", by, reason, section=section)


def change_by_machine(article: Article, values: dict[str, Any], *, reason: str) -> list[str]:
    """Write what an import or the wire knows better onto the published row; drafts are told (`drafts.py`).

    Returns the names of the columns that differed.
    """
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=article.pk)
        before = drafts.columns_of(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = drafts.columns_of(row)
        changed = [name for name in values if not drafts.comparer(name)(before[name], after[name])]
        if changed:
            row.save(update_fields=[*changed, "changed_at"])
            if not row.live and row.latest_revision_id:
                row.save_revision(clean=False)  # the desk opens the newest draft, and would write its old text back
            record(row, "news.change_by_machine", None, reason)
    return changed


def compose_approval() -> None:
    """A new site's way of approving stories: whoever may not publish submits, an editor or manager approves.

    Made once. An operator who changes, stops or removes it is never overruled: a stopped task stays in its table.
    """
    name = "An editor approves"
    if GroupApprovalTask.objects.filter(name=name).exists():
        return
    with transaction.atomic():
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set(Group.objects.filter(name__in=[EDITORS, MANAGERS]))
        workflow = Workflow.objects.create(name="Approval")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        kind = ContentType.objects.get_for_model(Article)
        WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})


# Sections


def add_section(
    name: str, parent: Section | None = None, *, by: Person = None, reason: str = "", **fields: Any
) -> Section:
    """A new section at the end of its siblings; its web address comes from its name."""
    require(by, "add", parent or Section)
    with transaction.atomic():
        parent = Section.objects.get(pk=parent.pk) if parent else None
        section = Section(name=name, **fields)
        section.slug = addresses.free_section_slug(fields.get("slug") or addresses.make_slug(name, "section"), parent)
        section.address = f"{parent.address}/{section.slug}" if parent else section.slug
        section.clean_fields(exclude=["path", "depth"])
        section = parent.add_child(instance=section) if parent else Section.add_root(instance=section)
        OldAddress.objects.filter(path=f"/news/{section.address}/").delete()
        record(section, "wagtail.create", by, reason)
    return section


def rename_section(section: Section, name: str, *, slug: str = "", by: Person = None, reason: str = "") -> None:
    """A new name and, if given, a new web address; the old addresses of it and all below go on leading there."""
    require(by, "rename", section)
    with transaction.atomic():
        section.name = name
        section.slug = slug or section.slug
        section.clean_fields(exclude=["path", "depth", "address"])
        section.slug = addresses.free_section_slug(section.slug, section.get_parent(), section)
        Section.objects.filter(pk=section.pk).update(name=name, slug=section.slug)
        addresses.readdress(Section.objects.get(pk=section.pk))
        record(section, "wagtail.rename", by, reason)
    section.refresh_from_db()


def move_section(
    section: Section, target: Section | None, position: str = "last-child", *, by: Person = None, reason: str = ""
) -> None:
    """Move the section with all below it under or beside `target` (treebeard's positions); None: to the top level."""
    require(by, "move", section)
    if target is not None and (target == section or target.is_descendant_of(section)):
        raise ValidationError(_("“%(section)s” cannot be put under itself.") % {"section": section})
    with transaction.atomic():
        if target is None:
            target, position = Section.get_last_root_node(), "last-sibling"
        if target != section:
            section.move(target, position)
        section = Section.objects.get(pk=section.pk)
        section.slug = addresses.free_section_slug(section.slug, section.get_parent(), section)
        Section.objects.filter(pk=section.pk).update(slug=section.slug)
        addresses.readdress(section)
        record(section, "news.move", by, reason)


def trash_section(section: Section, *, by: Person = None, reason: str = "") -> None:
    """Into the trash with all below it; its stories stay, and are still listed above it."""
    require(by, "trash", section)
    with transaction.atomic():
        below = Section.objects.filter(path__startswith=section.path, deleted_at__isnull=True)
        below.update(deleted_at=timezone.now())
        record(section, "news.trash", by, reason)


def restore_section(section: Section, *, by: Person = None, reason: str = "") -> None:
    """Out of the trash, with what went there together with it and the sections above, which it needs."""
    require(by, "restore", section)
    with transaction.atomic():
        Section.objects.filter(path__startswith=section.path, deleted_at=section.deleted_at).update(deleted_at=None)
        Section.objects.path_to(section).update(deleted_at=None)
        record(section, "news.restore", by, reason)


def set_top(section: Section, articles: Sequence[Article], *, by: Person = None, reason: str = "") -> None:
    """Place these stories at the top of the section's page, in this order."""
    require(by, "edit", section)
    with transaction.atomic():
        SectionCard.objects.filter(section=section).delete()
        SectionCard.objects.bulk_create(
            SectionCard(section=section, article=article, position=number) for number, article in enumerate(articles)
        )
        record(section, "wagtail.edit", by, reason)


# Authors and tags


def add_author(name: str, *, by: Person = None, reason: str = "", **fields: Any) -> Author:
    require(by, "add", Author)
    with transaction.atomic():
        wanted = fields.pop("slug", "") or addresses.make_slug(name, "author")
        taken = set(Author.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        author = Author(name=name, slug=addresses.numbered(wanted, taken), **fields)
        author.full_clean()
        author.save()
        record(author, "wagtail.create", by, reason)
    return author


def trash_author(author: Author, *, by: Person = None, reason: str = "") -> None:
    """The author's page is gone; their name stays over their stories."""
    require(by, "trash", author)
    write(author, "news.trash", by, reason, deleted_at=timezone.now())


def trash_storyline(storyline: Storyline, *, by: Person = None, reason: str = "") -> None:
    """Its page is gone; its stories stay."""
    require(by, "trash", storyline)
    write(storyline, "news.trash", by, reason, deleted_at=timezone.now())


def restore_author(author: Author, *, by: Person = None, reason: str = "") -> None:
    require(by, "restore", author)
    write(author, "news.restore", by, reason, deleted_at=None)


def merge_tags(tag: Tag, into: Tag, *, by: Person = None, reason: str = "") -> None:
    """Two tags meant the same: the stories of the first go to the second, and so does who follows its address."""
    require(by, "merge", tag)
    if tag.pk == into.pk:
        raise ValidationError(_("Choose another tag to merge into."))
    with transaction.atomic():
        stories = TaggedArticle.objects.filter(tag=tag).values_list("content_object", flat=True)
        TaggedArticle.objects.bulk_create(
            (TaggedArticle(content_object_id=pk, tag=into) for pk in stories), ignore_conflicts=True
        )
        OldAddress.objects.filter(tag=tag).update(tag=into)
        OldAddress.objects.update_or_create(path=f"/news/tag/{tag.slug}/", defaults={"tag": into})
        record(tag, "news.merge", by, reason)
        tag.delete()


# What they share


def write(thing: Article | Author | Storyline, action: str, by: Person, reason: str, **values: Any) -> None:
    """Set these columns on the row and on the object in hand, and nothing else that may have changed meanwhile."""
    with transaction.atomic():
        for name, value in values.items():
            setattr(thing, name, value)
        changed = {"changed_at": timezone.now()} if isinstance(thing, Article) else {}
        type(thing)._default_manager.filter(pk=thing.pk).update(**values, **changed)
        record(thing, action, by, reason)


def record(thing: Article | Section | Author | Storyline | Tag, action: str, by: Person, reason: str) -> None:
    log(thing, action, user=person(by), data={"reason": reason} if reason else None)


def person(by: Person) -> Any:
    """The signed-in person for a column or log line; None for the program itself."""
    return by if by is not None and by.is_authenticated else None


def refuse_in_trash(article: Article) -> None:
    if article.deleted_at is not None:
        raise ValidationError(_("“%(story)s” is in the trash; take it out first.") % {"story": article})
