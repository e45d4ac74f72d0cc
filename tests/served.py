"""A town that is really served: its own home, `gazetteer serve` in front, as a publisher runs it.

The home is filled once for a whole run and copied for whoever serves it, so that what one test writes no other sees.
Nothing here touches the test's own database.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from gazetteer.environment import SETTINGS
from tests import database

SECONDS_TO_START = 60
PASSWORD = "a ferry for Harwick"

# A second language; somebody in charge; a reporter, whose story waits for an editor.
PEOPLE = f"""
from django.contrib.auth.models import Group
from gazetteer.accounts.models import User
from gazetteer.news import actions as news
from gazetteer.news.models import Section
from gazetteer.pages import actions as pages

pages.change_settings(other_languages=["ar"])
User.objects.create_superuser("editor", "editor@example.org", {PASSWORD!r}, name="Edith Ford")
reporter = User.objects.create_user("reporter", "reporter@example.org", {PASSWORD!r}, name="Rita Pole")
reporter.groups.add(Group.objects.get(name="Reporters"))
story = news.create(
    "The lighthouse is painted again",
    by=reporter,
    section=Section.objects.in_use().first(),
    lead="Red and white, as before.",
    body=[("paragraph", "<p>It took two weeks and forty pots.</p>")],
)
news.save_draft(story, by=reporter)
story.get_workflow().start(story, reporter)
"""


def environment(home: Path, url: str) -> dict[str, str]:
    """This process's environment without its Gazetteer, and with the one that lives in `home`."""
    own = {name for setting in SETTINGS for name in (setting.name, f"{setting.name}_FILE")}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return kept | {"GAZETTEER_HOME": str(home), "SITE_URL": url, "LOG_LEVEL": "WARNING"}


def gazetteer(home: Path, *words: str) -> str:
    """What one command of the home prints; raises AssertionError with all it said if it fails."""
    command = (sys.executable, "-m", "gazetteer.cli", *words)
    done = subprocess.run(command, env=environment(home, "http://127.0.0.1:8000"), capture_output=True, text=True)
    assert done.returncode == 0, f"gazetteer {words[0]} failed:\n{done.stdout}{done.stderr}"
    return done.stdout


def filled_home(folder: Path) -> Path:
    """The filled home of this run in `folder`, made by whichever process comes first."""
    home, being_made = folder / "town", folder / "being-made"
    with open(folder / "town.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            shutil.rmtree(being_made, ignore_errors=True)
            being_made.mkdir()
            fill(being_made)
            being_made.rename(home)
    return home


def fill(home: Path) -> None:
    if database.kept().exists():
        database.copy(database.kept(), home / "gazetteer.sqlite3")
    gazetteer(home, "demo", "--profile", "town", "--verbosity", "0")
    gazetteer(home, "shell", "--verbosity", "0", "--command", PEOPLE)
    gazetteer(home, "rebuild", "search")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass(frozen=True)
class Site:
    """A served site: its address without a last slash, and its home."""

    url: str
    home: Path

    def fetch(self, path: str) -> str:
        """The HTML at `path`, of an error page too."""
        try:
            with urlopen(self.url + path, timeout=30) as response:  # noqa: S310 (our own address)
                return str(response.read().decode())
        except HTTPError as error:
            with error:
                return error.read().decode()


@contextmanager
def serve(filled: Path, folder: Path) -> Iterator[Site]:
    """Serves a copy of the home `filled` in `folder` while in here."""
    home = folder / "home"
    shutil.copytree(filled, home)
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}", home)
    command = (sys.executable, "-m", "gazetteer.cli", "serve", "--port", str(port), "--workers", "1")
    log = folder / "serve.log"
    with open(log, "wb") as said:
        process = subprocess.Popen(command, env=environment(home, site.url), stdout=said, stderr=subprocess.STDOUT)
        try:
            wait_for(site, process, log)
            yield site
        finally:
            process.terminate()
            process.wait(SECONDS_TO_START)
            shutil.rmtree(home, ignore_errors=True)


def wait_for(site: Site, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the site answers; raises AssertionError with what the server said."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            urlopen(site.url + "/healthz", timeout=5).close()  # noqa: S310 (our own address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The site did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
