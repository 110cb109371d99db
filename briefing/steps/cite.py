"""Evidence for a claim that came without it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefing.model import Citation, Part, Passage, Span, Story
from briefing.text.facts.numbers import Number, agree, numbers
from briefing.text.facts.ordering import orders
from briefing.text.facts.tokens import tokens

# Below this share of the claim's weight the sentence is about something else. Of claims against pages that they do not
# come from, one in thirteen finds such a sentence; at .1 one in five does, at .2 twice as many true ones find none.
_ALIKE = 0.15
# A further sentence has to bring this share of the claim's weight, or a number or a name that is still missing.
_MORE = 0.1
# Numbers and names are what a reader looks up; each weighs as much as two other words of the same rarity.
_FACT = 2.0
# Only the sentences that share most words are searched for numbers, which costs more than comparing words.
_SEARCHED = 12


class _Candidate(NamedTuple):
    passage: Passage
    span: Span
    language: str
    keys: frozenset[str]


class _Asked(NamedTuple):
    """The words of a claim as one language stems them; ``facts`` are the names among them."""

    keys: frozenset[str]
    facts: frozenset[str]


def cite(
    text: str, story: Story, language: str = "en", *, among: Sequence[Passage] = (), most: int = 3
) -> tuple[Citation, ...]:
    """The whole sentences of the story that ``text`` (in ``language``) most likely stands on, best first.

    They are taken from ``among`` where passages are given, else from all of the story's. One sentence is enough unless
    another holds a number, a name or several words of the claim that the first lacks; at most ``most``. Empty when no
    sentence is about the same thing; one that gives orders is never taken. Whether they support the claim is for
    ``check`` to say.
    """
    counted = numbers(text, language)
    candidates = _candidates(among or [s.passage for s in story.passages], language)
    asked = {code: _asked(text, code, counted) for code in {c.language for c in candidates}}
    seen = Counter(k for c in candidates for k in c.keys)
    every = {f"#{i}": number for i, number in enumerate(counted)}
    rarity = {k: math.log(1 + len(candidates) / (seen[k] or 0.5)) for a in asked.values() for k in a.keys}
    weight = {
        code: {k: rarity[k] * (_FACT if k in own.facts else 1.0) for k in own.keys}
        | dict.fromkeys(every, _FACT * max(rarity.values(), default=1.0))
        for code, own in asked.items()
    }
    near = sorted(candidates, key=lambda c: -_gain(c.keys, weight[c.language], frozenset()))[:_SEARCHED]
    held = [
        c._replace(keys=(c.keys & asked[c.language].keys) | _agreeing(c, every))
        for c in near
        if not orders(_citation(c.passage, c.span).quote, c.language)
    ]
    got: frozenset[str] = frozenset()
    taken: list[_Candidate] = []
    while held and len(taken) < most:
        best = max(held, key=lambda c: _gain(c.keys, weight[c.language], got))
        held.remove(best)
        share = _gain(best.keys, weight[best.language], got) / (sum(weight[best.language].values()) or 1.0)
        facts = asked[best.language].facts | every.keys()
        if (share < _MORE and not (best.keys - got) & facts) if taken else share < _ALIKE:
            break
        got |= best.keys
        taken.append(best)
    return tuple(_citation(c.passage, c.span) for c in taken)


def _candidates(passages: Sequence[Passage], language: str) -> list[_Candidate]:
    found: dict[tuple[str, int], _Candidate] = {}
    for passage in passages:
        code = passage.article.language or language
        for span in passage.sentences:
            keys = frozenset(t.key for t in tokens(passage.article.slice(Part.TEXT, *span), code))
            found.setdefault((passage.article.id, span.start), _Candidate(passage, span, code, keys))
    return list(found.values())


def _asked(text: str, language: str, counted: Sequence[Number]) -> _Asked:
    # A number is compared by its value: "about 2 million" is one fact, not two words.
    told = [t for t in tokens(text, language) if not any(n.start < t.end and t.start < n.end for n in counted)]
    return _Asked(frozenset(t.key for t in told), frozenset(t.key for t in told if t.capital and t.start > 0))


def _agreeing(candidate: _Candidate, counted: Mapping[str, Number]) -> frozenset[str]:
    given = numbers(_citation(candidate.passage, candidate.span).quote, candidate.language) if counted else ()
    return frozenset(k for k, number in counted.items() if any(agree(number, g) for g in given))


def _gain(keys: frozenset[str], weight: Mapping[str, float], got: frozenset[str]) -> float:
    return sum(w for k, w in weight.items() if k in keys and k not in got)


def _citation(passage: Passage, span: Span) -> Citation:
    quote = passage.article.slice(Part.TEXT, *span)
    return Citation(passage.article.id, Part.TEXT, span.start, span.end, quote)
