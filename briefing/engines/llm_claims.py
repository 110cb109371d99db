"""From what a model said to claims: its evidence found in the passages, and our own bounds kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefing.engines.llm_answer import Said
from briefing.engines.llm_passages import Shown
from briefing.model import Citation, Claim, Dropped, Part, Passage, Reason, Role
from briefing.text.facts.excerpt import find
from briefing.text.readable import length
from briefing.text.sentences import sentences

# A sentence of the news has about 22 words; one of more than this holds several facts, or is no sentence.
LONGEST = 60
# Evidence may stand in several sentences; a reader looks up no more than this.
_CITED = 3


class Placed(NamedTuple):
    """Claims made of one sentence of the model; none, and ``against`` says why, where nothing came of it."""

    claims: tuple[Claim, ...]
    against: str = ""


def placed(said: Said, shown: Sequence[Shown], language: str) -> Placed:
    """The claims that ``said`` makes, each with the whole sentences that its evidence stands in.

    A claim is one sentence, so several come apart. Evidence is looked for in the passages that the model names, then
    in all that it was shown. Where it is not found, the claims cite nothing, provided that the model names a passage.
    """
    if not any(c.isalpha() for c in said.text):
        return Placed((), "no words are left of it")
    if length(said.text) > LONGEST:
        return Placed((), f"longer than {LONGEST} words")
    by_id = {s.id: s.passage for s in shown}
    named = [by_id[i] for i in said.passages if i in by_id]
    citations = evidence(said.evidence, [*named, *(p for p in by_id.values() if p not in named)])
    if not citations and not named:
        return Placed((), "the model names no passage for it, and its evidence stands in none")
    parts = [said.text[a:b] for a, b in sentences(said.text, language)]
    return Placed(tuple(Claim(part, citations, language, role=said.role) for part in parts))


def evidence(words: str, passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The whole sentences that ``words`` stand in, looked for in ``passages`` in their order.

    Words that no passage holds together are looked for sentence by sentence. Whole sentences, because what a model
    leaves out of its evidence may be the "not" or the "said" that the claim lacks.
    """
    if not any(c.isalnum() for c in words):
        return ()
    pieces = [words]
    if not _anywhere(words, passages):
        pieces = [words[a:b] for a, b in sentences(words)]
    found = [c for piece in pieces for c in _anywhere(piece, passages)]
    return tuple(dict.fromkeys(found))[:_CITED]


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """By role, in the order of roles; of one role as the model gave them."""
    order = list(Role)
    return sorted(claims, key=lambda c: order.index(c.role))


def within(claims: Sequence[Claim], *, words: int, most: int) -> tuple[list[Claim], list[Claim]]:
    """The first claims that fit into ``most`` sentences of together about ``words`` words, and the rest."""
    kept: list[Claim] = []
    rest: list[Claim] = []
    used = 0
    for claim in claims:
        used += length(claim.text)
        # A quarter more is still read in the same minute, and the first is told whatever it takes.
        fits = len(kept) < most and used <= 1.25 * words
        (kept if fits or not kept else rest).append(claim)
    return kept, rest


def left_out(text: str, reason: Reason, detail: str, article: str) -> Dropped:
    """An entry of the ledger for a sentence of the model."""
    return Dropped(reason, article, text, detail)


def _anywhere(words: str, passages: Sequence[Passage]) -> list[Citation]:
    for passage in passages:
        found = find(words, passage.text)
        if found:
            start, end = passage.start + found[0], passage.start + found[1]
            touched = [s for s in passage.sentences if s.start < end and start < s.end]
            return [_citation(passage, *span) for span in touched]
    return []


def _citation(passage: Passage, start: int, end: int) -> Citation:
    return Citation(passage.article.id, Part.TEXT, start, end, passage.article.text[start:end])
