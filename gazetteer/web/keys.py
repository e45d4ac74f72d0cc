"""What the log keeps of the library: a picture with its sizes is one key."""

from django.db.models import Model

from gazetteer.changes.watching import Key, watch
from gazetteer.web.models import Picture, PictureSize, SiteDocument

OF_THE_DESK = ("title", "collection", "uploaded_by_user", "created_at", "file_size", "file_hash", "usage_terms")


def columns(model: type[Model], names: tuple[str, ...]) -> tuple[str, ...]:
    """Column names of those fields that the model has."""
    fields = {field.name: field.column for field in model._meta.local_concrete_fields}
    return tuple(fields[name] for name in names if name in fields)


watch(Picture, Key("picture"), hidden=columns(Picture, OF_THE_DESK))
watch(PictureSize, Key("picture", "{row}.image_id"))
watch(SiteDocument, Key("document"), hidden=columns(SiteDocument, OF_THE_DESK[1:]))
