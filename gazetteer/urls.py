"""The whole address map. What stands first wins; standing pages come last.

A language other than the first stands before any of these (`/fr/news/`): `pages/middleware.py` takes it off. The first
segments below are reserved (`pages/addresses.py`), and so are years: four digits are never a page of the publisher's.
"""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin
from wagtail.documents import urls as documents
from wagtail.images.views.serve import ServeView

from gazetteer.web import parts
from gazetteer.web.media import media


def part(address: str, module: str) -> list[URLPattern | URLResolver]:
    """The addresses of one folder."""
    return [path(address, include(module))] if find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    # Wagtail's own sign-in asks for no second factor, so it is never reached.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(admin)),
    path("media/documents/", include(documents)),
    re_path(r"^media/pictures/([^/]*)/(\d*)/([^/]*)/[^/]*$", ServeView.as_view(), name="wagtailimages_serve"),
    path("media/<path:path>", media, name="media"),
    path(f"{parts.SEGMENT}/<path:words>", parts.view, name="part"),  # shared blocks, asked for by the edge alone
    *part("account/", "gazetteer.accounts.urls"),  # sign in and out, second factor
    *part("news/", "gazetteer.news.urls"),  # sections, stories, archive, authors, tags, corrections, feeds
    *part("", "gazetteer.directory.urls"),  # directory/, place/, listing/
    *part("search/", "gazetteer.search.urls"),  # results, and suggestions while typing
    *part("setup/", "gazetteer.ops.setup.urls"),  # the first run
    *part("", "gazetteer.ops.urls"),  # healthz, robots.txt, the sitemaps
    *part("", "gazetteer.pages.urls"),  # the home page; last of all, standing pages
]
handler400 = "gazetteer.pages.views.bad_request"
handler403 = "gazetteer.pages.views.forbidden"
handler404 = "gazetteer.pages.views.not_found"
handler500 = "gazetteer.pages.views.broken"
