"""Does every claim stand in the words it cites? ``check`` finds; ``settle`` decides."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.errors import ModelError
from briefing.model import Citation, Claim, Draft, Finding, Original, Part, Status, Story
from briefing.steps.check_facts import compare

_NAMES = {Part.TEXT: "text", Part.TITLE: "title"}


def check(draft: Draft) -> tuple[Finding, ...]:
    """What holds and what does not, claim by claim; claim 0 is the headline, 1 the first sentence.

    Every claim gets at least one finding: the words that differ, or why it holds. First each citation has to
    resolve: the article is one of the story's, the quote equals the characters, and they lie in paragraphs
    that were kept (a title: in a trusted one). Only then are the claim's words compared with the cited ones.
    """
    originals = {original.article.id: original for original in draft.story.originals}
    return tuple(
        finding
        for number, claim in enumerate((draft.headline, *draft.claims))
        for finding in _claim(number, claim, originals, draft.story)
    )


def _claim(number: int, claim: Claim, originals: dict[str, Original], story: Story) -> Iterator[Finding]:
    if not claim.citations:
        yield Finding(number, "citation", Status.UNCITED, "the claim cites nothing")
        return
    broken = [reason for citation in claim.citations if (reason := unresolved(citation, originals))]
    if broken:
        yield from (Finding(number, "citation", Status.UNSUPPORTED, reason) for reason in broken)
        return
    cited = [(citation, originals[citation.article].article) for citation in claim.citations]
    trusted = {o.article.id for o in originals.values() if o.cleaned.title_trusted}
    found = compare(claim, cited, trusted, headline=number == 0)
    yield from (Finding(number, name, status, reason) for name, status, reason in found)


def unresolved(citation: Citation, originals: dict[str, Original]) -> str:
    """Why a citation does not resolve; empty when it does."""
    original = originals.get(citation.article)
    if original is None:
        return f"the story holds no article {citation.article}"
    where = f"{citation.part.value} {citation.start}:{citation.end}"
    try:
        words = original.article.slice(citation.part, citation.start, citation.end)
    except ModelError:
        return f"{where} lies outside the article"
    if words != citation.quote:
        return f"{where} reads {_short(words)}, not {_short(citation.quote)}"
    if citation.part is Part.TITLE:
        return "" if original.cleaned.title_trusted else "the title belongs to another story"
    for dropped in original.cleaned.dropped:
        if dropped.part is Part.TEXT and dropped.start < citation.end and citation.start < dropped.end:
            return f"{where} was left out of the article: {dropped.reason.value}"
    if _outside_kept(original, citation):
        return f"{where} lies outside the paragraphs that were kept"
    return ""


def _outside_kept(original: Original, citation: Citation) -> bool:
    at = citation.start
    for start, end in original.cleaned.kept:
        if end <= at:
            continue
        if start >= citation.end:
            break
        if original.article.text[at:start].strip():
            return True
        at = max(at, end)
    return bool(original.article.text[at : citation.end].strip()) if at < citation.end else False


def _short(words: str) -> str:
    return f"“{words}”" if len(words) <= 80 else f"“{words[:77]}...”"
