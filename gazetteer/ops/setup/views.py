"""`/setup/`: for who holds the link, until somebody is in charge; then only how filling the site goes on."""

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gazetteer.accounts.models import User
from gazetteer.ops import home
from gazetteer.ops.setup import token
from gazetteer.ops.setup.actions import TooLate, set_up
from gazetteer.ops.setup.forms import SetupForm, TokenForm
from gazetteer.ops.setup.progress import progress_of
from gazetteer.pages.models import SiteSettings

SIGN_IN_BY = "django.contrib.auth.backends.ModelBackend"


@never_cache
def setup(request: HttpRequest) -> HttpResponse:
    """The form of the first run; 404 as soon as somebody is in charge."""
    if not home.nobody_is_in_charge():
        raise Http404
    if "token" in request.GET and token.is_right(request.GET["token"]):
        token.remember(request)
        return redirect("setup")  # the secret leaves the address, and so the history and the logs of others
    if not token.was_shown(request):
        return ask_for_token(request)
    return ask(request)


def ask_for_token(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST or request.GET or None)
    if request.method == "POST" and form.is_valid() and token.is_right(form.cleaned_data["token"]):
        token.remember(request)
        return redirect("setup")
    if form.is_bound and form.is_valid():
        form.add_error("token", _("This is not the secret."))
    return render(request, "ops/setup_token.html", {"form": form, "home": home.home()}, status=403)


def ask(request: HttpRequest) -> HttpResponse:
    row = SiteSettings()
    first = {"language": row.language, "time_zone": row.time_zone}
    form = SetupForm(request.POST or None, request.FILES or None, initial=first)
    if request.method != "POST" or not form.is_valid():
        return render(request, "ops/setup.html", {"form": form})
    try:
        person, task = set_up(form.cleaned_data)
    except TooLate:
        raise Http404 from None
    except ValidationError as error:
        form.add_error(None, error)
        return render(request, "ops/setup.html", {"form": form})
    login(request, person, backend=SIGN_IN_BY)
    return redirect("setup_progress", task) if task else redirect("home")


@never_cache
@require_safe
def progress(request: HttpRequest, task: str) -> HttpResponse:
    """How filling the site goes on, for those in charge; the page asks again by itself."""
    if not (isinstance(request.user, User) and request.user.is_superuser):
        raise Http404
    found = progress_of(task)
    if found is None:
        raise Http404
    return render(request, "ops/setup_progress.html", {"progress": found})
