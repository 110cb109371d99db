"""Names in a text: runs of capitalised words and acronyms, and whether another text knows them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from briefing.text.words import fold, stopwords

_CAPITAL = r"\p{Lu}[\p{L}\p{M}\p{N}'’.-]*(?<![.'’-])|\p{Lu}\."
_PARTICLES = "of|the|de|du|des|del|della|di|da|la|le|van|von|der|den|bin|ibn|al|el|y|and|&|for"
_RUN = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{_CAPITAL})(?:\s(?:(?:{_PARTICLES})\s){{0,2}}(?:{_CAPITAL}))*")
_START = regex.compile(r"(?:^|[.!?:;]\s+|[\"“„«‘(\[—–-]\s*|\n\s*)$")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_TITLES = frozenset(
    "mr mrs ms dr sir lord lady president premier minister prime chancellor senator governor mayor judge justice "
    "general colonel captain sheriff chief secretary king queen prince princess pope professor prof rep sen gov gen "
    "lt sgt officer detective director chairman chairwoman ceo spokesman spokeswoman attorney herr frau m mme señor "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
# Adjectives of countries whose stem does not lead back to the country's name.
_KIN = [
    "us usa america american americans united-states", "uk britain british briton britons united-kingdom",
    "france french", "germany german germans", "spain spanish", "netherlands dutch holland", "greece greek greeks",
    "denmark danish", "sweden swedish", "poland polish", "turkey turkish turkiye", "china chinese", "japan japanese",
    "ireland irish", "scotland scottish", "wales welsh", "england english", "switzerland swiss", "israel israeli",
    "eu european-union", "un united-nations", "iraq iraqi", "pakistan pakistani", "peru peruvian",
    "philippines filipino philippine", "norway norwegian", "finland finnish", "portugal portuguese",
    "ukraine ukrainian ukrainians", "afghanistan afghan", "lebanon lebanese", "cyprus cypriot", "moscow kremlin",
]  # fmt: skip
_QUALIFIER = regex.compile(
    r"(?<!\w)(?:former|ex|acting|interim|then|deputy|vice|late|outgoing|ehemalige[rnsm]?|frühere[rnsm]?|ancienn?e?|exministr[oa]|"
    r"antigu[oa]|interino)[\s-](?P<rank>\p{L}+)",
    regex.IGNORECASE,
)


class Name(NamedTuple):
    """A name as it stands, and whether it opens a sentence, where any word has a capital."""

    start: int
    end: int
    text: str
    opens: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """Folded words of the name without particles, titles and ranks."""
        words = [fold(w) for w in _WORD.findall(self.text.replace(".", ""))]
        return tuple(w for w in words if w not in _TITLES and w not in _PARTICLES.split("|") and w != "s")


def names(text: str, language: str = "en") -> tuple[Name, ...]:
    """The names of ``text`` in order. A single word that opens a sentence counts unless it is a common word."""
    stops = stopwords(language)
    found: list[Name] = []
    for match in _RUN.finditer(text):
        start, run = match.start(), match.group()
        opens = bool(_START.search(text[max(0, start - 4) : start])) or start == 0
        while opens and fold(_first(run)) in stops and not _first(run).isupper():
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

    "Syrian" knows "Syria", "US" knows "United States", and an acronym knows the words that it stands for.
    """
    parts = name.parts
    if fold("".join(p[0] for p in parts)) in words and len(parts) > 2:
        return ()
    joined = "-".join(parts)
    if joined in _kin() and _kin()[joined] & words:
        return ()
    return tuple(p for p in parts if not (p in acronyms and len(p) > 1) and not _known(p, words))


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
    """The folded words of texts, with those of well-known names of two words joined by a hyphen."""
    found: set[str] = set()
    for text in texts:
        words = [fold(w) for w in _WORD.findall(text.replace("U.S.", "US").replace("U.K.", "UK").replace("U.N.", "UN"))]
        found.update(words)
        found.update(f"{a}-{b}" for a, b in pairwise(words) if f"{a}-{b}" in _kin())
    return frozenset(found)


def qualified(text: str) -> tuple[tuple[str, str], ...]:
    """What qualifies an office, with the office: ("former", "minister")."""
    return tuple(
        (fold(m.group()[: m.start("rank") - m.start() - 1]), fold(m["rank"])) for m in _QUALIFIER.finditer(text)
    )


def _first(run: str) -> str:
    return run.split()[0]


def _known(part: str, words: frozenset[str]) -> bool:
    if part in words or _kin().get(part, frozenset()) & words:
        return True
    # Inflected names: Syria, Syrian, Syrians; Merkel, Merkels. Four letters tell Iran from Iraq.
    for cut in range(1, 4):
        if len(part) - cut >= 4 and part[:-cut] in words:
            return True
    return len(part) >= 4 and any(part + end in words for end in ("n", "s", "an", "ns", "ian", "i", "ese", "ans"))


@cache
def _kin() -> dict[str, frozenset[str]]:
    return {word: frozenset(line.split()) for line in _KIN for word in line.split()}
