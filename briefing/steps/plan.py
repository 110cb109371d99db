"""How long each story may be, before any is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import WORDS_A_MINUTE, Dropped, Reason, Section, Story

_LEAD_WORDS = (170, 60)
# An item in brief is one sentence: of at most so many words, of so many on average.
_IN_BRIEF_WORDS, _IN_BRIEF_USED = 40, 30
_IN_BRIEF_SHARE = 0.25
_MOST_LEADS = 8
_MOST_SENTENCES = 6
# Where there is more room than stories, a lead may have its six sentences however long they are.
_FULL_WORDS = 216
_WORDS_A_SENTENCE = 24
# A story is not told in more than this share of its sources' words, or it would be a copy of them; short ones may be.
_TOLD = 0.5
_CHARACTERS_A_WORD = 6


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
    one sentence, or of two where all have room for them; what has no room is dropped with the reason. Few stories
    share all the room there is.
    A story of one source follows those of several: it leads only where these leave room, and where it has the
    material for two sentences.
    """
    budget = int(minutes * WORDS_A_MINUTE)
    longest, shortest = _LEAD_WORDS
    several = [s for s in stories if s.independent_sources > 1]
    single = [s for s in stories if s.independent_sources == 1 and _material(s) >= shortest // 2]
    for_leads = budget if len(stories) == 1 else round(budget * (1 - _IN_BRIEF_SHARE))
    room = max(1, min(_MOST_LEADS, for_leads // ((longest + shortest) // 2)))
    leads = (several + single or list(stories))[:room]
    rest = [s for s in stories if all(s is not lead for lead in leads)]
    reserved = min(len(rest) * _IN_BRIEF_USED, budget - for_leads)
    planned = _leads(leads, budget - reserved)
    items = max(0, budget - sum(p.words for p in planned)) // _IN_BRIEF_USED
    each = 2 if items >= 2 * len(rest) else 1
    planned += [Planned(story, Section.IN_BRIEF, each * _IN_BRIEF_WORDS, each) for story in rest[:items]]
    dropped = [entry for story in rest[items:] for entry in _without_room(story)]
    return tuple(planned), tuple(dropped)


def _leads(stories: Sequence[Story], budget: int) -> list[Planned]:
    """Each story's fair share, and what is left over to those with the material for it, the first first."""
    longest, shortest = _LEAD_WORDS
    step = (longest - shortest) / max(1, len(stories) - 1)
    fair = [max(shortest // 2, min(round(longest - step * i), _material(s))) for i, s in enumerate(stories)]
    total = sum(fair)
    if total > budget:
        fair = [max(shortest // 2, words * budget // total) for words in fair]
    left = budget - sum(fair)
    most = max(longest, min(_FULL_WORDS, budget // max(1, len(stories))))
    words: list[int] = []
    for share, story in zip(fair, stories, strict=True):
        more = max(0, min(left, most - share, _material(story) - share))
        words.append(share + more)
        left -= more
    return [
        Planned(story, Section.LEAD, w, max(2, min(_MOST_SENTENCES, round(w / _WORDS_A_SENTENCE))))
        for story, w in zip(stories, words, strict=True)
    ]


def _material(story: Story) -> int:
    """How many words may be told of the story, by the length of its passages."""
    characters = sum(scored.passage.end - scored.passage.start for scored in story.passages)
    words = round(characters / _CHARACTERS_A_WORD)
    return max(min(words, min(_LEAD_WORDS)), round(_TOLD * words))


def _without_room(story: Story) -> list[Dropped]:
    return [
        Dropped(
            Reason.OVER_BUDGET,
            original.article.id,
            original.article.label,
            f"the story came after the brief was full ({story.independent_sources} independent sources)",
        )
        for original in story.originals
    ]
