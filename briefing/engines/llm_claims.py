"""From what a model said to claims: its evidence found in the passages, and our own bounds kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.engines.llm_answer import Said
from briefing.engines.llm_labels import as_labelled
from briefing.engines.llm_passages import Shown
from briefing.model import Ask, Citation, Claim, Dropped, Part, Passage, Reason, Role
from briefing.text.facts.excerpt import find
from briefing.text.headline import shortened
from briefing.text.instructions import instructions
from briefing.text.language import contradicts, detect
from briefing.text.readable import length
from briefing.text.sentences import sentences
from briefing.text.words import terms

# A sentence of the news has about 22 words; one of more than this holds several facts, or is no sentence.
_SHORTEST, _LONGEST = 2, 60
# A quarter more words than were asked for are still read in the same minute.
_MORE_WORDS = 1.25
# Evidence may stand in several sentences; a reader looks up no more than this.
_CITED = 3
# A sentence of as many words that carry meaning repeats one that has them all; fewer may be its subject alone.
_TELLING = 3
# What a model says of itself and its task. Where the passages speak of such things, so may the story.
_OWN_AFFAIRS = re.compile(
    r"\b(?:prompts?|(?:large )?language models?|ai (?:model|assistant)s?|chatbots?|json|system message"
    r"|sprachmodelle?s?|modèles? de langage|modelos? de lenguaje|as an ai|als ki)\b",
    re.IGNORECASE,
)


class Placed(NamedTuple):
    """Claims made of what a model said, in the order of roles, and what was left out of it with the reason."""

    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]


def placed(said: Sequence[Said], shown: Sequence[Shown], ask: Ask) -> Placed:
    """The claims that ``said`` makes, each citing the whole sentences that its evidence stands in.

    A claim is one sentence, so several come apart. Evidence is looked for in the passages that the model names, then
    in all that it was shown. Where it is not found, the claims cite nothing, provided that the model names a passage.
    """
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    for one in said:
        citations = _cited(one, shown)
        if against := _against(one, citations, shown, ask.language):
            dropped.append(_left_out(one.text or one.evidence, Reason.UNSUPPORTED, against, shown))
            continue
        for start, end in sentences(one.text, ask.language):
            claim = Claim(_ended(one.text[start:end]), citations, ask.language, role=one.role)
            if _repeats(claim, claims):
                dropped.append(_left_out(claim.text, Reason.REPEATED, "a sentence before it says the same", shown))
            else:
                claims.append(claim)
    return Placed(tuple(_in_order(as_labelled(claims))), tuple(dropped))


def _ended(text: str) -> str:
    """A sentence in letters that have a full stop, with one where the model forgot it."""
    return f"{text}." if text[-1:].islower() or text[-1:].isdecimal() else text


def within(claims: Placed, shown: Sequence[Shown], ask: Ask) -> Placed:
    """The first claims that fit into what was asked for, and of those the first whatever its length."""
    kept: list[Claim] = []
    dropped = list(claims.dropped)
    used = 0
    for claim in claims.claims:
        used += length(claim.text)
        if kept and (len(kept) == ask.sentences or used > _MORE_WORDS * ask.words):
            detail = f"no room in the {ask.words} words of the story"
            dropped.append(_left_out(claim.text, Reason.OVER_BUDGET, detail, shown))
        else:
            kept.append(claim)
    return Placed(tuple(kept), tuple(dropped))


def headline(said: Said | None, shown: Sequence[Shown], ask: Ask, told: Sequence[Claim] = ()) -> Claim | None:
    """The headline as a claim; None where it is missing, several sentences, or fails as a sentence would.

    One that names no source stands on what the nearest of the sentences ``told`` cites.
    """
    if said and told and not said.passages and not said.evidence:
        said = _on_the_nearest(said, told, shown)
    claims = placed((said,), shown, ask).claims if said else ()
    return as_headline(claims[0]) if len(claims) == 1 else None


def as_headline(claim: Claim) -> Claim:
    """The claim as a headline: without a full stop, and cut where that is safe if it is long."""
    return replace(claim, text=claim.text[: shortened(claim.text, claim.language)], role=Role.HAPPENED)


def evidence(words: str, passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The whole sentences that ``words`` stand in, looked for in ``passages`` in their order.

    Words that no passage holds together are looked for sentence by sentence. Whole sentences, because what a model
    leaves out of its evidence may be the "not" or the "said" that the claim lacks.
    """
    if not any(c.isalnum() for c in words):
        return ()
    found = _anywhere(words, passages) or [
        citation for start, end in sentences(words) for citation in _anywhere(words[start:end], passages)
    ]
    return tuple(dict.fromkeys(found))[:_CITED]


def _on_the_nearest(said: Said, told: Sequence[Claim], shown: Sequence[Shown]) -> Said:
    own = set(terms(said.text))
    nearest = max(told, key=lambda claim: len(own & set(terms(claim.text))))
    articles = {c.article for c in nearest.citations}
    return said._replace(
        evidence="\n".join(c.quote for c in nearest.citations),
        passages=tuple(s.id for s in shown if s.passage.article.id in articles),
    )


def _cited(said: Said, shown: Sequence[Shown]) -> tuple[Citation, ...]:
    return evidence(said.evidence, [s.passage for s in sorted(shown, key=lambda s: s.id not in said.passages)])


def _against(said: Said, citations: Sequence[Citation], shown: Sequence[Shown], language: str) -> str:
    """Why nothing can be made of a sentence, in words; empty where something can."""
    if not any(c.isalpha() for c in said.text) or length(said.text) < _SHORTEST:
        return "its text holds no sentence"
    if length(said.text) > _LONGEST:
        return f"longer than {_LONGEST} words"
    if not citations and not any(s.id in said.passages for s in shown):
        return "the model names no passage for it, and its evidence stands in none"
    if _foreign(said.text, shown, language):
        return "not in the language of the brief"
    own = {m.lower() for m in _OWN_AFFAIRS.findall(said.text)}
    if instructions(said.text, language) or any(all(w not in s.text.lower() for s in shown) for w in own):
        return "speaks of the model's task, not of the story"
    return ""


def _foreign(text: str, shown: Sequence[Shown], language: str) -> bool:
    """Whether ``text`` is in the language of a source and not in ``language``.

    Of one sentence a detector is not sure enough to name any language in the world.
    """
    others = {s.passage.article.language for s in shown} - {"", language}
    return bool(others) and (code := detect(text)) in others and contradicts(language, code)


def _repeats(claim: Claim, before: Sequence[Claim]) -> bool:
    """Whether one claim has all that this one says; sides that disagree may differ by a "not"."""
    own = set(terms(claim.text, claim.language))
    if claim.role is Role.DISAGREE or len(own) < _TELLING:
        return any(claim.text == b.text for b in before)
    return any(own <= set(terms(b.text, b.language)) for b in before)


def _in_order(claims: Sequence[Claim]) -> list[Claim]:
    order = list(Role)
    return sorted(claims, key=lambda c: order.index(c.role))


def _left_out(text: str, reason: Reason, detail: str, shown: Sequence[Shown]) -> Dropped:
    return Dropped(reason, shown[0].passage.article.id, text, detail)


def _anywhere(words: str, passages: Sequence[Passage]) -> list[Citation]:
    for passage in passages:
        if found := find(words, passage.text):
            start, end = passage.start + found[0], passage.start + found[1]
            return [_citation(passage, *s) for s in passage.sentences if s.start < end and start < s.end]
    return []


def _citation(passage: Passage, start: int, end: int) -> Citation:
    return Citation(passage.article.id, Part.TEXT, start, end, passage.article.text[start:end])
