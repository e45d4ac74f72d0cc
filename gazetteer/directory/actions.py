"""Every write to the directory that a person or a machine asks for, one function each.

`by` is the person, or None for the program itself (an import, the clock); `reason` goes into the history. Each asks the
policy, writes in one transaction, and leaves a line in the audit log. Files come in through `imports/`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from gazetteer.accounts.models import User
from gazetteer.accounts.policy import Person, require
from gazetteer.changes.clock import set_moment
from gazetteer.directory import publishing
from gazetteer.directory.branches import moves
from gazetteer.directory.branches.moves import CannotChange
from gazetteer.directory.models import Category, CustomField, Filing, Listing, OldCategoryAddress, TreeChange
from gazetteer.directory.names import make_slug

DONE_AT_ONCE = 5_000
"""Listings in a branch up to which a change of the tree is done within the editor's request (some 0.3 s)."""

LEASE_SECONDS = 60


# Categories


def add_category(
    name: str, parent: Category | None = None, *, by: Person = None, reason: str = "", **facts: Any
) -> Category:
    """A new category at the end of its siblings; its web address comes from its name."""
    require(by, "add", parent or Category)
    category = Category(name=name, slug=make_slug(name), **facts)
    with transaction.atomic():
        parent = Category.objects.get(pk=parent.pk) if parent else None
        if parent and parent.is_hidden:
            raise CannotChange(_("“%(parent)s” is in the trash; take it out first.") % {"parent": parent})
        category.slug = moves.free_slug(category, parent)
        category.address = f"{parent.address}/{category.slug}" if parent else category.slug
        category = parent.add_child(instance=category) if parent else Category.add_root(instance=category)
        OldCategoryAddress.objects.filter(address=category.address).delete()
        record(category, "create", by, reason)
    return category


def rename_category(category: Category, name: str, *, slug: str = "", by: Person = None, reason: str = "") -> None:
    """A new name and, if given, a new web address; the old addresses of the whole branch go on leading there."""
    require(by, "rename", category)
    with transaction.atomic():
        Category.objects.filter(pk=category.pk).update(name=name, slug=slug or category.slug)
        moves.readdress(Category.objects.get(pk=category.pk))
        record(category, "rename", by, reason)


def edit_category(
    category: Category, *, related: Iterable[Category] | None = None, by: Person = None, reason: str = "", **facts: Any
) -> None:
    """Its description, picture and the like; `related`: the categories it says “see also” to."""
    require(by, "edit", category)
    with transaction.atomic():
        Category.objects.filter(pk=category.pk).update(**facts)
        if related is not None:
            category.related.set(related)
        record(category, "edit", by, reason)


def move_category(
    category: Category, target: Category | None, position: str = "last-child", *, by: Person = None, reason: str = ""
) -> TreeChange:
    """Move the category with all below it under or beside `target` (treebeard's positions); None: to the top level."""
    require(by, "move", category)
    change = TreeChange(kind="move", category=category, target=target, position=position)
    moves.check_possible(change)
    parent = moves.parent_after(change)
    require(by, "edit" if parent else "add", parent or Category)
    return ask([change], by, reason)


def merge_categories(source: Category, target: Category, *, by: Person = None, reason: str = "") -> TreeChange:
    """Everything in and under `source` goes to `target`; the addresses of `source` lead there."""
    require(by, "merge", source)
    require(by, "edit", target)
    if target == source or target.is_descendant_of(source):
        raise CannotChange(_("“%(source)s” cannot be merged into a category of its own branch.") % {"source": source})
    if moves.in_trash(source) or moves.in_trash(target):
        raise CannotChange(_("What is in the trash cannot be merged; take it out first."))
    moving = [source, *source.get_children()]
    changes = [TreeChange(kind="move", category=each, target=target, position="last-child") for each in moving]
    return ask([*changes, TreeChange(kind="relabel", category=source, target=target)], by, reason)


def trash_category(category: Category, *, by: Person = None, reason: str = "") -> TreeChange:
    """Into the trash with its branch; its listings stay, and are still found where else they are filed."""
    require(by, "trash", category)
    return ask([TreeChange(kind="trash", category=category)], by, reason)


def restore_category(category: Category, *, by: Person = None, reason: str = "") -> TreeChange:
    require(by, "restore", category)
    return ask([TreeChange(kind="restore", category=category)], by, reason)


def ask(changes: list[TreeChange], by: Person, reason: str) -> TreeChange:
    """Queue the changes; small ones are done before this returns, large ones by the worker, in batches."""
    category = Category.objects.select_related("branch").get(pk=changes[0].category_id)
    with transaction.atomic():
        for change in changes:
            change.asked_by_id, change.reason = getattr(by, "pk", None), reason
            change.save()
        record(category, "merge" if changes[-1].kind == "relabel" else changes[0].kind, by, reason)
        set_moment("directory.tree_change", changes[-1], now())
    if is_small(category, changes) and not moves.open_changes().filter(pk__lt=changes[0].pk).exists():
        moves.carry_on(until=changes[-1])
        changes[-1].refresh_from_db()
    return changes[-1]


def is_small(category: Category, changes: list[TreeChange]) -> bool:
    """Few listings, or an order among siblings, which moves no listing at all."""
    if category.branch.listings <= DONE_AT_ONCE:
        return True
    shift = moves.shift_of(changes[0]) if len(changes) == 1 and changes[0].kind == "move" else None
    return shift is not None and not shift.losing and not shift.gaining


# Custom fields


def save_custom_field(
    field: CustomField, categories: Iterable[Category] = (), *, by: Person = None, reason: str = ""
) -> None:
    """A new custom field, or a changed one; `categories`: the branches it is for, none for all listings."""
    is_new = field.pk is None
    require(by, "add" if is_new else "edit", CustomField)
    with transaction.atomic():
        field.save()
        field.categories.set(categories)
        record(field, "create" if is_new else "edit", by, reason)


def trash_custom_field(field: CustomField, *, by: Person = None, reason: str = "") -> None:
    """No longer asked for nor shown; the values that listings have of it are kept."""
    require(by, "trash", field)
    CustomField.objects.filter(pk=field.pk).update(deleted_at=now())
    record(field, "trash", by, reason)


def restore_custom_field(field: CustomField, *, by: Person = None, reason: str = "") -> None:
    require(by, "restore", field)
    CustomField.objects.filter(pk=field.pk).update(deleted_at=None)
    record(field, "restore", by, reason)


# Listings


def publish(listing: Listing, *, by: Person = None, reason: str = "") -> None:
    """Shown to visitors from now on: the newest draft if there is one, else the listing as it stands."""
    require(by, "publish", listing)
    draft = listing.latest_revision if listing.has_unpublished_changes else None
    with transaction.atomic():
        if draft is not None:
            listing.publish(draft, user=person_of(by), log_action=False, skip_permission_checks=True)
            record(listing, "publish", by, reason)
            return
        since = listing.first_published_at or now()
        write(listing, "publish", by, reason, live=True, expired=False, first_published_at=since)
        has_end = listing.expire_at is not None and listing.expire_at > now()
        set_moment("directory.expire", listing, listing.expire_at if has_end else None)


def unpublish(listing: Listing, *, by: Person = None, reason: str = "") -> None:
    """No longer shown; it can be published again."""
    require(by, "unpublish", listing)
    with transaction.atomic():
        write(listing, "unpublish", by, reason, live=False)
        publishing.cancel(listing)


def trash(listing: Listing, *, by: Person = None, reason: str = "") -> None:
    """Out of sight at once; it can be restored until the trash is emptied."""
    require(by, "trash", listing)
    write(listing, "trash", by, reason, deleted_at=now())


def restore(listing: Listing, *, by: Person = None, reason: str = "") -> None:
    require(by, "restore", listing)
    write(listing, "restore", by, reason, deleted_at=None)


def expire(listing: Listing, *, by: Person = None, reason: str = "") -> None:
    """Its time is over: no longer shown, until somebody renews it."""
    require(by, "expire", listing)
    write(listing, "expire", by, reason or _("expired"), live=False, expired=True)


def feature(listing: Listing, until: datetime | None = None, *, by: Person = None, reason: str = "") -> None:
    """First in lists, with a mark, until then; None: until it is ended by hand."""
    require(by, "feature", listing)
    with transaction.atomic():
        write(listing, "feature", by, reason, featured=True, featured_until=until)
        set_moment("directory.unfeature", listing, until)


def end_feature(listing: Listing, *, by: Person = None, reason: str = "") -> None:
    require(by, "feature", listing)
    with transaction.atomic():
        write(listing, "end_feature", by, reason, featured=False, featured_until=None)
        set_moment("directory.unfeature", listing, None)


def verify(listing: Listing, how: str, *, by: Person = None, reason: str = "") -> None:
    """Somebody or something looked whether the facts are still right. Visitors see when."""
    require(by, "verify", listing)
    write(listing, "verify", by, reason or how, verified_at=now(), verified_how=how)


def merge(listing: Listing, into: Listing, *, by: Person = None, reason: str = "") -> None:
    """Two listings were one and the same: the address of the first leads to the second, which gains its categories."""
    require(by, "merge", listing)
    require(by, "edit", into)
    if listing.pk == into.pk or into.merged_into_id:
        raise CannotChange(_("Choose another listing to merge into, one that is not merged itself."))
    with transaction.atomic():
        Filing.objects.bulk_create(
            (Filing(listing=into, category_id=pk) for pk in listing.filings.values_list("category_id", flat=True)),
            ignore_conflicts=True,
        )
        Listing.objects.filter(merged_into=listing).update(merged_into=into)
        write(listing, "merge", by, reason, merged_into=into)


def file_under(
    listing: Listing, category: Category, *, primary: bool = False, by: Person = None, reason: str = ""
) -> None:
    require(by, "file", listing)
    with transaction.atomic():
        if primary:
            Filing.objects.filter(listing=listing, is_primary=True).update(is_primary=False)
        Filing.objects.update_or_create(listing=listing, category=category, defaults={"is_primary": primary})
        record(listing, "file", by, reason)


def file_also_under(listing: Listing, category: Category, *, by: Person = None, reason: str = "") -> None:
    """Stands there too; its primary category stays, and is this one only if it had none."""
    first = not Filing.objects.filter(listing=listing, is_primary=True).exists()
    if not Filing.objects.filter(listing=listing, category=category).exists():
        file_under(listing, category, primary=first, by=by, reason=reason)


def move_to(listing: Listing, category: Category, *, by: Person = None, reason: str = "") -> None:
    """Its primary category becomes this one, in place of the one it had."""
    require(by, "file", listing)
    with transaction.atomic():
        Filing.objects.filter(listing=listing, is_primary=True).exclude(category=category).delete()
        file_under(listing, category, primary=True, reason=reason)
        Listing.objects.filter(pk=listing.pk).update(changed_at=now())


def write(listing: Listing, action: str, by: Person, reason: str, **values: Any) -> None:
    """Set these columns on the row and on the object in hand, and nothing else that may have changed meanwhile."""
    with transaction.atomic():
        for name, value in values.items():
            setattr(listing, name, value)
        Listing.objects.filter(pk=listing.pk).update(**values, changed_at=now())
        record(listing, action, by, reason)


def record(thing: Category | Listing | CustomField, action: str, by: Person, reason: str) -> None:
    log(thing, f"directory.{action}", user=person_of(by), data={"reason": reason} if reason else None)


def person_of(by: Person) -> User | None:
    return by if isinstance(by, User) else None
