"""What a judge is asked about a draft, and its scores as findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.model import Draft, Finding, Pair, Status
from briefing.steps.cite import cite

# Doubts of a code that cannot read, which a judge may lift. Never a number, a date, a name or a quotation.
LIFTED = frozenset({"translation", "words"})
# The name of the check of a judge that may lift them.
TRUSTED = "calibrated judge"
_AGAINST = (Status.UNSUPPORTED, Status.UNCITED)


def supplied(draft: Draft) -> Draft:
    """The draft in which a claim that cites nothing cites the sentences that it most likely stands on, if any."""
    headline, *claims = (
        claim if claim.citations else replace(claim, citations=cite(claim.text, draft.story, claim.language or "en"))
        for claim in (draft.headline, *draft.claims)
    )
    return replace(draft, headline=headline, claims=tuple(claims))


def judgeable(draft: Draft, findings: Sequence[Finding]) -> dict[int, Pair]:
    """The claims that a judge has to read, by number, each with its evidence.

    Not those in the source's own words, which hold, and not those that the code has refuted; doubts of the code that a
    judge may lift are no refutation.
    """
    decided = {f.claim for f in findings if f.check == "verbatim" or (f.status in _AGAINST and f.check not in LIFTED)}
    return {
        number: Pair("\n".join(c.quote for c in claim.citations), claim.text)
        for number, claim in enumerate((draft.headline, *draft.claims))
        if number not in decided
    }


def judged(
    pairs: Mapping[int, Pair], scores: Sequence[float], threshold: float, *, trusted: bool = False
) -> tuple[Finding, ...]:
    """The judge's scores of ``pairs`` as findings; a claim below ``threshold`` is unsupported.

    A yes of a judge that is ``trusted`` lifts what is ``LIFTED``. Raises ``ValueError`` when there is not one score for
    each pair.
    """
    check = TRUSTED if trusted else "judge"
    return tuple(_finding(number, score, threshold, check) for number, score in zip(pairs, scores, strict=True))


def _finding(number: int, score: float, threshold: float, check: str) -> Finding:
    if score >= threshold:
        return Finding(number, check, Status.SUPPORTED, f"the judge holds that the evidence says it ({score:.2f})")
    reason = f"the judge doubts that the evidence says it ({score:.2f} < {threshold:.2f})"
    return Finding(number, check, Status.UNSUPPORTED, reason)
