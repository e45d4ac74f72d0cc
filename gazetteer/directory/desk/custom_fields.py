"""Custom fields at the desk: what is asked for in which branches of the tree, said in plain words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from gazetteer.accounts.policy import may
from gazetteer.directory import actions
from gazetteer.directory.desk import checks
from gazetteer.directory.desk.acts import ActView, OwnPart
from gazetteer.directory.desk.categories import address_of
from gazetteer.directory.desk.inputs import LinesField, PairsField
from gazetteer.directory.fields import all_types
from gazetteer.directory.imports import values
from gazetteer.directory.imports.problems import Bad
from gazetteer.directory.models import Category, CustomField
from gazetteer.directory.names import make_slug

SETTINGS: dict[str, tuple[str, ...]] = {
    "choices": ("choice", "choices"),
    "units": ("measure",),
    "currency": ("price",),
    "least": ("number", "price", "measure"),
    "most": ("number", "price", "measure"),
    "decimals": ("number", "price", "measure"),
    "longest": ("text", "long_text"),
    "country": ("phone",),
}
"""Which kinds of values each setting is for."""

LISTS = frozenset({"choices", "units"})
PREFIX = "set_"


def kinds() -> list[tuple[str, Any]]:
    return [("", "—"), *((key, kind.label) for key, kind in all_types().items())]


def kind_label(field: CustomField) -> str:
    kind = all_types().get(field.type)
    return str(kind.label) if kind else field.type


def branches_in_words(field: CustomField) -> str:
    names = [category.local_name for category in field.categories.all()]
    return ", ".join(names) if names else _("all listings")


def choice_line(text: str) -> str:
    """A choice as it is written: what is stored, an equals sign, what visitors read; the first made where missing."""
    key, equals, label = (part.strip() for part in text.partition("="))
    if not equals:
        key, label = make_slug(key), key
    if not (key and label):
        raise Bad(_("write what visitors read, or a short name, an equals sign and what visitors read"))
    return f"{values.line(key, 60)} = {values.line(label, 100)}"


def currency(text: str) -> str:
    code = text.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise ValidationError(_("Write the three letters of a currency, such as EUR."))
    return code


class CurrencyField(forms.CharField):
    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        return currency(text) if text else ""


class CustomFieldForm(WagtailAdminModelForm):
    """What a field is called, what it holds and for which branches; its settings as inputs of their own."""

    type = forms.ChoiceField(label=gettext_lazy("Kind of value"), choices=kinds)
    labels_by_lang = PairsField(
        label=gettext_lazy("Label in other languages"),
        check=checks.name_in_language,
        help_text=gettext_lazy("On each line the language’s code, an equals sign and the label. Example: fr = Farine"),
    )
    branches = LinesField(
        label=gettext_lazy("For these branches"),
        check=address_of,
        help_text=gettext_lazy(
            "Categories by their web address, one on each line. Every category below inherits the field. "
            "None: for all listings."
        ),
    )
    set_choices = LinesField(
        label=gettext_lazy("Choices"),
        check=choice_line,
        rows=4,
        help_text=gettext_lazy(
            "For choices of a list: one on each line, in this order. What stands before an equals sign is stored and "
            "should stay; what stands behind it is what visitors read, and may change."
        ),
    )
    set_units = LinesField(
        label=gettext_lazy("Units"),
        check=lambda text: values.line(text, 20),
        help_text=gettext_lazy("For measures: one on each line; the first is meant where none is written."),
    )
    set_currency = CurrencyField(
        label=gettext_lazy("Currency"),
        required=False,
        help_text=gettext_lazy("For prices that come without one. Example: EUR"),
    )
    set_least = forms.DecimalField(label=gettext_lazy("Least"), required=False)
    set_most = forms.DecimalField(label=gettext_lazy("Most"), required=False)
    set_decimals = forms.IntegerField(
        label=gettext_lazy("Digits after the point"), required=False, min_value=0, max_value=15
    )
    set_longest = forms.IntegerField(
        label=gettext_lazy("Longest"), required=False, min_value=1, help_text=gettext_lazy("For text: so many signs.")
    )
    set_country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        required=False,
        choices=checks.country_choices,
        help_text=gettext_lazy("For phones that come without their country’s code."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].required = False
        if self.instance.pk:
            self.fields["type"].disabled = True
            self.fields["type"].help_text = _("This stays as it is: values are stored as this kind.")
            self.fields["key"].disabled = True
            there = self.instance.categories.order_by("path").values_list("address", flat=True)
            self.initial["branches"] = list(there)
        self.show_settings()

    def show_settings(self) -> None:
        """Of a field that is there, only the settings of its kind."""
        for name, of_kinds in SETTINGS.items():
            if self.instance.pk and self.instance.type not in of_kinds:
                del self.fields[PREFIX + name]
            elif name in self.instance.options:
                self.initial[PREFIX + name] = shown_setting(name, self.instance.options[name])

    def clean_key(self) -> str:
        """A column's name in files; ASCII or not, but one word."""
        key = str(self.cleaned_data.get("key") or "")
        return key or make_slug(str(self.cleaned_data.get("label") or "")).replace("-", "_")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("type") in SETTINGS["choices"] and not data.get("set_choices"):
            self.add_error("set_choices", _("Write at least one choice."))
        least, most = data.get("set_least"), data.get("set_most")
        if least is not None and most is not None and least > most:
            self.add_error("set_most", _("This is less than the least."))
        self.instance.options = self.collect_options(data)
        return data

    def collect_options(self, data: dict[str, Any]) -> dict[str, Any]:
        """The settings of the kind; what a plug-in keeps there besides stays."""
        found = {name: value for name, value in self.instance.options.items() if name not in SETTINGS}
        for name, of_kinds in SETTINGS.items():
            value = data.get(PREFIX + name)
            if data.get("type") in of_kinds and value not in (None, "", []):
                found[name] = self.stored_setting(name, value)
        return found

    def stored_setting(self, name: str, value: Any) -> Any:
        if name == "choices":
            return self.stored_choices(value)
        return str(value) if name in ("least", "most") else value

    def stored_choices(self, lines: list[str]) -> list[dict[str, Any]]:
        """With the labels in other languages that an import gave them."""
        before = {each["key"]: each for each in self.instance.options.get("choices", []) if isinstance(each, dict)}
        found = []
        for line in lines:
            key, _equals, label = (part.strip() for part in line.partition("="))
            found.append({**before.get(key, {}), "key": key, "label": label})
        return found

    @property
    def chosen(self) -> list[Category]:
        return list(Category.objects.filter(address__in=self.cleaned_data["branches"]))


def shown_setting(name: str, stored: Any) -> Any:
    if name != "choices":
        return stored
    given = [each if isinstance(each, dict) else {"key": str(each), "label": str(each)} for each in stored]
    return [f"{each['key']} = {each.get('label') or each['key']}" for each in given]


class OwnField(OwnPart):
    part = CustomField


class FieldList(generic.IndexView):
    """In the order in which forms ask for them; those in the trash last."""

    default_ordering = ("position", "id")

    def get_valid_orderings(self) -> list[str]:
        return []

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("categories")


class FieldCreate(generic.CreateView):
    def save_instance(self) -> CustomField:
        return save(self.form, self.request.user)


class FieldEdit(OwnField, generic.EditView):
    delete_item_label = gettext_lazy("Move to the trash")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = [*super().header_more_buttons]
        if self.thing.deleted_at is not None and may(self.request.user, "restore", self.thing):
            url = reverse("custom_fields:restore", args=[self.thing.pk])
            buttons.append(Button(_("Take out of the trash"), url=url, icon_name="undo", priority=50))
        return buttons

    def save_instance(self) -> CustomField:
        return save(self.form, self.request.user)


def save(form: Any, person: Any) -> CustomField:
    field: CustomField = form.save(commit=False)
    actions.save_custom_field(field, form.chosen, by=person)
    return field


class FieldAct(ActView):
    part = CustomField
    place = "custom_fields"
    header_icon = "form"
    write: Callable[..., None]

    @property
    def list_url(self) -> str:
        return reverse("custom_fields:index")

    @property
    def done_url(self) -> str:
        return self.list_url

    def act(self, data: dict[str, Any]) -> None:
        type(self).write(self.thing, by=self.request.user, reason=data["reason"])


class TrashField(FieldAct):
    verb = "trash"
    button = gettext_lazy("Move to the trash")
    explanation = gettext_lazy("It is no longer asked for nor shown. The values that listings have are kept.")
    done = gettext_lazy("The field is in the trash.")
    is_serious = True
    write = actions.trash_custom_field


class RestoreField(FieldAct):
    verb = "restore"
    button = gettext_lazy("Take out of the trash")
    explanation = gettext_lazy("It is asked for and shown again, with the values that listings have.")
    done = gettext_lazy("The field is out of the trash.")
    write = actions.restore_custom_field


def state(field: CustomField) -> str:
    return _("In the trash") if field.deleted_at else ""


form = ObjectList(
    [
        FieldPanel("label"),
        FieldPanel("type"),
        FieldPanel("branches"),
        MultiFieldPanel(
            [
                FieldPanel("set_choices"),
                FieldPanel("set_units"),
                FieldRowPanel([FieldPanel("set_currency"), FieldPanel("set_country")]),
                FieldRowPanel([FieldPanel("set_least"), FieldPanel("set_most")]),
                FieldRowPanel([FieldPanel("set_decimals"), FieldPanel("set_longest")]),
            ],
            heading=_("Settings of the kind"),
        ),
        FieldPanel("help"),
        MultiFieldPanel(
            [FieldPanel("is_required"), FieldPanel("is_public"), FieldPanel("in_lists"), FieldPanel("is_filter")],
            heading=_("Use"),
        ),
        FieldPanel("position", help_text=_("Forms and pages have the smaller numbers first.")),
        FieldPanel("labels_by_lang"),
        FieldPanel("key", help_text=_("The column’s name in files; made from the label when left empty.")),
    ],
    base_form_class=CustomFieldForm,
)


class CustomFields(ModelViewSet):
    model = CustomField
    icon = "form"
    menu_label = gettext_lazy("Custom fields")
    menu_name = "custom-fields"
    menu_order = 220
    add_to_admin_menu = True
    index_view_class = FieldList
    add_view_class = FieldCreate
    edit_view_class = FieldEdit
    copy_view_enabled = False
    search_fields = ["label", "key"]
    search_backend_name = None
    list_display = [
        "label",
        Column("kind", label=gettext_lazy("Kind of value"), accessor=kind_label),
        Column("branches", label=gettext_lazy("For"), accessor=branches_in_words, classname="wide-only"),
        Column("position", label=gettext_lazy("Order"), classname="wide-only"),
        Column("state", label=gettext_lazy("State"), accessor=state),
    ]
    edit_handler = form

    def get_urlpatterns(self) -> list[Any]:
        """With our own trash in the place of deleting."""
        own = [each for each in super().get_urlpatterns() if each.name != "delete"]
        return [
            *own,
            path("delete/<int:pk>/", TrashField.as_view(), name="delete"),
            path("restore/<int:pk>/", RestoreField.as_view(), name="restore"),
        ]


custom_fields = CustomFields("custom_fields", url_prefix="custom-fields")
