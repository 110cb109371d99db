"""Which numbers a chart tells too: those that sources give side by side, and how many texts there were when.

A chart repeats what cited passages hold and nothing else. Where a number, its unit or what it counts is not certain,
there is none: a chart is believed at a glance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from babel.dates import format_skeleton
from babel.numbers import format_currency, format_percent
from babel.units import format_unit

from briefing.model import Article, Claim, Conflict
from briefing.render.catalogue import decimal, locale
from briefing.render.labels import Words
from briefing.text.facts.counts import Counted, counts
from briefing.text.facts.numbers import Number, compatible
from briefing.text.facts.units import money

# A story's texts are told over time where there are so many of them, in so many periods, and not one in each.
TEXTS, PERIODS = 5, 3
# As many columns with their labels under them as a phone has room for.
COLUMNS = 8
# As long as periods may be: days where there are enough of them, else the shortest that give no more columns.
_DAY = timedelta(days=1)
_STEPS = (_DAY, *(timedelta(hours=hours) for hours in (1, 3, 6, 12)))
# The units of CLDR that ours are; a number of another unit makes no chart.
_UNITS: Mapping[str, str] = {
    "km": "length-kilometer", "mile": "length-mile", "m": "length-meter", "cm": "length-centimeter",
    "mm": "length-millimeter", "ft": "length-foot", "inch": "length-inch", "yard": "length-yard",
    "kg": "mass-kilogram", "g": "mass-gram", "lb": "mass-pound", "ounce": "mass-ounce", "t": "mass-tonne",
    "km2": "area-square-kilometer", "mile2": "area-square-mile", "acre": "area-acre", "hectare": "area-hectare",
    "m2": "area-square-meter", "ft2": "area-square-foot", "km/h": "speed-kilometer-per-hour",
    "mph": "speed-mile-per-hour", "knot": "speed-knot", "liter": "volume-liter", "gallon": "volume-gallon",
    "second": "duration-second", "minute": "duration-minute", "hour": "duration-hour", "day": "duration-day",
    "week": "duration-week", "month": "duration-month", "year": "duration-year",
    "W": "power-watt", "kW": "power-kilowatt", "MW": "power-megawatt", "GW": "power-gigawatt",
}  # fmt: skip


class Bar(NamedTuple):
    """One number of a chart: what it is of, the number, how it is written, and the index of the side that gives it."""

    label: str
    value: float
    text: str
    side: int = -1


class Chart(NamedTuple):
    """The numbers of a chart, in the order of the page. ``unit`` is that of all of them, empty for counts."""

    kind: str
    title: str
    unit: str
    bars: tuple[Bar, ...]


def numbers(conflict: Conflict, articles: Mapping[str, Article], names: Sequence[str], words: Words) -> Chart | None:
    """What the sides of a conflict give, one number of one unit each; None where that cannot be told for certain.

    ``names`` are the sides' labels. A number is read from the words that its side cites, not from the side's own.
    """
    read = [_counted(side, articles) for side in conflict.sides]
    shared = set.intersection(*({c.thing for c in found} for found in read))
    sets = [one for thing in sorted(shared) if (one := _one_each(thing, read))]
    named = [s for s in sets if any(c.about and conflict.about.startswith(c.about) for c in s)]
    chosen = named if len(sets) > 1 else sets
    if len(chosen) != 1:
        return None
    told = [c.number for c in chosen[0]]
    unit = told[0].unit
    texts = [_written(number, words) for number in told]
    if not all(texts):
        return None
    bars = zip(names, told, texts, range(len(told)), strict=True)
    return Chart("numbers", conflict.about, unit, tuple(Bar(name, n.value, text, i) for name, n, text, i in bars))


def volume(published: Iterable[datetime], words: Words) -> Chart | None:
    """How many of a story's texts were published when; None where that shows nothing: few texts, few or equal periods.

    Periods are of the hours and days of the zone of ``words``. A text that carries its day only, which is read as
    midnight, is told by its day.
    """
    moments = sorted(p.astimezone(words.zone).replace(tzinfo=None) for p in published)
    if len(moments) < TEXTS:
        return None
    days_only = any(m.time() == time() for m in moments)
    for step in _STEPS[:1] if days_only else _STEPS:
        starts = [_start(m, step) for m in moments]
        columns = (starts[-1] - starts[0]) // step + 1
        if columns <= COLUMNS and PERIODS <= len(set(starts)) < len(starts):
            hours = step // timedelta(hours=1)
            title = words.say("volume_days") if step == _DAY else words.say("volume_hours", number=hours)
            periods = [starts[0] + n * step for n in range(columns)]
            labels = _days(periods, words) if step == _DAY else _hours(periods, words)
            told = zip(labels, map(starts.count, periods), strict=True)
            bars = (Bar(label, count, decimal(count, words.language)) for label, count in told)
            return Chart("volume", title, "", tuple(bars))
    return None


def _counted(side: Claim, articles: Mapping[str, Article]) -> list[Counted]:
    """What the words that a side cites count; nothing where they take a number back, or stand in several places."""
    if len(side.citations) != 1:
        return []
    citation = side.citations[0]
    found = counts(citation.quote, articles[citation.article].language or "en")
    return [] if any(c.withdrawn for c in found) else [c for c in found if not c.part]


def _one_each(thing: str, read: Sequence[Sequence[Counted]]) -> tuple[Counted, ...]:
    """The count of ``thing`` of each side, where each gives one, all of one unit, and no two of them can be true."""
    found = [[c for c in side if c.thing == thing] for side in read]
    if any(len(side) != 1 for side in found):
        return ()
    one = tuple(side[0] for side in found)
    told = [c.number for c in one]
    apart = not any(compatible(a, b) for n, a in enumerate(told) for b in told[:n])
    return one if apart and len({n.unit for n in told}) == 1 and all(n.value > 0 for n in told) else ()


def _written(number: Number, words: Words) -> str:
    """A number in the page's language, with the sign of how exactly it is meant; empty for a unit that has no name."""
    value, unit, language = number.value, number.unit, locale(words.language)
    if unit == "%":
        text = format_percent(Decimal(str(value)) / 100, locale=language, decimal_quantization=False)
    elif money(unit) and len(unit) == 3:
        text = format_currency(value, unit, locale=language, currency_digits=False, format="#,##0.## ¤¤")
    elif unit in _UNITS:
        text = format_unit(value, _UNITS[unit], length="short", locale=language)
    elif unit:
        return ""
    else:
        text = decimal(value, words.language, "#,##0.###")
    return f"{_sign(number)}{text}"


def _sign(number: Number) -> str:
    if number.exact:
        return ""
    if number.high == float("inf"):
        return ">\u00a0" if number.strict else "≥\u00a0"
    return "≤\u00a0" if number.below else "≈\u00a0"


def _start(moment: datetime, step: timedelta) -> datetime:
    """The beginning of the period that holds ``moment``; periods are counted from midnight."""
    midnight = datetime.combine(moment.date(), time())
    return midnight + (moment - midnight) // step * step


def _days(periods: Iterable[datetime], words: Words) -> list[str]:
    return [str(format_skeleton("MMMd", period, locale=locale(words.language))) for period in periods]


def _hours(periods: Sequence[datetime], words: Words) -> list[str]:
    """The times at which periods begin, the first of a day with its day."""
    clocks = [str(format_skeleton("Hm", period, locale=locale(words.language))) for period in periods]
    new = [n == 0 or period.date() != periods[n - 1].date() for n, period in enumerate(periods)]
    told = zip(new, _days(periods, words), clocks, strict=True)
    return [words.say("day_and_time", day=day, time=clock) if first else clock for first, day, clock in told]
