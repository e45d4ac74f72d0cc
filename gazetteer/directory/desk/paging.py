"""Lists of the desk at any size: nothing counts a table."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.paginator import WagtailPaginator

MOST = 2_000
"""Rows that can be paged through; who looks for more filters or searches."""


class LookAheadPaginator(WagtailPaginator):
    """Knows only whether one more row follows the page, so that a million rows open as fast as a hundred."""

    known, more = 0, False

    def get_page(self, number: Any) -> Page[Any]:
        try:
            return self.page(number)
        except EmptyPage:
            return self.page(1)

    def page(self, number: Any) -> Page[Any]:
        number = max(1, self.validated(number))
        start = (number - 1) * self.per_page
        rows: Sequence[Any] = list(self.object_list[start : min(start + self.per_page + 1, MOST + 1)])
        if not rows and number > 1:
            raise EmptyPage(_("There is nothing on this page."))
        shown = rows[: self.per_page]
        self.known, self.more = start + len(shown), len(rows) > self.per_page and start + self.per_page < MOST
        return Page(shown, number, self)

    def validated(self, number: Any) -> int:
        """A page that cannot be asked for is the first."""
        return int(number) if str(number).isdigit() and len(str(number)) < 6 else 1

    @property
    def count(self) -> int:
        return self.known + self.more

    @property
    def num_pages(self) -> int:
        return max(1, -(-self.count // self.per_page))

    @property
    def items_count_label(self) -> str:
        if self.more:
            return _("more than %(number)d") % {"number": self.known}
        return ngettext("%(number)d listing", "%(number)d listings", self.known) % {"number": self.known}

    def get_elided_page_range(self, page_number: Any) -> list[int]:
        return []
