"""A brief changed by a person: the sentence is checked again like any other, and the page says that it was changed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from briefing.errors import ModelError
from briefing.model import BY_HAND, Brief, BriefStory, Claim, Dropped, Finding, Reason, Status, Verdict
from briefing.steps.check import check
from briefing.steps.recheck import printed
from briefing.steps.settle import holds, verdict

_PLACE = re.compile(r"([1-9]\d{0,3})(?:\.([1-9]\d{0,3}))?")


class Place(NamedTuple):
    """A headline or a sentence: the story's number, and the sentence's in it, or 0 for the headline. From 1."""

    story: int
    sentence: int = 0

    @classmethod
    def parse(cls, text: str) -> Place:
        """``2`` is the headline of the second story, ``2.3`` its third sentence. Raises ``ModelError``."""
        found = _PLACE.fullmatch(text.strip())
        if not found:
            raise ModelError(
                f"{text!r} is no place in a brief; write 2 for the second headline, 2.3 for its third sentence"
            )
        return cls(int(found[1]), int(found[2] or 0))

    def __str__(self) -> str:
        return f"{self.story}.{self.sentence}" if self.sentence else str(self.story)


def places(brief: Brief) -> dict[Place, Claim]:
    """Every headline and sentence of the stories, in reading order."""
    return {
        Place(number, n): claim
        for number, story in enumerate(brief.stories, 1)
        for n, claim in enumerate((story.headline, *story.claims))
    }


def changed(brief: Brief, place: Place, text: str, *, uncited: bool = False) -> Brief:
    """``brief`` with other words at ``place``, which keep the citations and get the verdict that the checks give them.

    What the cited words do not wholly support is refused, unless it is to stand ``uncited``: then it has no citation,
    and every page says so. Raises ``ModelError``.
    """
    old = _claim(brief, place)
    new = replace(old, text=" ".join(text.split()))
    if new.text == old.text:
        raise ModelError(f"{place} says that already")
    if not uncited:
        new = replace(new, verdict=_verdict(_put(brief, place, new), place))
        if not holds(new):
            found = new.verdict.findings if new.verdict else ()
            why = "; ".join(f.reason for f in found if f.reason) or "nothing is cited for it"
            raise ModelError(
                f"{place} would not be supported by what it cites: {why}; to print it without a source: --uncited"
            )
    else:
        finding = Finding(place.sentence, "by hand", Status.UNCITED, "written by hand, without a source")
        new = replace(new, citations=(), verdict=Verdict(Status.UNCITED, (finding,)))
    return _noted(_put(brief, place, new), place)


def without(brief: Brief, place: Place) -> Brief:
    """``brief`` without a sentence, which is told in the ledger. A headline, or a story's last sentence, stays.

    Raises ``ModelError``.
    """
    claim, story = _claim(brief, place), brief.stories[place.story - 1]
    if not place.sentence or len(story.claims) == 1:
        raise ModelError(f"{place} cannot be taken out: a story needs a headline and a sentence")
    claims = tuple(c for n, c in enumerate(story.claims, 1) if n != place.sentence)
    article = claim.citations[0].article if claim.citations else story.headline.citations[0].article
    dropped = Dropped(Reason.BY_HAND, article, claim.text)
    stories = _with(brief.stories, place.story, replace(story, claims=claims))
    return _noted(replace(brief, stories=stories, dropped=(*brief.dropped, dropped)), place)


def _claim(brief: Brief, place: Place) -> Claim:
    try:
        return places(brief)[place]
    except KeyError:
        raise ModelError(f"the brief has no {place}") from None


def _put(brief: Brief, place: Place, claim: Claim) -> Brief:
    story = brief.stories[place.story - 1]
    if place.sentence:
        claims = tuple(claim if n == place.sentence else c for n, c in enumerate(story.claims, 1))
        story = replace(story, claims=claims)
    else:
        story = replace(story, headline=claim)
    return replace(brief, stories=_with(brief.stories, place.story, story))


def _verdict(brief: Brief, place: Place) -> Verdict:
    findings = check(printed(brief)[place.story - 1].draft)
    return verdict([f for f in findings if f.claim == place.sentence])


def _noted(brief: Brief, place: Place) -> Brief:
    """With the place in the story's note; what the note said before stays in it."""
    story = brief.stories[place.story - 1]
    what = f"sentence {place.sentence}" if place.sentence else "headline"
    before = story.note.removeprefix(BY_HAND).removeprefix(": ")
    note = f"{BY_HAND}: {what}{f'; {before}' if before and before != what else ''}"
    return replace(brief, stories=_with(brief.stories, place.story, replace(story, note=note)))


def _with(stories: tuple[BriefStory, ...], number: int, story: BriefStory) -> tuple[BriefStory, ...]:
    return tuple(story if n == number else s for n, s in enumerate(stories, 1))
