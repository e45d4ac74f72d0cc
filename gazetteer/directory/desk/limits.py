"""What of the directory a person at the desk looks after: everything, or some branches and single listings."""

from typing import Any

from django.db.models import QuerySet

from gazetteer.accounts.policy import given_everywhere, may, permission, responsibilities
from gazetteer.directory.models import Category, Listing, Reach
from gazetteer.directory.parts import categories_among


def is_limited(user: Any, verb: str = "edit") -> bool:
    """Whether the person's role counts only for what they look after."""
    return not user.is_superuser and permission(verb, Listing) not in given_everywhere(user)


def own_branches(user: Any) -> list[int]:
    """Ids of the branches of the categories that a limited person looks after."""
    chosen = categories_among(responsibilities(user))
    return list(Category.objects.filter(pk__in=chosen).values_list("branch", flat=True))


def own_listings(user: Any) -> list[int]:
    return [pk for model, pk in responsibilities(user) if model is Listing]


def categories_open_to(user: Any) -> QuerySet[Any]:
    """The categories that the person may put listings into."""
    found: QuerySet[Any] = Category.objects.in_use()
    if not may(user, "edit", Listing):
        return found.none()
    if is_limited(user):
        reached = Reach.objects.filter(branch__in=own_branches(user)).values("category")
        found = found.filter(pk__in=reached)
    return found
