"""The form of the site's settings."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface

from gazetteer.pages.look import DESIGNED


class SiteSettingsForm(WagtailAdminModelForm):
    """Other languages as boxes to tick; colours as text that shows what stands when it is empty."""

    other_languages = forms.MultipleChoiceField(
        label=_("Other languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each stands under its own address, like /fr/."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for scheme, suffix in (("light", ""), ("dark", "_dark")):
            for name, colour in DESIGNED[scheme].items():
                if field := self.fields.get(name + suffix):
                    field.widget.attrs["placeholder"] = colour

    def clean_other_languages(self) -> list[str]:
        first = self.cleaned_data.get("language")
        return [code for code in self.cleaned_data["other_languages"] if code != first]


site_form = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("name"),
                FieldPanel("tagline"),
                FieldPanel("totals"),
                FieldRowPanel([FieldPanel("language"), FieldPanel("time_zone")]),
                FieldPanel("other_languages"),
                FieldPanel("wordings"),
            ],
            heading=_("Name and languages"),
        ),
        ObjectList(
            [
                FieldPanel("logo"),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("accent"), FieldPanel("paper"), FieldPanel("ink")])],
                    heading=_("Colours by day"),
                    help_text=_("Empty: as designed. Text must stand out enough to be read; we check it."),
                ),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("accent_dark"), FieldPanel("paper_dark"), FieldPanel("ink_dark")])],
                    heading=_("Colours in the dark"),
                    help_text=_("For visitors whose device is set to dark colours."),
                ),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("headline_font"), FieldPanel("text_font")])], heading=_("Type")
                ),
            ],
            heading=_("Look"),
        ),
        ObjectList([FieldPanel("navigation"), FieldPanel("footer")], heading=_("Links")),
        ObjectList(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldPanel("fine_print"),
            ],
            heading=_("Contact"),
        ),
    ],
    base_form_class=SiteSettingsForm,
)
