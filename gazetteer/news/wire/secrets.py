"""Passwords of sources: kept encrypted, so that neither a copy of the database nor the desk shows them.

The key is made from the installation's secret key, which stands outside the database. After that key is changed they
must be typed again, and the source says so.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

PURPOSE = b"gazetteer.news.wire.secrets:"


class Unreadable(ValueError):
    """The password was encrypted with another key."""


def box() -> Fernet:
    key = hashlib.sha256(PURPOSE + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def hide(password: str) -> str:
    return box().encrypt(password.encode()).decode() if password else ""


def show(hidden: str) -> str:
    """The password; raises Unreadable."""
    if not hidden:
        return ""
    try:
        return box().decrypt(hidden.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("The password cannot be read any more: the secret key was changed. Type it again.") from error
