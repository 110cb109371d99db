"""How long each story may be, before any is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Dropped, Reason, Section, Story

WORDS_A_MINUTE = 230
_LEAD_WORDS = (170, 60)
_IN_BRIEF_WORDS = 45
_IN_BRIEF_SHARE = 0.25
_MOST_LEADS = 8


@dataclass(frozen=True, slots=True)
class Planned:
    """A story, the section it goes to, and the words and sentences it may take."""

    story: Story
    section: Section
    words: int
    sentences: int


def plan(stories: Sequence[Story], minutes: float) -> tuple[tuple[Planned, ...], tuple[Dropped, ...]]:
    """Shares ``minutes`` of reading among ``stories``, which come best first.

    The first stories are leads of two to six sentences, the earlier the longer; then come items "in brief" of
    one sentence; what has no room is dropped with the reason. Few stories share all the room there is.
    A story of one source follows those of several: it leads only where these leave room.
    """
    budget = round(minutes * WORDS_A_MINUTE)
    longest, shortest = _LEAD_WORDS
    several = [s for s in stories if s.independent_sources > 1]
    single = [s for s in stories if s.independent_sources == 1]
    for_leads = budget if len(stories) == 1 else round(budget * (1 - _IN_BRIEF_SHARE))
    room = max(1, min(_MOST_LEADS, for_leads // ((longest + shortest) // 2)))
    leads = (several + single)[:room]
    rest = [s for s in stories if all(s is not lead for lead in leads)]
    planned: list[Planned] = []
    spent = 0
    for index, story in enumerate(leads):
        fair = round(longest - (longest - shortest) * index / max(1, len(leads) - 1))
        words = max(min(fair, budget - spent), shortest // 2)
        planned.append(Planned(story, Section.LEAD, words, max(2, min(6, words // 25))))
        spent += words
    dropped: list[Dropped] = []
    for story in rest:
        if spent + _IN_BRIEF_WORDS <= budget:
            planned.append(Planned(story, Section.IN_BRIEF, _IN_BRIEF_WORDS, 1))
            spent += _IN_BRIEF_WORDS
        else:
            dropped.extend(_without_room(story))
    return tuple(planned), tuple(dropped)


def _without_room(story: Story) -> list[Dropped]:
    return [
        Dropped(
            Reason.OVER_BUDGET,
            original.article.id,
            original.article.title or original.article.text[:200],
            f"the story came after the brief was full ({story.independent_sources} independent sources)",
        )
        for original in story.originals
    ]
