"""What cannot stay once the sentence before it is gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from briefing.model import Claim, Dropped, Part, Reason
from briefing.text.readable import Fault, fault


def orphans(claims: Sequence[Claim], gone: Collection[int]) -> tuple[int, ...]:
    """Places of ``claims`` that lean on one of ``gone``, directly or over others that lean, in order.

    A claim leans on the one before it when its words cannot be read alone (*He said*, *The company*) and they were
    written to follow it: both stand in the same article, one after the other, or neither is an article's own sentence.
    What is printed without its antecedent would be read of somebody else.
    """
    lost = set(gone)
    found: list[int] = []
    for at in range(1, len(claims)):
        if at not in lost and at - 1 in lost and _leans(claims[at], claims[at - 1]):
            lost.add(at)
            found.append(at)
    return tuple(found)


def orphaned(claim: Claim) -> Dropped:
    """The ledger's entry for a claim that ``orphans`` found."""
    first = claim.citations[0]
    detail = f"{Fault.LEANS.value}, and that was left out"
    return Dropped(Reason.NOT_READABLE_ALONE, first.article, claim.text, detail, first.part, first.start, first.end)


def _leans(claim: Claim, before: Claim) -> bool:
    if not claim.citations or not before.citations:
        return False
    here, there = claim.citations[0], before.citations[0]
    follows = here.article == there.article and here.part is there.part is Part.TEXT and there.end <= here.start
    return (follows or _reworded(claim)) and fault(claim.text, claim.language, any_length=True) is Fault.LEANS


def _reworded(claim: Claim) -> bool:
    return all(claim.text not in citation.quote for citation in claim.citations)
