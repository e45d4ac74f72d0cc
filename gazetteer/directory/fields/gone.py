"""Stands in for a kind whose plug-in was removed: its values are kept and shown plainly, and none is taken in."""

import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazetteer.directory.fields.base import FieldType


class Gone(FieldType):
    key = ""
    label = gettext_lazy("Kind of a plug-in that is gone")

    def read(self, raw: Any) -> Any:
        raise self.refuse(_("the plug-in that knows this kind of value is not installed."))

    def from_json(self, stored: Any) -> Any:
        return stored

    def to_text(self, value: Any) -> str:
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
