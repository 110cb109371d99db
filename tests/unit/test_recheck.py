"""A finished brief is checked again as if it had just been written."""

from __future__ import annotations

from dataclasses import replace

from briefing.model import Brief, BriefStory, Claim, Status
from briefing.render.json import dumps, loads, withhold
from briefing.steps.check import check
from briefing.steps.recheck import printed
from tests.briefs import rich_brief


def failing(brief: Brief) -> list[str]:
    return [
        story.places[finding.claim]
        for story in printed(brief)
        for finding in check(story.draft)
        if finding.status is not Status.SUPPORTED
    ]


def changed(brief: Brief, text: str) -> Brief:
    """The brief with other words in the second sentence of its first story."""
    story = brief.stories[0]
    claims = (story.claims[0], replace(story.claims[1], text=text), *story.claims[2:])
    return replace(brief, stories=(replace(story, claims=claims), *brief.stories[1:]))


def test_every_claim_has_its_place() -> None:
    brief = rich_brief()
    for story, told in zip(printed(brief), brief.stories, strict=True):
        assert len(story.places) == 1 + len(story.draft.claims)
        assert story.draft.claims[: len(told.claims)] == told.claims


def test_a_brief_in_its_sources_words_holds_and_a_changed_number_is_found() -> None:
    brief = rich_brief()
    second = brief.stories[0].claims[1].text
    assert "story 1, sentence 2" not in failing(brief)
    assert "story 1, sentence 2" in failing(changed(brief, second.replace("412", "421")))


def test_what_was_withheld_can_be_checked_as_far_as_it_is_cited() -> None:
    brief = loads(dumps(withhold(rich_brief())))
    second = brief.stories[0].claims[1].text
    assert failing(brief) == failing(rich_brief())
    assert "story 1, sentence 2" in failing(changed(brief, second.replace("412", "421")))


def test_a_claim_that_cites_nothing_fails() -> None:
    brief = rich_brief()
    alone = BriefStory(Claim("A headline", (), "en"), (Claim("A sentence.", (), "en"),), 1)
    assert failing(replace(brief, stories=(alone,), conflicts=())) == ["story 1, headline", "story 1, sentence 1"]
