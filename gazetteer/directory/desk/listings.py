"""The desk's views of listings: a list that counts nothing, a trash instead of deleting, one-purpose forms."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from gazetteer.accounts.policy import may
from gazetteer.directory import actions, drafts
from gazetteer.directory.desk import filters, find, panels, states
from gazetteer.directory.desk.acts import ActView, OwnPart, ReasonForm
from gazetteer.directory.desk.paging import LookAheadPaginator
from gazetteer.directory.models import Listing

ADDRESS = re.compile(r"(?:^|/listing/)(\d{1,18})(?:/|$)")
PER_PAGE = 30


class ListingList(snippets.IndexView):
    """Listings, the last changed first; found by how the name begins, by number, or by a pasted web address."""

    paginator_class = LookAheadPaginator
    default_ordering = find.BY_CHANGE

    @cached_property
    def is_searchable(self) -> bool:
        return True

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        """Sorted by the key that has an index."""
        column = super()._get_title_column(field_name, *args, **kwargs)
        column.sort_key = "sort_name"
        return column

    def get_queryset(self) -> QuerySet[Any]:
        text = self.search_query.strip()
        if found := ADDRESS.search(text):
            wish = filters.wish(self.request.user, {}, "")
            return find.with_category(find.find(wish, find.BY_CHANGE).filter(pk=int(found[1])))
        chosen = self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {}
        return find.with_category(find.find(filters.wish(self.request.user, chosen, text), self.whole_ordering))

    @cached_property
    def whole_ordering(self) -> tuple[str, ...]:
        """With the id last, so that pages never overlap."""
        if not isinstance(self.ordering, str):
            return find.BY_CHANGE
        return (self.ordering, "-id" if self.ordering.startswith("-") else "id")

    def get_list_more_buttons(self, instance: Listing) -> list[Any]:
        if instance.deleted_at is None:
            return list(super().get_list_more_buttons(instance))
        url = reverse("listings:restore", args=[instance.pk])
        return [Button(_("Take out of the trash"), url=url, icon_name="undo", priority=10)]


class OwnListing(OwnPart):
    part = Listing


class ListingEdit(OwnListing, snippets.EditView):
    delete_item_label = gettext_lazy("Move to the trash")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        listing, person = self.thing, self.request.user
        in_use = listing.deleted_at is None and listing.merged_into_id is None
        possible = [
            ("verify", _("Facts are verified"), "check", in_use),
            ("merge", _("Merge into another"), "redirect", in_use),
            ("restore", _("Take out of the trash"), "undo", listing.deleted_at is not None),
        ]
        for verb, label, icon, fits in possible:
            if fits and may(person, verb, listing):
                url = reverse(f"listings:{verb}", args=[listing.pk])
                buttons.append(Button(label, url=url, icon_name=icon, priority=50))
        return buttons

    def publish_action(self) -> Any:
        """Publish, and say so when something that came in meanwhile was kept."""
        response = super().publish_action()
        row = Listing.objects.select_related("live_revision").get(pk=self.object.pk)
        if drafts.last_conflicts(row) and not row.has_unpublished_changes:
            words = _("What an import changed since this draft was begun was kept. Open the listing to see both.")
            messages.warning(self.request, words)
        return response


class TrashView(OwnListing, snippets.DeleteView):
    """Nothing is deleted from the desk: it goes to the trash and can be taken out again."""

    verb = "trash"
    page_title = gettext_lazy("Move to the trash")
    success_message = gettext_lazy("“%(object)s” is in the trash.")

    @property
    def confirmation_message(self) -> str:
        return _("Visitors will no longer see “%(object)s”. You can take it out of the trash again.") % {
            "object": self.object
        }

    def delete_action(self) -> None:
        actions.trash(self.thing, by=self.request.user)


class Unpublish(OwnListing, snippets.UnpublishView):
    verb = "unpublish"


class Lock(OwnListing, snippets.LockView):
    verb = "view"


class Unlock(OwnListing, snippets.UnlockView):
    verb = "view"


class Unschedule(OwnListing, snippets.RevisionsUnscheduleView):
    verb = "publish"


class Compare(OwnListing, snippets.RevisionsCompareView):
    verb = "view"


class History(OwnListing, snippets.HistoryView):
    verb = "view"


class Usage(OwnListing, snippets.UsageView):
    verb = "view"


class PreviewOnEdit(OwnListing, snippets.PreviewOnEditView):
    pass


class PreviewRevision(OwnListing, snippets.PreviewRevisionView):
    verb = "view"


class WorkflowHistory(OwnListing, snippets.WorkflowHistoryView):
    verb = "view"


class WorkflowHistoryDetail(OwnListing, snippets.WorkflowHistoryDetailView):
    verb = "view"


# One act upon one listing


class VerifyForm(ReasonForm):
    how = forms.CharField(
        label=gettext_lazy("How the facts were checked"),
        max_length=200,
        help_text=gettext_lazy("Visitors see it with the date. For example: by phone; on its own website."),
    )
    field_order = ("how", "reason")


class MergeForm(ReasonForm):
    into = forms.CharField(
        label=gettext_lazy("The listing that stays"),
        help_text=gettext_lazy("Its number, or the web address of its page, pasted here."),
    )
    field_order = ("into", "reason")

    def clean_into(self) -> Listing:
        found = ADDRESS.search(self.cleaned_data["into"].strip())
        listing = Listing.objects.filter(pk=int(found[1]), deleted_at=None).first() if found else None
        if listing is None:
            raise ValidationError(_("There is no such listing. Paste the address of its page."))
        return listing


class ListingAct(ActView):
    part = Listing
    place = "listings"


class VerifyView(ListingAct):
    verb = "verify"
    form_class = VerifyForm
    button = gettext_lazy("Facts are verified")
    explanation = gettext_lazy("Somebody looked whether the facts are still right. Visitors see when.")
    done = gettext_lazy("Visitors see that the facts were verified today.")

    def act(self, data: dict[str, Any]) -> None:
        actions.verify(self.thing, data["how"], by=self.request.user, reason=data["reason"])


class MergeView(ListingAct):
    verb = "merge"
    form_class = MergeForm
    button = gettext_lazy("Merge into another")
    explanation = gettext_lazy(
        "For two listings of one and the same. The address of this one leads to the other, which gains its categories."
    )
    done = gettext_lazy("The listing is merged.")
    is_serious = True

    def act(self, data: dict[str, Any]) -> None:
        actions.merge(self.thing, data["into"], by=self.request.user, reason=data["reason"])


class RestoreView(ListingAct):
    verb = "restore"
    button = gettext_lazy("Take out of the trash")
    explanation = gettext_lazy("The listing is as it was before it went to the trash.")
    done = gettext_lazy("The listing is out of the trash.")

    def act(self, data: dict[str, Any]) -> None:
        actions.restore(self.thing, by=self.request.user, reason=data["reason"])


ACTS = (VerifyView, MergeView, RestoreView)


class Listings(SnippetViewSet):
    model = Listing
    icon = "clipboard-list"
    menu_label = gettext_lazy("Listings")
    menu_name = "listings"
    menu_order = 200
    add_to_admin_menu = True
    base_url_path = "listings"
    admin_url_namespace = "listings"
    chooser_base_url_path = "choose/any-listing"
    index_view_class = ListingList
    edit_view_class = ListingEdit
    delete_view_class = TrashView
    unpublish_view_class = Unpublish
    lock_view_class = Lock
    unlock_view_class = Unlock
    revisions_view_class = PreviewRevision
    revisions_compare_view_class = Compare
    revisions_unschedule_view_class = Unschedule
    preview_on_edit_view_class = PreviewOnEdit
    history_view_class = History
    usage_view_class = Usage
    workflow_history_view_class = WorkflowHistory
    workflow_history_detail_view_class = WorkflowHistoryDetail
    delete_template_name = "directory/desk/trash.html"
    index_template_name = "directory/desk/listings.html"
    index_results_template_name = "directory/desk/listings_results.html"
    copy_view_enabled = False
    filterset_class = filters.ListingFilters
    search_backend_name = None
    list_per_page = PER_PAGE
    list_display = [
        "name",
        Column("category", label=gettext_lazy("Category"), accessor=states.primary_category, classname="wide-only"),
        Column("city", label=gettext_lazy("Town"), classname="wide-only"),
        Column("state", label=gettext_lazy("State"), accessor=states.in_words),
        DateColumn(
            "changed_at", label=gettext_lazy("Changed"), width="15%", sort_key="changed_at", classname="wide-only"
        ),
    ]
    edit_handler = panels.listing

    def get_urlpatterns(self) -> list[Any]:
        acts = [path(f"{act.verb}/<int:pk>/", act.as_view(), name=act.verb) for act in ACTS]
        return [*super().get_urlpatterns(), *acts]


listings = Listings()
