"""The form of a listing, in groups as an editor thinks of them; what nearly every listing has comes first."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import FieldComparison, TextFieldComparison
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminAutoHeightTextInput

from gazetteer.directory import custom, drafts
from gazetteer.directory.desk.choosers import category_chooser
from gazetteer.directory.desk.forms import CUSTOM, ListingForm
from gazetteer.directory.models import CustomField, Listing
from gazetteer.web.formats import long_date

FEATURES = ["h3", "h4", "bold", "italic", "ul", "ol", "link", "hr", "blockquote", "superscript", "subscript"]


class StatePanel(Panel):
    """What the editor must know before writing: in the trash, merged, fed by an import, changed by one meanwhile."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.pk and self.notices)

        @cached_property
        def notices(self) -> list[dict[str, Any]]:
            rows = Listing.objects.select_related("latest_revision", "live_revision", "merged_into")
            row = rows.filter(pk=self.instance.pk).first()
            return notices_about(row) if row else []

        def render_html(self, parent_context: Any = None) -> SafeString:
            return render_to_string("directory/desk/state.html", {"notices": self.notices})


def notices_about(row: Listing) -> list[dict[str, Any]]:
    """Notices, each with `words`, and for a conflict `differences` of column, draft and what was kept."""
    found: list[dict[str, Any]] = [{"words": words} for words in plain_notices(row)]
    if waiting := drafts.pending(row):
        words = _now(
            "An import or program changed this listing after this draft was begun. If you publish it, what came in "
            "stays; to have your own words after all, publish first and then put them in again."
        )
        found.append({"words": words, "is_warning": True, "differences": [difference(each) for each in waiting]})
    elif not row.has_unpublished_changes and (kept := drafts.last_conflicts(row)):
        words = _now("When the last draft was published, what an import had changed meanwhile was kept:")
        found.append({"words": words, "is_warning": True, "differences": [difference(each) for each in kept]})
    return found


def plain_notices(row: Listing) -> list[str]:
    found = []
    if row.deleted_at:
        found.append(_now("This listing is in the trash. Visitors do not see it."))
    if row.merged_into is not None:
        words = _now("This listing was merged: its address leads to “%(other)s” (number %(id)d).")
        found.append(words % {"other": row.merged_into, "id": row.merged_into.pk})
    if row.expired and not row.live:
        found.append(_now("Its time was over, and it is no longer shown. Publish it to show it again."))
    if row.feed:
        words = _now("It came by the feed “%(feed)s”. What you change here stands against later imports.")
        found.append(words % {"feed": row.feed})
    if row.verified_at:
        words = _now("Its facts were last verified on %(date)s: %(how)s")
        found.append(words % {"date": long_date(row.verified_at), "how": row.verified_how})
    return found


def difference(conflict: dict[str, Any]) -> dict[str, str]:
    return {
        "label": label_of(conflict["column"]),
        "draft": in_words(conflict["draft"]),
        "kept": in_words(conflict["kept"]),
    }


def label_of(column: str) -> str:
    if column == "pictures":
        return _now("pictures")
    if column.startswith("custom."):
        return CustomField.objects.filter(pk=column[7:]).values_list("label", flat=True).first() or column
    return str(getattr(Listing._meta.get_field(column), "verbose_name", column))


def in_words(value: Any) -> str:
    """A stored value as people read it, cut where it is long."""
    if isinstance(value, dict):
        text = ", ".join(f"{name} = {each}" for name, each in value.items())
    elif isinstance(value, list):
        text = ", ".join(map(str, value))
    else:
        text = "" if value is None else str(value)
    return text if len(text) <= 300 else f"{text[:300]}…"


class ListComparison(TextFieldComparison):
    """Lists and dictionaries, compared as they are read."""

    def __init__(self, field: Any, one: Any, other: Any) -> None:
        super().__init__(field, one, other)
        self.val_a, self.val_b = in_words(self.val_a), in_words(self.val_b)


class ListPanel(FieldPanel):
    def get_comparison_class(self) -> type[FieldComparison]:
        return ListComparison


class CustomPanel(Panel):
    """The custom fields of the listing's categories, those inherited from the categories above them too."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/desk/custom.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            context = super().get_context_data(parent_context)
            names = [f"{CUSTOM}{field.pk}" for field in getattr(self.form, "custom_fields", ())]
            return {**context, "fields": [self.form[name] for name in names]}

        def get_comparison(self) -> list[Any]:
            return [comparer(field) for field in CustomField.objects.filter(deleted_at=None)]


class CustomValue:
    """A custom field as Wagtail's comparison takes a column."""

    def __init__(self, field: CustomField) -> None:
        self.field, self.verbose_name = field, field.label

    def value_from_object(self, listing: Listing) -> str:
        stored = listing.custom.get(str(self.field.pk))
        return "" if stored is None else str(custom.shown(self.field, stored, ""))


def comparer(field: CustomField) -> Any:
    def compare(one: Listing, other: Listing) -> FieldComparison:
        return TextFieldComparison(CustomValue(field), one, other)

    return compare


class ListingTabs(TabbedInterface):
    """Tabs whose form has inputs beyond its panels' own: only the hidden ones are added at the end."""

    class BoundPanel(TabbedInterface.BoundPanel):
        def render_missing_fields(self) -> SafeString:
            own = self.panel.get_form_options().get("fields", [])
            missing = [self.form[name] for name in self.form.fields if name not in own]
            return mark_safe("".join(str(field) for field in missing if field.is_hidden))  # noqa: S308 (inputs)


name_panels = [
    FieldPanel("name", required_on_save=True),
    MultiFieldPanel(
        [ListPanel("alt_names"), ListPanel("acronyms"), ListPanel("names_by_lang"), FieldPanel("language")],
        heading=_("Other names and languages"),
        classname="collapsed",
    ),
]

category_panel = InlinePanel(
    "filings",
    heading=_("Categories"),
    label=_("Category"),
    help_text=_("One is the primary one: it stands beside the name in lists."),
    panels=[FieldPanel("category", widget=category_chooser.widget_class), FieldPanel("is_primary")],
)

address_panel = MultiFieldPanel(
    [
        FieldPanel("street", widget=AdminAutoHeightTextInput),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
        FieldRowPanel([FieldPanel("region"), FieldPanel("country")]),
        FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
        FieldPanel("position_approximate"),
        ListPanel("countries"),
        FieldPanel("timezone"),
    ],
    heading=_("Address and position"),
)

contact_panel = MultiFieldPanel(
    [ListPanel("phones"), FieldPanel("email"), FieldPanel("website"), ListPanel("social")], heading=_("Contact")
)

hours_panel = MultiFieldPanel(
    [
        FieldPanel(
            "opening_hours",
            widget=AdminAutoHeightTextInput,
            help_text=_("Days in two letters, the 24-hour clock: Mo-Fr 09:00-18:00; Sa 10:00-16:00; Su off"),
        ),
        FieldPanel("status"),
    ],
    heading=_("Opening hours"),
)

listing = ListingTabs(
    [
        ObjectList(
            [
                StatePanel(),
                *name_panels,
                category_panel,
                contact_panel,
                hours_panel,
                address_panel,
                FieldPanel("description", widget=DraftailRichTextArea(features=FEATURES)),
            ],
            heading=_("Listing"),
        ),
        ObjectList(
            [
                CustomPanel(
                    heading=_("Facts of its categories"),
                    help_text=_(
                        "They follow from its categories. After another category was chosen, save to see its own."
                    ),
                ),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("established"), FieldPanel("wikidata")])], heading=_("General")
                ),
                FieldPanel("tags"),
            ],
            heading=_("Further facts"),
        ),
        ObjectList(
            [
                FieldPanel("logo"),
                InlinePanel(
                    "pictures",
                    heading=_("Gallery"),
                    label=_("Picture"),
                    help_text=_("The first is its cover."),
                    panels=[FieldPanel("picture"), FieldPanel("caption")],
                ),
            ],
            heading=_("Pictures"),
        ),
        ObjectList(
            [
                PublishingPanel(),
                MultiFieldPanel(
                    [
                        FieldPanel("featured", help_text=_("First in lists, with a mark.")),
                        FieldPanel("featured_until", help_text=_("Empty: until it is ended by hand.")),
                    ],
                    heading=_("Featured"),
                ),
                MultiFieldPanel([FieldPanel("owner"), FieldPanel("owner_email")], heading=_("Ownership")),
                MultiFieldPanel([FieldPanel("source"), FieldPanel("licence")], heading=_("Where the facts are from")),
                MultiFieldPanel([FieldPanel("slug"), FieldPanel("noindex")], heading=_("Address and search")),
                FieldPanel("note_to_desk", widget=AdminAutoHeightTextInput),
            ],
            heading=_("Dates and desk"),
        ),
    ],
    base_form_class=ListingForm,
)
