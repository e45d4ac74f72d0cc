"""The small known site of these tests.

Directory: Shops with Bakeries below it, and Culture. Alba Bakery stands in Bakeries and Culture, Brown Bread in
Bakeries, the City Museum in Culture. News: World and Sport, with stories dated by the hour, the first the newest.
"""

import datetime
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from gazetteer.accounts.models import User
from gazetteer.directory import actions as directory
from gazetteer.directory.models import Category, Filing, Listing
from gazetteer.news.models import Article, Section
from gazetteer.web.models import Picture

NOON = datetime.datetime(2019, 4, 13, 12, 0, tzinfo=datetime.UTC)


def make_category(name: str, parent: Category | None = None) -> Category:
    return directory.add_category(name, parent)


def make_listing(name: str, *categories: Category, **facts: Any) -> Listing:
    """A published listing; the first category is its primary one."""
    listing = Listing.objects.create(name=name, **facts)
    for category in categories:
        Filing.objects.create(listing=listing, category=category, is_primary=category is categories[0])
    return listing


def make_section(name: str) -> Section:
    slug = name.lower().replace(" ", "-")
    made: Section = Section.add_root(name=name, slug=slug, address=slug)
    return made


def make_story(headline: str, section: Section | None, hours_ago: int = 0, **facts: Any) -> Article:
    at = NOON - datetime.timedelta(hours=hours_ago)
    slug = headline.lower().replace(" ", "-")
    values = {"published_at": at, "address_date": timezone.localtime(at).date(), "live": True, **facts}
    return Article.objects.create(headline=headline, slug=slug, section=section, **values)


def make_picture(title: str = "A field", size: tuple[int, int] = (900, 600), **facts: Any) -> Picture:
    data = BytesIO()
    Image.new("RGB", size, "green").save(data, "PNG")
    data.seek(0)
    values = {"description": "A green field", "credit": "Ada", **facts}
    return Picture.objects.create(title=title, file=ImageFile(data, "field.png"), **values)


def make_admin() -> User:
    return User.objects.create_superuser("ada", "ada@example.org", "correct horse battery", name="Ada")


class Site:
    """Made anew for each test."""

    def __init__(self) -> None:
        self.shops = make_category("Shops")
        self.bakeries = make_category("Bakeries", self.shops)
        self.culture = make_category("Culture")
        self.alba = make_listing("Alba Bakery", self.bakeries, self.culture, country="GB", city="Leeds")
        self.brown = make_listing("Brown Bread", self.bakeries)
        self.museum = make_listing("City Museum", self.culture, featured=True)
        self.world = make_section("World News")
        self.sport = make_section("Sport")
        self.stories = [
            make_story(f"Story {number}", (self.world, self.sport)[number % 2], number) for number in range(12)
        ]
