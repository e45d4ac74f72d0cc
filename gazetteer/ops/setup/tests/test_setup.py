"""The first run in the browser: nobody but who runs the server may do it, and it does everything or nothing."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gazetteer.accounts.models import User
from gazetteer.directory.models import Listing
from gazetteer.ops import home, worker
from gazetteer.pages.models import HomePage, SiteSettings, StandingPage

pytestmark = pytest.mark.django_db

ANSWERS = {
    "site_name": "The Herald",
    "language": "de",
    "time_zone": "Europe/Berlin",
    "name": "Ada",
    "email": "ada@example.org",
    "password": "correct horse battery",
    "begin": "empty",
}


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def invited(client):
    """Who came by the link."""
    client.get("/setup/", {"token": home.setup_token()})
    return client


def test_the_front_page_of_a_fresh_site_leads_to_the_first_run(client):
    assert 'href="/setup/"' in client.get("/").content.decode()


def test_without_the_secret_nothing_can_be_set_up(client):
    assert client.get("/setup/").status_code == 403
    assert client.post("/setup/", ANSWERS).status_code == 403
    assert not User.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "é" * 50])
def test_a_wrong_secret_opens_nothing(client, token):
    assert client.get("/setup/", {"token": token}).status_code == 403
    assert client.post("/setup/", {"token": token}).status_code == 403
    assert client.post("/setup/", ANSWERS).status_code == 403


def test_coming_from_this_computer_is_not_enough(client):
    assert client.get("/setup/", REMOTE_ADDR="127.0.0.1").status_code == 403


def test_the_link_opens_the_form_and_the_secret_leaves_the_address(client):
    response = client.get("/setup/", {"token": home.setup_token()})
    assert response.headers["Location"] == "/setup/"
    assert "The site" in client.get("/setup/").content.decode()


def test_the_secret_may_be_typed_instead(client):
    client.post("/setup/", {"token": f" {home.setup_token()} "})
    assert client.get("/setup/").status_code == 200


def test_it_makes_the_person_the_settings_and_the_pages_and_signs_in(invited):
    response = invited.post("/setup/", ANSWERS)
    assert response.headers["Location"] == "/"
    ada = User.objects.get()
    assert (ada.email, ada.name, ada.is_superuser) == ("ada@example.org", "Ada", True)
    assert ada.check_password("correct horse battery")
    site = SiteSettings.objects.get()
    assert (site.name, site.language, site.time_zone) == ("The Herald", "de", "Europe/Berlin")
    assert HomePage.objects.count() == 1
    assert StandingPage.objects.filter(slug="imprint").exists()
    assert invited.get("/admin/").status_code == 200


def test_afterwards_it_is_gone_for_everybody(invited, client):
    token = home.setup_token()
    invited.post("/setup/", ANSWERS)
    assert invited.get("/setup/").status_code == 404
    assert client.get("/setup/", {"token": token}).status_code == 404
    assert client.post("/setup/", ANSWERS).status_code == 404


def test_an_old_secret_is_worth_nothing_if_the_person_in_charge_is_removed(invited):
    invited.post("/setup/", ANSWERS)
    User.objects.all().delete()
    invited.logout()
    assert invited.post("/setup/", ANSWERS).status_code == 403


WRONG = [
    ("password", "12345678"),
    ("password", "ada@example.org"),
    ("email", "ada"),
    ("time_zone", "Mars"),
    ("language", "xx"),
    ("site_name", ""),
    ("begin", "everything"),
]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_a_wrong_answer_is_told_and_nothing_is_made(invited, field, value):
    page = invited.post("/setup/", {**ANSWERS, field: value}).content.decode()
    assert 'class="errors"' in page
    assert not User.objects.exists()
    assert not SiteSettings.objects.exists()


def test_half_way_nothing_stays(invited, monkeypatch):
    def broken(**_choices):
        raise RuntimeError

    monkeypatch.setattr("gazetteer.pages.actions.compose_standing_pages", broken)
    with pytest.raises(RuntimeError):
        invited.post("/setup/", ANSWERS)
    assert not User.objects.exists()
    assert not HomePage.objects.exists()


def upload(rows):
    return SimpleUploadedFile("our firms.jsonl", "\n".join(json.dumps(row) for row in rows).encode())


def run_tasks():
    while row := worker.claim("test"):
        worker.perform(row)


def test_own_listings_need_a_file(invited):
    page = invited.post("/setup/", {**ANSWERS, "begin": "import"}).content.decode()
    assert "Choose the file with your listings." in page


def test_own_listings_are_brought_in_the_background_and_one_can_watch(invited):
    rows = [
        {"name": "Alba Bakery", "category": ["Shops", "Bakeries"]},
        {"name": "City Museum", "category": ["Culture"]},
    ]
    response = invited.post("/setup/", {**ANSWERS, "language": "en-gb", "begin": "import", "file": upload(rows)})
    progress = response.headers["Location"]
    assert "About to begin" in invited.get(progress).content.decode()
    run_tasks()
    page = invited.get(progress).content.decode()
    assert "2 rows: 2 new" in page
    assert 'http-equiv="refresh"' not in page
    assert set(Listing.objects.values_list("name", "feed")) == {
        ("Alba Bakery", "our_firms"),
        ("City Museum", "our_firms"),
    }
    assert "Shops" in invited.get("/").content.decode()


def test_a_file_without_listings_is_told_in_a_sentence(invited):
    junk = SimpleUploadedFile("firms.jsonl", b"\n\n")
    response = invited.post("/setup/", {**ANSWERS, "language": "en-gb", "begin": "import", "file": junk})
    run_tasks()
    page = invited.get(response.headers["Location"]).content.decode()
    assert "It did not work" in page
    assert "firms.jsonl holds no rows." in page
    assert "Traceback" not in page


def test_an_uploaded_name_cannot_leave_its_folder(invited, tmp_path):
    evil = SimpleUploadedFile("../../../evil.jsonl", b'{"name": "A"}')
    evil.name = "../../../evil.jsonl"
    invited.post("/setup/", {**ANSWERS, "begin": "import", "file": evil})
    [kept] = (tmp_path / "incoming").rglob("*.jsonl")
    assert kept.name == "evil.jsonl"


def test_the_demo_is_loaded_in_the_background(invited, monkeypatch):
    called = []
    monkeypatch.setattr("gazetteer.ops.demo.load.fill", lambda profile, say, quiet: called.append(profile.name))
    response = invited.post("/setup/", {**ANSWERS, "begin": "demo-world"})
    run_tasks()
    assert called == ["world"]
    assert invited.get(response.headers["Location"]).status_code == 200


def test_only_who_is_in_charge_may_watch(invited, client, django_user_model):
    address = invited.post("/setup/", {**ANSWERS, "begin": "import", "file": upload([{"name": "A"}])}).headers[
        "Location"
    ]
    invited.logout()
    assert client.get(address).status_code == 404
    client.force_login(django_user_model.objects.create_user("ben"))
    assert client.get(address).status_code == 404
