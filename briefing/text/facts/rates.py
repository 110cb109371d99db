"""Rates: "a month", "daily", "per household". A number without its rate, or with another one, is another number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from briefing.text.facts.difference import Difference, Evidence
from briefing.text.facts.figures import figures, stands_for
from briefing.text.facts.numbers import Number
from briefing.text.facts.tokens import key
from briefing.text.words import fold

# What is written in four languages for once in a period: the word for the period, then adjectives and adverbs.
_PERIODS: Mapping[str, tuple[str, str]] = {
    "second": ("second|sekunde|seconde|segundo", ""),
    "minute": ("minute|minuto", ""),
    "hour": ("hour|stunde|heure|hora", "hourly|stündlich\\w*"),
    "day": ("day|tag|jour|día", "daily|täglich\\w*|quotidien\\w*|diari[oa]s?|diariamente"),
    "night": ("night|nacht|nuit|noche", "nightly|nächtlich\\w*"),
    "week": ("week|woche|semaine|semana", "weekly|wöchentlich\\w*|hebdomadaires?|semanal\\w*"),
    "fortnight": ("fortnight", "fortnightly|biweekly"),
    "month": ("month|monat|mois|mes", "monthly|monatlich\\w*|mensuel\\w*|mensual\\w*"),
    "quarter": ("quarter|quartal|trimestre", "quarterly|vierteljährlich\\w*|trimestriel\\w*|trimestral\\w*"),
    "year": ("year|annum|jahr|an|année|año", "yearly|annual(?:ly)?|(?<!viertel)jährlich\\w*|annuel\\w*|anual\\w*"),
    "decade": ("decade|jahrzehnt|décennie|década", ""),
}
_HEADS = frozenset("person head capita individual people kopf personne persona".split())
_WORDS = {word: name for name, (words, _) in _PERIODS.items() for word in words.split("|")}
_UNITS = "|".join(sorted(_WORDS, key=len, reverse=True))
_ADVERBS = "|".join(f"(?P<{name}>{words})" for name, (_, words) in _PERIODS.items() if words)
_RATE = regex.compile(
    rf"""(?<!\w)(?:
      (?: (?:per|each|every|pro|je|jede[nrms]?|par|chaque|por|cada) \s | / \s? ) (?P<per>\p{{L}}+)
    | (?P<article>an?|im|am|in\ der|al|à\ la|la|le|die|das|den) \s (?P<unit>{_UNITS}|head)
        (?! \s (?:ago|later|earlier|before|after|old|long|of|or|when|in\ which|earlier|from\ now|zuvor|später|plus\ tard
          |avant|después|antes|pasad[oa]|derni\w+|proch\w+) | -)
    | (?:{_ADVERBS})
    )(?!\w)""",
    regex.IGNORECASE | regex.VERBOSE,
)
# "For a year", "within a week", "half an hour" and "is a day" measure or name a time; "a year" behind a sum is a rate.
_SPAN = regex.compile(
    r"(?<!\w)(?:for|in|within|over|after|before|about|than|half|nearly|almost|during|of|by|until|is|was|be|not|such|as"
    r"|what|from|since|to|at|on|and|or|take[ns]?|took|spen[dt]|last(?:ed|s)?|this|that)\s$",
    regex.IGNORECASE,
)
# Words between a number and its rate: "$5 million in rent a month".
_REACH = 40


class Rate(NamedTuple):
    """A rate where it stands; ``of`` is a period, "person", or the stem of what is counted once."""

    start: int
    end: int
    text: str
    of: str


@lru_cache(maxsize=4096)
def rates(text: str, language: str = "en") -> tuple[Rate, ...]:
    """The rates told in ``text``, in order."""
    return tuple(
        Rate(m.start(), m.end(), m.group(), of) for m in _RATE.finditer(text) if (of := _of(m, text, language))
    )


def rate_differences(claim: str, evidence: Sequence[Evidence], language: str = "en") -> Iterator[Difference]:
    """Rates that the evidence does not tell, and numbers that lose theirs."""
    ours = rates(claim, language)
    given = [(e, r) for e in evidence for r in rates(e.text, e.language)]
    if not ours and not given:
        return
    told = {r.of for _, r in given}
    for rate in ours:
        others = [r.text for _, r in given if r.of not in {o.of for o in ours}]
        if rate.of in told:
            continue
        if others:
            yield Difference("unit", f"the claim says “{rate.text}”, the cited words say “{others[0]}”")
        elif any(_near(n, rate) for n in figures(claim, language)):
            yield Difference("unit", f"the cited words do not say “{rate.text}”")
    if not ours:
        yield from _lost(claim, evidence, language)


def _lost(claim: str, evidence: Sequence[Evidence], language: str) -> Iterator[Difference]:
    """Numbers that the evidence gives as rates only."""
    for number in figures(claim, language):
        if number.unit == "ordinal" or number.unit == "clock":
            continue
        matching = [(e, n) for e in evidence for n in figures(e.text, e.language) if stands_for(number, n)]
        rated = [next((r for r in rates(e.text, e.language) if _near(n, r)), None) for e, n in matching]
        if rated and all(rated) and rated[0]:
            yield Difference(
                "unit", f"the cited words say {number.text.strip()} “{rated[0].text}”, the claim leaves that out", False
            )


def _near(number: Number, rate: Rate) -> bool:
    return 0 <= rate.start - number.end <= _REACH


def _of(match: regex.Match[str], text: str, language: str) -> str:
    if match["per"]:
        word = fold(match["per"])
        known = word in _HEADS or any(word == fold(w) for w in _WORDS)
        if fold(match.group().split()[0]) in ("each", "every", "je", "jede", "par", "por", "chaque", "cada", "pro"):
            # "Each other", "par la force", "por favor": only periods and persons are sure.
            return _name(word, language) if known else ""
        return _name(word, language)
    if match["unit"]:
        return (
            ""
            if _SPAN.search(text[: match.start()]) or not _sum(match, text, language)
            else _name(fold(match["unit"]), language)
        )
    return next((name for name in _PERIODS if _PERIODS[name][1] and match[name]), "")


def _sum(match: regex.Match[str], text: str, language: str) -> bool:
    """Whether a number stands before "a year" in its part of the sentence, or one that counts how often."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    clause = regex.split(r"[,;:()—–]", before)[-1]
    return bool(figures(clause, language)) or bool(regex.search(r"(?:twice|once|times)\s$", clause))


def _name(word: str, language: str) -> str:
    if word in _HEADS:
        return "person"
    return next((name for w, name in _WORDS.items() if fold(w) == word), "") or key(word, language)
