"""The words of a claim against the words it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.model import Article, Citation, Claim, Status

Outcome = tuple[str, Status, str]
_SPACE = re.compile(r"\s+")


def compare(claim: Claim, cited: Sequence[tuple[Citation, Article]]) -> Iterator[Outcome]:
    """Outcomes (check, status, reason) of a claim whose citations resolve; at least one."""
    words = _plain(claim.text)
    for citation, _ in cited:
        if _plain(citation.quote) == words:
            yield "verbatim", Status.SUPPORTED, "the claim is the source's own words"
            return
    if any(words in _plain(citation.quote) for citation, _ in cited):
        yield "verbatim", Status.SUPPORTED, "the claim is a part of the source's own words"
        return
    yield "verbatim", Status.UNSUPPORTED, "the claim is not in the cited words"


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
