"""Whether a place is open now, by its own clock, and how that is told to visitors.

`hours_grammar.py` reads the text, `week.py` makes the table of the week and the special days.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_date, format_time
from django.utils.translation import gettext as _

from gazetteer.directory.hours_grammar import (
    SUN,
    Hours,
    HoursError,
    Position,
    State,
    Stretch,
    readings,
    stretches,
    zone_at,
    zone_of,
)
from gazetteer.directory.hours_help import suggestion
from gazetteer.web.locales import babel_locale

__all__ = [
    "Hours",
    "HoursError",
    "OpenState",
    "check_hours",
    "describe_state",
    "open_state",
    "suggest_hours",
    "zone_at",
    "zone_of",
]

SOON = timedelta(days=8)
SEASON = timedelta(days=370)
NIGHT_ENDS = 7  # o'clock: "closes at 05:00" said in the evening is understood without the day's name
OPEN_END = re.compile(r"\b(\d\d?:\d\d)\s*\+")


@dataclass(frozen=True)
class OpenState:
    """Whether a place is open now; `until` is the next change, in its own zone, if one is known."""

    state: State
    until: datetime | None = None
    comment: str = ""


UNKNOWN = OpenState("unknown")


def check_hours(text: str) -> str:
    """What is wrong with `text`, for people; empty when nothing is. No hours at all are right too."""
    if not text.strip():
        return ""
    try:
        readings(text, "", "", None)
    except HoursError as error:
        better = suggest_hours(text)
        return f"{error} {_('Did you mean: %(hours)s?') % {'hours': better}}" if better else str(error)
    return ""


def suggest_hours(text: str) -> str:
    """What an unreadable text probably means, as text the grammar allows; empty if there is no good guess."""
    better = suggestion(text)
    try:
        readings(better, "", "", None)
    except HoursError:
        return ""
    return better


def open_state(text: str, zone: str, country: str, now: datetime, position: Position | None = None) -> OpenState:
    """Whether the place is open at `now` (aware) by the clock of its own `zone`; unknown rather than wrong."""
    hours = Hours(text, zone, country, position)
    local_zone = zone_of(zone)
    if local_zone is None or not is_reliable(hours):
        return UNKNOWN
    try:
        return state_at(hours, now.astimezone(local_zone))
    except HoursError:
        return UNKNOWN


def is_reliable(hours: Hours) -> bool:
    """Hours by the sun mean nothing to the minute unless we know where the place is."""
    return bool(hours.text.strip()) and (hours.position is not None or not SUN.search(hours.text))


def state_at(hours: Hours, now: datetime) -> OpenState:
    """The state at `now`, which is in the place's own zone; HoursError when the text is unreadable."""
    for horizon in (SOON, SEASON):
        found = stretches(hours, now, now + horizon)
        later = next((stretch for stretch in found if stretch.state != found[0].state), None)
        if later:
            until = None if ends_openly(hours, found[0]) else later.start
            return OpenState(found[0].state, until, found[0].comment)
    return OpenState(found[0].state, None, found[0].comment)


def ends_openly(hours: Hours, stretch: Stretch) -> bool:
    """Whether it belongs to an "11:00+", which names no closing time: it must not be told as closing at midnight."""
    return stretch.state == "open" and stretch.end.hour == stretch.end.minute == 0 and bool(OPEN_END.search(hours.text))


def describe_state(state: OpenState, now: datetime, language: str) -> str:
    """One line: "Open now, closes at 18:00", "Closed, opens Monday at 09:00"; the comment or nothing if uncertain."""
    if state.state == "unknown":
        return state.comment
    if state.until is None:
        return _("Open now") if state.state == "open" else _("Closed")
    when = describe_moment(state.until, now, language)
    return (_("Open now, closes %(when)s") if state.state == "open" else _("Closed, opens %(when)s")) % {"when": when}


def describe_moment(moment: datetime, now: datetime, language: str) -> str:
    """`moment` as seen from `now`, both told by the clock of the place: hour, weekday and hour, or date."""
    locale = babel_locale(language)
    days = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    time = format_time(moment.time(), "short", locale=locale)
    if days <= 0 or (days == 1 and moment.hour < NIGHT_ENDS):
        return _("at %(time)s") % {"time": time}
    if days < 7:
        return _("%(day)s at %(time)s") % {"day": format_date(moment, "EEEE", locale=locale), "time": time}
    return format_date(moment, "long", locale=locale)
