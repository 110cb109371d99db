"""The words that numbers are written with, for English, German, French and Spanish. Other languages: digits only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import regex

from briefing.text.facts.units import MEASURES, PERCENT


class NumberWords(NamedTuple):
    """Folded words of one language; ``more``, ``less`` and ``about`` match right before a number.

    ``inclusive`` are those of ``more`` and ``less`` that the number itself satisfies ("at least"); ``magnitudes`` bound
    what "dozens" may be, the upper bound left out.
    """

    cardinals: Mapping[str, float]
    hundreds: Mapping[str, float]
    scales: Mapping[str, float]
    fractions: Mapping[str, float]
    ordinals: Mapping[str, float]
    units: Mapping[str, str]
    links: tuple[str, ...]
    of: tuple[str, ...]
    more: regex.Pattern[str]
    less: regex.Pattern[str]
    inclusive: regex.Pattern[str]
    about: regex.Pattern[str]
    more_after: regex.Pattern[str]
    magnitudes: Mapping[str, tuple[float, float]]


def _count(words: str, first: int = 0) -> dict[str, float]:
    return {word: float(n) for n, word in enumerate(words.split(), first) if word != "-"}


def _tens(words: str) -> dict[str, float]:
    return {word: 10.0 * n for n, word in enumerate(words.split(), 2)}


def _before(words: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{words})\s+(?:(?:the|a|an|der|die|den|les|los)\s+)?$")


def _orders(words: str) -> dict[str, tuple[float, float]]:
    bounds = ((20.0, 100.0), (100.0, 1e3), (1e3, 1e5), (1e4, 1e5), (1e5, 1e6), (1e6, 1e9), (1e9, 1e12))
    return dict(zip(words.split("|"), bounds, strict=True))


def _after(words: str) -> regex.Pattern[str]:
    return regex.compile(rf"\s*(?:{words})")


# "one", "ein", "un" and "uno" are left out: they are articles and pronouns more often than numbers.
_ENGLISH = NumberWords(
    cardinals=_count(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen",
        2,
    )
    | _tens("twenty thirty forty fifty sixty seventy eighty ninety")
    | {
        "zero": 0.0,
        "a dozen": 12.0,
        "half a dozen": 6.0,
        "half-dozen": 6.0,
        "a hundred": 100.0,
        "one hundred": 100.0,
        "a thousand": 1e3,
        "one thousand": 1e3,
        "one million": 1e6,
        "a million": 1e6,
        "one billion": 1e9,
        "a billion": 1e9,
        "half a": 0.5,
        "half an": 0.5,
        "a half": 0.5,
        "one half": 0.5,
        "one third": 1 / 3,
        "one-third": 1 / 3,
        "a third of": 1 / 3,
        "a quarter of": 0.25,
        "one quarter": 0.25,
        "one-quarter": 0.25,
        "one in ten": 0.1,
    },
    hundreds={"hundred": 100.0, "dozen": 12.0, "thousand": 1e3},
    scales={
        "thousand": 1e3,
        "k": 1e3,
        "lakh": 1e5,
        "crore": 1e7,
        "million": 1e6,
        "mn": 1e6,
        "m": 1e6,
        "billion": 1e9,
        "bn": 1e9,
        "b": 1e9,
        "trillion": 1e12,
        "tn": 1e12,
        "hundred": 100.0,
        "dozen": 12.0,
    },
    fractions={
        "half": 0.5,
        "third": 1 / 3,
        "thirds": 1 / 3,
        "quarter": 0.25,
        "quarters": 0.25,
        "fifth": 0.2,
        "fifths": 0.2,
        "tenth": 0.1,
        "tenths": 0.1,
    },
    ordinals=_count(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        1,
    ),
    units={**PERCENT, **MEASURES},
    links=("and",),
    of=("of", "the", "its", "their", "his", "her", "all", "that"),
    more=_before(
        "more than|at least|over|above|exceeding|no fewer than|no less than|a minimum of|upwards of|"
        "topped|surpassing|surpassed|exceeded|greater than|north of"
    ),
    less=_before(
        "less than|fewer than|under|below|nearly|almost|at most|up to|no more than|as many as|"
        "as much as|just shy of|just under|approaching"
    ),
    inclusive=_before(
        "at least|no fewer than|no less than|a minimum of|upwards of|at most|up to|no more than|as many as|as much as"
    ),
    about=_before(
        "about|around|roughly|approximately|some|an estimated|estimated|close to|"
        "circa|c\\.|ca\\.|an average of|more or less"
    ),
    more_after=_after(r"or more|\+|plus\b|at least"),
    magnitudes=_orders("dozens|hundreds|thousands|tens of thousands|hundreds of thousands|millions|billions"),
)
_GERMAN = NumberWords(
    cardinals=_count("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
                     "siebzehn achtzehn neunzehn", 2)
    | _tens("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
    | {"null": 0.0, "ein dutzend": 12.0, "hundert": 100.0, "tausend": 1e3, "eine million": 1e6, "einer million": 1e6,
       "eine milliarde": 1e9},
    hundreds={"dutzend": 12.0},
    scales={"tausend": 1e3, "tsd": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6, "milliarde": 1e9,
            "milliarden": 1e9, "mrd": 1e9, "billionen": 1e12},
    fractions={"hälfte": 0.5, "drittel": 1 / 3, "viertel": 0.25},
    ordinals={f"{stem}{end}": n for n, stem in enumerate(
        "erst zweit dritt viert fünft sechst siebt acht neunt zehnt".split(), 1) for end in ("en", "er", "es")
        if stem != "acht"},
    units={**PERCENT, **MEASURES},
    links=("und",),
    of=("der", "des", "von"),
    more=_before("mehr als|mindestens|über|wenigstens"),
    less=_before("weniger als|unter|fast|knapp|beinahe|höchstens|bis zu|maximal"),
    inclusive=_before("mindestens|wenigstens|höchstens|bis zu|maximal"),
    about=_before("etwa|rund|ungefähr|circa|ca\\.|gut|schätzungsweise"),
    more_after=_after(r"oder mehr|\+"),
    magnitudes=_orders(
        "dutzende|hunderte|tausende|zehntausende|hunderttausende|millionen|milliarden"
    ),
)  # fmt: skip
_FRENCH = NumberWords(
    cardinals=_count("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 2)
    | {"vingt": 20.0, "trente": 30.0, "quarante": 40.0, "cinquante": 50.0, "soixante": 60.0, "zéro": 0.0,
       "une douzaine": 12.0, "une dizaine": 10.0, "une vingtaine": 20.0, "un millier": 1e3, "un million": 1e6,
       "un milliard": 1e9, "mille": 1e3},
    hundreds={"cent": 100.0, "cents": 100.0},
    scales={"mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9},
    fractions={"moitié": 0.5, "tiers": 1 / 3, "quart": 0.25},
    ordinals={"premier": 1.0, "première": 1.0, "deuxième": 2.0, "troisième": 3.0, "quatrième": 4.0, "cinquième": 5.0},
    units={**PERCENT, **MEASURES},
    links=("et", "de"),
    of=("de", "des", "du"),
    more=_before("plus de|plus d'|au moins|au-delà de"),
    less=_before("moins de|moins d'|près de|presque|jusqu'à|au plus"),
    inclusive=_before("au moins|jusqu'à|au plus"),
    about=_before("environ|quelque|autour de|à peu près"),
    more_after=_after(r"ou plus|\+"),
    magnitudes=_orders(
        "dizaines|centaines|milliers|dizaines de milliers|centaines de milliers|millions|milliards"
    ),
)  # fmt: skip
_SPANISH = NumberWords(
    cardinals=_count("dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
                     "diecisiete dieciocho diecinueve veinte", 2)
    | {"treinta": 30.0, "cuarenta": 40.0, "cincuenta": 50.0, "sesenta": 60.0, "setenta": 70.0, "ochenta": 80.0,
       "noventa": 90.0, "cien": 100.0, "cero": 0.0, "una docena": 12.0, "una decena": 10.0, "un millón": 1e6,
       "mil": 1e3},
    hundreds={"ciento": 100.0},
    scales={"mil": 1e3, "millón": 1e6, "millones": 1e6, "billón": 1e12, "billones": 1e12},
    fractions={"mitad": 0.5, "tercio": 1 / 3, "tercios": 1 / 3, "cuarto": 0.25},
    ordinals={"primer": 1.0, "primero": 1.0, "primera": 1.0, "segundo": 2.0, "segunda": 2.0, "tercer": 3.0,
              "tercera": 3.0, "cuarta": 4.0, "quinto": 5.0, "quinta": 5.0},
    units={**PERCENT, **MEASURES},
    links=("y", "de"),
    of=("de", "del"),
    more=_before("más de|al menos|por lo menos|como mínimo"),
    less=_before("menos de|casi|hasta|como máximo"),
    inclusive=_before("al menos|por lo menos|como mínimo|hasta|como máximo"),
    about=_before("unos|unas|alrededor de|aproximadamente|cerca de"),
    more_after=_after(r"o más|\+"),
    magnitudes=_orders(
        "decenas|cientos|miles|decenas de miles|cientos de miles|millones|miles de millones"
    ),
)  # fmt: skip
_BY_LANGUAGE = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}


@cache
def any_of(language: str) -> frozenset[str]:
    """The single words of which a spelled number of ``language`` holds at least one: the longest of each."""
    words = of(language)
    keys = (*words.cardinals, *words.hundreds, *words.fractions, *words.ordinals, *words.magnitudes)
    return frozenset(max(k.replace("-", " ").split(), key=len) for k in keys)


@cache
def of(language: str) -> NumberWords:
    """The words of ``language``; English where there is no list, since its words seldom mean anything elsewhere."""
    return _BY_LANGUAGE.get(language, _ENGLISH)
