"""Numbers in a text: digits and words, with scale, currency and unit, and how exactly they are meant."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import NamedTuple

from briefing.text.facts import number_words as lists
from briefing.text.facts.units import CURRENCIES, money, times_as_large

# Commas group thousands here; elsewhere they mark decimals, and full stops or spaces group.
_COMMA_GROUPS = frozenset({"en", "zh", "ja", "ko", "th", "he", "hi", ""})
_DIGITS = r"\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_NEAR = 0.03
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset({"a", "an", "ein", "eine", "einen", "une", "un", "media", "medio"})
_ONE = frozenset({"one"})
# "The third quarter", "the last quarter" and "the second half" are periods, not shares.
_PERIOD = re.compile(
    r"(?<!\w)(?:\w*(?:st|nd|rd|th)|first|second|third|last|next|this|same|previous|prior|latest|current|fiscal|opening|"
    r"final|each|every|per)[\s-]$"
)
# Whoever says "half" of 51 percent, or "a third" of 34, rounds by no more than this.
_SHARE_GAP = 0.015
# Whoever says "more than 40" or "nearly 50" is near: of 53 or 44 he says so no more.
_ABOVE, _BELOW = 1.34, 0.88
_OVER_THE = re.compile(r"(?<!\w)(?:over|above|under|below)\s+the\s+$")
# Converted units are rounded: 8 km for five miles.
_CONVERTED = 0.03


class Number(NamedTuple):
    """A number as a text gives it.

    ``value`` is what is written; ``low`` and ``high`` bound what may be meant ("more than 40": 40 to infinity).
    ``step`` is the place it is written to (2 million: 1,000,000; 1.98 million: 10,000). ``unit`` is "%",
    "points", an ISO currency, "ordinal", a unit of measure, or "" for a count. ``strict`` bounds are not met by the
    value itself: "more than 40", not "at least 40".
    """

    start: int
    end: int
    text: str
    value: float
    low: float
    high: float
    step: float
    unit: str = ""
    strict: bool = False

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def below(self) -> bool:
        """Whether the value is only an upper bound: "nearly 40"."""
        return self.low == 0 < self.high == self.value

    @property
    def vague(self) -> bool:
        """Whether only the order of magnitude is told: "dozens"."""
        return self.low == self.value < self.high < math.inf


@lru_cache(maxsize=4096)
def numbers(text: str, language: str = "en") -> tuple[Number, ...]:
    """The numbers of ``text`` in order. Digits inside a name (F-16, G7) and a bare "one" are none."""
    found: list[Number] = []
    # Most sentences hold no number, and to see that is cheaper than to look for one.
    if not _DIGIT.search(text) and lists.any_of(language).isdisjoint(_LETTERS.findall(text.casefold())):
        return ()
    for match in _pattern(language).finditer(text):
        number = _read(match, text, language)
        if number is not None:
            found.append(number)
    return tuple(found)


def agree(claimed: Number, given: Number) -> bool:
    """Whether a text that gives one number may be said to give the other: the same kind, and equal but for rounding.

    A rounder number may stand for a finer one: "2 million" for 1.98 million, "about 50" for 48, "nearly 50" for
    48, "more than 40" for 43; a finer one never for a rounder one, nor "more than 20" for 20. Units of one kind are
    converted, and a percentage may stand for a fraction.
    """
    size = times_as_large(given.unit, claimed.unit)
    if size is None:
        return _share(claimed, given) if "%" in (claimed.unit, given.unit) else _loose(claimed, given)
    if size == 1.0:
        return _equal(claimed, given)
    value = given.value * size
    return abs(claimed.value - value) <= _CONVERTED * value and _bounds_agree(claimed, given)


def _equal(claimed: Number, given: Number) -> bool:
    if claimed.vague:
        return claimed.low == given.low if given.vague else claimed.low <= given.value < claimed.high
    if given.vague:
        return False
    if math.isclose(claimed.value, given.value, rel_tol=1e-9):
        return _bounds_agree(claimed, given)
    if claimed.step < given.step:
        return False
    if claimed.exact:
        # Said without "about", a rounded number has to be near.
        gap = abs(claimed.value - given.value)
        return claimed.step > given.step and gap <= claimed.step / 2 and gap <= _NEAR * given.value
    if not given.exact and claimed.step <= given.step:
        # "Nearly five hours" rounds no "nearly four hours".
        return False
    if not math.isfinite(claimed.high):
        return claimed.value < given.value <= claimed.value * _ABOVE and not given.below
    if claimed.below:
        return claimed.value * _BELOW <= given.value < claimed.value and math.isfinite(given.high)
    return claimed.low <= given.value <= claimed.high


def _bounds_agree(claimed: Number, given: Number) -> bool:
    """Whether the bounds of two equal numbers may be told one for the other."""
    if claimed.vague or claimed.exact:
        return True
    if math.isinf(claimed.high):
        return math.isinf(given.high) or not (claimed.strict or given.below)
    if claimed.below:
        return given.below or not (claimed.strict or math.isinf(given.high))
    return True


def _share(claimed: Number, given: Number) -> bool:
    percent, fraction = (claimed, given) if claimed.unit == "%" else (given, claimed)
    return not fraction.unit and 0 < fraction.value < 1 and abs(percent.value / 100 - fraction.value) <= _SHARE_GAP


def compatible(a: Number, b: Number) -> bool:
    """Whether both can be true of one thing at one time: "at least 12" and 15 can, 14 and 17 cannot."""
    if agree(a, b) or agree(b, a):
        return True
    return max(a.low, b.low) <= min(a.high, b.high)


def _loose(claimed: Number, given: Number) -> bool:
    """Whether numbers agree of which one may have lost its unit ("rose 40", "40 km"); percentages, money never do."""
    for unit in (claimed.unit, given.unit):
        if unit in ("%", "points", "ordinal", "clock", "times") or money(unit):
            return False
    return not (claimed.unit and given.unit) and _equal(claimed, given)


def _read(match: re.Match[str], text: str, language: str) -> Number | None:
    words = lists.of(language)
    figure, spelled = match["figure"], match["spelled"]
    unit, step = "", 1.0
    low_high: tuple[float, float] | None = None
    if figure:
        value, step = _digits(figure, language)
        if match["ordinal"]:
            unit = "ordinal"
    else:
        key = spelled.casefold()
        if key in words.magnitudes:
            low_high = words.magnitudes[key]
            value = step = low_high[0]
        elif key in words.ordinals:
            value, unit = words.ordinals[key], "ordinal"
        else:
            parsed = _spelled(key, words)
            if parsed is None or (key in ("half", "quarter") and _PERIOD.search(text[: match.start()].casefold())):
                return None
            value = parsed
            # "Two-thirds" is said of 65 as of 68 in a hundred.
            step = 0.04 if value % 1 else _place(str(int(value)))
    for scale in (match["scale"] or "").split():
        factor = words.scales.get(scale.casefold().rstrip("."), 1.0)
        value, step = value * factor, step * factor
        low_high = (low_high[0] * factor, low_high[1] * factor) if low_high else None
    unit = _unit(match, words) or unit
    low, high = low_high or (value, value)
    before = text[max(0, match.start() - 24) : match.start()].casefold()
    after = text[match.end() : match.end() + 16].casefold()
    strict = False
    if _OVER_THE.search(before):
        # "A dispute over the 24 cranes" bounds nothing.
        pass
    elif words.more.search(before) or words.more_after.match(after):
        high, strict = math.inf, not (words.inclusive.search(before) or words.more_after.match(after))
        # "Over three years" mostly means in the course of them.
        strict = strict and not (before.endswith("over ") and times_as_large(unit, "second"))
    elif words.less.search(before):
        low, strict = 0.0, not words.inclusive.search(before)
    elif words.about.search(before):
        low, high = value * 0.9, value * 1.1
    return Number(match.start(), match.end(), match.group(), value, low, high, step, unit, strict)


def _unit(match: re.Match[str], words: lists.NumberWords) -> str:
    if match["sign"]:
        return CURRENCIES.get(match["sign"].casefold().strip(), "USD")
    after = re.sub(r"^(?:d['’]|de\s|of\s)", "", (match["unit"] or "").casefold().strip(" -."))
    return CURRENCIES.get(after) or words.units.get(re.sub(r"\s+", " ", after), "")


def _digits(figure: str, language: str) -> tuple[float, float]:
    comma_groups = language in _COMMA_GROUPS
    point = "." if comma_groups else ","
    plain = re.sub(r"['’\u00a0\u202f ]", "", figure)
    other = "," if comma_groups else "."
    groups = re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+(?:\{point}\d+)?", plain)
    if groups:
        plain = plain.replace(other, "")
    elif plain.count(point) > 1:
        plain = plain.replace(point, "")
    plain = plain.replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    decimals = len(plain.partition(".")[2])
    return float(plain), 10.0**-decimals if decimals else _place(plain)


def _place(integer: str) -> float:
    return 10.0 ** min(len(integer) - len(integer.rstrip("0")), 6)


def _spelled(words: str, lists_: lists.NumberWords) -> float | None:
    total, current, seen, last = 0.0, 0.0, False, ""
    for word in re.split(r"[\s-]+", words):
        if word in lists_.fractions:
            part = lists_.fractions[word]
            # "Two and a half" adds, "two thirds" multiplies.
            current = current + part if last in _ARTICLES and current else (current or 1.0) * part
            seen = True
        elif word in _ONE:
            current, seen = current + 1, True
        elif word in lists_.cardinals:
            current += lists_.cardinals[word]
            seen = True
        elif word in lists_.hundreds:
            current = (current or 1.0) * lists_.hundreds[word]
            seen = True
        elif word in lists_.scales and seen:
            total += (current or 1.0) * lists_.scales[word]
            current = 0.0
        last = word
    return total + current if seen else None


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = lists.of(language)

    def union(keys: object) -> str:
        return "|".join(re.escape(k) for k in sorted(keys, key=len, reverse=True))  # type: ignore[call-overload]

    units = union([*words.units, *CURRENCIES])
    small = union([*words.cardinals, *words.hundreds])
    link = union(words.links)
    spelled = (
        rf"(?:{small})(?:(?:[\s-]|\s(?:{link})\s)(?:{small}|{union(words.fractions)}))*"
        rf"|(?:{union(words.fractions)})(?=\s(?:{union(words.of)}))|(?:{union([*words.ordinals, *words.magnitudes])})"
    )
    scale = rf"(?:[\s-]?(?:{union(words.scales)})\.?(?![^\W_]))(?:\s(?:{union(words.scales)})\b)?"
    # Most places lie within a word and begin no number, which is cheap to see.
    return re.compile(
        r"(?:(?=[$€£¥₹₽₩₪₴₺])|(?<![^\W_]))(?=[^\W_]|[$€£¥₹₽₩₪₴₺])"
        rf"(?P<sign>(?:US|AU|A|CA|C|NZ|HK|S|R)?\$|[€£¥₹₽]|\b(?:USD|EUR|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|CAD|AUD)\s)?(?(sign)\s?)"
        rf"(?:(?<![^\W_])(?<![^\W\d_][-./_])(?P<figure>{_DIGITS})(?:(?P<ordinal>st|nd|rd|th|er|re|e|ème|º|ª)\b)?"
        rf"|(?<![^\W_])(?P<spelled>{spelled})(?![^\W_]))"
        rf"(?P<scale>{scale})?"
        rf"(?P<unit>(?:\s?d['’]|\sde\s|\sof\s|[\s-]?)(?:{units})(?![^\W_]))?",
        re.IGNORECASE,
    )
