"""Who did what to whom, as far as the order of words tells: the same words in other places are another fact.

A word is taken for a verb by its ending or by what stands before it. Who stands right before it acts and who stands
right after it is acted on; "was" and "by" turn that round. English only; whatever is less plain is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from briefing.text.facts.names import Name, names
from briefing.text.facts.tokens import Token, key, tokens
from briefing.text.words import fold, stem

Found = tuple[str, str, bool]

_BE = regex.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s(?:\w+ly\s|not\s|also\s|later\s|then\s)?$", regex.IGNORECASE
)
# "Mara Lind, the country's foreign minister"; "Mara Lind is a former minister".
_APPOSED = regex.compile(
    r"(?:,\s|\s(?:is|was|ist|war|est|était|es|era)\s)(?:(?:the|an?|his|her|its|der|die|le|la|el)\s)?(?:[\p{L}’'.-]+\s){0,4}"
)
_BREAK = regex.compile(
    r"[,;:–—()\"“”]|\b(?:and|or|but|while|who|which|that|when|after|before|because|if|as|in|on|at|to|from|for|with|of|over|"
    r"under|during|near|against|about|into|than|by)\b",
    regex.IGNORECASE,
)
_BETWEEN = regex.compile(
    r"\s(?:(?:has|have|had|will|would|may|might|could|can|did|does|do|is|are|was|were|be|been|being|gets?|got|also|later|then|"
    r"first|not|already|\w+ly)\s)*",
    regex.IGNORECASE,
)
_BY = regex.compile(r"[^,;:.]{0,30}?\bby\s", regex.IGNORECASE)
_REACH = 3
# Verbs by which many may act on the same at once, or each on the other.
_MUTUAL = frozenset(
    key(w) for w in "meet met join joined marry married play played face faced fight fought talk agree".split()
)


class _Act(NamedTuple):
    verb: str
    agents: frozenset[str]
    patients: frozenset[str]


def swapped_roles(claim: str, given: Sequence[str], language: str = "en") -> Iterator[Found]:
    """Where ``claim`` gives the part of one to the other, or an act to another than the cited words do."""
    if language != "en":
        return
    theirs = [act for sentence in given for act in _acts(sentence)]
    for ours in _acts(claim):
        same = [act for act in theirs if act.verb == ours.verb]
        agents = frozenset().union(*(a.agents for a in same))
        patients = frozenset().union(*(a.patients for a in same))
        wrong = (ours.agents & patients) - agents
        hurt = (ours.patients & agents) - patients
        if (wrong and (hurt or not ours.patients)) or (hurt and not ours.agents):
            who = sorted(wrong or hurt)[0]
            yield "roles", f"the claim turns round who did what (“{ours.verb}”, “{who}”)", True
            return
    yield from _another_actor(claim, given)


def _acts(text: str) -> Iterator[_Act]:
    told = tokens(text)
    for i, token in enumerate(told):
        if token.key in _MUTUAL or not (_verbal(text, token) or _between_names(text, told, i)):
            continue
        before, after = text[: token.start], text[token.end :]
        passive = bool(_BE.search(before))
        subject = _subject(text, told, i)
        if passive:
            by = _BY.match(after)
            agents = _following(text, told, token.end + by.end()) if by else frozenset()
            yield _Act(token.key, agents, subject)
        else:
            acted_on = _following(text, told, token.end)
            # "The train derailed", "the shop opened": without an object who acts may as well be acted on.
            if acted_on:
                yield _Act(token.key, subject, acted_on)


def _subject(text: str, told: Sequence[Token], at: int) -> frozenset[str]:
    if not at or not _BETWEEN.fullmatch(text[told[at - 1].end : told[at].start]):
        return frozenset()
    # "The head of the bank resigned": who stands nearest is not who acts.
    if regex.search(
        r"\b(?:of|in|at|from|for|with|to|on|by|near)\s(?:the\s|an?\s|\p{Lu}\S*\s)*$", text[: told[at - 1].start]
    ):
        return frozenset()
    return frozenset({told[at - 1].key})


def _following(text: str, told: Sequence[Token], start: int) -> frozenset[str]:
    end = _BREAK.search(text, start)
    stop = end.start() if end else len(text)
    return frozenset([t.key for t in told if start <= t.start < stop][:_REACH])


def _verbal(text: str, token: Token) -> bool:
    word = text[token.start : token.end]
    if not word.islower():
        return False
    # "Sued" and "struck": a stem that is not the word's own is that of an irregular verb.
    return word.endswith("ed") or key(word) != stem(word) or bool(_BE.search(text[: token.start]))


def _between_names(text: str, told: Sequence[Token], at: int) -> bool:
    """ "Sandmere beat Northway": a small word right between two names."""
    if not 0 < at < len(told) - 1 or not text[told[at].start].islower():
        return False
    before, after = told[at - 1], told[at + 1]
    near = text[before.end : told[at].start] == " " and text[told[at].end : after.start] in (" ", " the ")
    return near and before.capital and after.capital


def _another_actor(claim: str, given: Sequence[str]) -> Iterator[Found]:
    """A name right before a verb where every cited sentence with that verb has another name there."""
    acted = {(verb, name.text): name for name, verb in _named_acts(claim)}
    for (verb, text), name in acted.items():
        rivals = [(other, sentence) for sentence in given for other, theirs in _named_acts(sentence) if theirs == verb]
        holding = [s for s in given if verb in {t.key for t in tokens(s)}]
        if not rivals or any(set(name.parts) & {fold(w) for w in regex.findall(r"[\p{L}\p{N}]+", s)} for s in holding):
            continue
        if len({s for _, s in rivals}) == len(holding):
            yield "roles", f"the claim says of {text} what the cited words say of {rivals[0][0].text}", True
            return


def _named_acts(text: str) -> Iterator[tuple[Name, str]]:
    starts = {t.start: t for t in tokens(text)}
    for name in names(text):
        skipped = _BETWEEN.match(text, name.end)
        token = starts.get(skipped.end()) if skipped else None
        if token and _verbal(text, token):
            yield name, token.key
