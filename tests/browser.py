"""What the tests in a browser share: Chromium, the looks a page is seen in, axe, and the Nu checker."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import tools

# Debian's Chromium asks its maker for updates unless told not to.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip

# All of WCAG 2.2 A and AA, and what is no law but good habit. `target-size` is off by default in axe.
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


@dataclass(frozen=True)
class Look:
    """How a page is seen: the width of the window in CSS pixels, light or dark."""

    name: str
    width: int
    height: int
    scheme: Any = "light"

    def settings(self) -> dict[str, Any]:
        """Playwright's settings of a visitor who sees pages so."""
        return {"viewport": {"width": self.width, "height": self.height}, "color_scheme": self.scheme}


DESKTOP = Look("desktop", 1280, 900)
PHONE = Look("phone", 375, 812, "dark")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tools.chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def visitor(browser: Browser, site: str, look: Look = DESKTOP, **settings: Any) -> Iterator[Page]:
    """A page of a visitor of their own: no cookies, nothing kept, addresses relative to `site`."""
    with browser.new_context(base_url=site, locale="en-GB", **look.settings(), **settings) as context:
        yield page_of(context)


def page_of(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def sign_in(page: Page, email: str, password: str) -> None:
    """Fills in the form of signing in, which `page` shows, and sends it."""
    page.get_by_label("mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def axe_findings(page: Page) -> list[str]:
    """A line for each element that axe finds fault with: rule, impact, where, and its HTML."""
    results = Axe().run(page, options=AXE_OPTIONS).response
    return [told(rule, node) for rule in results["violations"] for node in rule["nodes"]]


def told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    where, html = " ".join(map(str, node["target"])), " ".join(node["html"].split())
    return f"{rule['id']} ({rule['impact']}) at {where}: {html[:200]}"


def nu_findings(folder: Path) -> list[str]:
    """What the Nu checker says of the `.html` files in `folder`; in one start of Java.

    Each is a line "file:line: error: message [where]".
    """
    command = [str(tools.java()), "-jar", str(tools.vnu_jar()), "--format", "json", "--stdout", "--exit-zero-always"]
    files = sorted(str(path) for path in folder.glob("*.html"))
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=True)
    messages = json.loads(done.stdout)["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine', '')}: {one.get('subType', one['type'])}: {one['message']} "
        f"[{' '.join(one.get('extract', '').split())}]"
        for one in messages
    ]
