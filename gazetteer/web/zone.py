"""The site's time zone, wherever code runs: a request, a command, the clock's worker.

In a public request it is the active zone. At the desk that is the editor's own, and in a command the installation's;
so who must know the site's asks here. A higher folder, which keeps the site's settings, says what it is.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils import timezone

providers: list[Callable[[], tzinfo]] = []


def provide(provider: Callable[[], tzinfo]) -> None:
    """Register who knows the zone; called in an app's `ready()`. The last one wins."""
    providers.append(provider)


def site_zone() -> tzinfo:
    """The site's zone, by its settings; the installation's (`TIME_ZONE`) where nobody knows better."""
    return providers[-1]() if providers else timezone.get_default_timezone()


def site_day(moment: datetime) -> date:
    """The date of that moment in the site's zone."""
    return moment.astimezone(site_zone()).date()


def next_midnight() -> datetime:
    """When the date changes in the active zone, which for a public page is the site's."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=timezone.get_current_timezone())
