"""The one policy: what each person may do to each thing. The desk, the views, the API and `actions.py` all ask here.

    require(user, "publish", article)          # raises PermissionDenied with a sentence
    if may(user, "edit", listing): ...
    scope(user, "edit", Listing.objects.all()) # what this person may edit

A permission comes from the roles (groups) of a person. A *limited* role gives it only inside the parts of the site
that the person looks after (`Responsibility`): a category's branch, a section, a listing. What parts a thing stands in
is known to its subject alone, which says so when it starts:

    describe(Listing, parts=parts_of_listing, within=listings_within)

`None` as the user is the program itself (an import, the clock); it may do everything, and the audit line says so.
A visitor who is not signed in is `AnonymousUser` and may do nothing here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import DraftStateMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from gazetteer.accounts.models import Responsibility, User
from gazetteer.accounts.roles import LIMITED, LIMITED_ONCE_GIVEN

Person = User | AnonymousUser | None
Part = tuple[type[Model], int]

VERBS = {
    "view": ("view", gettext_lazy("see")),
    "add": ("add", gettext_lazy("add")),
    "create": ("add", gettext_lazy("add")),
    "import": ("add", gettext_lazy("import")),
    "copy": ("add", gettext_lazy("copy")),
    "edit": ("change", gettext_lazy("edit")),
    "change": ("change", gettext_lazy("edit")),
    "rename": ("change", gettext_lazy("rename")),
    "move": ("change", gettext_lazy("move")),
    "file": ("change", gettext_lazy("file")),
    "order": ("change", gettext_lazy("put in order")),
    "correct": ("change", gettext_lazy("correct")),
    "verify": ("change", gettext_lazy("verify")),
    "lock": ("lock", gettext_lazy("lock")),
    "unlock": ("unlock", gettext_lazy("unlock")),
    "publish": ("publish", gettext_lazy("publish")),
    "schedule": ("publish", gettext_lazy("schedule")),
    "unpublish": ("publish", gettext_lazy("take down")),
    "withdraw": ("publish", gettext_lazy("withdraw")),
    "withhold": ("publish", gettext_lazy("withhold")),
    "feature": ("publish", gettext_lazy("feature")),
    "approve": ("publish", gettext_lazy("approve")),
    "reject": ("publish", gettext_lazy("reject")),
    "expire": ("publish", gettext_lazy("end")),
    "renew": ("publish", gettext_lazy("renew")),
    "delete": ("delete", gettext_lazy("put in the trash")),
    "trash": ("delete", gettext_lazy("put in the trash")),
    "restore": ("delete", gettext_lazy("take out of the trash")),
    "empty": ("delete", gettext_lazy("empty the trash of")),
    "merge": ("delete", gettext_lazy("merge")),
    "split": ("delete", gettext_lazy("split")),
}
"""What a person does: the permission it needs, and the word for it. Whatever is not here is refused as a mistake."""

NEEDS_DRAFTS = frozenset({"publish", "lock", "unlock"})


@dataclass(frozen=True)
class Subject:
    """How the things of one model are found in the parts of the site.

    `parts` gives the parts one thing stands in, inner and outer (a listing: its categories and theirs above);
    `within` narrows a queryset to what stands in any of the given parts.
    """

    parts: Callable[[Any], Iterable[Model]]
    within: Callable[["QuerySet[Any]", list[Part]], "QuerySet[Any]"]


subjects: dict[type[Model], Subject] = {}


def describe(
    model: type[Model],
    *,
    parts: Callable[[Any], Iterable[Model]],
    within: Callable[["QuerySet[Any]", list[Part]], "QuerySet[Any]"],
) -> None:
    """Say where things of `model` stand, and let the desk (Wagtail) ask this policy about them. For `ready()`."""
    subjects[model] = Subject(parts, within)
    policy_registry.fallback_policies.pop(model, None)  # made by whoever asked before every app was ready
    register_permission_policy(model, ObjectPolicy(model))


def may(user: Person, verb: str, thing: Model | type[Model]) -> bool:
    """Whether `user` may do `verb` to `thing`; of a model instead of a thing: to some things of it."""
    if user is None:
        return True
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    name = permission(verb, thing)
    if not user.has_perm(name):
        return False
    return isinstance(thing, type) or name in given_everywhere(user) or is_in_charge(user, thing)


def require(user: Person, verb: str, thing: Model | type[Model]) -> None:
    """Nothing if `user` may; else PermissionDenied with a sentence for the screen."""
    if may(user, verb, thing):
        return
    what = thing._meta.verbose_name_plural if isinstance(thing, type) else f"“{thing}”"
    raise PermissionDenied(
        _("You may not %(verb)s %(thing)s. Somebody with the right role can do it or give you the role.")
        % {"verb": VERBS[verb][1], "thing": what}
    )


def scope(user: Person, verb: str, things: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of `things` to which `user` may do `verb`."""
    if not may(user, verb, things.model):
        return things.none()
    if user is None or user.is_superuser or permission(verb, things.model) in given_everywhere(cast(User, user)):
        return things
    subject = subjects.get(things.model)
    parts = responsibilities(cast(User, user))
    if subject is None:
        return things.filter(pk__in=[pk for model, pk in parts if model is things.model])
    return subject.within(things, parts)


def permission(verb: str, thing: Model | type[Model]) -> str:
    """Django's name of the permission that `verb` needs, such as "news.publish_article"."""
    if verb not in VERBS:
        raise ValueError(f"The policy knows no verb {verb!r}; it knows {', '.join(VERBS)}.")
    action = VERBS[verb][0]
    model = thing if isinstance(thing, type) else type(thing)
    if action in NEEDS_DRAFTS and not issubclass(model, DraftStateMixin):
        action = "change"  # what has no drafts is published by being changed
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def given_everywhere(user: User) -> set[str]:
    """Permissions that no responsibility limits; read once for each user object, so once for each request."""
    known: set[str] | None = getattr(user, "_given_everywhere", None)
    if known is None:
        limited = LIMITED | LIMITED_ONCE_GIVEN if responsibilities(user) else LIMITED
        given = Q(group__in=user.groups.exclude(name__in=limited)) | Q(user=user)
        rows = Permission.objects.filter(given).values_list("content_type__app_label", "codename")
        known = {f"{app}.{codename}" for app, codename in rows.order_by().distinct()}
        user._given_everywhere = known  # type: ignore[attr-defined]  # a cache, as Django's own _perm_cache
    return known


def responsibilities(user: User) -> list[Part]:
    """The parts of the site that `user` looks after; read once for each user object."""
    known: list[Part] | None = getattr(user, "_responsibilities", None)
    if known is None:
        rows = Responsibility.objects.filter(user=user).values_list("subject_type", "subject_id")
        found = [(ContentType.objects.get_for_id(type_id).model_class(), pk) for type_id, pk in rows]
        known = [(model, pk) for model, pk in found if model is not None]
        user._responsibilities = known  # type: ignore[attr-defined]  # a cache, as Django's own _perm_cache
    return known


def is_in_charge(user: User, thing: Model) -> bool:
    """Whether `thing` stands in a part that `user` looks after. What is new and stands nowhere yet is anybody's."""
    own = set(responsibilities(user))
    stands_in = {(type(part), part.pk) for part in parts_of(thing)}
    if thing.pk is None and not stands_in:
        return True
    return not own.isdisjoint(stands_in | {(type(thing), thing.pk)})


def parts_of(thing: Model) -> Iterable[Model]:
    subject = subjects.get(type(thing))
    return subject.parts(thing) if subject else ()


class ObjectPolicy(ModelPermissionPolicy):
    """The policy in Wagtail's terms, so that the desk's lists, buttons and forms ask the same."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        return action in VERBS and may(user, action, self.model)

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Model) -> bool:
        return action in VERBS and may(user, action, instance)

    def instances_user_has_any_permission_for(self, user: Person, actions: Iterable[str]) -> "QuerySet[Any]":
        things = self.model._default_manager.all()
        allowed = [scope(user, action, things) for action in actions if action in VERBS]
        if not allowed:
            return things.none()
        if any(each.query.where == things.query.where and not each.query.is_empty() for each in allowed):
            return things
        return things.filter(Q(*(Q(pk__in=each.values("pk")) for each in allowed), _connector=Q.OR))
