"""Yes or no; nothing where it is not known."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from gazetteer.directory.fields.base import FieldType

WORDS = {
    **dict.fromkeys(("yes", "y", "true", "1", "on"), True),
    **dict.fromkeys(("no", "n", "false", "0", "off"), False),
}


class YesNo(FieldType):
    key = "yes_no"
    label = gettext_lazy("Yes or no")
    filter_kind = "flag"

    def read(self, raw: Any) -> bool:
        if isinstance(raw, bool):
            return raw
        text = self.text_of(raw).casefold()
        local = {_("yes").casefold(): True, _("no").casefold(): False}
        found = WORDS.get(text, local.get(text))
        if found is None:
            raise self.refuse(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
        return found

    def to_text(self, value: bool | None) -> str:
        return "" if value is None else ("yes" if value else "no")

    def show(self, value: bool, language: str) -> Markup:
        return escape(_("yes") if value else _("no"))

    def widget(self) -> forms.Widget:
        return forms.Select(choices=[("", "—"), ("yes", _("yes")), ("no", _("no"))])
