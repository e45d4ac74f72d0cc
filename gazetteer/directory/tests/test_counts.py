"""A category's count is the number of distinct published listings in its branch, whatever was done to the tree.

The slow counts are read from the facts by plain Python, by another way than the triggers take.
"""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.directory.branches import checks, moves
from gazetteer.directory.models import (
    Branch,
    BranchRow,
    Category,
    Filing,
    Listing,
    ListingTag,
    Place,
    Placing,
    TaggedListing,
    TreeChange,
)

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 1, 1, tzinfo=UTC)


def is_published(listing: Listing) -> bool:
    return listing.live and not listing.expired and not listing.merged_into_id and not listing.deleted_at


def slow_counts() -> dict[str, int]:
    """Size of each category's branch by walking the tree in Python, and of each place, tag and the whole."""
    published = {listing.pk for listing in Listing.objects.all() if is_published(listing)}
    under: dict[str, set[int]] = {}
    categories = list(Category.objects.all())
    by_path = {category.path: category for category in categories}
    for filing in Filing.objects.select_related("category"):
        path = filing.category.path
        while path:
            under.setdefault(path, set()).add(filing.listing_id)
            path = path[:-4] if by_path[path].deleted_at is None else ""
    counts = {f"category {c.pk}": len(under.get(c.path, set()) & published) for c in categories}
    for place in Place.objects.all():
        counts[f"place {place.pk}"] = len({p.listing_id for p in Placing.objects.filter(place=place)} & published)
    for tag in ListingTag.objects.all():
        tagged = {t.content_object_id for t in TaggedListing.objects.filter(tag=tag)}
        counts[f"tag {tag.pk}"] = len(tagged & published)
    return counts | {"all": len(published)}


def shown_counts() -> dict[str, int]:
    counts = {f"category {c.pk}": c.branch.listings for c in Category.objects.select_related("branch")}
    counts |= {f"place {p.pk}": p.branch.listings for p in Place.objects.select_related("branch")}
    counts |= {f"tag {t.pk}": t.branch.listings for t in ListingTag.objects.select_related("branch")}
    return counts | {"all": Branch.objects.get(kind="all").listings}


class World:
    """A small directory that operations, drawn as numbers, are done to."""

    def __init__(self) -> None:
        self.made = 0
        for name in ("Food", "Shops"):
            top = Category.add_root(name=name, slug=self.slug(), address=self.address(None))
            Category.objects.get(pk=top.pk).add_child(name="Bakery", slug=self.slug(), address=self.address(top))
        self.place = Place.objects.create(country="GB", address="gb", sort_name="gb")
        self.tag = ListingTag.objects.create(name="bread", slug="bread")

    def slug(self) -> str:
        return f"c{self.made}"

    def address(self, parent: Category | None) -> str:
        self.made += 1
        return f"{parent.address}/c{self.made - 1}" if parent else f"c{self.made - 1}"

    def category(self, number: int) -> Category:
        return Category.objects.all()[number % Category.objects.count()]

    def listing(self, number: int) -> Listing | None:
        count = Listing.objects.count()
        return Listing.objects.order_by("pk")[number % count] if count else None

    # what may happen to listings

    def add_listing(self, a: int, b: int) -> None:
        listing = Listing.objects.create(name=f"Firm {a}", live=a % 5 != 0)
        Filing.objects.create(listing=listing, category=self.category(a))
        self.file(listing, self.category(b))
        if a % 2:
            Placing.objects.create(listing=listing, place=self.place)
            TaggedListing.objects.create(content_object=listing, tag=self.tag)

    def file(self, listing: Listing, category: Category) -> None:
        Filing.objects.get_or_create(listing=listing, category=category)

    def file_more(self, a: int, b: int) -> None:
        if listing := self.listing(a):
            self.file(listing, self.category(b))

    def file_many(self, a: int, b: int) -> None:
        category = self.category(a)
        Filing.objects.bulk_create(
            (Filing(listing_id=pk, category=category) for pk in Listing.objects.values_list("pk", flat=True)),
            ignore_conflicts=True,
        )

    def unfile(self, a: int, b: int) -> None:
        Filing.objects.filter(category=self.category(a)).delete()

    def refile(self, a: int, b: int) -> None:
        there = Filing.objects.filter(category=self.category(b)).values("listing_id")
        Filing.objects.filter(category=self.category(a)).exclude(listing_id__in=there).update(category=self.category(b))

    def change_state(self, a: int, b: int) -> None:
        states: list[dict[str, object]] = [
            {"live": False}, {"live": True}, {"expired": True, "live": False}, {"expired": False, "live": True},
            {"deleted_at": THEN}, {"deleted_at": None},
        ]  # fmt: skip
        if listing := self.listing(a):
            Listing.objects.filter(pk__gte=listing.pk).update(**states[b % len(states)])

    def merge_listing(self, a: int, b: int) -> None:
        one, other = self.listing(a), self.listing(b)
        if one and other and one != other:
            Listing.objects.filter(pk=one.pk).update(merged_into=other)

    def delete_listing(self, a: int, b: int) -> None:
        if listing := self.listing(a):
            listing.delete()

    def unplace(self, a: int, b: int) -> None:
        Placing.objects.all()[: a % 3].count()
        TaggedListing.objects.filter(content_object_id__gt=a).delete()

    def by_raw_sql(self, a: int, b: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE directory_listing SET live = NOT live WHERE id %% 3 = %s", [a % 3])

    # what may happen to the tree

    def add_category(self, a: int, b: int) -> None:
        parent = self.category(a)
        parent.add_child(name=f"New {b}", slug=self.slug(), address=self.address(parent))

    def ask(self, kind: str, category: Category, target: Category | None = None, position: str = "") -> None:
        TreeChange.objects.create(kind=kind, category=category, target=target, position=position)

    def move(self, a: int, b: int) -> None:
        category, target = self.category(a), self.category(b)
        apart = category != target and not target.is_descendant_of(category)
        if apart and not moves.in_trash(category) and not moves.in_trash(target) and not moves.open_changes().exists():
            self.ask("move", category, target, "last-child")

    def trash(self, a: int, b: int) -> None:
        if not (category := self.category(a)).deleted_at and not moves.open_changes().exists():
            self.ask("trash", category)

    def restore(self, a: int, b: int) -> None:
        if (category := self.category(a)).deleted_at and not moves.open_changes().exists():
            self.ask("restore", category)

    def merge(self, a: int, b: int) -> None:
        source, target = self.category(a), self.category(b)
        related = source == target or target.is_descendant_of(source)
        if related or moves.in_trash(source) or moves.in_trash(target) or moves.open_changes().exists():
            return
        self.ask("move", source, target, "last-child")
        for child in source.get_children():
            self.ask("move", child, target, "last-child")
        self.ask("relabel", source, target)
        moves.carry_on()

    def some_steps(self, a: int, b: int) -> None:
        for _ in range(a % 4):
            if change := moves.open_changes().first():
                moves.step(change.pk)


OPERATIONS = [
    name
    for name in vars(World)
    if name not in {"slug", "address", "category", "listing", "file", "ask"} and name[0] != "_"
]
STEPS = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 40), st.integers(0, 40)), min_size=5, max_size=25
)


@settings(max_examples=40)
@given(steps=STEPS, seed=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=6))
def test_counts_equal_the_slow_ones_after_any_mix_of_writes_moves_and_half_done_moves(
    steps: list[tuple[str, int, int]], seed: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        world = World()
        for a, b in seed:
            world.add_listing(a, b)
        small, moves.BATCH = moves.BATCH, 2
        try:
            for name, a, b in steps:
                getattr(world, name)(a, b)
                assert shown_counts() == slow_counts(), f"after {name}"
            moves.carry_on()
        finally:
            moves.BATCH = small
        assert shown_counts() == slow_counts()
        assert checks.differences() == []
        transaction.set_rollback(True)


def two_in_one_branch() -> tuple[Category, Category, Category, Listing]:
    shops = Category.add_root(name="Shops", slug="shops", address="shops")
    bakery = shops.add_child(name="Bakery", slug="bakery", address="shops/bakery")
    cakes = Category.objects.get(pk=shops.pk).add_child(name="Cakes", slug="cakes", address="shops/cakes")
    listing = Listing.objects.create(name="Oven & Son", live=True)
    Filing.objects.create(listing=listing, category=bakery, is_primary=True)
    Filing.objects.create(listing=listing, category=cakes)
    return shops, bakery, cakes, listing


def count(category: Category) -> int:
    return Category.objects.select_related("branch").get(pk=category.pk).branch.listings


def test_a_listing_in_two_children_counts_once_in_the_parent() -> None:
    shops, bakery, cakes, _ = two_in_one_branch()
    assert (count(shops), count(bakery), count(cakes)) == (1, 1, 1)


def test_leaving_one_of_two_children_leaves_the_parent_its_listing() -> None:
    shops, bakery, cakes, listing = two_in_one_branch()
    Filing.objects.filter(listing=listing, category=cakes).delete()
    assert (count(shops), count(bakery), count(cakes)) == (1, 1, 0)


def test_unpublishing_a_listing_takes_it_out_of_every_count() -> None:
    shops, *_, listing = two_in_one_branch()
    Listing.objects.filter(pk=listing.pk).update(live=False)
    assert (count(shops), Branch.objects.get(kind="all").listings) == (0, 0)


def test_while_a_branch_moves_the_old_counts_stand_until_the_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moves, "BATCH", 1)
    shops, bakery, *_ = two_in_one_branch()
    food = Category.add_root(name="Food", slug="food", address="food")
    TreeChange.objects.create(kind="move", category=bakery, target=food, position="last-child")
    change = moves.open_changes().get()
    seen = []
    while not moves.step(change.pk):
        seen.append((count(shops), count(food)))
    assert set(seen) == {(1, 0), (1, 1)}
    assert seen == sorted(seen)
    assert Category.objects.get(pk=bakery.pk).address == "food/bakery"
    assert (
        BranchRow.objects.exclude(branch__in=Category.objects.values("branch")).exclude(branch__kind="all").count() == 0
    )


def test_a_moved_category_is_still_found_by_its_old_address() -> None:
    _, bakery, *_ = two_in_one_branch()
    food = Category.add_root(name="Food", slug="food", address="food")
    TreeChange.objects.create(kind="move", category=bakery, target=food, position="last-child")
    moves.carry_on()
    assert Category.objects.get(old_addresses__address="shops/bakery") == bakery


def test_a_category_is_not_moved_into_its_own_branch() -> None:
    shops, bakery, *_ = two_in_one_branch()
    TreeChange.objects.create(kind="move", category=shops, target=bakery, position="last-child")
    with pytest.raises(moves.CannotChange, match="own branch"):
        moves.carry_on()


def test_the_check_finds_and_mends_what_was_damaged_behind_the_triggers() -> None:
    shops, *_ = two_in_one_branch()
    Branch.objects.filter(pk=shops.branch_id).update(listings=7)
    BranchRow.objects.filter(branch__kind="all").update(sort_name="wrong")
    assert len(checks.differences()) == 3
    checks.mend()
    assert checks.differences() == []
    assert count(shops) == 1
