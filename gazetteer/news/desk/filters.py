"""What the list of stories can be narrowed to. Every choice is answered from an index."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from gazetteer.news.desk.forms import indented
from gazetteer.news.models import Article, Section
from gazetteer.news.models.article import Status

STATES = (
    ("live", _("Published")),
    ("draft", _("Never published, or taken down")),
    ("changed", _("Published, with a newer draft")),
    ("embargoed", _("Waiting for its embargo")),
    ("withdrawn", _("Withdrawn")),
    ("trash", _("In the trash")),
)


class SectionFilter(django_filters.ModelChoiceFilter):
    @property
    def field(self) -> Any:
        field = super().field
        field.label_from_instance = indented
        return field


class StoryFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="in_state", widget=forms.RadioSelect, empty_label=_("All")
    )
    section = SectionFilter(
        label=_("Section, with what is below it"),
        queryset=lambda request: Section.objects.in_use(),
        method="below",
        widget=forms.Select,
        empty_label=_("All"),
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The trash is seen only when it is asked for."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") == "trash" else found.filter(deleted_at__isnull=True)

    def in_state(self, stories: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        narrowed: dict[str, dict[str, Any]] = {
            "live": {"live": True, "status": Status.USABLE, "embargoed": False},
            "draft": {"live": False},
            "changed": {"live": True, "has_unpublished_changes": True},
            "embargoed": {"live": True, "embargoed": True},
            "withdrawn": {"status__in": [Status.WITHHELD, Status.CANCELLED]},
            "trash": {"deleted_at__isnull": False},
        }
        return stories.filter(**narrowed.get(state, {}))

    def below(self, stories: QuerySet[Any], name: str, section: Section) -> QuerySet[Any]:
        return stories.filter(section__in=Section.objects.filter(path__startswith=section.path))
