"""A film elsewhere, linked and never framed: nothing is asked of its host until a visitor follows the link."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from gazetteer.directory.fields.link import Link
from gazetteer.directory.links import NETWORKS, REL, display_host, network_of


class VideoLink(Link):
    key = "video_link"
    label = gettext_lazy("Link to a film")

    def read(self, raw: Any) -> str:
        url = super().read(raw)
        if url.count("/") < 4 and "?" not in url and url.endswith("/"):
            raise self.refuse(_("link to the film itself, not to the start page of its host."))
        return url

    def show(self, value: str, language: str) -> Markup:
        network = network_of(value)
        host = NETWORKS[network][0] if network else display_host(value)
        words = _("Watch on %(host)s") % {"host": host}
        return Markup('<a href="{}" rel="{}">{}</a>').format(value, REL, words)
