"""A small world for the gallery and the components' tests: hostile where a visitor could be, plain elsewhere."""

import datetime
from typing import Any

from markupsafe import Markup

HOSTILE = """<script>alert("x")</script> & 'Söhne'"""
NOON = datetime.datetime(2019, 4, 13, 7, 47, tzinfo=datetime.UTC)
PICTURE = {
    "src": "/media/port.jpg",
    "width": 1200,
    "height": 800,
    "alt": "A port",
    "caption": "The port",
    "credit": "A. Person",
}
MAP = Markup('<svg viewBox="0 0 32 18" role="img" aria-label="Map"><rect width="32" height="18" fill="#cfe3ea"/></svg>')


def story(**changes: Any) -> dict[str, Any]:
    return {
        "headline": "Port opens its books",
        "url": "/news/2019/04/13/port-opens-its-books/",
        "summary": "After two years of argument.",
        "section": {"name": "Transport", "url": "/news/transport/"},
        "published_at": NOON,
        **changes,
    }


def category(**changes: Any) -> dict[str, Any]:
    return {"name": "Gym / Fitness Center", "url": "/directory/gym/", "listing_count": 1234, **changes}


def listing(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Bakery Blé",
        "url": "/listing/7/bakery-ble/",
        "one_line": "Bread baked on stone.",
        "town": "Lyon",
        "country_name": "France",
        "primary_category": category(),
        **changes,
    }


def site(**changes: Any) -> dict[str, Any]:
    return {
        "name": "The Gallery",
        "tagline": "News, and an index of places",
        "home_url": "/",
        "nav": [{"label": "News", "url": "/news/", "current": True}, {"label": "Directory", "url": "/directory/"}],
        "footer_links": [{"label": "Imprint", "url": "/imprint/"}],
        "languages": [{"code": "ar", "label": "العربية", "url": "/ar/", "current": False}],
        "totals_line": "There are 30,953 listings and 922 categories in our website",
        "contact": "1 High Street",
        **changes,
    }


def page() -> dict[str, Any]:
    """The context of a page as the base template reads it."""
    return {"site": site(), "today": NOON.date(), "LANGUAGE_CODE": "en-gb", "direction": "ltr"}


def week() -> list[dict[str, Any]]:
    return [
        {"name": "Monday", "texts": ["09:00–13:00", "14:30–18:00"], "is_today": True},
        {"name": "Good Friday", "texts": ["Closed"], "on": NOON.date(), "note": "Public holiday"},
    ]


def gallery() -> dict[str, Any]:
    """Everything `web/gallery.html` shows."""
    pictured = story(picture=PICTURE, caption="A caption of its own")
    return {
        **page(),
        "stories": [pictured, story(headline=HOSTILE), story(summary="", picture=PICTURE)],
        "listings": [
            listing(
                is_featured=True, thumbnail=PICTURE, open_state={"state": "open", "text": "Open now, closes at 18:00"}
            ),
            listing(name=HOSTILE, one_line="", town="", primary_category=None),
        ],
        "categories": [
            category(shown_children=[category(), category(name="Pool", listing_count=0)]),
            category(current=True),
        ],
        "tags": [
            {"name": "ferry", "url": "/t/ferry/", "weight": 1},
            {"name": "bread", "url": "/t/bread/", "weight": 5},
        ],
        "letters": [{"label": "A", "url": "?letter=A"}, {"label": "B", "url": "?letter=B"}, {"label": "C"}],
        "week": week(),
        "map": MAP,
        "picture": PICTURE,
        "moment": NOON,
    }
