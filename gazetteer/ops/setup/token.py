"""Whether a browser has shown the secret of the first-run link."""

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from gazetteer.ops import home

SHOWN = "setup_token_shown"


def is_right(token: str) -> bool:
    return bool(token) and constant_time_compare(token.strip(), home.setup_token())


def fingerprint() -> str:
    """What the session keeps in place of the secret: it ends with the secret itself."""
    return salted_hmac(SHOWN, home.setup_token()).hexdigest()


def remember(request: HttpRequest) -> None:
    request.session[SHOWN] = fingerprint()


def was_shown(request: HttpRequest) -> bool:
    return constant_time_compare(request.session.get(SHOWN, ""), fingerprint())
