"""Keys for a range of an index: which beginnings all texts between two begin with.

A trigger logs one line with the text that a row is sorted by, and the reader takes it for every beginning of that
text (`watching.widened`). A page that read a range of the index notes beginnings that cover the range: then a row that
comes, goes or moves within it is met, wherever it stands, and few outside it.
"""

from datetime import UTC, datetime

MOST_CHARACTERS = 80
"""How many neighbouring characters are noted one by one; of more, the beginning that they share in their place."""

HOURS = 13
"""Length of `2026-11-27 19`: moments are logged to the hour."""

DIGITS = "0123456789"


def covering(low: str, high: str, longest: int) -> list[str]:
    """Beginnings, none longer than `longest`, of every text from `low` to `high`; texts compare by code points.

    Texts are logged with spaces behind them up to that length, and hold nothing that sorts before a space.
    """
    low, high = low[:longest].ljust(longest), high[:longest].ljust(longest)
    same = shared(low, high)
    if len(same) == longest:
        return [same]
    first, last = ord(low[len(same)]), ord(high[len(same)])
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


def hours_between(first: datetime | None, last: datetime | None) -> list[str]:
    """Beginnings of every hour from `first` to `last`; None: however early or late."""
    if first is None and last is None:
        return [""]
    if first is None:
        return until_then(hour(last)) if last is not None else [""]
    return covering(hour(first), hour(last), HOURS) if last is not None else from_then_on(hour(first))


def of_hours(kind: str, owner: object, first: datetime | None, last: datetime | None) -> list[str]:
    """Keys of a list sorted by moments, for what stands between two of them."""
    return [joined(kind, owner, text) for text in hours_between(first, last)]


def of_texts(kind: str, owner: object, low: str, high: str, longest: int) -> list[str]:
    """Keys of a list sorted by text, for what stands between two of them."""
    return [joined(kind, owner, text) for text in covering(low, high, longest)]


def joined(kind: str, owner: object, text: str) -> str:
    return f"{kind}:{owner}:{text}" if text else f"{kind}:{owner}"


def from_then_on(low: str) -> list[str]:
    """Beginnings of `low` and of every later moment: at each of its digits, the larger ones."""
    places = [place for place, digit in enumerate(low) if digit in DIGITS]
    return [low, *(low[:place] + other for place in places for other in DIGITS if other > low[place])]


def until_then(high: str) -> list[str]:
    """Beginnings of `high` and of every earlier moment."""
    places = [place for place, digit in enumerate(high) if digit in DIGITS]
    return [high, *(high[:place] + other for place in places for other in DIGITS if other < high[place])]


SQLITE_HOUR = f"substr({{column}}, 1, {HOURS})"
POSTGRES_HOUR = "to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')"


def hour_sql(column: str, vendor: str) -> str:
    """The same in SQL."""
    return (POSTGRES_HOUR if vendor == "postgresql" else SQLITE_HOUR).replace("{column}", column)
