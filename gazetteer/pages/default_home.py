"""How a new site is composed: a function from what the site has to blocks, without writing anything."""

from typing import Any

from django.conf import settings

from gazetteer.news.models import Section

Stream = list[tuple[str, dict[str, Any]]]


def default_blocks() -> dict[str, Stream]:
    """Blocks for each place of the home page. With sections, the first three are shown; without, the latest of all."""
    sections: list[Section | None] = [*Section.objects.tops()[:4], None]
    first, more = sections[0], sections[1:]
    return {
        "top": [("lead_stories", {**plain(), "stories": [], "number": 5, "section": None})],
        "main": [("section_stories", stories(first, 6, "row"))],
        "side": [
            ("listings", listings("new", 6)),
            ("listings", listings("featured", 4)),
            ("listings", listings("changed", 5)),
        ],
        "below": [
            ("directory_entrance", {**plain(), "with_search": True, "children": 4}),
            ("totals_line", plain()),
            *(("section_stories", stories(section, 4, "text")) for section in more if section is not None),
            ("tag_cloud", {**plain(), "kind": "stories", "number": 16}),
        ],
    }


def default_navigation() -> Stream:
    """News, the directory, and the first sections with their names in other languages."""
    links: list[tuple[str, str, dict[str, str]]] = [("News", "/news/", {}), ("Directory", "/directory/", {})]
    links += [(each.name, f"/news/{each.address}/", each.names_by_lang) for each in Section.objects.tops()[:6]]
    return [("link", {"text": text, "address": address, "others": others(names)}) for text, address, names in links]


def others(names: dict[str, str]) -> list[dict[str, str]]:
    return [{"language": code, "text": name} for code, name in names.items() if code in dict(settings.LANGUAGES)]


def default_columns() -> list[dict[str, Any]]:
    """Side columns of a new site: the latest beside stories and sections, the ways on beside the directory's pages."""
    return [
        {
            "name": "Beside stories and sections",
            "on_category": False,
            "on_listing": False,
            "on_place": False,
            "blocks": [
                ("section_stories", stories(world_news(), 8, "text")),
                ("listings", listings("new", 5)),
            ],
        },
        {
            "name": "Beside the directory",
            "on_article": False,
            "on_section": False,
            "blocks": [
                ("category_siblings", plain()),
                ("listings", listings("new", 5)),
                ("section_stories", stories(None, 4, "text")),
            ],
        },
    ]


def world_news() -> Section | None:
    """The section called World News, else the first, else none (the latest of all)."""
    return Section.objects.in_use().filter(slug="world-news").first() or Section.objects.tops().first()


def plain() -> dict[str, Any]:
    return {"title": "", "language": ""}


def stories(section: Section | None, number: int, form: str) -> dict[str, Any]:
    return {**plain(), "section": section, "number": number, "form": form}


def listings(order: str, number: int, form: str = "names") -> dict[str, Any]:
    return {**plain(), "order": order, "number": number, "category": None, "form": form}
