"""The small known town of these tests.

Food has Bakeries and Cafés; Trades stands beside it. Oven & Son is a bakery in Leeds, published; Zebra Boulangerie one
in Paris; Plumber Pete a plumber in Leeds, a draft. Ed may do everything; Cat edits what is in Food, and nothing else.
"""

import re
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from gazetteer.accounts.models import Responsibility, User
from gazetteer.directory import actions
from gazetteer.directory.models import Category, CustomField, Listing
from gazetteer.directory.places import place

FRAMEWORK_WORDS = re.compile(r"\b(snippets?|viewset|streamfield|rendition|slug|treebeard)\b", re.IGNORECASE)


class Town:
    def __init__(self) -> None:
        self.food = actions.add_category("Food")
        self.bakeries = actions.add_category("Bakeries", self.food)
        self.cafes = actions.add_category("Cafés", self.food)
        self.trades = actions.add_category("Trades")
        self.oven = self.listing("Oven & Son", "Leeds", "GB", self.bakeries, phones=["+44 113 496 0000"])
        self.zebra = self.listing("Zebra Boulangerie", "Paris", "FR", self.bakeries)
        self.pete = self.listing("Plumber Pete", "Leeds", "GB", self.trades, live=False)

    def listing(self, name: str, city: str, country: str, *categories: Category, **columns: Any) -> Listing:
        listing = Listing.objects.create(**{"name": name, "city": city, "country": country, "live": True, **columns})
        for number, category in enumerate(categories):
            actions.file_under(listing, category, primary=number == 0)
        place(listing)
        return listing

    def custom_field(self, label: str, *categories: Category, kind: str = "text", **columns: Any) -> CustomField:
        field = CustomField.objects.create(key=label.lower().replace(" ", "_"), label=label, type=kind, **columns)
        field.categories.set(categories)
        return field


def sign_in(client: Client, name: str = "ed", group: str = "", *parts: Any) -> User:
    user = User.objects.create_user(name, f"{name}@x.example", "x") if group else User.objects.create_superuser(name)
    if group:
        user.groups.add(Group.objects.get(name=group))
    for part in parts:
        kind = ContentType.objects.get_for_model(part)
        Responsibility.objects.create(user=user, subject_type=kind, subject_id=part.pk)
    client.force_login(user)
    return user


def seen(html: str) -> str:
    """What a person reads or hears: text and labels, without scripts and names of classes."""
    html = re.sub(r"<(script|style|template)\b.*?</\1>", " ", html, flags=re.DOTALL)
    labels = " ".join(re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', html))
    return re.sub(r"<[^>]+>", " ", html) + labels


def html_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return response.content.decode()


def filings(*rows: Any, primary: Any = None) -> dict[str, Any]:
    """The categories of a form: filings that are there, then categories to add; the first is primary."""
    primary = primary or rows[:1] and rows[0]
    made = []
    for row in rows:
        is_new = isinstance(row, Category)
        values = {"category": row.pk if is_new else row.category_id, "is_primary": "on" if row == primary else ""}
        made.append(values if is_new else {**values, "id": row.pk})
    return inline_formset(made, initial=sum(not isinstance(row, Category) for row in rows))


def form_of(listing: Listing | None = None, **values: Any) -> dict[str, Any]:
    """A listing's form as the browser sends it."""
    there = [] if listing is None else list(listing.filings.order_by("-is_primary", "id"))
    names = ("name", "street", "postcode", "city", "region", "country", "email", "website", "opening_hours", "slug")
    stored = {name: getattr(listing, name) if listing else "" for name in names}
    fields: dict[str, Any] = {
        **stored,
        **dict.fromkeys(("alt_names", "acronyms", "names_by_lang", "language", "countries", "timezone", "social"), ""),
        **dict.fromkeys(("lat", "lon", "established", "wikidata", "tags", "logo", "owner", "owner_email"), ""),
        **dict.fromkeys(("source", "licence", "note_to_desk", "featured_until", "go_live_at", "expire_at"), ""),
        "status": "open",
        "phones": "\n".join(listing.phones) if listing else "",
        "description": rich_text("<p>Bread.</p>"),
        "filings": filings(*there),
        "pictures": inline_formset([]),
        **values,
    }
    return nested_form_data(fields)


def base_in(html: str) -> str:
    """What the form remembers of the row it was opened upon."""
    from html import unescape

    found = re.search(r'name="draft_base" value="([^"]*)"', html)
    assert found
    return unescape(found[1])
