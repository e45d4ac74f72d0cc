"""The desk's own turns of Wagtail's views: lists that count nothing, a trash instead of deleting, one-purpose forms."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets

from gazetteer.accounts.policy import may, require, scope
from gazetteer.news import actions
from gazetteer.news.desk.forms import CorrectionForm, ReasonForm, WithdrawForm
from gazetteer.news.desk.paging import QuickPaginator
from gazetteer.news.models import Article, Section, Storyline, Tag
from gazetteer.news.models.article import Status
from gazetteer.search import use

ADDRESS = re.compile(r"/news/(\d{4})/(\d{2})/(\d{2})/([^/?#\s]+)/?")
PER_PAGE = 30


class QuickList:
    """A list of the desk that never counts a whole table."""

    paginator_class = QuickPaginator
    paginate_by = PER_PAGE


class StoryList(QuickList, snippets.IndexView):
    """Stories, the last changed first; found as visitors find them (drafts by how the headline begins), or by a pasted
    web address."""

    default_ordering = ("-changed_at", "-id")

    @cached_property
    def is_searchable(self) -> bool:
        return True

    @cached_property
    def columns(self) -> list[Any]:
        return list(super(snippets.IndexView, self).columns)  # without the boxes of bulk actions, which would delete

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        """Sorted by the key that has an index."""
        column = super()._get_title_column(field_name, *args, **kwargs)
        column.sort_key = "headline_key"
        return column

    def get_base_queryset(self) -> QuerySet[Article]:
        mine = scope(self.request.user, "view", Article.objects.all())
        return mine.select_related("section").defer("body", "draft_base", "conflicts", "imported", "note_to_desk")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        if address := ADDRESS.search(self.search_query):
            year, month, day, slug = address.groups()
            return queryset.filter(address_date=f"{year}-{month}-{day}", slug=slug)
        begins = queryset.headline_begins(self.search_query)  # type: ignore[attr-defined]  # our own queryset
        self.found_by_words = True
        return use.found(queryset, "article", self.search_query, begins)

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What was looked for stands as it was found, unless another order is asked for."""
        if getattr(self, "found_by_words", False) and "ordering" not in self.request.GET:
            return queryset
        return super().order_queryset(queryset)

    def get_list_more_buttons(self, instance: Article) -> list[Any]:
        if instance.deleted_at is None:
            return list(super().get_list_more_buttons(instance))
        url = reverse("stories:restore", args=[instance.pk])
        return [Button(_("Take out of the trash"), url=url, icon_name="undo", priority=10)]


class StoryEdit(snippets.EditView):
    """The form of a story. Who looks after other parts of the paper may not open it."""

    delete_item_label = gettext_lazy("Move to the trash")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user, "edit", self.live_story)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def live_story(self) -> Article:
        return get_object_or_404(Article, pk=self.kwargs["pk"])

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        story, person = self.live_story, self.request.user
        possible = [
            ("correct", _("Add a correction"), "edit", "correct", story.live and story.status == Status.USABLE),
            ("withdraw", _("Withdraw"), "warning", "withdraw", story.live and story.status == Status.USABLE),
            ("reinstate", _("Give back to readers"), "undo", "publish", story.status != Status.USABLE),
            ("lift_embargo", _("End the embargo now"), "time", "publish", story.embargoed),
            ("restore", _("Take out of the trash"), "undo", "restore", story.deleted_at is not None),
        ]
        for name, label, icon, verb, fits in possible:
            if fits and may(person, verb, story):
                url = reverse(f"stories:{name}", args=[story.pk])
                buttons.append(Button(label, url=url, icon_name=icon, priority=50))
        return buttons

    def is_valid(self, form: Any) -> bool:
        """Whoever saves over what another saved meanwhile is told first; what they wrote stays in the form."""
        if not self.expects_json_response and self.is_out_of_date:
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = _(
                "Somebody else saved this story while you were writing, and nothing was overwritten. Your text is "
                "still here: compare it with theirs in the history, then save again if yours is to stand."
            )
            return False
        return bool(super().is_valid(form))

    def publish_action(self) -> Any:
        """Publish, and say so when something that came in meanwhile was kept."""
        response = super().publish_action()
        row = Article.objects.only("conflicts").get(pk=self.object.pk)
        if row.conflicts:
            words = _("What an import or feed changed since this draft was begun was kept. Open the story to see both.")
            messages.warning(self.request, words)
        return response


class TrashView(snippets.DeleteView):
    """Nothing is deleted from the desk: it goes to the trash and can be taken out again."""

    page_title = gettext_lazy("Move to the trash")
    template_name = "news/desk/trash.html"
    success_message = gettext_lazy("“%(object)s” is in the trash.")

    @property
    def confirmation_message(self) -> str:
        return _("Readers will no longer see “%(object)s”. You can take it out of the trash again.") % {
            "object": self.object
        }

    def delete_action(self) -> None:
        require(self.request.user, "trash", self.object)
        trash_action(self.object)(self.object, by=self.request.user)


def trash_action(thing: Any) -> Callable[..., Any]:
    acts: dict[type, Callable[..., Any]] = {
        Article: actions.trash,
        Section: actions.trash_section,
        Storyline: actions.trash_storyline,
    }
    return acts.get(type(thing), actions.trash_author)


class PlainTrashView(TrashView, generic.DeleteView):
    """The same for what has no drafts."""


class ActView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # as above
    """One act upon one story: a sentence, perhaps a field or two, one button."""

    template_name = "news/desk/action.html"
    verb = "edit"
    name = ""
    explanation: Any = ""
    button: Any = ""
    done: Any = ""
    is_serious = False
    header_icon = "doc-full"
    form_class: type[forms.Form] = ReasonForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.story = get_object_or_404(Article, pk=kwargs["pk"])
        require(request.user, self.verb, self.story)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_title(self) -> str:
        return str(self.button)

    def get_page_subtitle(self) -> str:
        return self.story.headline

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("stories:list"), "label": _("Stories")},
            {"url": self.back_url, "label": self.story.headline},
            {"url": "", "label": str(self.button)},
        ]

    @property
    def back_url(self) -> str:
        return reverse("stories:edit", args=[self.story.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"explanation": self.explanation, "button": self.button, "is_serious": self.is_serious}
        return {
            **super().get_context_data(**kwargs),
            **shown,
            "back_url": self.back_url,
            "action_url": self.request.path,
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        return redirect(self.back_url)

    def act(self, data: dict[str, Any]) -> None:
        raise NotImplementedError


class CorrectView(ActView):
    name, verb = "correct", "correct"
    form_class = CorrectionForm
    button = gettext_lazy("Add a correction")
    explanation = gettext_lazy(
        "This tells readers what was wrong. The text of the story itself is changed by editing it."
    )
    done = gettext_lazy("The correction stands with the story.")

    def act(self, data: dict[str, Any]) -> None:
        words = {"kind": data["kind"], "signed": data["signed"]}
        actions.correct(self.story, data["text"], by=self.request.user, **words)


class WithdrawView(ActView):
    name, verb = "withdraw", "withdraw"
    form_class = WithdrawForm
    button = gettext_lazy("Withdraw")
    explanation = gettext_lazy("The story goes out of every list at once. At its address readers find the notice.")
    done = gettext_lazy("The story is withdrawn.")
    is_serious = True

    def act(self, data: dict[str, Any]) -> None:
        person: Any = self.request.user
        actions.withdraw(self.story, data["notice"], for_good=data["for_good"], by=person, reason=data["reason"])


class ReinstateView(ActView):
    name, verb = "reinstate", "publish"
    button = gettext_lazy("Give back to readers")
    explanation = gettext_lazy("The story is shown again, in lists and at its address.")
    done = gettext_lazy("Readers have the story again.")

    def act(self, data: dict[str, Any]) -> None:
        actions.reinstate(self.story, by=self.request.user, reason=data["reason"])


class LiftEmbargoView(ActView):
    name, verb = "lift_embargo", "publish"
    button = gettext_lazy("End the embargo now")
    explanation = gettext_lazy("The story is shown from now on.")
    done = gettext_lazy("The embargo has ended.")

    def act(self, data: dict[str, Any]) -> None:
        actions.lift_embargo(self.story, by=self.request.user, reason=data["reason"])


class RestoreView(ActView):
    name, verb = "restore", "restore"
    button = gettext_lazy("Take out of the trash")
    explanation = gettext_lazy("The story is as it was before it went to the trash.")
    done = gettext_lazy("The story is out of the trash.")

    def act(self, data: dict[str, Any]) -> None:
        actions.restore(self.story, by=self.request.user, reason=data["reason"])


ACTS = (CorrectView, WithdrawView, ReinstateView, LiftEmbargoView, RestoreView)


class AuthorList(QuickList, generic.IndexView):
    default_ordering = "name"

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().filter(deleted_at__isnull=True)


class StorylineList(AuthorList):
    """Those that run first, then the newest."""

    default_ordering = ("is_over", "-created_at")


class BreakingList(QuickList, generic.IndexView):
    default_ordering = ("-since", "-id")


class SectionList(AuthorList):
    """Sections in the order of the tree, those below others indented."""

    default_ordering = "path"
    paginate_by = 200

    def get_valid_orderings(self) -> list[str]:
        return ["path"]


class TagList(QuickList, generic.IndexView):
    default_ordering = "name"


class CorrectionList(QuickList, generic.IndexView):
    """Corrections, the newest first. They are added at their story."""

    default_ordering = ("-made_at", "-id")

    @cached_property
    def header_buttons(self) -> list[Any]:
        return []

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("article")


class SectionCreate(generic.CreateView):
    def save_instance(self) -> Section:
        data, form = self.form.cleaned_data, self.form
        fields = {name: data[name] for name in ("slug", "description", "picture")}
        section = actions.add_section(
            data["name"], data["parent"], by=self.request.user, names_by_lang=form.instance.names_by_lang, **fields
        )
        place(section, data, self.request.user)
        return save_cards(form, section)


class SectionEdit(generic.EditView):
    delete_item_label = gettext_lazy("Move to the trash")

    def save_instance(self) -> Section:
        data, form = self.form.cleaned_data, self.form
        before = Section.objects.get(pk=form.instance.pk)
        require(self.request.user, "edit", before)
        if (before.name, before.slug) != (data["name"], data["slug"]):
            actions.rename_section(before, data["name"], slug=data["slug"], by=self.request.user)
        place(before, data, self.request.user)
        texts = {
            "description": data["description"],
            "picture": data["picture"],
            "names_by_lang": form.instance.names_by_lang,
        }
        Section.objects.filter(pk=before.pk).update(**texts)
        return save_cards(form, Section.objects.get(pk=before.pk))


def place(section: Section, data: dict[str, Any], person: Any) -> None:
    """Move the section where the form says, if that is not where it is."""
    section.refresh_from_db()
    parent, behind = data["parent"], data["behind"]
    if behind is not None:
        actions.move_section(section, behind, "right", by=person)
    elif section.get_parent(update=True) != parent:
        actions.move_section(section, parent, by=person)


def save_cards(form: Any, section: Section) -> Section:
    """The stories at its top, from the form's rows."""
    cards = form.formsets["cards"]
    rows = [row for row in cards.ordered_forms if row not in cards.deleted_forms]
    section.cards = [row.instance for row in rows if row.cleaned_data.get("article")]
    for position, card in enumerate(section.cards.all()):
        card.position = position
    section.cards.commit()
    section.refresh_from_db()
    return section


class TagEdit(generic.EditView):
    def save_instance(self) -> Tag:
        into = self.form.cleaned_data.get("into")
        if into is None:
            return super().save_instance()
        actions.merge_tags(Tag.objects.get(pk=self.form.instance.pk), into, by=self.request.user)
        return into
