"""The home page, standing pages, and what is said when something is not there or broke."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from gazetteer.pages.models import HomePage, StandingPage


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page; before the first run, a page that leads to it."""
    page = HomePage.objects.live().first()
    if page is None:
        return render(request, "pages/welcome.html")
    response: HttpResponse = page.serve(request)
    return response


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for an icon without being told of one: on what is no page of ours, such as a picture."""
    return redirect(static("web/icon.svg"), permanent=True)


@require_safe
def standing_page(request: HttpRequest, path: str) -> HttpResponse:
    """A standing page by its address below the home page, like `about/imprint/`."""
    if not path:
        raise Http404
    page = get_object_or_404(StandingPage.objects.live().at(path))
    response: HttpResponse = page.serve(request)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/refused.html", {"code": 400}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/refused.html", {"code": 403}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """After an error of ours: a page that needs neither the database nor the settings of the site."""
    return render(None, "web/500.html", status=500)
