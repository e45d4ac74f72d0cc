"""Sources of copy at the desk: how each is, its form, and a look at what it would bring."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from gazetteer.accounts.policy import require
from gazetteer.news.desk.forms import choose_sections
from gazetteer.news.models import Source
from gazetteer.news.wire import actions, guard, status
from gazetteer.news.wire.formats import formats
from gazetteer.news.wire.http import Client
from gazetteer.news.wire.look import look_at

WEB, MAIL = ("http", "https"), ("imap", "imaps")


class SourceForm(WagtailAdminModelForm):
    """What the desk says of a source. The password is never shown again."""

    password = forms.CharField(
        label=gettext_lazy("Password or key"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Empty: as it was. Kept encrypted. Without a user name it is sent as a key (Bearer)."),
    )
    forget_password = forms.BooleanField(label=gettext_lazy("Forget the password"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "section" in self.fields:
            choose_sections(self.fields["section"])
        known = [("", _("Found out by looking")), *((each.name, each.label) for each in formats())]
        self.fields["format"].widget = forms.Select(choices=known)
        languages = [("", _("As it says itself")), *settings.LANGUAGES]
        self.fields["language"].widget = forms.Select(choices=languages)

    def clean_address(self) -> str:
        """Refused at once where it could never be asked."""
        address = str(self.cleaned_data["address"]).strip()
        scheme = address.partition("://")[0].lower() if "://" in address else ""
        try:
            if scheme:
                guard.target(address, (*WEB, *MAIL))
        except guard.Refused as error:
            raise ValidationError(str(error)) from error
        return address

    @property
    def new_password(self) -> str | None:
        if self.cleaned_data.get("forget_password"):
            return ""
        return self.cleaned_data.get("password") or None


form_of_source = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("address"),
                FieldPanel("section"),
                FieldPanel("filing"),
                FieldPanel("is_on"),
            ],
            heading=gettext_lazy("What it is"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("takes"),
                FieldPanel("excerpt_words"),
                FieldPanel("takes_pictures"),
                FieldPanel("fetch_pages"),
                FieldPanel("credit_line"),
                FieldPanel("carry_on"),
                FieldPanel("engines"),
                FieldPanel("canonical_to_original"),
                FieldPanel("keep_days"),
                FieldPanel("territories"),
                FieldPanel("terms"),
            ],
            heading=gettext_lazy("What we may do with its copy"),
            help_text=gettext_lazy(
                "That a feed can be read by everybody is no leave to publish what is in it. Unless its owner has given "
                "leave, show the headline and a short excerpt with a link."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("publish_words"),
                FieldPanel("refuse_words"),
                FieldPanel("max_age_days"),
            ],
            heading=gettext_lazy("Rules"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("every_minutes"), FieldPanel("format")]),
                FieldPanel("language"),
                FieldRowPanel([FieldPanel("username"), FieldPanel("password")]),
                FieldPanel("forget_password"),
                FieldPanel("home"),
                FieldPanel("logo"),
            ],
            heading=gettext_lazy("How it is asked, and how it is shown"),
            classname="collapsed",
        ),
    ],
    base_form_class=SourceForm,
)


def state(source: Source) -> str:
    return status.of(source).told


class SourceList(generic.IndexView):
    """Those in trouble first."""

    default_ordering = "name"
    paginate_by = 100

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("section")

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.is_explicitly_ordered:
            ordered: QuerySet[Any] = super().order_queryset(queryset)
            return ordered
        return queryset.order_by("-failures", "-silent_since", "name")

    @property
    def is_explicitly_ordered(self) -> bool:
        return bool(self.request.GET.get("ordering"))


class SourceCreate(generic.CreateView):
    def save_instance(self) -> Source:
        found: Source = self.form.save(commit=False)
        return actions.save_source(found, password=self.form.new_password, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("sources:look", args=[self.form.instance.pk])


class SourceEdit(generic.EditView):
    def save_instance(self) -> Source:
        found: Source = self.form.save(commit=False)
        return actions.save_source(found, password=self.form.new_password, by=self.request.user)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        look = reverse("sources:look", args=[self.object.pk])
        return [
            *super().header_more_buttons,
            Button(_("Look at what it would bring"), url=look, icon_name="view", priority=5),
        ]


class SourceDelete(generic.DeleteView):
    def delete_action(self) -> None:
        actions.delete_source(self.object, by=self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("sources:edit", self.object.pk)
        return response


@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the source, and show what would be made of what it has. Nothing is written."""
    source = get_object_or_404(Source, pk=pk)
    require(request.user, "edit", source)
    context = {
        "source": source,
        "found": look_at(source, Client()),
        "page_title": _("What it would bring"),
        "page_subtitle": source.name,
        "header_icon": "rss",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("sources:index"), "label": _("Sources")},
            {"url": reverse("sources:edit", args=[pk]), "label": source.name},
            {"url": "", "label": _("What it would bring")},
        ],
    }
    return render(request, "news/desk/source_look.html", context)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    person: Any = request.user
    actions.ask_now(source, by=person)
    messages.success(request, _("“%(source)s” is asked within a minute.") % {"source": source})
    return redirect("sources:index")


class Sources(ModelViewSet):
    model = Source
    icon = "rss"
    menu_label = gettext_lazy("Sources")
    menu_order = 160
    add_to_admin_menu = True
    index_view_class = SourceList
    add_view_class = SourceCreate
    edit_view_class = SourceEdit
    delete_view_class = SourceDelete
    copy_view_enabled = False
    search_fields = ["name", "address"]
    search_backend_name = None
    list_display = [
        "name",
        Column("state", label=gettext_lazy("How it is"), accessor=state),
        Column("section", label=gettext_lazy("Section"), classname="wide-only"),
        Column("next", label=gettext_lazy("Asked next"), accessor=status.next_in_words, classname="wide-only"),
    ]
    list_filter: list[str] = []
    edit_handler = form_of_source

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("look/<int:pk>/", look, name="look"),
            path("ask/<int:pk>/", ask, name="ask"),
        ]


sources = Sources("sources", url_prefix="sources")
