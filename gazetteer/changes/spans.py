"""Keys for a range of an index: which beginnings all texts between two begin with.

A trigger logs one line with the text that a row is sorted by, and the reader takes it for every beginning of that
text (`watching.widened`). A page that read a range of the index notes beginnings that cover the range: then a row that
comes, goes or moves within it is met, wherever it stands, and few outside it.
"""

from datetime import UTC, datetime

MOST_CHARACTERS = 40
"""How many neighbouring characters are noted one by one; of more, the beginning that they share in their place."""

HOURS = 13
"""Length of `2026-11-27 19`: moments are logged to the hour."""

DIGITS = "0123456789"


def covering(low: str, high: str, longest: int) -> list[str]:
    """Beginnings, none longer than `longest`, of every text from `low` to `high`; texts compare by code points."""
    low, high = low[:longest], high[:longest]
    same = shared(low, high)
    if len(same) == longest or len(same) == len(high):
        return [same]
    first = ord(low[len(same)]) if len(same) < len(low) else 0
    last = ord(high[len(same)])
    if last - first >= MOST_CHARACTERS:
        return [same]
    return [same + chr(code) for code in range(first, last + 1)]


def shared(one: str, other: str) -> str:
    end = 0
    while end < min(len(one), len(other)) and one[end] == other[end]:
        end += 1
    return one[:end]


def hour(moment: datetime) -> str:
    """The moment as triggers log it: `2026-11-27 19`, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H}"


def hours_between(first: datetime, last: datetime | None) -> list[str]:
    """Beginnings of every hour from `first` to `last`, or from then on."""
    low = hour(first)
    return covering(low, hour(last), HOURS) if last is not None else from_then_on(low)


def from_then_on(low: str) -> list[str]:
    """Beginnings of `low` and of every later moment: at each of its digits, the larger ones."""
    found = [low]
    for place, digit in enumerate(low):
        if digit in DIGITS:
            found += [low[:place] + larger for larger in DIGITS if larger > digit]
    return found


SQLITE_HOUR = f"substr({{column}}, 1, {HOURS})"
POSTGRES_HOUR = "to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')"


def hour_sql(column: str, vendor: str) -> str:
    """The same in SQL."""
    return (POSTGRES_HOUR if vendor == "postgresql" else SQLITE_HOUR).replace("{column}", column)
