"""What a mail leaves out where it would be clipped, least needed first; the mail says what and where the rest is.

Gmail shows the first 102 KB of a message's HTML and hides the rest behind a link, with it the sources and the way to
unsubscribe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from briefing.render.context import Context

# Gmail's limit less what lists and gateways add on the way. In bytes of the decoded HTML part.
LARGEST = 95_000


def fitting(page: Context, size: Callable[[Context], int], largest: int = LARGEST) -> Context:
    """``page`` with as little left out as brings ``size`` down to ``largest`` bytes.

    Where even the shortest is larger, that one. ``page`` gets ``shortened``: how much of it was left out.
    """
    whole = shortened(page, 0)
    if size(whole) <= largest:
        return whole
    low, high = 1, steps(page)
    # A theme that is too long by itself is not worth trying all lengths.
    if size(shortened(page, high)) > largest:
        return shortened(page, high)
    while low < high:
        middle = (low + high) // 2
        if size(shortened(page, middle)) <= largest:
            high = middle
        else:
            low = middle + 1
    return shortened(page, low)


def steps(page: Context) -> int:
    """How many things may be left out of ``page``, one after the other."""
    paragraphs = sum(len(s["paragraphs"]) for s in page["lead"][:1] or page["in_brief"][:1])
    stories = len(page["lead"]) + len(page["in_brief"])
    return 1 + len(page["sources"]) + max(0, stories - 1) + max(0, paragraphs - 1)


def shortened(page: Context, count: int) -> Context:
    """``page`` without the first ``count`` of: what surrounds the quotations (all at once), quotations from the last
    to the first, stories in brief and then lead stories likewise, paragraphs of the story that is left.

    A sentence that stays keeps its numbers and their links; a source goes when nothing that stays calls it.
    """
    around, count = min(count, 1), max(0, count - 1)
    quotations = min(count, len(page["sources"]))
    count -= quotations
    lead, in_brief = page["lead"], page["in_brief"]
    dropped = min(count, max(0, len(lead) + len(in_brief) - 1))
    count -= dropped
    left = [*lead, *in_brief][: len(lead) + len(in_brief) - dropped]
    paragraphs = 0
    if count and left:
        paragraphs = min(count, len(left[0]["paragraphs"]) - 1)
        left = [left[0] | {"paragraphs": left[0]["paragraphs"][: len(left[0]["paragraphs"]) - paragraphs]}, *left[1:]]
    stays = {s["id"] for s in left}
    bottom = [c for c in page["bottom_line"] if c["story"] in stays]
    called = {ref["number"] for claim in _claims(left, bottom) for ref in claim["refs"]}
    quoted = len(page["sources"]) - quotations
    sources = [_source(s, not around, n < quoted) for n, s in enumerate(page["sources"])]
    groups = [[sources[s["number"] - 1] for s in group if s["number"] in called] for group in page["source_groups"]]
    return page | {
        "lead": [s for s in left if s["section"] == "lead"],
        "in_brief": [s for s in left if s["section"] != "lead"],
        "bottom_line": bottom,
        "sources": sources,
        "source_groups": [group for group in groups if group],
        "shortened": {
            "any": bool(around),
            "quotations": sum(s["number"] in called and n >= quoted for n, s in enumerate(page["sources"])),
            "stories": dropped,
            "paragraphs": paragraphs,
        },
    }


def _source(source: dict[str, Any], around: bool, quoted: bool) -> dict[str, Any]:
    if around and quoted:
        return source
    return source | {"before": "", "after": ""} | ({} if quoted else {"quote": "", "short": ""})


def _claims(stories: list[dict[str, Any]], more: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from more
    for story in stories:
        yield story["headline"]
        for paragraph in story["paragraphs"]:
            yield from paragraph["claims"]
        for conflict in story["conflicts"]:
            yield from conflict["sides"]
