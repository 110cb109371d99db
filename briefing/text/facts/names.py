"""Names in a text: runs of capitalised words and acronyms, and whether another text knows them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from briefing.text.facts.kindred import kin
from briefing.text.words import fold, stopwords

_CAPITAL = r"(?:\p{Lu}\.){2,}|\p{Lu}[\p{L}\p{M}\p{N}'’.-]*(?<![.'’-])|\p{Lu}\."
_PARTICLES = "of|the|de|du|des|del|della|di|da|la|le|van|von|der|den|bin|ibn|al|el|y|and|&|for"
_RUN = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{_CAPITAL})(?:\s(?:(?:{_PARTICLES})\s){{0,2}}(?:{_CAPITAL}))*")
_START = regex.compile(r"(?:^|[.!?:;]\s+|[\"“„«‘(\[—–-]\s*|\n\s*)$")
_INITIALS = regex.compile(r"(?<!\p{L})(?:\p{Lu}\.){2,}|(?<!\p{L})\p{Lu}\.\p{Lu}(?!\p{L})")
# "Emmy-nominated" names an Emmy.
_SMALL_ENDING = regex.compile(r"(?<=\p{L})[-‐‑]\p{Ll}[\p{L}\p{M}]*")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_TITLES = frozenset(
    "mr mrs ms dr sir lord lady president premier minister prime chancellor senator governor mayor judge justice "
    "general colonel captain sheriff chief secretary king queen prince princess pope professor prof rep sen gov gen "
    "lt sgt officer detective director chairman chairwoman ceo spokesman spokeswoman attorney herr frau m mme señor "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
# What a name takes on when it becomes an adjective or a people: Syria, Syrian; Lebanon, Lebanese.
_ENDINGS = frozenset("n s ns an ans ian ians ean eans ese ish i is".split())
_VOWELS = "aeiouy"
_SHORTEST_STEM = 4
# In capitals these are names, in small letters words: "us", "who", "un", "eu".
_DOTTED = frozenset("us who un eu it ai onu oms ue ia ki".split())
_HYPHENED = regex.compile(r"[\p{L}\p{M}]+(?:[-‐‑][\p{L}\p{M}]+)+")


class Name(NamedTuple):
    """A name as it stands, and whether it opens a sentence, where any word has a capital."""

    start: int
    end: int
    text: str
    opens: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """Folded words of the name without particles, titles and ranks."""
        words = [part(w) for w in _WORD.findall(_SMALL_ENDING.sub("", _undotted(self.text)))]
        return tuple(w for w in words if w not in _TITLES and w not in _PARTICLES.split("|") and w != "s")


def names(text: str, language: str = "en") -> tuple[Name, ...]:
    """The names of ``text`` in order. A single word that opens a sentence counts unless it is a common word."""
    stops = stopwords(language)
    found: list[Name] = []
    for match in _RUN.finditer(text):
        start, run = match.start(), match.group()
        opens = bool(_START.search(text[max(0, start - 4) : start])) or start == 0
        while opens and fold(_first(run)) in stops and not (_first(run).isupper() and len(_first(run)) > 1):
            rest = regex.search(r"\s\p{Lu}", run)
            if rest is None:
                run = ""
                break
            start, run, opens = start + rest.start() + 1, run[rest.start() + 1 :], False
        name = Name(start, start + len(run), run, opens)
        # Every German noun has a capital; a name of one word cannot be told from them.
        plain = len(name.parts) == 1 and (len(name.parts[0]) < 2 or (language == "de" and not name.text.isupper()))
        if name.parts and not plain:
            found.append(name)
    return tuple(found)


def unknown(name: Name, words: frozenset[str], acronyms: frozenset[str]) -> tuple[str, ...]:
    """The parts of ``name`` that are not among the folded ``words`` of a text, in any of their kindred forms.

    "Syrian" knows "Syria", "US" knows "United States", an acronym knows the words that it stands for, and "Jeff" of
    "Jeff Lind" knows "Jeffrey".
    """
    parts = name.parts
    initials = fold("".join(p[0] for p in parts))
    if len(parts) > 2 and (initials in words or f"{initials}." in words):
        return ()
    row = kin("-".join(parts))
    if row is not None and row in _rows_of(words):
        return ()
    missing = [p for p in parts if not (p.rstrip(".") in acronyms and len(p) > 1) and not _known(p, words)]
    if not missing:
        return ()
    joined = {a + b for a, b in pairwise(parts)} & words
    missing = [p for p in missing if not any(p in j and len(p) > 2 for j in joined)]
    if len(missing) < len(parts):
        missing = [p for p in missing if p == parts[-1] or not _short_form(p, words)]
    return tuple(missing)


def acronyms(text: str) -> frozenset[str]:
    """Folded initials of every capitalised run of ``text``: "World Health Organization" gives "who"."""
    found = set()
    for match in _RUN.finditer(text):
        words = _WORD.findall(match.group())
        capitals = "".join(w[0] for w in words if w[0].isupper())
        for i in range(len(capitals)):
            for j in range(i + 2, len(capitals) + 1):
                found.add(capitals[i:j].casefold())
    return frozenset(found)


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The folded words of texts, with the parts of hyphened ones joined, and well-known names of several words."""
    return frozenset().union(*map(_vocabulary, texts))


@lru_cache(maxsize=4096)
def _vocabulary(text: str) -> frozenset[str]:
    plain = _undotted(text)
    words = [part(w) for w in _WORD.findall(plain)]
    found = set(words)
    found.update(fold(regex.sub(r"[-‐‑]", "", m.group())) for m in _HYPHENED.finditer(plain))
    for size in (2, 3):
        runs = ("-".join(words[i : i + size]) for i in range(len(words) - size + 1))
        found.update(run for run in runs if kin(run) is not None)
    return frozenset(found)


def part(word: str) -> str:
    """A word as names are compared by: folded, with a full stop where only its capitals make it a name ("US")."""
    folded = fold(word)
    return f"{folded}." if folded in _DOTTED and word.isupper() else folded


def _first(run: str) -> str:
    return run.split()[0]


def _undotted(text: str) -> str:
    return _INITIALS.sub(lambda m: m.group().replace(".", ""), text)


def _known(part: str, words: frozenset[str]) -> bool:
    if part in words or f"{part}." in words:
        return True
    row = kin(part)
    if row is not None:
        return row in _rows_of(words)
    return not _forms(part).isdisjoint(words) or _light(part) in _lights(words)


@lru_cache(maxsize=4096)
def _forms(part: str) -> frozenset[str]:
    """The words that a name and its adjectives may come as: of "syrian" "syria", "syrians", ..."""
    found = {part + end for end in _ENDINGS if len(part) >= _SHORTEST_STEM}
    bare = part[:-1] if part[-1:] in _VOWELS else part
    if len(bare) >= _SHORTEST_STEM:
        found.update(bare + end for end in ("ian", "ians", "ean", "eans", "ish", "ese"))
    for end in _ENDINGS:
        stem = part.removesuffix(end)
        if stem != part and len(stem) >= _SHORTEST_STEM:
            found.add(stem)
            if len(end) > 1:
                found.update(stem + vowel for vowel in _VOWELS)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _light(word: str) -> str:
    """A word without what transcriptions differ in: Zelensky and Zelenskyy come out the same."""
    if len(word) < 5:
        return word
    plain = word.replace("ph", "f").replace("ck", "k").replace("kh", "k").replace("gh", "g")
    plain = regex.sub(r"[yj]", "i", plain)
    return regex.sub(r"(.)\1+", r"\1", plain)


@lru_cache(maxsize=256)
def _lights(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_light, words))


@lru_cache(maxsize=256)
def _rows_of(words: frozenset[str]) -> frozenset[int]:
    return frozenset(row for w in words if (row := kin(w)) is not None)


def _short_form(part: str, words: frozenset[str]) -> bool:
    """Whether a given name is cut short, or was: Jeff and Jeffrey, by their first letters."""
    return len(part) > 2 and any(
        min(len(part), len(w)) > 2 and abs(len(part) - len(w)) > 1 and (w.startswith(part) or part.startswith(w))
        for w in words
    )
