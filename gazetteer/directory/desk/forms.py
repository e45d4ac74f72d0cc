"""The form of a listing: humane inputs for every column, and nothing lost that came in while it was open."""

import json
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.rich_text import expand_db_html

from gazetteer.accounts.models import User
from gazetteer.directory import custom, drafts, places
from gazetteer.directory.desk import checks, limits
from gazetteer.directory.desk.inputs import LinesField, PairsField, QuickSelect, sentence
from gazetteer.directory.fields import field_type
from gazetteer.directory.hours import check_hours
from gazetteer.directory.imports import values
from gazetteer.directory.imports.problems import Bad
from gazetteer.directory.models import Category, CustomField, Listing
from gazetteer.directory.phones import check_phone
from gazetteer.directory.publishing import free_primary
from gazetteer.web.html import to_html

CUSTOM = "custom_"
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
"""What Wagtail's text editor writes into every paragraph, each time another."""


class OwnerField(forms.CharField):
    """Somebody's account, by the e-mail address they sign in with."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return User.objects.filter(pk=value).values_list("email", flat=True).first() or ""
        return value.email if isinstance(value, User) else value

    def clean(self, value: Any) -> User | None:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        person = User.objects.filter(email__iexact=text).first()
        if person is None:
            raise ValidationError(_("Nobody here has the e-mail address “%(text)s”."), params={"text": text[:80]})
        return person

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "").casefold() != str(data or "").strip().casefold()


class ListingForm(WagtailAdminModelForm):
    """What an editor writes of a listing; not what belongs to the listing as a whole (its origin, its trash)."""

    alt_names = LinesField(
        label=gettext_lazy("Other names"), check=checks.short_name, help_text=gettext_lazy("One on each line.")
    )
    acronyms = LinesField(
        label=gettext_lazy("Acronyms"), check=checks.short_name, help_text=gettext_lazy("One on each line.")
    )
    names_by_lang = PairsField(
        label=gettext_lazy("Names in other languages"),
        check=checks.name_in_language,
        help_text=gettext_lazy("On each line the language’s code, an equals sign and the name. Example: fr = Londres"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), required=False)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), required=False, choices=checks.country_choices, widget=QuickSelect
    )
    countries = LinesField(
        label=gettext_lazy("Also found in these countries"),
        check=checks.country,
        help_text=gettext_lazy("For what has branches in several countries: one on each line, name or code."),
    )
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), required=False, choices=checks.zone_choices, widget=QuickSelect
    )
    phones = LinesField(
        label=gettext_lazy("Phones"),
        check=values.phone,
        help_text=gettext_lazy("One on each line, as +44 20 7946 0958 or as dialled in its country."),
    )
    website = forms.CharField(label=gettext_lazy("Website"), required=False, max_length=500)
    social = PairsField(
        label=gettext_lazy("Social networks"),
        check=checks.account,
        help_text=gettext_lazy(
            "On each line the network, an equals sign and the account or its address. Example: instagram = @bakery"
        ),
    )
    owner = OwnerField(
        label=gettext_lazy("Owner’s account"),
        required=False,
        help_text=gettext_lazy("The e-mail address they sign in with."),
    )
    draft_base = forms.CharField(required=False, widget=forms.HiddenInput)
    """What the row said when this form was opened; see `drafts.py`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = Listing.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        self.base = self.instance.draft_base or (drafts.base_of(drafts.columns_of(self.row)) if self.row else None)
        if "draft_base" in self.fields:
            self.initial["draft_base"] = json.dumps(self.base)
        for name, field in self.fields.items():
            if isinstance(field, LinesField | PairsField):
                field.known = getattr(self.instance, name) or type(field.known)()
        self.offer_languages()
        self.forget_past_end()
        self.custom_fields = self.add_custom_fields()

    def offer_languages(self) -> None:
        if "language" not in self.fields:
            return
        own = self.instance.language
        offered = [("", _("That of the site")), *settings.LANGUAGES]
        known = {code for code, _label in offered}
        field: Any = self.fields["language"]
        field.choices = offered if own in known else [*offered, (own, own)]

    def forget_past_end(self) -> None:
        """An end that has come would keep the form from being saved, and says nothing to who publishes it again."""
        end = self.initial.get("expire_at")
        if end is not None and end <= now():
            self.initial["expire_at"] = None

    # Custom fields

    def add_custom_fields(self) -> list[CustomField]:
        """An input for each custom field of the listing's categories, and for each that it has a value of."""
        wanted = custom.fields_for(self.categories())
        ids = {field.pk for field in wanted}
        there = {int(key) for key in self.instance.custom if key.isdigit()} - ids
        found = [*wanted, *CustomField.objects.filter(pk__in=there, deleted_at=None)]
        for field in found:
            self.add_custom_field(field)
        return found

    def add_custom_field(self, field: CustomField) -> None:
        kind = field_type(field.type, field.options, field.label)
        self.fields[f"{CUSTOM}{field.pk}"] = kind.form_field(required=field.is_required, help_text=field.help)
        stored = self.instance.custom.get(str(field.pk))
        self.initial[f"{CUSTOM}{field.pk}"] = None if stored is None else kind.from_json(stored)

    def categories(self) -> list[Category]:
        """Those in the form as sent, else those of the listing."""
        formset = self.formsets.get("filings") if self.is_bound else None
        if formset is None:
            return [filing.category for filing in self.instance.filings.all()] if self.instance.pk else []
        chosen = [formset.data.get(f"{formset.prefix}-{number}-category") for number in range(row_count(formset))]
        return list(Category.objects.filter(pk__in=[pk for pk in chosen if pk and str(pk).isdigit()]))

    def defer_required_fields(self) -> None:
        """A draft may be saved before every fact is known."""
        super().defer_required_fields()
        for field in self.custom_fields:
            name = f"{CUSTOM}{field.pk}"
            if self.fields[name].required:
                self.fields[name].required = False
                self.deferred_required_fields.append(name)

    def collect_custom(self) -> dict[str, Any]:
        """Every custom value as it is stored; those not in the form stay."""
        found = dict(self.instance.custom)
        for field in self.custom_fields:
            name = f"{CUSTOM}{field.pk}"
            if name not in self.cleaned_data or not self.has_changed_field(name):
                continue
            value, kind = self.cleaned_data[name], field_type(field.type, field.options, field.label)
            found.pop(str(field.pk), None)
            if value is not None:
                found[str(field.pk)] = kind.to_json(value)
        return found

    def has_changed_field(self, name: str) -> bool:
        """Untouched inputs leave the stored value as it is, to the letter."""
        return bool(self[name]._has_changed())  # type: ignore[attr-defined]  # what Django's changed_data asks too

    # Checks

    def clean_description(self) -> str:
        """Clean HTML; what was not touched stays, though the editor would write it otherwise."""
        text = str(self.cleaned_data["description"])
        stored = self.instance.description if self.row is None else self.initial.get("description", "")
        widget = self.fields["description"].widget
        again = widget.value_from_datadict({"x": widget.format_value(stored)}, {}, "x") if stored else ""
        if stored and BLOCK_KEY.sub("", text) == BLOCK_KEY.sub("", again):
            return str(stored)
        return to_html(expand_db_html(text)) if text else ""

    def clean_website(self) -> str:
        return self.checked("website", values.website)

    def clean_wikidata(self) -> str:
        return self.checked("wikidata", values.wikidata)

    def checked(self, name: str, check: Callable[[str], str]) -> str:
        text = str(self.cleaned_data.get(name) or "").strip()
        try:
            return check(text) if text and name in self.changed_data else text
        except Bad as error:
            raise ValidationError(sentence(error)) from None

    def clean_opening_hours(self) -> str:
        text = " ".join(str(self.cleaned_data["opening_hours"]).split())
        if "opening_hours" in self.changed_data and (problem := check_hours(text)):
            raise ValidationError(problem)
        return text

    def clean_slug(self) -> str:
        return str(self.cleaned_data.get("slug") or "")

    def clean_draft_base(self) -> Any:
        try:
            found = json.loads(self.cleaned_data["draft_base"] or "null")
        except ValueError:
            found = None
        return found if is_base(found) else self.base

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        self.check_position(data)
        self.check_phones(data)
        self.check_featured(data)
        self.check_categories()
        return data

    def check_position(self, data: dict[str, Any]) -> None:
        lat, lon = data.get("lat"), data.get("lon")
        if (lat is None) != (lon is None) and not {"lat", "lon"} & self.errors.keys():
            self.add_error("lat" if lat is None else "lon", _("A position needs both latitude and longitude."))
        for name, value, most in (("lat", lat, 90), ("lon", lon, 180)):
            if value is not None and not -most <= value <= most:
                self.add_error(name, _("This lies between −%(most)d and %(most)d.") % {"most": most})

    def check_phones(self, data: dict[str, Any]) -> None:
        known = set(self.instance.phones) if self.row is None else set(self.row.phones)
        for number in data.get("phones") or ():
            problem = "" if number in known else check_phone(number, data.get("country") or "")
            if problem:
                self.add_error("phones", problem)

    def check_featured(self, data: dict[str, Any]) -> None:
        until = data.get("featured_until")
        if not {"featured", "featured_until"} & set(self.changed_data):
            return
        if until and not data.get("featured"):
            self.add_error("featured", _("Tick this too, or take the date away."))
        elif until and until <= now():
            self.add_error("featured_until", _("This has passed. Choose a day to come, or leave it empty."))

    def check_categories(self) -> None:
        """One primary category, each once, and only where the person may file."""
        formset = self.formsets.get("filings")
        if formset is None or not formset.is_valid():
            return
        kept = [form for form in formset.forms if form not in formset.deleted_forms and form.cleaned_data]
        kept = [form for form in kept if form.cleaned_data.get("category")]
        chosen = [form.cleaned_data["category"] for form in kept]
        if len(set(chosen)) < len(chosen):
            self.add_error(None, _("A category stands twice among the categories."))
        ticked = [form for form in kept if form.cleaned_data.get("is_primary")]
        if len(ticked) > 1:
            self.add_error(None, _("Only one category can be the primary one."))
        if kept and not ticked:
            kept[0].instance.is_primary = True
        self.check_limits(chosen)

    def check_limits(self, chosen: list[Category]) -> None:
        user = self.for_user
        if user is None or not limits.is_limited(user):
            return
        before = {filing.category_id for filing in self.row.filings.all()} if self.row else set()
        changed = before ^ {category.pk for category in chosen}
        own = set(
            limits.categories_open_to(user)
            .filter(pk__in=[*changed, *(c.pk for c in chosen)])
            .values_list("pk", flat=True)
        )
        for category in Category.objects.filter(pk__in=changed - own):
            words = _("You may neither put listings into “%(category)s” nor take them out.")
            self.add_error(None, words % {"category": category})
        if not own and not (self.row and self.row.pk in limits.own_listings(user)):
            self.add_error(None, _("Choose at least one of the categories that you look after."))

    # What came in meanwhile

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.custom = self.collect_custom()
        self.instance.draft_base = self.cleaned_data.get("draft_base") or self.base
        if self.row is not None and not self.row.live:
            self.fold_in(self.row)

    def fold_in(self, row: Listing) -> None:
        """A listing not live is written at once: keep what a machine wrote to it since the form was opened."""
        base = self.instance.draft_base
        here, mine = drafts.columns_of(row), drafts.plain(self.instance.serializable_data())
        there, wanted = drafts.flat(here), drafts.flat(mine)
        for name in (there.keys() | wanted.keys()) - {"pictures"}:
            marks = drafts.mark(there.get(name)), drafts.mark(wanted.get(name)), base["marks"].get(name, 0)
            if marks[0] in marks[1:]:
                continue
            if marks[1] == marks[2]:
                self.take(name, row)
            else:
                self.tell_conflict(name, there.get(name), here)

    def take(self, name: str, row: Listing) -> None:
        if not name.startswith("custom."):
            setattr(self.instance, name, getattr(row, name))
        elif name[7:] in row.custom:
            self.instance.custom[name[7:]] = row.custom[name[7:]]
        else:
            self.instance.custom.pop(name[7:], None)

    def tell_conflict(self, name: str, there: Any, columns: dict[str, Any]) -> None:
        """Say what it says now, and let the next try pass."""
        field = name.replace("custom.", CUSTOM)
        words = _("While you wrote, an import or somebody else changed this to “%(value)s”. Save again to overrule it.")
        self.add_error(field if field in self.fields else None, words % {"value": there})
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["draft_base"] = json.dumps(drafts.base_of(columns))

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After the form was saved by itself: it now stands on what was just written."""
        row = Listing.objects.get(pk=self.instance.pk)
        updates = list(super().get_field_updates_for_resave())
        if row.live:
            return updates
        return [*updates, ("draft_base", json.dumps(drafts.base_of(drafts.columns_of(row))))]

    def save(self, commit: bool = True) -> Any:
        """Written at once only while it is not live; then it stands at its places too."""
        if commit and self.instance.pk:
            free_primary(self.instance)
        saved = super().save(commit=commit)
        if commit:
            places.place(saved)
        return saved


def is_base(found: Any) -> bool:
    """Whether it is what `drafts.base_of` makes: it comes back from a browser."""
    return (
        isinstance(found, dict)
        and isinstance(found.get("marks"), dict)
        and all(isinstance(found.get(name), list) for name in drafts.SETS)
        and "primary" in found
    )


def row_count(formset: Any) -> int:
    total = str(formset.data.get(f"{formset.prefix}-TOTAL_FORMS", ""))
    return min(int(total), 200) if total.isdigit() else 0
