"""The numbers of a claim against those of its evidence: whether they stand there, and of the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations

import regex

from briefing.text.facts.dates import dates
from briefing.text.facts.difference import Difference, Evidence
from briefing.text.facts.numbers import Number, agree, numbers
from briefing.text.facts.tokens import keys

_CLOCK = regex.compile(
    r"(?<![\d.,:$€£])(?P<hour>[01]?\d|2[0-4])(?:"
    r"[:.](?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?:Uhr|h)\b)|\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|\s?(?:Uhr|h|o['’]clock)(?P<minute>[0-5]\d)?\b|:(?P<minute>[0-5]\d)(?::\d\d)?(?![\d:]))",
    regex.IGNORECASE,
)
# A day has 1,440 minutes; without "am" or "pm" the half of the day is open.
_DAY, _HALF_DAY = 1440, 720
_MULTIPLES = regex.compile(
    r"(?<!\w)(?:(?P<half>halv(?:ed|es|ing)|halbier\w+)|(?P<two>twice|twofold|doubl(?:ed|es|ing)(?!\s(?:down|back|over))|verdoppel\w+|doubl(?:é|er)\w*|"
    r"duplic\w+)|(?P<three>thrice|threefold|tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|verdreifach\w+|tripl(?:é|er)\w*|"
    r"triplic\w+)|(?P<four>fourfold|quadrupl(?:ed|es|ing)|vervierfach\w+))(?!\w)",
    regex.IGNORECASE,
)
_TIMES = {"half": 0.5, "two": 2.0, "three": 3.0, "four": 4.0}
_FOLD = regex.compile(r"(?:\s|-)?(?:times|fold|mal|fois|veces)\b", regex.IGNORECASE)
_QUARTER = regex.compile(r"(?<!\w)Q(?P<quarter>[1-4])(?!\w)")
# What evidence says without a number: a claim may count it.
_SILENT = tuple(
    (regex.compile(rf"(?<!\w)(?:{words})(?!\w)", regex.IGNORECASE), value)
    for value, words in (
        (2.0, "pair|couple|both|duo|twins?|paar|beide[nr]?|paire|pareja|ambos|ambas"),
        (3.0, "trio|triplets|hat-trick"),
        (0.0, "no|none|nobody|no one|kein|keine|keinen|niemand|aucune?|personne|ningun[oa]?|ningún|nadie"),
    )
)
_A_UNIT = regex.compile(
    r"(?<!\w)(?:an?|one|the|past|last|ein(?:e[nrms]?)?|une?|la|el|le)\s(?:past\s|last\s)?"
    r"(?P<unit>decade|century|year|month|week|day|hour|minute|fortnight|jahrzehnt|jahr|monat|woche|tag|stunde|"
    r"décennie|siècle|an|mois|semaine|jour|heure|década|siglo|año|mes|semana|día|hora)(?!\w)",
    regex.IGNORECASE,
)
_UNITS = {
    word: unit
    for unit, words in {
        "decade": "decade jahrzehnt décennie década", "century": "century siècle siglo", "year": "year jahr an año",
        "month": "month monat mois mes", "week": "week woche semaine semana", "day": "day tag jour día",
        "hour": "hour stunde heure hora", "minute": "minute", "fortnight": "fortnight",
    }.items()
    for word in words.split()
}  # fmt: skip
_RUN = r"\p{Lu}[\p{L}\p{M}’'.-]+(?:\s\p{Lu}[\p{L}\p{M}’'.-]+)*"
_LISTED = regex.compile(rf"{_RUN}(?:,\s{_RUN})*,?\s(?:and|&|und|et|y|e)\s(?:the\s)?{_RUN}")
_MOST_LISTED = 9
# Between a number and the word that it is of: a joining word, or a preposition that leads on to another thing.
_APART = regex.compile(
    r"[,;:()—–]|(?<!\w)(?:and|but|while|from|to|on|against|versus|compared|than|after|before|und|aber|von|auf|et|mais|"
    r"contre|y|pero|desde)(?!\w)",
    regex.IGNORECASE,
)
_ENDS = regex.compile(r"(?<!\w)(?P<end>from|to|von|auf|de|à|desde|a|up|down)\s+(?:\w+\s+)?$", regex.IGNORECASE)
_OF_WHOLE = regex.compile(r"\s+(?:out\s)?of\s(?:(?:the|its|their|his|her|a)\s)?(?:\p{L}+\s){0,2}")
_SIDE = 3
_PHONE = regex.compile(r"[-–]\d")


@lru_cache(maxsize=4096)
def counted(text: str, language: str = "en") -> tuple[Number, ...]:
    """The numbers of ``text`` that are not part of a date."""
    days = dates(text, language, date(2000, 1, 1))
    return tuple(n for n in numbers(text, language) if not any(d.start <= n.start < d.end for d in days))


@lru_cache(maxsize=4096)
def figures(text: str, language: str = "en") -> tuple[Number, ...]:
    """``counted`` with the times of day (unit "clock", in minutes), the multiples ("times") and "Q3", in order."""
    found = [_clock(match) for match in _CLOCK.finditer(text)]
    for match in _MULTIPLES.finditer(text):
        found.append(_plain(match, _TIMES[match.lastgroup or ""], "times"))
    found += [_plain(match, float(match["quarter"]), "ordinal") for match in _QUARTER.finditer(text)]
    taken = list(found)
    for number in counted(text, language):
        if any(t.start <= number.start < t.end for t in taken):
            continue
        found.append(number._replace(unit="times") if _FOLD.match(text, number.end) and not number.unit else number)
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def implied(text: str) -> tuple[Number, ...]:
    """Numbers that ``text`` gives without saying them: "a pair", "no", "a decade", and how many names it lists."""
    found = [_plain(m, value, "") for pattern, value in _SILENT for m in pattern.finditer(text)]
    found += [_plain(m, 1.0, _UNITS[m["unit"].casefold()]) for m in _A_UNIT.finditer(text)]
    for match in _LISTED.finditer(text):
        listed = 2 + len(regex.findall(r",\s(?!and|und|et\b|y\b)", match.group()))
        if listed <= _MOST_LISTED:
            found.append(_plain(match, float(listed), ""))
    return tuple(found)


def strange_numbers(claim: str, evidence: Sequence[Evidence], language: str = "en") -> tuple[Number, ...]:
    """The numbers of ``claim`` that no number of the evidence agrees with."""
    given = [n for e in evidence for n in figures(e.text, e.language)]
    return tuple(
        n for n in figures(claim, language) if not any(stands_for(n, g) for g in given) and not _implied(n, evidence)
    )


def stands_for(claimed: Number, given: Number) -> bool:
    """``agree``, for times of day as well: 3 pm is 15:00, and may be 3:00."""
    if claimed.unit == given.unit == "clock":
        return (claimed.value - given.value) % max(claimed.step, given.step) == 0
    return agree(claimed, given)


def number_differences(claim: str, evidence: Sequence[Evidence], language: str = "en") -> Iterator[Difference]:
    """The numbers of ``claim`` that the evidence does not give, or gives of another thing."""
    given = [(n, e) for e in evidence for n in figures(e.text, e.language)]
    for number in figures(claim, language):
        ours = attached(claim, number, language)
        matching = [(n, e) for n, e in given if stands_for(number, n)]
        rivals = [(n, e) for n, e in given if not stands_for(number, n) and _comparable(number, n)]
        near = [n for n, e in rivals if e.language == language and ours & attached(e.text, n, e.language)]
        if not matching:
            if (number.unit == "ordinal" and not near) or _order(number, ours, given):
                # "Ninth-grade" may be a freshman, "the fourth season" season 4: an order is no count.
                continue
            if _implied(number, evidence) and not near:
                continue
            if _summed(number, ours, given):
                continue
            told = near or [n for n, _ in rivals]
            said = f"the cited words say {_join(told)}" if told else "the cited words give no such number"
            yield Difference("number", f"the claim says {number.text.strip()}, {said}")
        elif (
            near
            and ours
            and number.unit != "ordinal"
            and not _PHONE.match(claim, number.end)
            and all(e.language == language for _, e in given)
        ):
            # Right number, wrong thing: "14 killed and 40 hurt" for "40 killed and 14 hurt".
            if any(ours & attached(e.text, n, e.language) for n, e in matching):
                continue
            near = [n for n in near if not _told(n, claim, given, language)]
            if near:
                yield Difference(
                    "number", f"the claim says {number.text.strip()} where the cited words say {_join(near[:1])}"
                )


@lru_cache(maxsize=4096)
def attached(text: str, number: Number, language: str = "en") -> frozenset[str]:
    """The stems of the words that ``number`` is told of: next to it, in its part of the clause.

    "From" and "to" right before it count too, so that the ends of a rise are told apart.
    """
    others = [n for n in figures(text, language) if n.start != number.start]
    low = max((n.end for n in others if n.end <= number.start), default=0)
    high = min((n.start for n in others if n.start >= number.end), default=len(text))
    before, after = text[low : number.start], text[number.end : high]
    whole = next((n for n in others if _OF_WHOLE.fullmatch(text, number.end, n.start)), None)
    if whole:
        # "12 of the 40 jobs" counts jobs as well.
        after += text[whole.end : min((n.start for n in others if n.start >= whole.end), default=len(text))]
    if before.endswith(", ") and after[:1] in (",", ")"):
        # "Mara Lind, 34, ..."
        before, after = before[:-2], ""
    left = keys(regex.split(_APART, before)[-1], language)[-_SIDE:]
    right = keys(regex.split(_APART, after)[0], language)[:_SIDE]
    if not left and not right:
        left = keys(before, language)[-1:]
    end = _ENDS.search(text[max(0, number.start - 16) : number.start])
    return frozenset(
        (*(k for k in (*left, *right) if not k.isdigit()), *((f"<{end['end'].casefold()}>",) if end else ()))
    )


def _told(number: Number, claim: str, given: Sequence[tuple[Number, Evidence]], language: str) -> bool:
    """Whether the claim gives the number too, and of what the evidence gives it of."""
    things = frozenset().union(*(attached(e.text, n, e.language) for n, e in given if n == number))
    return any(stands_for(n, number) and things & attached(claim, n, language) for n in figures(claim, language))


def _comparable(a: Number, b: Number) -> bool:
    loose = {"ordinal", "%", "times", "clock"}
    return a.unit == b.unit or (not a.unit and b.unit not in loose) or (not b.unit and a.unit not in loose)


def _implied(number: Number, evidence: Sequence[Evidence]) -> bool:
    return number.exact and any(agree(number, n) for e in evidence for n in implied(e.text))


def _order(number: Number, ours: frozenset[str], given: Sequence[tuple[Number, Evidence]]) -> bool:
    return number.unit == "ordinal" and any(
        not n.unit and n.value == number.value and ours & attached(e.text, n, e.language) for n, e in given
    )


def _summed(number: Number, ours: frozenset[str], given: Sequence[tuple[Number, Evidence]]) -> bool:
    """Whether the number is the sum of two of one sentence: "five people" for "two men and three women"."""
    if number.unit or not number.exact:
        return False
    for (a, e), (b, f) in combinations(given, 2):
        if e is f and not (a.unit or b.unit) and a.exact and b.exact and a.value + b.value == number.value:
            # With the word of one part it is no sum: "five men".
            if not ours & set(keys(e.text[a.end : a.end + 30])[:1] + keys(f.text[b.end : b.end + 30])[:1]):
                return True
    return False


def _clock(match: regex.Match[str]) -> Number:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").casefold()
    value = float((hour % 12 + (12 if half == "p" else 0) if half else hour) * 60 + minute)
    sure = half or hour > 12 or regex.search("[Uu]hr|h", match.group())
    return _plain(match, value, "clock")._replace(step=_DAY if sure else _HALF_DAY)


def _plain(match: regex.Match[str], value: float, unit: str) -> Number:
    return Number(match.start(), match.end(), match.group(), value, value, value, 1.0, unit)


def _join(found: Sequence[Number]) -> str:
    return " and ".join(dict.fromkeys(n.text.strip() for n in found[:3]))
