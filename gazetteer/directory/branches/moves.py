"""Changing the category tree under many listings: in batches, resumable, the old counts standing until the swap.

A change goes through these stages, each step a short transaction that also writes how far it is:

planned   it waits its turn; one change is in work at a time
filling   for every category whose branch will gain or lose listings a new branch is made beside the old. From this
          moment `directory_reach` leads to both, so the triggers keep both true, while the listings that were filed
          before are copied into the new ones batch by batch. Visitors see the old
cleaning  one transaction changed the tree and put the new branches in the old ones' place; the old are emptied in
          batches
done

A merge of S into T is a queue of such changes: S moves under T, each child of S moves to T, and then the filings of S
are relabelled. Since S lies under T by then, relabelling changes no count above S.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from gazetteer.directory.branches.sql import FACTS, TREE_LOCK, insert, published
from gazetteer.directory.models import (
    Branch,
    BranchRow,
    Category,
    CustomField,
    Filing,
    OldCategoryAddress,
    Reach,
    TreeChange,
)

BATCH = 2_000
"""Rows a transaction: about 40 ms on SQLite here, under the 100 ms that other writers should wait at most."""

Stage = TreeChange.Stage


class CannotChange(ValueError):
    """The tree cannot be changed so; the text says why, for people."""


def open_changes() -> QuerySet[TreeChange]:
    return TreeChange.objects.exclude(stage=Stage.DONE).order_by("id")


def carry_on(until: TreeChange | None = None) -> None:
    """Do all waiting changes, oldest first, up to `until`; called again after a kill it goes on where it stood."""
    while change := open_changes().first():
        while not step(change.pk):
            pass
        if until is not None and change.pk >= until.pk:
            return


def step(pk: int) -> bool:
    """One short transaction of the change; True when it is done. Several processes may do this at once."""
    with transaction.atomic():
        change = TreeChange.objects.select_for_update().get(pk=pk)
        if change.stage != Stage.DONE:
            STEPS[change.kind][Stage(change.stage)](change)
            change.save()
        return change.stage == Stage.DONE


def lock_tree() -> None:
    """Wait until everybody who reads `directory_reach` to file listings has ended; hold off others to the end of this.

    SQLite has one writer at a time, which is the same.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


# What a change does to the branches above


@dataclass(frozen=True)
class Shift:
    """Categories whose branch will lose, and those whose branch will gain, what `category`'s branch holds."""

    losing: frozenset[int]
    gaining: frozenset[int]


def above(category: Category | None) -> frozenset[int]:
    """Ids of the categories above, as far as the trash lets listings through."""
    found: set[int] = set()
    if category is None or category.deleted_at:
        return frozenset(found)
    for ancestor in reversed(list(category.get_ancestors())):
        found.add(ancestor.pk)
        if ancestor.deleted_at:
            break
    return frozenset(found)


def above_under(target: Category | None) -> frozenset[int]:
    """Ids of the categories that would be above a child of `target`."""
    return above(target) | ({target.pk} if target else frozenset())


def shift_of(change: TreeChange) -> Shift:
    before = above(change.category)
    if change.kind == "trash":
        return Shift(before, frozenset())
    if change.kind == "restore":
        change.category.deleted_at = None
        return Shift(frozenset(), above(change.category))
    after = above_under(parent_after(change))
    return Shift(before - after, after - before)


def parent_after(change: TreeChange) -> Category | None:
    """The category that will be right above; `target` is it, or for a sibling's position stands beside."""
    if change.target is None:
        return None
    return change.target if change.position.endswith("child") else change.target.get_parent()


def check_possible(change: TreeChange) -> None:
    """Raises CannotChange where the tree has changed so much since the change was asked for that it makes no sense."""
    parent = parent_after(change) if change.kind == "move" else None
    if parent and (parent.pk == change.category_id or parent.is_descendant_of(change.category)):
        raise CannotChange(f"“{change.category}” cannot be moved into its own branch.")
    if change.kind == "move" and (change.category.deleted_at or (parent and in_trash(parent))):
        raise CannotChange("What is in the trash cannot be moved, nor can anything be moved there.")


def in_trash(category: Category) -> bool:
    return bool(category.deleted_at) or category.get_ancestors().filter(deleted_at__isnull=False).exists()


# The steps of a move, a trashing and a restoring


def start(change: TreeChange) -> None:
    """Make the new branches and let everything new reach them too."""
    check_possible(change)
    lock_tree()
    shift = shift_of(change)
    moving = set(members(change.category))
    planned = {pk: set(members(Category.objects.get(pk=pk))) - moving for pk in shift.losing}
    planned |= {pk: set(members(Category.objects.get(pk=pk))) | moving for pk in shift.gaining}
    change.work = {"new": {str(pk): new_branch(categories) for pk, categories in planned.items()}, "cursor": [0, 0, 0]}
    change.stage = Stage.FILLING


def members(category: Category) -> Iterable[int]:
    """Ids of the categories whose listings stand in this one's branch."""
    return Reach.objects.filter(branch_id=category.branch_id).values_list("category_id", flat=True)


def new_branch(categories: Iterable[int]) -> int:
    branch = Branch.objects.create(kind="category")
    Reach.objects.bulk_create(Reach(category_id=pk, branch=branch) for pk in sorted(categories))
    return branch.pk


def fill(change: TreeChange) -> None:
    """Copy one batch of listings into the new branches; when there are no more, swap."""
    reach = next_reach(change)
    if reach is None:
        swap(change)
        return
    after = change.work["cursor"][2]
    batch = Filing.objects.filter(category_id=reach.category_id, listing_id__gt=after).order_by("listing_id")
    ids = list(batch.values_list("listing_id", flat=True)[:BATCH])
    if len(ids) < BATCH:  # this category is through: the next step looks past it
        change.work["cursor"] = [reach.branch_id, reach.category_id, None]
    else:
        change.work["cursor"] = [reach.branch_id, reach.category_id, ids[-1]]
    if ids:
        copy_rows(reach, after, ids[-1])


def next_reach(change: TreeChange) -> Reach | None:
    """The (branch, category) to copy from next, by the cursor; moves the cursor on to it."""
    branch, category, listing = change.work["cursor"]
    pairs = Reach.objects.filter(branch_id__in=change.work["new"].values()).order_by("branch_id", "category_id")
    if listing is not None and category:
        return pairs.filter(branch_id=branch, category_id=category).first()
    rest = (
        pairs.filter(branch_id=branch, category_id__gt=category).first() or pairs.filter(branch_id__gt=branch).first()
    )
    if rest is not None:
        change.work["cursor"] = [rest.branch_id, rest.category_id, 0]
    return rest


def copy_rows(reach: Reach, after: int, last: int) -> None:
    select = (
        f"SELECT %s, {FACTS} FROM directory_filing f JOIN directory_listing l ON l.id = f.listing_id"
        f" WHERE f.category_id = %s AND f.listing_id > %s AND f.listing_id <= %s AND {published('l')}"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A listing unpublished by a transaction under way must not be copied as it was: wait for it.
            cursor.execute(
                "SELECT 1 FROM directory_listing WHERE id IN (SELECT listing_id FROM directory_filing"
                " WHERE category_id = %s AND listing_id > %s AND listing_id <= %s) ORDER BY id FOR NO KEY UPDATE",
                [reach.category_id, after, last],
            )
        cursor.execute(insert(select, connection.vendor), [reach.branch_id, reach.category_id, after, last])


def swap(change: TreeChange) -> None:
    """Change the tree and put the new branches in the place of the old, all at once."""
    check_possible(change)
    lock_tree()
    new = {int(pk): branch for pk, branch in change.work["new"].items()}
    categories = list(Category.objects.filter(pk__in=new))
    old = [category.branch_id for category in categories]
    for category in categories:
        Category.objects.filter(pk=category.pk).update(branch_id=new[category.pk])
    Reach.objects.filter(branch_id__in=old).delete()
    change_tree(change)
    change.work = {"old": old}
    change.stage = Stage.CLEANING


def change_tree(change: TreeChange) -> None:
    category = change.category
    if change.kind == "move":
        move_node(category, change.target, change.position)
        readdress(Category.objects.get(pk=category.pk))
    else:
        Category.objects.filter(pk=category.pk).update(deleted_at=change.asked_at if change.kind == "trash" else None)
        hide_or_show(Category.objects.get(pk=category.pk))


def hide_or_show(category: Category) -> None:
    """Everything in the trash or below it is hidden, the rest is not."""
    hidden = {category.path: in_trash(category)}
    for node in category.get_descendants():
        hidden[node.path] = hidden[node.path[: -Category.steplen]] or node.deleted_at is not None
    for state in (False, True):
        paths = [path for path, is_hidden in hidden.items() if is_hidden is state]
        Category.objects.filter(path__in=paths).update(is_hidden=state)


def move_node(category: Category, target: Category | None, position: str) -> None:
    if target is None:
        category.move(Category.get_last_root_node(), "last-sibling")
    else:
        category.move(target, position)


def clean(change: TreeChange) -> None:
    """Empty one batch of the old branches; when they are empty, remove them."""
    old = change.work["old"]
    ids = list(BranchRow.objects.filter(branch_id__in=old).values_list("pk", flat=True)[:BATCH])
    if ids:
        BranchRow.objects.filter(pk__in=ids).delete()
        return
    Branch.objects.filter(pk__in=old).delete()
    finish(change)


def finish(change: TreeChange) -> None:
    change.work, change.stage, change.done_at = {}, Stage.DONE, now()


# Relabelling: the last part of a merge


def relabel(change: TreeChange) -> None:
    """File one batch of the source's listings under the target; when there are none left, remove the source."""
    if change.target is None:
        raise CannotChange("A merge needs a category to merge into.")
    batch = list(Filing.objects.filter(category=change.category).order_by("listing_id")[:BATCH])
    if batch:
        refile(batch, change.target)
    else:
        remove_merged(change.category, change.target)
        finish(change)


def refile(batch: list[Filing], target: Category) -> None:
    ids = [filing.listing_id for filing in batch]
    there = set(Filing.objects.filter(category=target, listing_id__in=ids).values_list("listing_id", flat=True))
    doubles = [filing for filing in batch if filing.listing_id in there]
    primary = [filing.listing_id for filing in doubles if filing.is_primary]
    Filing.objects.filter(pk__in=[filing.pk for filing in doubles]).delete()
    Filing.objects.filter(category=target, listing_id__in=primary).update(is_primary=True)
    rest = [filing.pk for filing in batch if filing.listing_id not in there]
    Filing.objects.filter(pk__in=rest).update(category=target)


def remove_merged(source: Category, target: Category) -> None:
    """The source is gone; its web addresses, fields and links go on with the target."""
    if source.get_children().exists():
        raise CannotChange(f"“{source}” was given a new subcategory while it was merged. Merge it again.")
    OldCategoryAddress.objects.filter(category=source).update(category=target)
    OldCategoryAddress.objects.update_or_create(address=source.address, defaults={"category": target})
    for field in CustomField.objects.filter(categories=source):
        field.categories.add(target)
    for other in source.related_from.exclude(pk=target.pk):
        other.related.add(target)
    branch = source.branch
    Reach.objects.filter(category=source).delete()
    BranchRow.objects.filter(branch=branch).delete()
    source.delete()
    branch.delete()


# Web addresses of a branch that moved


def readdress(category: Category) -> None:
    """Give the category and all below it the addresses of where they now are; the old ones lead there."""
    parent = category.get_parent()
    base = f"{parent.address}/" if parent else ""
    old = category.address
    new = base + free_slug(category, parent)
    if new == old:
        return
    Category.objects.filter(pk=category.pk).update(slug=new.rpartition("/")[2])
    branch = [category, *category.get_descendants()]
    remember_addresses(branch)
    moved = {node.pk: new + node.address[len(old) :] for node in branch}
    # In two passes, since one of the new addresses may still be another's old one.
    for node in branch:
        Category.objects.filter(pk=node.pk).update(address=f"~{node.pk}")
    for node in branch:
        Category.objects.filter(pk=node.pk).update(address=moved[node.pk])
    OldCategoryAddress.objects.filter(address__in=moved.values()).delete()


def remember_addresses(categories: Iterable[Category]) -> None:
    OldCategoryAddress.objects.bulk_create(
        (OldCategoryAddress(address=category.address, category=category) for category in categories),
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["category"],
    )


def free_slug(category: Category, parent: Category | None) -> str:
    """The category's own part of its web address, with a number where a sibling already has it."""
    siblings = parent.get_children() if parent else Category.get_root_nodes()
    taken = set(siblings.exclude(pk=category.pk).values_list("slug", flat=True))
    slug, number = category.slug, 2
    while slug in taken:
        slug, number = f"{category.slug}-{number}", number + 1
    return slug


STEPS = {
    kind: {Stage.PLANNED: start, Stage.FILLING: fill, Stage.CLEANING: clean} for kind in ("move", "trash", "restore")
} | {"relabel": {Stage.PLANNED: relabel, Stage.FILLING: relabel, Stage.CLEANING: relabel}}
