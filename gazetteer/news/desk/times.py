"""A moment as an editor types it: exact to the second, and clear on the two nights when the clock is changed.

An hour that the clock leaps over does not exist: it is refused, and the form says what does. An hour that comes twice
is taken the first time it comes, always; whoever wants the second writes a time outside that hour.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MomentField(forms.DateTimeField):
    """As Django's own, which answers both nights with “it may be ambiguous or it may not exist”."""

    @classmethod
    def like(cls, field: forms.DateTimeField) -> "MomentField":
        return cls(
            widget=field.widget,
            initial=field.initial,
            input_formats=field.input_formats,
            label=field.label,
            help_text=field.help_text,
            required=field.required,
        )

    def to_python(self, value: Any) -> datetime | None:
        return exact(typed_time(self, value))


def typed_time(field: forms.DateTimeField, value: Any) -> datetime | None:
    """As typed, without a zone; raises ValidationError for what is no time."""
    with timezone.override(UTC):  # in which every time exists once
        found: datetime | None = forms.DateTimeField.to_python(field, value)
    return found if found is None or isinstance(value, datetime) else found.replace(tzinfo=None)


def exact(typed: datetime | None) -> datetime | None:
    """The moment in the active zone, which is the editor's own; raises ValidationError for one that does not exist."""
    if typed is None or timezone.is_aware(typed):
        return typed
    zone = timezone.get_current_timezone()
    moment = typed.replace(tzinfo=zone, fold=0)
    back = moment.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != typed:
        gap = moment.replace(fold=1).utcoffset() or timedelta()
        length = abs((moment.utcoffset() or timedelta()) - gap)
        raise ValidationError(
            _(
                "%(time)s does not exist: that night the clock goes forward (%(zone)s). Write a time before the leap, "
                "or %(later)s after it."
            ),
            params={"time": f"{typed:%Y-%m-%d %H:%M}", "zone": str(zone), "later": f"{typed + length:%H:%M}"},
        )
    return moment.astimezone(UTC)  # two zones' times in an hour that comes twice are never equal (PEP 495)
