"""A story set by hand in its place, perhaps until a moment."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from gazetteer.pages.choosers import StoryBlock


class PlacedStory(blocks.StructBlock):
    """Kept as `{story, until}`; a bare story, as places without an end were kept and may be written, means no end."""

    story = StoryBlock(label=_("Story"))
    until = blocks.DateTimeBlock(
        required=False, label=_("Until"), help_text=_("Then the newest takes its place. Empty: until it is taken down.")
    )

    class Meta:
        label = _("Story")
        icon = "doc-full"

    def to_python(self, value: Any) -> Any:
        return super().to_python(placed(value))

    def bulk_to_python(self, values: Any) -> Any:
        return super().bulk_to_python([placed(value) for value in values])

    def normalize(self, value: Any) -> Any:
        return super().normalize(placed(value))

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(placed(value))


def placed(value: Any) -> Any:
    return {"story": value, "until": None} if isinstance(value, int | Model) else value
