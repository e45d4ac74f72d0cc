"""Views of one listing or category: only for who looks after it; and acts upon it, one sentence and one button each."""

from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gazetteer.accounts.policy import require
from gazetteer.directory.branches.moves import CannotChange


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason, for the history only"), required=False, max_length=500)


class OwnPart:
    """A view of one thing: who looks after other parts of the directory may not open it."""

    verb = "edit"
    part: Any
    """The model of the thing."""

    request: Any
    thing_id: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.thing_id = unquote(str(kwargs["pk"]))  # not every view of Wagtail's keeps it in its own kwargs
        require(request.user, self.verb, self.thing)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def thing(self) -> Any:
        """As the database has it, not as a draft says."""
        return get_object_or_404(self.part, pk=self.thing_id if self.thing_id.isdigit() else 0)


class ActView(OwnPart, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # Django's own is not generic
    """One act upon one thing: a sentence, perhaps a field or two, one button."""

    template_name = "directory/desk/action.html"
    place = ""
    """The name of its part of the desk, as addresses begin."""

    explanation: Any = ""
    button: Any = ""
    done: Any = ""
    is_serious = False
    header_icon = "clipboard-list"
    form_class: type[forms.Form] = ReasonForm

    def get_page_title(self) -> str:
        return str(self.button)

    def get_page_subtitle(self) -> str:
        return str(self.thing)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": self.list_url, "label": str(self.part._meta.verbose_name_plural).capitalize()},
            {"url": self.back_url, "label": str(self.thing)},
            {"url": "", "label": str(self.button)},
        ]

    @property
    def list_url(self) -> str:
        return reverse(f"{self.place}:list")

    @property
    def back_url(self) -> str:
        return reverse(f"{self.place}:edit", args=[self.thing.pk])

    @property
    def done_url(self) -> str:
        return self.back_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"explanation": self.explanation, "button": self.button, "is_serious": self.is_serious}
        return {**super().get_context_data(**kwargs), **shown, "back_url": self.back_url}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(form.cleaned_data)
        except (ValidationError, CannotChange) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        return redirect(self.done_url)

    def act(self, data: dict[str, Any]) -> None:
        raise NotImplementedError
