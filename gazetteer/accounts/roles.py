"""The roles a new site begins with. They are Django groups: an operator may change what each may do, or add more.

A permission that a role lost by an operator's hand never comes back by itself: a role is filled when it is made, and
later releases give it only the permissions that they themselves bring.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal

MANAGERS = "Managers"
EDITORS = "Editors"
REPORTERS = "Reporters"
MODERATORS = "Moderators"
CATEGORY_EDITORS = "Category editors"

LIMITED = frozenset({CATEGORY_EDITORS})
"""Roles that count only inside what the person looks after."""
LIMITED_ONCE_GIVEN = frozenset({REPORTERS})
"""Roles that count everywhere until the person is given something to look after."""

EVERYTHING = ("view", "add", "change", "delete", "publish", "lock", "unlock")
WRITING = ("view", "add", "change")

PAPER = ("news",)
DIRECTORY = ("directory",)
PAGES = ("pages",)
LIBRARY = ("web",)

GRANTS: dict[str, tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]] = {
    # role: (apps, model or "*", what may be done)
    MANAGERS: (
        ((*PAPER, *DIRECTORY, *PAGES, *LIBRARY, "accounts", "search", "ops"), "*", EVERYTHING),
        (("auth",), "group", ("view", "add", "change", "delete")),
        (("wagtailcore",), "collection", ("view", "add", "change", "delete")),
        (("wagtailcore",), "workflow", ("view", "add", "change", "delete")),
        (("wagtailcore",), "task", ("view", "add", "change", "delete")),
        (("taggit",), "*", EVERYTHING),
    ),
    EDITORS: (
        ((*PAPER, *DIRECTORY, *PAGES, *LIBRARY, "search"), "*", EVERYTHING),
        (("taggit",), "*", EVERYTHING),
    ),
    REPORTERS: (
        (PAPER, "article", WRITING),
        (PAPER, "section", ("view",)),
        (PAPER, "author", ("view",)),
    ),
    MODERATORS: ((DIRECTORY, "listing", ("view", "change", "publish")), (DIRECTORY, "category", ("view",))),
    CATEGORY_EDITORS: (
        (DIRECTORY, "listing", ("view", "add", "change", "publish", "delete")),
        (DIRECTORY, "category", ("view", "change")),
    ),
}
COLLECTION_GRANTS = {
    MANAGERS: ("add", "change", "choose"),
    EDITORS: ("add", "change", "choose"),
    REPORTERS: ("add", "choose"),
    MODERATORS: ("choose",),
    CATEGORY_EDITORS: ("add", "choose"),
}
PAGE_GRANTS = {MANAGERS: ("add", "change", "publish", "lock", "unlock"), EDITORS: ("add", "change", "publish")}

roles_filled = Signal()
"""Sent at the end of `migrate`, when every role is there with its permissions; for what refers to roles by name."""

known_before: set[int] | None = None
"""Ids of the permissions there were before this `migrate`; None outside of one."""


def before_migrate(sender: AppConfig, **_signal: Any) -> None:
    """Note what permissions there are, once, before any table is made."""
    global known_before
    if known_before is None:
        known_before = permission_ids()


def after_migrate(sender: AppConfig, **_signal: Any) -> None:
    """Make and fill the roles after the last app made its permissions."""
    global known_before
    if sender.label != last_app():
        return
    fill_roles(known_before or set())
    known_before = None
    roles_filled.send(sender=type(sender))


def last_app() -> str:
    return [config.label for config in apps.get_app_configs() if config.models_module is not None][-1]


def permission_ids() -> set[int]:
    from django.db import connection

    if Permission._meta.db_table not in connection.introspection.table_names():
        return set()
    return set(Permission.objects.values_list("id", flat=True))


@transaction.atomic
def fill_roles(known: set[int]) -> None:
    """Make missing roles with all that is theirs, and give the others what is new since `known`."""
    if not Group.objects.filter(name=MANAGERS).exists():
        forget_those_of_wagtail()
        known = set()
    for role in GRANTS:
        group, is_new = Group.objects.get_or_create(name=role)
        theirs = set(permissions_of(role).values_list("id", flat=True))
        group.permissions.add(*(theirs if is_new else theirs - known))
        if is_new or not known:
            give_library(group, COLLECTION_GRANTS[role])
            give_pages(group, PAGE_GRANTS.get(role, ()))


def forget_those_of_wagtail() -> None:
    """Empty the two groups that Wagtail brings under names of ours: its Moderators publish pages, ours do not."""
    for group in Group.objects.filter(name__in=GRANTS):
        group.permissions.clear()
        group.page_permissions.all().delete()
        group.collection_permissions.all().delete()


def permissions_of(role: str) -> "Any":
    """Every permission that a role is meant to have, of the apps that are installed."""
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for labels, model, actions in GRANTS[role]:
        named = Q(content_type__app_label__in=labels)
        if model != "*":
            named &= Q(content_type__model=model)
        wanted |= named & Q(*(Q(codename__startswith=f"{action}_") for action in actions), _connector=Q.OR)
    return Permission.objects.filter(wanted)


def give_library(group: Group, actions: Iterable[str]) -> None:
    """Let the role use the picture and document library, from its root down."""
    from wagtail.models import Collection, GroupCollectionPermission

    root = Collection.get_first_root_node()
    if root is None:
        return
    # Wagtail asks for the permissions of its own two models, whatever models a site uses in their place.
    codenames = [f"{action}_{model}" for action in actions for model in ("image", "document")]
    owners = ("wagtailimages", "wagtaildocs")
    for permission in Permission.objects.filter(content_type__app_label__in=owners, codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def give_pages(group: Group, actions: Iterable[str]) -> None:
    """Let the role edit the standing pages, from the root down."""
    from wagtail.models import GroupPagePermission, Page

    root = Page.objects.filter(depth=1).first()
    if root is None:
        return
    codenames = [f"{action}_page" for action in actions]
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
