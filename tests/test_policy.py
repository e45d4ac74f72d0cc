"""What each person may do to each thing, asked at the one place that decides."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import PermissionDenied
from wagtail.permissions import policy_registry

from gazetteer.accounts import roles
from gazetteer.accounts.models import Responsibility, User
from gazetteer.accounts.policy import VERBS, may, require, scope
from gazetteer.directory.models import Category, Filing, Listing
from gazetteer.news.models import Article, Section

pytestmark = pytest.mark.django_db


def person(role: str = "", looks_after: object = None) -> User:
    user = User.objects.create(username=f"{role or 'nobody'} {User.objects.count()}")
    if role:
        user.groups.add(Group.objects.get(name=role))
    if looks_after is not None:
        Responsibility.objects.create(user=user, subject=looks_after)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def shops() -> Category:
    return Category.add_root(name="Shops", slug="shops", address="shops")


@pytest.fixture
def bakeries(shops: Category) -> Category:
    return Category.objects.get(pk=shops.pk).add_child(name="Bakeries", slug="bakeries", address="shops/bakeries")


@pytest.fixture
def doctors() -> Category:
    return Category.add_root(name="Doctors", slug="doctors", address="doctors")


def listing(name: str, *categories: Category) -> Listing:
    made = Listing.objects.create(name=name)
    for number, category in enumerate(categories):
        Filing.objects.create(listing=made, category=category, is_primary=number == 0)
    return made


def test_the_program_itself_may_everything_and_a_stranger_nothing(shops: Category) -> None:
    assert may(None, "delete", shops)
    assert not may(AnonymousUser(), "edit", shops)
    assert not may(person(), "edit", shops)


def test_an_administrator_may_everything_until_switched_off(shops: Category) -> None:
    chief = User.objects.create_superuser("chief")
    assert may(chief, "merge", shops)
    chief.is_active = False
    assert not may(chief, "merge", shops)


@pytest.mark.parametrize(
    ("role", "verb", "answer"),
    [
        (roles.MANAGERS, "delete", True),
        (roles.EDITORS, "publish", True),
        (roles.REPORTERS, "edit", True),
        (roles.REPORTERS, "publish", False),
        (roles.REPORTERS, "delete", False),
        (roles.MODERATORS, "edit", False),
        (roles.CATEGORY_EDITORS, "edit", False),
    ],
)
def test_roles_and_stories(role: str, verb: str, answer: bool) -> None:
    story = Article.objects.create(headline="Snow in June", live=False)
    assert may(person(role), verb, story) is answer


def test_a_category_editor_works_inside_the_branch_and_nowhere_else(
    shops: Category, bakeries: Category, doctors: Category
) -> None:
    editor = person(roles.CATEGORY_EDITORS, shops)
    inside, outside, both = (
        listing("Crumb", bakeries),
        listing("Dr Who", doctors),
        listing("Cake MD", doctors, bakeries),
    )
    assert [may(editor, "edit", each) for each in (inside, outside, both)] == [True, False, True]
    assert may(editor, "edit", bakeries) and not may(editor, "edit", doctors)
    assert set(scope(editor, "edit", Listing.objects.all())) == {inside, both}
    assert set(scope(editor, "edit", Category.objects.all())) == {shops, bakeries}


def test_a_category_editor_of_nothing_may_change_nothing_that_is_there(bakeries: Category) -> None:
    editor = person(roles.CATEGORY_EDITORS)
    assert not may(editor, "edit", listing("Crumb", bakeries))
    assert not scope(editor, "edit", Listing.objects.all()).exists()
    assert may(editor, "add", Listing)


def test_a_reporter_is_held_to_the_sections_once_given() -> None:
    sport, world = (Section.add_root(name=name, slug=name, address=name) for name in ("sport", "world"))
    match = Article.objects.create(headline="The match", section=sport, live=False)
    summit = Article.objects.create(headline="The summit", section=world, live=False)
    anybody = person(roles.REPORTERS)
    assert may(anybody, "edit", match) and may(anybody, "edit", summit)
    sports_desk = person(roles.REPORTERS, sport)
    assert may(sports_desk, "edit", match) and not may(sports_desk, "edit", summit)
    assert set(scope(sports_desk, "edit", Article.objects.all())) == {match}


def test_two_roles_give_what_either_gives(bakeries: Category, doctors: Category) -> None:
    both = person(roles.CATEGORY_EDITORS, bakeries)
    both.groups.add(Group.objects.get(name=roles.EDITORS))
    assert may(User.objects.get(pk=both.pk), "edit", listing("Dr Who", doctors))


def test_refusal_is_a_sentence(shops: Category) -> None:
    with pytest.raises(PermissionDenied, match="You may not put in the trash “Shops”"):
        require(person(), "trash", shops)
    require(None, "trash", shops)


def test_a_verb_nobody_defined_is_a_mistake_and_never_a_yes(shops: Category) -> None:
    with pytest.raises(ValueError, match="knows no verb"):
        may(person(roles.MANAGERS), "obliterate", shops)


def test_the_desk_asks_the_same_policy(shops: Category, bakeries: Category, doctors: Category) -> None:
    editor = person(roles.CATEGORY_EDITORS, shops)
    inside, outside = listing("Crumb", bakeries), listing("Dr Who", doctors)
    policy = policy_registry.get_by_type(Listing)
    assert policy.user_has_permission(editor, "change")
    assert policy.user_has_permission_for_instance(editor, "change", inside)
    assert not policy.user_has_permission_for_instance(editor, "change", outside)
    assert list(policy.instances_user_has_any_permission_for(editor, ["change", "delete"])) == [inside]
    chief = User.objects.create_superuser("chief")
    assert policy.instances_user_has_any_permission_for(chief, ["change"]).count() == 2


def test_every_role_opens_the_desk() -> None:
    assert all(person(role).has_perm("wagtailadmin.access_admin") for role in roles.GRANTS)
    assert not person().has_perm("wagtailadmin.access_admin")


def test_moderators_publish_no_pages_though_wagtail_once_let_them() -> None:
    group = Group.objects.get(name=roles.MODERATORS)
    assert not group.page_permissions.exists()


def test_what_an_operator_took_from_a_role_does_not_come_back_and_new_permissions_do() -> None:
    group = Group.objects.get(name=roles.EDITORS)
    taken = group.permissions.get(codename="delete_article")
    group.permissions.remove(taken)
    known = set(Permission.objects.values_list("id", flat=True))
    new = Permission.objects.create(
        content_type=taken.content_type, codename="publish_extra", name="new in this release"
    )
    roles.fill_roles(known)
    assert set(group.permissions.filter(pk__in=[taken.pk, new.pk])) == {new}


def test_every_verb_has_a_word_for_the_screen() -> None:
    assert all(str(word) for _action, word in VERBS.values())
