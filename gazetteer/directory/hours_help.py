"""What people write for opening hours, turned into the grammar: offered as a suggestion, never put in place unasked."""

import re

from gazetteer.directory.hours_grammar import COMMENT

DAY_NAMES = {
    name: short
    for short, names in {
        "Mo": "mo mon monday", "Tu": "tu tue tues tuesday", "We": "we wed wednesday",
        "Th": "th thu thur thurs thursday", "Fr": "fr fri friday", "Sa": "sa sat saturday", "Su": "su sun sunday",
    }.items()
    for name in names.split()
}  # fmt: skip
NAME = re.compile(rf"\b({'|'.join(sorted(DAY_NAMES, key=len, reverse=True))})\b\.?:?", re.IGNORECASE)
HALF = r"(?:\s*([ap])\.?m\b\.?)?"
TIME = rf"(\d{{1,2}})(?:[:.](\d\d))?{HALF}"
CASUAL_TIMES = re.compile(rf"(?<![\d:/.]){TIME}\s*(?:-|to|until)\s*{TIME}(?![\d:/.])", re.IGNORECASE)


def suggestion(text: str) -> str:
    """`text` with days and times as the grammar has them: `mon to fri 9-5.30pm` becomes `Mo-Fr 09:00-17:30`."""
    parts = COMMENT.split(text.strip())
    parts[::2] = [rewritten(part) for part in parts[::2]]
    return "".join(parts).strip(" ;")


def rewritten(text: str) -> str:
    plain = re.sub("[‐‑‒–—]", "-", text)
    named = NAME.sub(lambda found: DAY_NAMES[found[1].lower()], plain)
    spans = re.sub(r"\b([A-Z][a-z])\s*(?:-|to)\s*([A-Z][a-z])\b", r"\1-\2", named)
    timed = CASUAL_TIMES.sub(clock_times, spans)
    ruled = re.sub(r"(:\d\d|off|closed)\s*[,.]?\s+(?=(?:Mo|Tu|We|Th|Fr|Sa|Su)\b)", r"\1; ", timed, flags=re.IGNORECASE)
    return re.sub(r"\s*;\s*", "; ", re.sub(r"(:\d\d)\s*(?:&|and|\s)\s*(?=\d)", r"\1,", ruled))


def clock_times(found: re.Match[str]) -> str:
    """`9-17` as `09:00-17:00`; with am or pm on either side by the twelve-hour clock, where `9-5pm` begins at nine."""
    hour, minute, half, end_hour, end_minute, end_half = found.groups()
    opens, closes = hour_of(hour, half or morning_if(end_half)), hour_of(end_hour, end_half or evening_if(half))
    return f"{opens:02}:{minute or '00'}-{closes or 24:02}:{end_minute or '00'}"


def morning_if(other: str | None) -> str | None:
    return "a" if other else None


def evening_if(other: str | None) -> str | None:
    return "p" if other else None


def hour_of(digits: str, half: str | None) -> int:
    hour = int(digits)
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)
