"""Every kind of page as a visitor's browser has it: open to everybody (axe), and valid HTML (Nu)."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browser as b
from tests import pages
from tests.served import Site

pytestmark = pytest.mark.browser

IN_ARABIC = ("home", "article", "category", "listing", "search")


@pytest.mark.parametrize("look", [b.DESKTOP, b.PHONE], ids=lambda look: look.name)
@pytest.mark.parametrize("kind", sorted(pages.ALL_KINDS))
def test_axe_finds_nothing(kind: str, look: b.Look, addresses: dict[str, str], site: Site, browser: Browser) -> None:
    with b.visitor(browser, site.url, look) as page:
        page.goto(addresses[kind])
        assert b.axe_findings(page) == []


@pytest.mark.parametrize("look", [b.DESKTOP, b.PHONE], ids=lambda look: look.name)
@pytest.mark.parametrize("kind", IN_ARABIC)
def test_axe_finds_nothing_from_right_to_left(
    kind: str, look: b.Look, addresses: dict[str, str], site: Site, browser: Browser
) -> None:
    with b.visitor(browser, site.url, look) as page:
        page.goto(f"/ar{addresses[kind]}")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.locator("html").get_attribute("lang") == "ar"
        assert b.axe_findings(page) == []


@pytest.mark.nu
def test_nu_finds_nothing(addresses: dict[str, str], site: Site, tmp_path: Path) -> None:
    for kind, address in addresses.items():
        (tmp_path / f"{kind}.html").write_text(site.fetch(address), encoding="utf-8")
    for kind in IN_ARABIC:
        (tmp_path / f"{kind}.ar.html").write_text(site.fetch(f"/ar{addresses[kind]}"), encoding="utf-8")
    assert b.nu_findings(tmp_path) == []
