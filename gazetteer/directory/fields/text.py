"""One line of words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazetteer.directory.fields.base import FieldType

LONGEST = 300


class Text(FieldType):
    """Options: `longest`, characters."""

    key = "text"
    label = gettext_lazy("Text")
    filter_kind = "exact"

    def read(self, raw: Any) -> str:
        text = " ".join(self.text_of(raw).split())
        longest = int(self.options.get("longest", LONGEST))
        if len(text) > longest:
            sizes = {"most": longest, "has": len(text)}
            raise self.refuse(_("it may have %(most)d characters at most, and has %(has)d.") % sizes)
        return text
