"""Who is in charge of a demonstration: an administrator with a password of chance, told by every `gazetteer demo`."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from gazetteer.accounts.models import User
from gazetteer.ops import home

NAME = "admin"
EMAIL = "admin@example.org"


def path() -> Path:
    """Holds the password, readable by its owner alone, until it is changed."""
    return Path(settings.HOME) / "demo-sign-in"


def make_if_nobody() -> None:
    """An administrator for a site that has none."""
    if not home.nobody_is_in_charge():
        return
    password = secrets.token_urlsafe(9)
    User.objects.create_superuser(NAME, EMAIL, password, name="Demo administrator")
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password)


def lines() -> list[str]:
    """How to sign in; nothing once the password is no longer the one we made."""
    try:
        password = path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    person = User.objects.filter(username=NAME, is_active=True).first()
    if person is None or not person.check_password(password):
        path().unlink()
        return []
    return [f"Sign in to the desk at {settings.SITE_URL}/admin/ as {NAME} with the password {password}"]
