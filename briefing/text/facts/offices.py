"""Who holds which office, and what qualifies it: "former", "deputy", "foreign".

``offices.txt`` has a line for each office in English, German, French and Spanish, folded; "*" stands for any ending.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import regex

from briefing.text.facts.difference import Difference, Evidence
from briefing.text.facts.names import names, vocabulary
from briefing.text.facts.tokens import keys
from briefing.text.words import fold

_QUALIFIERS = {
    "former": r"former|ex|past(?!\s(?:\w+\s)?(?:year|month|week|decade|day|season|few|several)s?\b)|onetime|"
    "one-time|erstwhile|then(?=-)|ehemalige[rnsm]?|frühere[rnsm]?|ancienn?e?|"
    "antigu[oa]",
    "acting": "acting|interim|caretaker|amtierende[rnsm]?|kommissarische[rnsm]?|interin[oa]",
    "deputy": "deputy|vice|stellvertretende[rnsm]?|adjointe?",
    "outgoing": "outgoing|departing|scheidende[rnsm]?|sortante?|saliente",
    "incoming": "incoming|designierte[rnsm]?",
}
_QUALIFIER = regex.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _QUALIFIERS.items())})[\s-]+(?=\p{{L}})",
    regex.IGNORECASE,
)
_ELECT = regex.compile(r"[\s-](?:elect|designate)\b", regex.IGNORECASE)
# "Defence minister" and "foreign minister" are two offices.
_DEPARTMENTS = frozenset(
    "foreign finance interior defense defence health justice education labor labour energy trade transport agriculture "
    "economy environment home treasury housing commerce culture security".split()
)
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*")
# Words from "former" to its office: "former British foreign minister".
_REACH = 4
_BREAK = regex.compile(r"[,;:.()—–]")
# "Mara Lind, the country's foreign minister"; "Mara Lind is a former minister".
_APPOSED = regex.compile(
    r"(?:,\s|\s(?:is|was|ist|war|est|était|es|era)\s)(?:(?:the|an?|his|her|its|der|die|le|la|el)\s)?(?:(?!and\b|but\b|und\b|et\b)[\p{L}’'.-]+\s){0,4}"
)


class Office(NamedTuple):
    """An office where it stands: its line in the list, the word before it, what qualifies it, and who holds it."""

    start: int
    end: int
    kind: int
    text: str
    before: str
    qualified: frozenset[str]
    holder: frozenset[str]


@lru_cache(maxsize=4096)
def offices(text: str, language: str = "en") -> tuple[Office, ...]:
    """The offices named in ``text``, in order."""
    words = list(_WORD.finditer(text))
    marks: list[tuple[int, str]] = []
    found: list[Office] = []
    at = 0
    while at < len(words):
        size, kind = _office(words, at)
        if kind is not None:
            marks = marks or [(m.end(), m.lastgroup or "") for m in _QUALIFIER.finditer(text)]
            start, end = words[at].start(), words[at + size - 1].end()
            reach = words[max(0, at - _REACH)].start()
            # "Ex-minister" is one word.
            near = {q for ends, q in marks if reach <= ends <= end - 3 and not _BREAK.search(text[ends:start])}
            if _ELECT.match(text, end):
                near.add("incoming")
            before = fold(words[at - 1].group()) if at and text[words[at - 1].end() : start] in " -" else ""
            holder = _holder(text, start, end, language)
            found.append(Office(start, end, kind, text[start:end], before, frozenset(near), holder))
        at += size
    return tuple(found)


@lru_cache(maxsize=4096)
def qualified(text: str, language: str = "en") -> tuple[tuple[str, str], ...]:
    """What qualifies a word, with the stem of the word: ("former", "minist"), ("former", "banker")."""
    found = []
    for match in _QUALIFIER.finditer(text):
        after = keys(_BREAK.split(text[match.end() : match.end() + 40])[0], language)
        if after:
            found.append((match.lastgroup or "", after[0]))
    return tuple(found)


def office_differences(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence], language: str = "en"
) -> Iterator[Difference]:
    """Offices given to another than in the evidence, or told without what qualifies them."""
    yield from _qualifiers(claim, evidence, language)
    ours = offices(claim, language)
    if not ours:
        return
    given = [o for e in evidence for o in offices(e.text, e.language)]
    around = [o for e in context for o in offices(e.text, e.language)]
    words = vocabulary(e.text for e in (*evidence, *context))
    for office in ours:
        same = [o for o in given if o.kind == office.kind]
        yield from _qualified(office, same)
        yield from _held(office, same, [o for o in (*given, *around) if o.holder & office.holder])
        if office.before in _DEPARTMENTS and office.before not in words:
            for other in [o for o in same if o.before in _DEPARTMENTS][:1]:
                said = f"the cited words say {other.before} {other.text}"
                yield Difference("name", f"the claim says {office.before} {office.text}, {said}")


def _qualifiers(claim: str, evidence: Sequence[Evidence], language: str) -> Iterator[Difference]:
    """ "A banker" where the evidence knows a former banker, and the other way round; offices are looked at apart."""
    ours, theirs = qualified(claim, language), [pair for e in evidence for pair in qualified(e.text, e.language)]
    if not ours and not theirs:
        return
    offices_told = {key for o in offices(claim, language) for key in keys(o.text, language)}
    told = set(keys(claim, language)) - offices_told
    held = [k for e in evidence for k in keys(e.text, e.language)]
    for kind, word in dict.fromkeys(ours):
        if word in held and word not in offices_told and not any(kind == other for other, _ in theirs):
            yield Difference("name", f"the claim says “{kind}” of what the cited words do not ({word})")
    for kind, word in dict.fromkeys(theirs):
        plainly = held.count(word) > sum(word == other for _, other in theirs)
        if word in told and not plainly and not any(kind == other for other, _ in ours):
            yield Difference("name", f"the cited words say “{kind}” of it, the claim leaves that out ({word})")


def _held(office: Office, same: Sequence[Office], theirs: Sequence[Office]) -> Iterator[Difference]:
    if not office.holder or any(o.kind == office.kind for o in theirs):
        return
    if same and all(o.holder for o in same):
        who = " ".join(sorted(same[0].holder))
        yield Difference("name", f"the claim gives the office of {office.text} to another than the cited words ({who})")
    elif theirs and not same:
        yield Difference("name", f"the claim says {office.text}, the cited words say {theirs[0].text}")


def _qualified(office: Office, same: Sequence[Office]) -> Iterator[Difference]:
    """What qualifies an office in every place of the evidence, or in none."""
    if not same:
        return
    for word in sorted(office.qualified):
        if not any(word in o.qualified for o in same):
            yield Difference("name", f"the claim says {word} {office.text}, the cited words do not")
    for word in sorted(frozenset.intersection(*(o.qualified for o in same)) - office.qualified):
        yield Difference("name", f"the cited words say {word} {same[0].text}, the claim leaves out {word}")


def _holder(text: str, start: int, end: int, language: str) -> frozenset[str]:
    """The parts of the name that stands next to an office: "Minister Lind", "Lind, the foreign minister"."""
    found = names(text, language)
    for name in found:
        if name.start <= start and end < name.end:
            return vocabulary([text[end : name.end]]) & frozenset(name.parts)
        if name.start - end == 1:
            return frozenset(name.parts)
    return next(
        (frozenset(n.parts) for n in found if n.end <= start and _APPOSED.fullmatch(text, n.end, start)), frozenset()
    )


def _office(words: Sequence[regex.Match[str]], at: int) -> tuple[int, int | None]:
    """How many words from ``at`` on make an office, and which it is; two words are tried before one."""
    exact, _ = _listed()
    first = fold(words[at].group())
    if at + 1 < len(words) and words[at + 1].start() - words[at].end() == 1:
        kind = exact.get(f"{first}-{fold(words[at + 1].group())}")
        if kind is not None:
            return 2, kind
    return 1, _kind(first)


@lru_cache(maxsize=16384)
def _kind(word: str) -> int | None:
    exact, begins = _listed()
    if "-" in word:
        word = regex.sub(r"^(?:ex|then|vice)-|-elect$", "", word)
    if word in exact:
        return exact[word]
    return next((begins[word[:n]] for n in range(len(word), 4, -1) if word[:n] in begins), None)


@cache
def _listed() -> tuple[dict[str, int], dict[str, int]]:
    exact: dict[str, int] = {}
    begins: dict[str, int] = {}
    text = (files("briefing.text.facts") / "offices.txt").read_text("utf-8")
    for number, line in enumerate(text.splitlines()):
        for word in line.split():
            (begins if word.endswith("*") else exact).setdefault(word.rstrip("*"), number)
    return exact, begins
