"""How long each story may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import WORDS_A_MINUTE, Reason, Section, Story
from briefing.steps.plan import plan
from tests.made import original, story


def _story(number: int, sources: int = 1) -> Story:
    texts = (f"Text {i} of story {number} is here. " + "It goes on and on for a while. " * 60 for i in range(sources))
    return story(*(original(t, source=f"Paper {i}") for i, t in enumerate(texts)), id=str(number))


def test_a_lone_story_leads() -> None:
    planned, dropped = plan([_story(1)], 5)
    assert [(p.section, p.sentences) for p in planned] == [(Section.LEAD, 6)]
    assert dropped == ()


def test_the_first_lead_is_longest_and_the_rest_is_in_brief_or_dropped_with_a_reason() -> None:
    stories = [_story(n, sources=2) for n in range(60)]
    planned, dropped = plan(stories, 5)
    leads = [p.words for p in planned if p.section is Section.LEAD]
    assert leads == sorted(leads, reverse=True)
    assert any(p.section is Section.IN_BRIEF and p.sentences == 1 for p in planned)
    assert len(planned) < len(stories)
    assert {d.reason for d in dropped} == {Reason.OVER_BUDGET}
    assert len(dropped) == 2 * (len(stories) - len(planned))


def test_stories_of_several_sources_lead_before_those_of_one() -> None:
    stories = [_story(0), *(_story(n, sources=2) for n in range(1, 12))]
    planned, _ = plan(stories, 5)
    assert next(p.section for p in planned if p.story.id == "0") is Section.IN_BRIEF


@given(st.lists(st.integers(1, 4), max_size=80), st.floats(0.5, 60))
def test_nothing_is_lost_and_the_length_holds(sources: list[int], minutes: float) -> None:
    stories = [_story(i, n) for i, n in enumerate(sources)]
    planned, dropped = plan(stories, minutes)
    lost = {o.article.id for s in stories for o in s.originals}
    lost -= {o.article.id for p in planned for o in p.story.originals} | {d.article for d in dropped}
    assert not lost
    # The sentences of items in brief have thirty words on average.
    words = sum(min(p.words, 30 * p.sentences) if p.section is Section.IN_BRIEF else p.words for p in planned)
    assert words <= max(minutes * WORDS_A_MINUTE, 60)


def test_few_stories_share_all_the_room() -> None:
    planned, _ = plan([_story(n, sources=2) for n in range(6)], 4)
    assert sum(p.words for p in planned) > 0.9 * 4 * WORDS_A_MINUTE
    assert all(2 <= p.sentences <= 6 for p in planned)


def test_a_story_has_no_more_words_than_its_sources_can_give() -> None:
    short = story(original("The dam at Orle broke. Schools stay shut.", source="Courier"), id="short")
    planned, _ = plan([_story(1, sources=2), short], 5)
    assert [p.section for p in planned if p.story.id == "short"] == [Section.IN_BRIEF]


def test_with_time_to_spare_leads_have_six_sentences_and_items_in_brief_two() -> None:
    planned, dropped = plan([_story(n, sources=2) for n in range(12)], 30)
    assert not dropped
    assert {p.sentences for p in planned if p.section is Section.LEAD} == {6}
    assert {p.sentences for p in planned if p.section is Section.IN_BRIEF} == {2}
