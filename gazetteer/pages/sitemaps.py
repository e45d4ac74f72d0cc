"""What search engines may know of standing pages."""

from typing import Any

from gazetteer.pages.models import StandingPage
from gazetteer.pages.models.home import HOME_SLUG
from gazetteer.web.sitemaps import Entry, register


def entry(page: Any) -> Entry:
    return Entry(page.url_path.removeprefix(f"/{HOME_SLUG}"), page.last_published_at)


register("texts", lambda: StandingPage.objects.live().filter(noindex=False), entry)
