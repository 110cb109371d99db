"""What is printed and what is withheld, given what the checks found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from briefing.model import (
    Checked,
    Citation,
    Claim,
    Draft,
    Dropped,
    Finding,
    Part,
    Reason,
    Role,
    Status,
    Story,
    Verdict,
)
from briefing.steps.check import check
from briefing.steps.judging import LIFTED, TRUSTED
from briefing.steps.leaning import orphaned, orphans
from briefing.text.readable import fault

Policy = Literal["strict", "flag"]
# Worst last: a claim is as good as the worst that any check says of it.
_ORDER = (Status.SUPPORTED, Status.PARTLY, Status.UNCITED, Status.UNSUPPORTED)


def settle(draft: Draft, findings: Sequence[Finding], *, policy: Policy = "strict") -> Checked:
    """The story with verdicts: supported claims stay, the others go to ``dropped`` with every reason.

    With a claim goes what leans on it. The first claim, which tells the story's main fact, is replaced by the sentence
    that it cites, word for word, where that can be read alone.

    Policy ``flag`` keeps every claim, marked by its verdict. A headline that does not hold is replaced under either
    policy: by a supported sentence in the source's own words, else by the first trusted title of the story.

    A story of which nothing is left comes back with no claims; printing it is for the caller to refuse.
    """
    headline, *claims = (
        replace(claim, verdict=verdict([f for f in findings if f.claim == number]))
        for number, claim in enumerate((draft.headline, *draft.claims))
    )
    failed = set() if policy == "flag" else {i for i, claim in enumerate(claims) if not holds(claim)}
    lost = [claims[i] for i in sorted(failed)]
    if 0 in failed and (quotation := _quotation(draft, claims)):
        claims[0] = quotation
        failed.discard(0)
    left_alone = orphans(claims, failed)
    kept = [claim for i, claim in enumerate(claims) if i not in failed and i not in left_alone]
    kept = _without_lone_sides(kept)
    dropped = [_withheld(claim, draft.story) for claim in lost]
    dropped.extend(orphaned(claims[i]) for i in left_alone)
    if not holds(headline):
        dropped.insert(0, _withheld(headline, draft.story))
        headline = _other_headline(draft.story, kept) or headline
    return Checked(draft.story, headline, tuple(kept), (*draft.dropped, *dropped), draft.note)


def rewritten(before: Draft, failed: Sequence[Finding], after: Draft) -> tuple[Dropped, ...]:
    """What the first draft said and the second does not, of the claims that failed, with every reason."""
    kept = {claim.text for claim in (after.headline, *after.claims)}
    return tuple(
        _withheld(replace(claim, verdict=verdict(own)), before.story)
        for number, claim in enumerate((before.headline, *before.claims))
        if claim.text not in kept and (own := [f for f in failed if f.claim == number])
    )


def verdict(findings: Sequence[Finding]) -> Verdict:
    """The worst of the findings with those that say so; a claim that nothing was found for is uncited."""
    if any(f.check == TRUSTED and f.status is Status.SUPPORTED for f in findings):
        # A judge reads what the code could not compare.
        findings = [f for f in findings if f.check not in LIFTED]
    if not findings:
        return Verdict(Status.UNCITED)
    worst = max((f.status for f in findings), key=_ORDER.index)
    return Verdict(worst, tuple(f for f in findings if worst is Status.SUPPORTED or f.status is not Status.SUPPORTED))


def needs_repair(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that an engine has to be told of: those of claims that would be withheld."""
    failed = {f.claim for f in findings if not _passes(verdict([g for g in findings if g.claim == f.claim]))}
    return tuple(f for f in findings if f.claim in failed and f.status is not Status.SUPPORTED)


def holds(claim: Claim) -> bool:
    """Whether a claim is printed under policy ``strict``."""
    return claim.verdict is not None and _passes(claim.verdict)


def _passes(verdict: Verdict) -> bool:
    # A translation whose facts agree is printed, marked by its verdict; the code alone cannot say more of it.
    against = [f for f in verdict.findings if f.status is not Status.SUPPORTED]
    return verdict.status is Status.SUPPORTED or (
        verdict.status is Status.PARTLY and all(f.check == "translation" for f in against)
    )


def _without_lone_sides(claims: Sequence[Claim]) -> list[Claim]:
    """Where one side of a disagreement is left, it is no disagreement any more."""
    sides = sum(claim.role is Role.DISAGREE for claim in claims)
    if sides != 1:
        return list(claims)
    alone = [replace(c, role=Role.HAPPENED) if c.role is Role.DISAGREE else c for c in claims]
    return sorted(alone, key=lambda c: list(Role).index(c.role))


def _quotation(draft: Draft, claims: Sequence[Claim]) -> Claim | None:
    """The sentence behind the first claim in the source's words, unless another claim is that sentence already."""
    told = {claim.text for claim in claims}
    languages = {o.article.id: o.article.language for o in draft.story.originals}
    for citation in draft.claims[0].citations:
        if citation.part is not Part.TEXT or citation.article not in languages or citation.quote in told:
            continue
        claim = Claim(citation.quote, (citation,), languages[citation.article])
        findings = [f for f in check(Draft(draft.story, claim, ())) if f.claim == 0]
        whole = replace(claim, verdict=verdict(findings))
        if holds(whole) and not fault(citation.quote, claim.language or "en"):
            return whole
    return None


def _withheld(claim: Claim, story: Story) -> Dropped:
    reasons = "; ".join(f.reason for f in claim.verdict.findings) if claim.verdict else ""
    # The span stays empty: what failed is what was written, not what the source says there.
    article = claim.citations[0].article if claim.citations else story.passages[0].passage.article.id
    return Dropped(Reason.UNSUPPORTED, article, claim.text, reasons)


def _other_headline(story: Story, kept: Sequence[Claim]) -> Claim | None:
    for claim in kept:
        if holds(claim) and len(claim.citations) == 1 and claim.text == claim.citations[0].quote:
            return claim
    for original in story.originals:
        title = original.article.title
        if title.strip() and original.cleaned.title_trusted:
            finding = Finding(0, "verbatim", Status.SUPPORTED, "the title of an article of the story")
            citation = Citation(original.article.id, Part.TITLE, 0, len(title), title)
            return Claim(title, (citation,), original.article.language, Verdict(Status.SUPPORTED, (finding,)))
    return None
