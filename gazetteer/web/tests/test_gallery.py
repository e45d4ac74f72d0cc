"""The base page and every component together."""

import gzip
import re
from pathlib import Path

import pytest

from gazetteer.web.tests.rendering import environment, render
from gazetteer.web.tests.samples import gallery, page, site

WEB = Path(__file__).resolve().parent.parent
STYLES = WEB / "static/web/site.css"
ROOT = WEB.parent.parent
SIDES = "left|right|top|bottom"
INNER = {
    "address",
    "picture",
    "section_label",
    "story_card",
    "headline_link",
    "listing_link",
    "listing_row",
    "place_of",
    "category_link",
    "hours_row",
    "category_lines",
}
"""Shown in the gallery by those that use them."""


@pytest.fixture(scope="module")
def html() -> str:
    return render("web/gallery.html", **gallery())


def test_the_gallery_shows_every_component(html: str) -> None:
    source = (WEB / "jinja2/web/gallery.html").read_text()
    macros = set(re.findall(r"macro (\w+)\(", (WEB / "jinja2/web/components.html").read_text()))
    shown = set(re.findall(r"\bc\.(\w+)\(", source))
    assert macros - INNER - shown == set()
    assert "Every piece of the public site" in html


def test_every_component_is_in_the_docs() -> None:
    described = (ROOT / "docs/extend/components.md").read_text()
    macros = re.findall(r"macro (\w+)\(", (WEB / "jinja2/web/components.html").read_text())
    assert [
        name for name in macros if name not in {"hours_row", "category_lines"} and f"`{name}(" not in described
    ] == []


def test_the_page_says_its_language_and_direction() -> None:
    assert '<html lang="ar" dir="rtl">' in render(
        "web/base.html", **{**page(), "LANGUAGE_CODE": "ar", "direction": "rtl"}
    )


def test_there_is_one_main_and_a_way_to_skip_to_it(html: str) -> None:
    assert html.count("<main") == 1
    assert html.index('href="#main"') < html.index('<main id="main"')


def test_an_empty_side_column_is_not_there() -> None:
    assert 'class="side"' not in render("web/base.html", **page())


def test_ids_are_unique(html: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_nothing_is_asked_of_another_host(html: str) -> None:
    asked = re.findall(r'<(?:img|script|link|iframe|source)\b[^>]*?(?:src|href|srcset)="([^"]+)"', html)
    assert asked
    assert all(address.startswith("/") and not address.startswith("//") for address in asked)


def test_a_hostile_site_name_is_escaped() -> None:
    assert "<b>" not in render("web/base.html", **{**page(), "site": site(name="<b>x", tagline="<b>y", contact="<b>z")})


def test_the_chosen_look_reaches_the_page_and_light_paper_never_the_dark_scheme() -> None:
    chosen = site(colours={"paper": "#ffeeee", "accent": "#7a0000"}, fonts={"headline-font": "Charter, serif"})
    style = re.search(r"<style>(.*?)</style>", render("web/base.html", **{**page(), "site": chosen}), re.S)
    assert style
    light, dark = style[1].split("@media (prefers-color-scheme:dark)")
    assert "--paper:#ffeeee;" in light
    assert "#ffeeee" not in dark
    assert "--headline-font:Charter, serif;" in light


def test_a_look_as_designed_adds_nothing() -> None:
    assert "<style>" not in render("web/base.html", **page())


@pytest.mark.parametrize("template", ["web/404.html", "web/500.html"])
def test_error_pages_need_no_context_and_no_database(template: str) -> None:
    assert "<h1>" in render(template)


def test_the_style_sheet_is_small_and_uses_logical_properties_only() -> None:
    text = STYLES.read_text()
    assert len(gzip.compress(text.encode())) < 14_000
    assert (
        re.findall(rf"(?<![-\w])(?:margin|padding|border)-(?:{SIDES})\b|(?<![-\w])(?:{SIDES}|width|height):", text)
        == []
    )


def test_every_file_the_style_sheet_names_is_there() -> None:
    named = re.findall(r'url\("([^"]+)"\)', STYLES.read_text())
    assert named
    assert [name for name in named if not (STYLES.parent / name).is_file()] == []


def test_every_icon_that_templates_ask_for_is_drawn() -> None:
    drawn = environment().get_template("web/icons.html").module.shapes  # type: ignore[attr-defined]  # set in the template
    asked = {
        name
        for template in WEB.parent.glob("*/jinja2/**/*.html")
        for name in re.findall(r'\bicon\("([\w-]+)"', template.read_text())
    }
    assert asked <= set(drawn)
    assert asked
