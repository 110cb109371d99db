"""Writing again the claims that did not pass their checks, and only those."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.engines.llm_answer import Said
from briefing.engines.llm_claims import headline, placed
from briefing.engines.llm_passages import Shown
from briefing.engines.llm_prompts import Failed
from briefing.model import Ask, Citation, Claim, Draft, Feedback, Part, Passage, Status
from briefing.text.words import terms

# Of a claim that cites nothing, the passages that share most words with it.
_NEAREST = 2
# No model can change these: they say what the code alone cannot know of a sentence in another language.
_NOT_FAULTS = frozenset({"translation"})


def failed(feedback: Feedback) -> tuple[Failed, ...]:
    """The claims that did not pass, with every reason."""
    claims = (feedback.draft.headline, *feedback.draft.claims)
    reasons: dict[int, list[str]] = {}
    for finding in feedback.findings:
        if finding.status is not Status.SUPPORTED and finding.check not in _NOT_FAULTS:
            reasons.setdefault(finding.claim, []).append(finding.reason)
    return tuple(Failed(n, claims[n].text, tuple(reasons[n])) for n in sorted(reasons) if n < len(claims))


def needed(failures: Sequence[Failed], draft: Draft) -> tuple[Shown, ...]:
    """For each claim that failed, the sentences it cites with one on either side, or else the nearest passages."""
    story = draft.story
    claims = (draft.headline, *draft.claims)
    order = {original.article.id: n for n, original in enumerate(story.originals)}
    passages = sorted((s.passage for s in story.passages), key=lambda p: (order[p.article.id], p.start))
    wanted: dict[int, set[int]] = {}
    for failure in failures:
        for place, sentences in _around(claims[failure.number], passages).items():
            wanted.setdefault(place, set()).update(sentences)
    runs = [
        Passage(passages[place].original, tuple(passages[place].sentences[i] for i in run))
        for place in sorted(wanted)
        for run in _runs(sorted(wanted[place]))
    ]
    return tuple(Shown(f"p{n}", run) for n, run in enumerate(runs, 1))


def mended(
    draft: Draft, failures: Sequence[Failed], again: Mapping[int, Said], shown: Sequence[Shown], ask: Ask
) -> Draft:
    """``draft`` with the claims that failed replaced, or left out where ``again`` has nothing for them.

    Claims that passed are the same objects. A headline for which there is nothing stays: its place cannot be empty.
    """
    numbers = {f.number for f in failures}
    head = headline(again.get(0), shown, ask) if 0 in numbers else None
    claims: list[Claim] = []
    for number, claim in enumerate(draft.claims, 1):
        if number not in numbers:
            claims.append(claim)
        elif number in again:
            claims.extend(replace(c, role=claim.role) for c in placed((again[number],), shown, ask).claims)
    return replace(draft, headline=head or draft.headline, claims=tuple(claims))


def _around(claim: Claim, passages: Sequence[Passage]) -> dict[int, set[int]]:
    """Which sentences of which passages the claim may stand on, by their places."""
    found: dict[int, set[int]] = {}
    for place, passage in enumerate(passages):
        for i, (start, end) in enumerate(passage.sentences):
            if any(_within(c, passage, start, end) for c in claim.citations):
                found.setdefault(place, set()).update({max(0, i - 1), i, min(i + 1, len(passage.sentences) - 1)})
    if found:
        return found
    own = set(terms(claim.text, claim.language))
    shared = [len(own & set(terms(p.text, p.article.language or claim.language))) for p in passages]
    nearest = sorted(range(len(passages)), key=lambda place: -shared[place])[:_NEAREST]
    return {place: set(range(len(passages[place].sentences))) for place in nearest}


def _runs(places: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _within(citation: Citation, passage: Passage, start: int, end: int) -> bool:
    same = citation.part is Part.TEXT and citation.article == passage.article.id
    return same and citation.start < end and start < citation.end
