"""What every request needs to know of the site: its settings, the visitor's language, the time zone, old addresses."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone, translation

from gazetteer.pages.addresses import UNPREFIXED
from gazetteer.pages.models import SiteSettings
from gazetteer.pages.redirects import moved

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SiteMiddleware:
    """Load the settings (one query), then make language and zone active for this request alone.

    A language other than the first stands before the address (`/fr/news/`). The prefix is taken off `path_info`, so the
    address map knows nothing of languages, and becomes the script prefix, so `reverse()` writes it by itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.MEDIA_URL):  # a picture speaks no language
            return self.get_response(request)
        site = SiteSettings.current()
        language = take_language(request, site)
        request.site_settings = site  # type: ignore[attr-defined]
        outer = get_script_prefix()
        if language != site.language:
            set_script_prefix(f"{outer}{language}/")
        try:
            with translation.override(language), timezone.override(site.zone):
                return self.answer(request)
        finally:
            set_script_prefix(outer)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and (elsewhere := moved(request)):
            return elsewhere
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


def take_language(request: HttpRequest, site: SiteSettings) -> str:
    """The language of the address; its prefix is taken off `request.path_info`."""
    code, slash, rest = request.path_info[1:].partition("/")
    below = rest.partition("/")[0]
    if slash and code in site.languages[1:] and below not in UNPREFIXED:
        request.path_info = f"/{rest}"
        return code
    return site.language
