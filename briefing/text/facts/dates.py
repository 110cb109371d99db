"""Dates and weekdays in a text, resolved against the day it was published where that is known."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
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
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "last night": -1},
    "de": {"heute": 0, "gestern": -1, "vorgestern": -2, "übermorgen": 2},
    "fr": {"aujourd'hui": 0, "hier": -1, "demain": 1},
    "es": {"hoy": 0, "ayer": -1, "anoche": -1},
}
_PERIOD = {
    f"{word} {unit}": (name, offset)
    for word, offset in (("last", -1), ("this", 0), ("next", 1))
    for unit, name in (("week", "week"), ("month", "month"), ("year", "year"))
} | {
    "a year ago": ("year", -1), "a month ago": ("month", -1), "a week ago": ("week", -1),
    "letzte woche": ("week", -1), "vergangene woche": ("week", -1), "diese woche": ("week", 0),
    "nächste woche": ("week", 1), "letzten monat": ("month", -1), "vergangenen monat": ("month", -1),
    "nächsten monat": ("month", 1), "letztes jahr": ("year", -1), "im vergangenen jahr": ("year", -1),
    "nächstes jahr": ("year", 1), "la semaine dernière": ("week", -1), "la semaine prochaine": ("week", 1),
    "le mois dernier": ("month", -1), "l'année dernière": ("year", -1), "l'an dernier": ("year", -1),
    "l'an prochain": ("year", 1), "la semana pasada": ("week", -1), "la próxima semana": ("week", 1),
    "el mes pasado": ("month", -1), "el año pasado": ("year", -1), "el próximo año": ("year", 1),
}  # fmt: skip
_DECADES = {
    word: 20 + 10 * n
    for n, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split())
}

_AMBIGUOUS = frozenset("march april may june july august augusta mars mai juni juli".split())
_LEADS = regex.compile(
    r"\b(?:in|since|until|by|of|from|to|last|this|next|early|late|mid|im|seit|en|de|fin|début|either|between|through|or|during|each|every)[\s-]$",
    regex.I,
)


class Day(NamedTuple):
    """A date as far as a text gives it; ``weekday`` counts from Monday, 0. What is not given is None.

    ``years`` is how many years are meant from ``year`` on: 10 of "the 1990s". ``week`` is an ISO year and week.
    ``relative`` is the unit and the offset of "yesterday" or "last week", whether or not they could be resolved.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    years: int = 1
    week: tuple[int, int] | None = None
    relative: tuple[str, int] | None = None


@lru_cache(maxsize=4096)
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


def same_day(claimed: Day, given: Day, published: date | None = None) -> bool:
    """Whether a text that gives one date may be said to give the other: nothing differs, and nothing is added.

    A month stands for a day of it, and a weekday for the date it fell on, not the other way round. A date without a
    year is taken to be the one nearest to ``published``.
    """
    if claimed.relative and claimed.relative == given.relative:
        return True
    given = _nearest(given, published)
    if claimed.week:
        return claimed.week == (given.week or _week(given))
    if (
        claimed.year is not None
        and (claimed.month is None or given.year is not None)
        and not _same_year(claimed, given)
    ):
        return False
    if claimed.year is not None and given.year is None:
        return False
    for ours, theirs in ((claimed.month, given.month), (claimed.day, given.day)):
        if ours is not None and ours != theirs:
            return False
    if claimed.weekday is not None and claimed.weekday != given.weekday:
        return claimed.day is not None and given.weekday is None
    return any(part is not None for part in claimed[3:7])


def _same_year(claimed: Day, given: Day) -> bool:
    if claimed.year is None or given.year is None:
        return False
    first, last = given.year, given.year + given.years - 1
    if claimed.years > 1:
        return claimed.year <= first and last < claimed.year + claimed.years
    return claimed.year in (first, last)


def _nearest(day: Day, published: date | None) -> Day:
    if published is None or day.month is None or day.year is not None:
        return day
    months = day.month - published.month
    year = published.year + (1 if months < -6 else -1 if months > 6 else 0)
    full = _checked(day[:3], year, day.month, day.day)
    return full or day


def _week(day: Day) -> tuple[int, int] | None:
    if day.year is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day).isocalendar()[:2]


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
    if match["weekday"] or match["short"]:
        return _weekday(match, here, language, published)
    if match["relative"]:
        if match["relative"][0].isupper() and regex.search(r"\w\s$", text[:start][-2:]):
            # "USA Today"
            return None
        offset = (_RELATIVE["en"] | _RELATIVE.get(language, {}))[_plain(match["relative"])]
        known = _of(here, published + timedelta(days=offset)) if published else Day(*here)
        return known._replace(relative=("day", offset))
    if match["period"]:
        return _period(here, _PERIOD[_plain(match["period"])], published)
    if match["decade"] or match["nineties"]:
        tens = int(match["decade"]) if match["decade"] else _DECADES[match["nineties"].casefold()]
        return Day(*here, tens if tens > 99 else 1900 + tens if tens > 20 else 2000 + tens, years=10)
    if match["fiscal"]:
        return Day(*here, 2000 + int(match["fiscal"]))
    year = int(match["year"])
    if match["to"]:
        last = int(match["to"]) if len(match["to"]) == 4 else year // 100 * 100 + int(match["to"])
        if year < last <= year + 100:
            return Day(*here, year, years=last - year + 1)
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
    if month is None:
        return None
    if not (day or match["with"] or _surely_month(match["month"], language)):
        led = _LEADS.search(match.string[max(0, match.start("month") - 12) : match.start("month")])
        if not match["month"][0].isupper() or not led:
            return None
    return _checked(here, int(match["with"]) if match["with"] else None, month, int(day) if day else None)


def _surely_month(name: str, language: str) -> bool:
    """Whether a month alone is one; some are words or names as well: "may", "march", "Jan", "April", "Mars"."""
    if language in ("fr", "es"):
        return name.islower()
    return name[0].isupper() and name.casefold() not in _AMBIGUOUS and len(name) > 4


def _weekday(match: regex.Match[str], here: tuple[int, int, str], language: str, published: date | None) -> Day | None:
    number = _weekdays(language)[(match["weekday"] or match["short"]).casefold().rstrip(".")]
    if published is None:
        return Day(*here, weekday=number)
    if _plain(match["which"] or "") in ("next", "coming", "kommenden", "nächsten", "prochain"):
        return _of(here, published + timedelta(days=(number - published.weekday() - 1) % 7 + 1))
    return _of(here, published - timedelta(days=(published.weekday() - number) % 7))


def _period(here: tuple[int, int, str], period: tuple[str, int], published: date | None) -> Day:
    unit, offset = period
    if published is None:
        return Day(*here, relative=period)
    if unit == "week":
        return Day(*here, week=(published + timedelta(weeks=offset)).isocalendar()[:2], relative=period)
    if unit == "year":
        return Day(*here, published.year + offset, relative=period)
    months = published.year * 12 + published.month - 1 + offset
    return Day(*here, months // 12, months % 12 + 1, relative=period)


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
        r"|(?P<short>(?-i:Mon|Tues?|Wed|Thur?s?|Fri)\.)"
        rf"|(?P<relative>{relative})(?!\w)|(?<!\bthe\s)(?P<period>{union(_PERIOD)})(?!\w)"
        r"|(?P<decade>(?:1[4-9]|20)\d0(?=s|er)|(?<=['’])\d0(?=s)|(?<=\b(?:années|años)\s)\d0)(?:s|er)?(?!\w)"
        rf"|(?<=\bthe\s)(?P<nineties>{union(_DECADES)})(?!\w)|FY\s?['’]?(?P<fiscal>\d\d)(?!\d)"
        rf"|(?<![$€£#.,\d-])(?:FY\s?)?(?P<year>{year})(?:[-–—/](?P<to>\d\d|{year})(?!\w))?(?![\w%]|[.,]\d|-\d))",
        regex.IGNORECASE,
    )
