"""Dates and weekdays in a text, resolved against the day it was published where that is known."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import regex

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_SHORT_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
# Days from the day of publication; what names a month or a year is handled apart.
_RELATIVE = {
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0},
    "de": {"heute": 0, "gestern": -1, "vorgestern": -2},
    "fr": {"aujourd'hui": 0, "hier": -1, "demain": 1},
    "es": {"hoy": 0, "ayer": -1},
}
_PERIOD = {
    "last month": ("month", -1), "next month": ("month", 1), "this month": ("month", 0),
    "last year": ("year", -1), "next year": ("year", 1), "this year": ("year", 0),
    "letzten monat": ("month", -1), "vergangenen monat": ("month", -1), "letztes jahr": ("year", -1),
    "im vergangenen jahr": ("year", -1), "le mois dernier": ("month", -1), "l'année dernière": ("year", -1),
    "el mes pasado": ("month", -1), "el año pasado": ("year", -1),
}  # fmt: skip


_LEADS = regex.compile(
    r"\b(?:in|since|until|by|of|from|to|last|this|next|early|late|mid|im|seit|en|de|fin|début)[\s-]$", regex.I
)


class Day(NamedTuple):
    """A date as far as a text gives it; ``weekday`` counts from Monday, 0. What is not given is None."""

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def dates(text: str, language: str = "en", published: date | None = None) -> tuple[Day, ...]:
    """The dates of ``text`` in order.

    "Tuesday", "yesterday" and "last month" become days of the calendar where ``published`` is given. A weekday is
    the last one up to that day, or the next one after "next". A four-digit figure is a year where it counts nothing.
    """
    found: list[Day] = []
    for match in _pattern(language).finditer(text):
        day = _read(match, text, language, published)
        if day is not None:
            found.append(day)
    return tuple(found)


def same_day(claimed: Day, given: Day) -> bool:
    """Whether both may name one date: something is given by both, and nothing that both give differs."""
    shared = [(a, b) for a, b in zip(claimed[3:6], given[3:6], strict=True) if a is not None and b is not None]
    if any(a != b for a, b in shared):
        return False
    if claimed.weekday is not None and given.weekday is not None:
        return claimed.weekday == given.weekday
    return bool(shared)


def _read(match: regex.Match[str], text: str, language: str, published: date | None) -> Day | None:
    start, end, words = match.start(), match.end(), match.group()
    here = (start, end, words)
    if match["iso"]:
        return _checked(here, *(int(n) for n in regex.split(r"[-/]", match["iso"])))
    if match["dotted"]:
        day, month, year = (int(n) for n in match["dotted"].split("."))
        return _checked(here, year if year > 99 else 2000 + year, month, day)
    if match["month"]:
        return _month(match, here, language)
    if match["weekday"]:
        return _weekday(match, here, language, published)
    if match["relative"]:
        offset = (_RELATIVE["en"] | _RELATIVE.get(language, {}))[_plain(match["relative"])]
        return _of(here, published + timedelta(days=offset)) if published else None
    if match["period"]:
        return _period(here, _PERIOD[_plain(match["period"])], published)
    year = int(match["year"])
    # "2,000 people" has its comma; "2000 people" is told from "in 2000" by what follows.
    counted = regex.match(r"\s+(?!\p{Lu})(?:\p{L}{3,}s|people|men|women|children)\b", text[end : end + 24])
    led = regex.search(
        r"(?:\b(?:in|since|of|by|from|until|to|and|late|early|mid|year|seit|depuis|en|de|im|jahr)|\()\s*$",
        text[max(0, start - 12) : start],
        regex.IGNORECASE,
    )
    return Day(*here, year) if led or not counted else None


def _month(match: regex.Match[str], here: tuple[int, int, str], language: str) -> Day | None:
    name = match["month"].casefold().rstrip(".")
    month = _months(language).get(name)
    day = match["before"] or match["after"]
    # Alone, these are words or names as well: "may", "march", "Mars", "Jan", "April", "June", "August".
    if month is None or not (day or match["with"]):
        led = _LEADS.search(match.string[max(0, match.start("month") - 12) : match.start("month")])
        if month is None or not match["month"][0].isupper() or not led:
            return None
    return _checked(here, int(match["with"]) if match["with"] else None, month, int(day) if day else None)


def _weekday(match: regex.Match[str], here: tuple[int, int, str], language: str, published: date | None) -> Day | None:
    number = _weekdays(language)[match["weekday"].casefold().rstrip(".")]
    if published is None:
        return Day(*here, weekday=number)
    if _plain(match["which"] or "") in ("next", "coming", "kommenden", "nächsten", "prochain"):
        return _of(here, published + timedelta(days=(number - published.weekday() - 1) % 7 + 1))
    return _of(here, published - timedelta(days=(published.weekday() - number) % 7))


def _period(here: tuple[int, int, str], period: tuple[str, int], published: date | None) -> Day | None:
    if published is None:
        return None
    unit, offset = period
    if unit == "year":
        return Day(*here, published.year + offset)
    months = published.year * 12 + published.month - 1 + offset
    return Day(*here, months // 12, months % 12 + 1)


def _of(here: tuple[int, int, str], day: date) -> Day:
    return Day(*here, day.year, day.month, day.day, day.weekday())


def _checked(here: tuple[int, int, str], year: int | None, month: int, day: int | None) -> Day | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    weekday = None
    if year is not None and day is not None:
        try:
            weekday = date(year, month, day).weekday()
        except ValueError:
            return None
    return Day(*here, year, month, day, weekday)


def _plain(words: str) -> str:
    return regex.sub(r"\s+", " ", words.casefold().replace("’", "'")).strip()


@cache
def _months(language: str) -> dict[str, int]:
    names = {m: n for n, m in enumerate(_SHORT_MONTHS.split(), 1)} | {"sept": 9}
    for code in ("en", language):
        names |= {m: n for n, m in enumerate(_MONTHS.get(code, "").split(), 1)}
    return names


@cache
def _weekdays(language: str) -> dict[str, int]:
    names = {d: n for n, d in enumerate("mon tue wed thu fri sat sun".split())} | {"tues": 1, "thur": 3, "thurs": 3}
    for code in ("en", language):
        names |= {d: n for n, d in enumerate(_WEEKDAYS.get(code, "").split())}
    return names


@cache
def _pattern(language: str) -> regex.Pattern[str]:
    def union(keys: object) -> str:
        return "|".join(regex.escape(k) for k in sorted(keys, key=len, reverse=True))  # type: ignore[call-overload]

    months, weekdays = union(_months(language)), union(w for w in _weekdays(language) if len(w) > 4)
    relative = union(_RELATIVE["en"] | _RELATIVE.get(language, {}))
    year = r"(?:1[4-9]|20)\d\d"
    # Short weekdays (Sat, Sun, Mon) are words of their own; they count with a capital and a full stop only.
    return regex.compile(
        rf"(?<!\w)(?:(?P<iso>{year}[-/]\d\d?[-/]\d\d?)(?!\d)"
        rf"|(?P<dotted>\d\d?\.\d\d?\.(?:{year}|\d\d))(?!\d)"
        rf"|(?:(?P<before>\d\d?)(?:st|nd|rd|th|er|º|\.)?\s(?:of\s|de\s)?)?(?P<month>{months})\b\.?"
        rf"(?:\s(?P<after>\d\d?)(?:st|nd|rd|th)?(?![\d:]|[.,]\d))?(?:,?\s(?:de\s|del\s|of\s)?(?P<with>{year})(?!\d))?"
        rf"|(?:(?P<which>next|last|this|coming|letzten|kommenden|nächsten)\s)?(?P<weekday>{weekdays})(?!\w)"
        rf"|(?P<relative>{relative})(?!\w)|(?P<period>{union(_PERIOD)})(?!\w)"
        rf"|(?<![$€£#.,\d-])(?P<year>{year})(?![\w%]|[.,]\d|-\d))",
        regex.IGNORECASE,
    )
