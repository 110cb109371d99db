"""Makes false versions of true sentences, to see whether a judge notices.

Every version differs from the sentence in one fact. It is made by rules, so that a few are ungrammatical or not
false: a measure taken on them is a little worse than the truth, alike for every judge. Pure: the same sentence,
company and seed give the same versions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import permutations
from random import Random
from typing import NamedTuple

import regex

from briefing.text import corrupt_words as lists
from briefing.text.facts.compare import counted
from briefing.text.facts.dates import Day, dates
from briefing.text.facts.names import Name, names
from briefing.text.facts.numbers import Number, agree, numbers
from briefing.text.facts.quotes import outside

_FIGURE = regex.compile(r"[0-9](?:[\d,.'’\u00a0\u202f]*[0-9])?")
_GENITIVE = regex.compile(r"['’]s?$")
# What joins two names that may change places without a change of meaning.
_JOINING = regex.compile(
    r"[\s,;&/()-]*(?:(?:and|or|with|und|oder|mit|et|ou|avec|y|e|o|con)\b[\s,]*)?", regex.IGNORECASE
)
# A name after one of these is a place or a time more often than somebody who acts.
_PLACED = regex.compile(
    r"\b(?:in|at|on|near|of|from|for|im|am|an|aus|bei|von|vom|dans|à|au|en|sur|de|du|del|a)\s(?:the\s|la\s|le\s|el\s)?$",
    regex.IGNORECASE,
)
_BETWEEN = 2
_FACTORS = (1.4, 1.7, 2.2, 3.0, 0.6, 0.4)
_LEAST_CHANGE = 1.25


class Corruption(NamedTuple):
    """A false version of a sentence and what was changed in it."""

    kind: str
    text: str


class _Given(NamedTuple):
    sentence: str
    company: Sequence[str]
    language: str
    random: Random


def corruptions(
    sentence: str, company: Sequence[str] = (), language: str = "en", seed: int = 0
) -> tuple[Corruption, ...]:
    """False versions of ``sentence``, at most one of each kind.

    ``company`` are other sentences of the same article: names and dates are taken from there. Numbers, names, dates
    and roles work in any language; the other kinds where there are words for it.
    """
    # Each kind has its own sequence, so that what one draws does not change the others.
    made = (
        Corruption(kind, text)
        for kind, make in _KINDS.items()
        for text in (make(_Given(sentence, company, language, Random(f"{seed}/{kind}/{sentence}"))),)
        if text and text.split() != sentence.split()
    )
    return tuple(made)


def _number(given: _Given) -> str:
    found = list(counted(given.sentence, given.language))
    given.random.shuffle(found)
    for number in found:
        old = given.sentence[number.start : number.end]
        figure = _FIGURE.search(old)
        new = _figure(figure.group(), given.random) if figure else _spelled(old, given)
        if figure and new:
            new = old[: figure.start()] + new + old[figure.end() :]
        if new and not _agrees(new, number, given.language):
            return _put(given.sentence, number.start, number.end, new)
    return "" if found else _digits(given)


def _digits(given: _Given) -> str:
    """Digits that are not read as a number, as in a script without spaces between words."""
    days = dates(given.sentence, given.language)
    for match in _FIGURE.finditer(given.sentence):
        new = _figure(match.group(), given.random)
        if new and not any(day.start <= match.start() < day.end for day in days):
            return _put(given.sentence, match.start(), match.end(), new)
    return ""


def _figure(figure: str, random: Random) -> str:
    """Another figure of the same form: as many digits, the same marks between them, the same zeros at its end."""
    digits = regex.sub(r"\D", "", figure)
    if not digits.isascii() or not digits.strip("0"):
        return ""
    ends = len(digits) - len(digits.rstrip("0"))
    value = int(digits[: len(digits) - ends])
    least, most = 10 ** (len(str(value)) - 1), 10 ** len(str(value)) - 1
    choices = [n for f in _FACTORS if least <= (n := round(value * f)) <= most and n % 10 and _apart(n, value)] or [
        n for n in range(max(1, least), min(most, 99) + 1) if n % 10 and _apart(n, value)
    ]
    if not choices:
        return ""
    fresh = iter(str(random.choice(choices)).zfill(len(digits) - ends) + "0" * ends)
    return "".join(next(fresh) if c.isdigit() else c for c in figure)


def _apart(a: int, b: int) -> bool:
    return max(a, b) >= _LEAST_CHANGE * min(a, b)


def _spelled(old: str, given: _Given) -> str:
    counts = lists.COUNTS.get(given.language, ())
    for word in regex.findall(r"\p{L}+", old):
        if word.casefold() in counts:
            place = counts.index(word.casefold())
            others = [w for i, w in enumerate(counts) if abs(i - place) > 1]
            other = given.random.choice(others)
            return old.replace(word, other.capitalize() if word[0].isupper() else other, 1)
    return ""


def _agrees(new: str, old: Number, language: str) -> bool:
    return any(agree(n, old) or agree(old, n) for n in numbers(new, language))


def _name(given: _Given) -> str:
    own = names(given.sentence, given.language)
    known = {part for name in own for part in name.parts}
    others = [n for text in given.company for n in names(text, given.language) if not known.intersection(n.parts)]
    # A word that opens a sentence may be no name at all.
    fresh = sorted({_bare(n.text) for n in others if not n.opens or len(n.parts) > 1})
    for name in sorted(own, key=lambda n: (n.opens, given.random.random())):
        alike = [n for n in fresh if len(n.split()) == len(_bare(name.text).split())]
        if alike:
            return _renamed(given.sentence, name, given.random.choice(alike))
    return ""


def _date(given: _Given) -> str:
    own = dates(given.sentence, given.language)
    others = [d for text in given.company for d in dates(text, given.language)]
    for day in sorted(own, key=lambda d: (given.random.random(), d.start)):
        alike = sorted({d.text for d in others if _form(d) == _form(day) and d[3:] != day[3:]})
        year = regex.search(r"(?:1[4-9]|20)\d\d", day.text)
        if alike:
            return _put(given.sentence, day.start, day.end, given.random.choice(alike))
        if year:
            other = str(int(year.group()) + given.random.choice((-3, -2, -1, 1, 2)))
            return _put(given.sentence, day.start + year.start(), day.start + year.end(), other)
    return ""


def _form(day: Day) -> tuple[bool, ...]:
    return tuple(part is not None for part in day[3:])


def _roles(given: _Given) -> str:
    """Two names change places."""
    days = dates(given.sentence, given.language)
    own = [
        n
        for n in names(given.sentence, given.language)
        if outside(given.sentence, n.start) and not _PLACED.search(given.sentence[: n.start])
        if not any(n.start < day.end and day.start < n.end for day in days)
    ]
    pairs = [
        (a, b)
        for a, b in permutations(own, 2)
        if a.end < b.start and len(given.sentence[a.end : b.start].split()) >= _BETWEEN
        if not _JOINING.fullmatch(given.sentence[a.end : b.start]) and not set(a.parts) & set(b.parts)
    ]
    if not pairs:
        return ""
    first, second = given.random.choice(pairs)
    return _renamed(_renamed(given.sentence, second, _bare(first.text)), first, _bare(second.text))


def _bare(name: str) -> str:
    return _GENITIVE.sub("", name)


def _renamed(sentence: str, name: Name, other: str) -> str:
    return _put(sentence, name.start, name.start + len(_bare(name.text)), other)


def _direction(given: _Given) -> str:
    opposites = _opposites(given.language)
    found = [m for m in regex.finditer(r"\p{L}+", given.sentence) if m.group() in opposites]
    if not found:
        return ""
    word = given.random.choice(found)
    return _put(given.sentence, word.start(), word.end(), opposites[word.group()])


@cache
def _opposites(language: str) -> dict[str, str]:
    pairs = [tuple(pair.split("|")) for pair in lists.OPPOSED.get(language, ())]
    return {b: a for a, b in reversed(pairs)} | {a: b for a, b in reversed(pairs)}


def _rewritten(changes: lists.Changes) -> Callable[[_Given], str]:
    def make(given: _Given) -> str:
        for pattern, replacement in changes.get(given.language, ()):
            for match in regex.finditer(pattern, given.sentence):
                if outside(given.sentence, match.start()):
                    new = _put(given.sentence, match.start(), match.end(), match.expand(replacement))
                    return _begun(new.strip())
        return ""

    return make


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _put(sentence: str, start: int, end: int, new: str) -> str:
    return sentence[:start] + new + sentence[end:]


_KINDS: Mapping[str, Callable[[_Given], str]] = {
    "number": _number,
    "name": _name,
    "date": _date,
    "negation": _rewritten(lists.DENIED),
    "hedge": _rewritten(lists.CERTAIN),
    "attribution": _rewritten(lists.STATED),
    "direction": _direction,
    "roles": _roles,
}
KINDS = tuple(_KINDS)
