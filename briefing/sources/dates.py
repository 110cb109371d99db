"""Dates as files write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from email.utils import parsedate_to_datetime

# Outside these years a date is a placeholder or a slip, not a time of publication.
_YEARS = range(1900, 2101)
_EPOCH = re.compile(r"[1-9]\d{8,9}(\d{3})?(\.\d+)?")
_ZONED = re.compile(r"\s*(UTC|GMT|Z)$", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_CLOCK = r"(?:,?\s+(?:at\s+|um\s+)?(\d{1,2}):(\d{2})(?::\d{2})?(?:\s*([ap])\.?m\.?|\s+uhr)?)?"
_DAY_FIRST = re.compile(
    rf"(?:\w+,?\s+)?(\d{{1,2}})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?(\w+)\.?,?\s+(?:de\s+)?(\d{{4}}){_CLOCK}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"(?:\w+,\s+)?(\w+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_CLOCK}", re.IGNORECASE)
# Dots stand between day and month in that order, wherever they are written; slashes do not tell.
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})" + _CLOCK, re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})(?:/|\.|年)(\d{1,2})(?:/|\.|月)(\d{1,2})日?")


def parse(value: str, zone: tzinfo = UTC) -> datetime | None:
    """The time that ``value`` tells, aware, or None when it tells none that can be trusted.

    Reads ISO 8601, RFC 2822, seconds or milliseconds since 1970, dates with the month's name in English, German,
    French or Spanish, and dotted ones (day first). A time without a zone, and midnight of a date without a time, is
    taken in ``zone``. Numbers whose order is open (03/04/2026), zones by names that are not known, and years
    outside 1900 to 2100 give None.
    """
    value = " ".join(value.split())
    if not value or len(value) > 100:
        return None
    for read in (_iso, _epoch, _named, _mail):
        try:
            when = read(value)
        except (ValueError, OverflowError, OSError, TypeError, IndexError):
            continue
        if when is not None:
            break
    else:
        return None
    try:
        when = when if when.tzinfo is not None and when.utcoffset() is not None else when.replace(tzinfo=zone)
        return when if when.year in _YEARS and when.astimezone(UTC).year in _YEARS else None
    except (ValueError, OverflowError):
        return None


def _iso(value: str) -> datetime:
    if re.fullmatch(r"\d{5,7}|\d{9,}", value):
        raise ValueError("a number, not a date")
    value = re.sub(r"\[[\w/]+\]$", "", value)  # java.time writes the zone's name behind its offset
    value = _ZONED.sub("+00:00", value) if len(value) > 12 else value
    value = _YEAR_FIRST.sub(lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", value, count=1)
    return datetime.fromisoformat(re.sub(r"\s+([+-]\d{2}:?\d{2})$", r"\1", value))


def _epoch(value: str) -> datetime | None:
    match = _EPOCH.fullmatch(value)
    if not match:
        return None
    seconds = float(value)
    return datetime.fromtimestamp(seconds / 1000 if match[1] else seconds, UTC)


def _mail(value: str) -> datetime | None:
    when = parsedate_to_datetime(value)
    # A zone that is not known is passed over by the library, and so is "pm".
    return None if when.tzinfo is None and re.search(r"[A-Za-z.]{2,}$", value) else when


def _named(value: str) -> datetime | None:
    if match := _DAY_FIRST.fullmatch(value):
        day, name, year = match.group(1, 2, 3)
    elif match := _MONTH_FIRST.fullmatch(value):
        name, day, year = match.group(1, 2, 3)
    elif match := _DOTTED.fullmatch(value):
        day, name, year = match.group(1, 2, 3)
    else:
        return None
    month = int(name) if name.isdecimal() else _MONTHS.get(name.lower())
    return datetime.combine(date(int(year), month, int(day)), _clock(*match.group(4, 5, 6))) if month else None


def _clock(hour: str | None, minute: str | None, half: str | None) -> time:
    if hour is None or minute is None:
        return time()
    if not half:
        return time(int(hour), int(minute))
    if not 1 <= int(hour) <= 12:
        raise ValueError("no hour of half a day")
    return time(int(hour) % 12 + (12 if half.lower() == "p" else 0), int(minute))
