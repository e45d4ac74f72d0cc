"""What can be done to many listings at once: each by its named action, with one reason for the history."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.log_actions import LogContext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from gazetteer.accounts.policy import may
from gazetteer.directory import actions
from gazetteer.directory.branches.moves import CannotChange
from gazetteer.directory.desk import limits
from gazetteer.directory.desk.acts import ReasonForm
from gazetteer.directory.desk.choosers import category_chooser
from gazetteer.directory.desk.listings import VerifyForm
from gazetteer.directory.models import Category, Listing

MOST_AT_ONCE = 200


class FileForm(ReasonForm):
    category = forms.ModelChoiceField(
        Category.objects.none(), label=gettext_lazy("Category"), widget=category_chooser.widget_class()
    )
    field_order = ("category", "reason")


class FeatureForm(ReasonForm):
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=AdminDateTimeInput(),
        help_text=gettext_lazy("Empty: until it is ended by hand."),
    )
    field_order = ("until", "reason")

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until <= now():
            raise ValidationError(_("This has passed. Choose a day to come, or leave it empty."))
        return until


class ListingsAct(SnippetBulkAction):
    """One act upon the chosen listings: all of it or nothing."""

    models: ClassVar[list[Any]] = [Listing]
    template_name = "directory/desk/bulk.html"
    form_class = ReasonForm
    verb = "edit"
    explanation: Any = ""
    is_serious = False

    @classmethod
    def get_queryset(cls, model: Any, object_ids: list[str]) -> list[Listing]:
        ids = [int(pk) for pk in object_ids if str(pk).isdigit()][:MOST_AT_ONCE]
        return list(Listing.objects.filter(pk__in=ids).order_by("sort_name", "id"))

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[str]:
        """A whole list is never changed by one tick: there may be a million."""
        return []

    def check_perm(self, obj: Listing) -> bool:
        return may(self.request.user, self.verb, obj)

    def get_form(self, form_class: Any = None) -> forms.Form:
        form: Any = super().get_form(form_class)
        if "category" in form.fields:
            form.fields["category"].queryset = limits.categories_open_to(self.request.user)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"explanation": self.explanation, "button": self.display_name, "is_serious": self.is_serious}
        return {**super().get_context_data(**kwargs), **shown}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except (ValidationError, CannotChange) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.form_invalid(form)
        return response

    @classmethod
    def execute_action(cls, objects: list[Listing], **context: Any) -> tuple[int, int]:
        act = context["self"]
        for listing in objects:
            with LogContext(user=act.request.user):  # else the history of all but one would hide their lines
                act.act(listing, **{"by": act.request.user, **act.cleaned_form.cleaned_data})
        return len(objects), 0

    def act(self, listing: Listing, **data: Any) -> None:
        raise NotImplementedError

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext("Done: %(number)d listing.", "Done: %(number)d listings.", num_parent_objects)
        return words % {"number": num_parent_objects}


class PublishMany(ListingsAct):
    display_name = gettext_lazy("Publish")
    aria_label = gettext_lazy("Publish the chosen listings")
    action_type, verb, action_priority = "publish", "publish", 10
    explanation = gettext_lazy("Visitors see them from now on; of one with a draft, the draft.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.publish(listing, **data)


class UnpublishMany(ListingsAct):
    display_name = gettext_lazy("Take down")
    aria_label = gettext_lazy("Take down the chosen listings")
    action_type, verb, action_priority = "unpublish", "unpublish", 20
    explanation = gettext_lazy("Visitors no longer see them; they can be published again.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.unpublish(listing, **data)


class MoveMany(ListingsAct):
    display_name = gettext_lazy("Move to a category")
    aria_label = gettext_lazy("Move the chosen listings to a category")
    action_type, verb, action_priority = "move", "file", 30
    form_class = FileForm
    explanation = gettext_lazy("It becomes their primary category, in place of the one they have.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.move_to(listing, data.pop("category"), **data)


class FileMany(ListingsAct):
    display_name = gettext_lazy("Add a category")
    aria_label = gettext_lazy("Add a category to the chosen listings")
    action_type, verb, action_priority = "file", "file", 40
    form_class = FileForm
    explanation = gettext_lazy("They stand there too, besides where they are.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.file_also_under(listing, data.pop("category"), **data)


class FeatureMany(ListingsAct):
    display_name = gettext_lazy("Feature")
    aria_label = gettext_lazy("Feature the chosen listings")
    action_type, verb, action_priority = "feature", "feature", 50
    form_class = FeatureForm
    explanation = gettext_lazy("First in lists, with a mark.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.feature(listing, data.pop("until"), **data)


class EndFeatureMany(ListingsAct):
    display_name = gettext_lazy("End featuring")
    aria_label = gettext_lazy("End featuring of the chosen listings")
    action_type, verb, action_priority = "end_feature", "feature", 55
    explanation = gettext_lazy("They stand among the others again.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.end_feature(listing, **data)


class VerifyMany(ListingsAct):
    display_name = gettext_lazy("Facts are verified")
    aria_label = gettext_lazy("The facts of the chosen listings are verified")
    action_type, verb, action_priority = "verify", "verify", 60
    form_class = VerifyForm
    explanation = gettext_lazy("Somebody looked whether the facts are still right. Visitors see when.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.verify(listing, data.pop("how"), **data)


class TrashMany(ListingsAct):
    """In the place of Wagtail's deleting, whose name it therefore has."""

    display_name = gettext_lazy("Move to the trash")
    aria_label = gettext_lazy("Move the chosen listings to the trash")
    action_type, verb, action_priority = "delete", "trash", 70
    classes: ClassVar[set[str]] = {"serious"}
    is_serious = True
    explanation = gettext_lazy("Visitors no longer see them. You can take them out of the trash again.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.trash(listing, **data)


class RestoreMany(ListingsAct):
    display_name = gettext_lazy("Take out of the trash")
    aria_label = gettext_lazy("Take the chosen listings out of the trash")
    action_type, verb, action_priority = "restore", "restore", 80
    explanation = gettext_lazy("They are as they were before they went to the trash.")

    def act(self, listing: Listing, **data: Any) -> None:
        actions.restore(listing, **data)


ACTS: tuple[type[ListingsAct], ...] = (
    PublishMany, UnpublishMany, MoveMany, FileMany, FeatureMany, EndFeatureMany, VerifyMany, TrashMany, RestoreMany,
)  # fmt: skip
