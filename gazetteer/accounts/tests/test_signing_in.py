"""Signing in: one door, with a second factor where somebody has one, and no open sign-up."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from gazetteer.accounts import adapter
from gazetteer.accounts.models import User

pytestmark = pytest.mark.django_db
WORDS = "correct horse battery staple"


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief", "chief@example.org", WORDS)


def sign_in(client: Client, login: str = "chief", password: str = WORDS) -> str:
    """The address that signing in leads to, or "" if it does not."""
    response = client.post("/account/login/", {"login": login, "password": password})
    return response.headers.get("Location", "")


@pytest.mark.parametrize("login", ["chief", "chief@example.org"])
def test_name_or_mail_address_and_password_open_the_desk(client: Client, chief: User, login: str) -> None:
    assert sign_in(client, login) == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_wrong_password_does_not(client: Client, chief: User) -> None:
    assert sign_in(client, password="wrong") == ""
    assert client.get("/admin/").headers["Location"].startswith("/account/login/")


def test_wagtails_own_door_leads_to_ours(client: Client, chief: User) -> None:
    response = client.get("/admin/login/?next=/admin/reports/")
    assert response.headers["Location"] == "/account/login/?next=/admin/reports/"
    assert client.post("/admin/login/", {"username": "chief", "password": WORDS}).status_code == 302
    assert "_auth_user_id" not in client.session


def code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_who_has_a_second_factor_is_asked_for_it(client: Client, chief: User) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(chief, secret)
    assert sign_in(client) == "/account/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    page = client.get("/account/2fa/authenticate/")
    assert page.status_code == 200 and b"site.css" in page.content
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert client.get("/admin/").status_code == 302
    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/admin/").status_code == 200


def test_nobody_may_sign_up_until_the_site_allows_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = {"email": "b@example.org", "username": "bob", "password1": WORDS, "password2": WORDS}
    client.post("/account/signup/", person)
    assert not User.objects.exists()
    assert b"/account/signup/" not in client.get("/account/login/").content
    monkeypatch.setattr(adapter, "sign_up_rules", [lambda request: True])
    client.post("/account/signup/", person)
    assert User.objects.get().username == "bob"


def test_a_forgotten_password_is_set_anew_by_mail(client: Client, chief: User) -> None:
    client.post("/account/password/reset/", {"email": "chief@example.org"})
    (address,) = [word for word in mail.outbox[0].body.split() if "/account/password/reset/key/" in word]
    page = client.get(address[address.index("/account/") :], follow=True)
    assert page.status_code == 200 and b"password1" in page.content


def test_asking_for_an_unknown_address_says_the_same(client: Client, chief: User) -> None:
    known = client.post("/account/password/reset/", {"email": "chief@example.org"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])


def test_who_does_not_work_here_stays_on_the_site(client: Client) -> None:
    User.objects.create_user("owner", "owner@example.org", WORDS)
    assert sign_in(client, "owner") == "/account/email/"


@pytest.mark.parametrize("page", ["email/", "password/change/", "2fa/", "logout/"])
def test_every_page_of_the_account_is_shown_in_our_look(client: Client, chief: User, page: str) -> None:
    client.force_login(chief)
    response = client.get(f"/account/{page}")
    assert response.status_code == 200
    assert b'class="masthead"' in response.content
