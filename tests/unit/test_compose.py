"""Briefs out of checked stories."""

from __future__ import annotations

from collections import Counter

from briefing.model import (
    Brief,
    Checked,
    Claim,
    Dropped,
    Edition,
    Failure,
    Interest,
    Original,
    Part,
    Publisher,
    Reason,
    Section,
    Selection,
    Story,
)
from briefing.steps.compose import Ledger, compose
from briefing.steps.plan import plan
from tests.made import NOW, article, claim, original, story

FLOOD = "The dam at Orle broke on Monday. Four hundred people left their homes. Schools stay shut."
ANYTHING = Interest()
OTHER = "Rescuers counted nine boats at Orle. The mayor asked for blankets."


def _checked(of: Story, *claims: Claim, dropped: tuple[Dropped, ...] = ()) -> Checked:
    return Checked(of, claims[0], claims, dropped)


def _compose(*checked: Checked, interest: Interest = ANYTHING, ledger: Ledger | None = None) -> Brief:
    stories = [c.story for c in checked]
    originals = tuple(o for s in stories for o in s.originals)
    ledger = ledger or Ledger(
        articles=tuple(o.article for o in originals),
        barred=(),
        cleaned=tuple(o.cleaned for o in originals),
        originals=originals,
        passages=len(originals),
        selection=Selection(tuple(p for s in stories for p in s.passages)),
        no_room=(),
        failures=(),
    )
    planned, _ = plan(stories, 30)
    return compose(Edition("Test", NOW, "UTC", 30), interest, "extractive", planned, checked, ledger)


def test_references_are_numbered_in_reading_order_and_each_span_once() -> None:
    one = original(FLOOD, source="Courier")
    first, second = claim(one, "The dam at Orle broke on Monday."), claim(one, "Schools stay shut.")
    brief = _compose(Checked(story(one), second, (first, second)))
    assert [c.quote for c in brief.references] == ["Schools stay shut.", "The dam at Orle broke on Monday."]


def test_a_story_without_a_claim_is_not_printed_and_its_reasons_stay() -> None:
    one, two = original(FLOOD, source="Courier"), original(OTHER, source="Post")
    why = Dropped(Reason.UNSUPPORTED, two.article.id, "The mayor fled.", "no words of the source say so")
    brief = _compose(
        _checked(story(one), claim(one, "Schools stay shut.")),
        Checked(story(two), claim(two, "The mayor asked for blankets."), (), (why,)),
    )
    assert len(brief.stories) == 1
    assert why in brief.dropped


def test_copies_blocked_texts_and_failures_are_in_the_ledger() -> None:
    copy = article(FLOOD, title="Dam breaks", source="Herald")
    one = original(FLOOD, title="Dam at Orle breaks", source="Courier", copies=[copy])
    blocked = Dropped(Reason.BLOCKED, one.article.id, "A text")
    failure = Failure("broken.pdf", "encrypted", "remove the password")
    ledger = Ledger((one.article, copy), (blocked,), (one.cleaned,), (one,), 1, Selection(()), (), (failure,))
    brief = _compose(_checked(story(one), claim(one, "Schools stay shut.")), ledger=ledger)
    duplicate = next(d for d in brief.dropped if d.reason is Reason.DUPLICATE)
    assert (duplicate.article, duplicate.text) == (copy.id, "Dam breaks")
    assert "Dam at Orle breaks" in duplicate.detail
    assert blocked in brief.dropped
    assert brief.failures == (failure,)
    assert brief.stories[0].sources == ("Courier",)
    assert brief.stories[0].outlets == ("Herald",)
    assert brief.stories[0].independent_sources == 1


def test_a_text_that_gave_no_sentence_is_named_once() -> None:
    one, two = original(FLOOD, source="Courier"), original(OTHER, title="Nine boats", source="Post")
    brief = _compose(_checked(story(one, two), claim(one, "Schools stay shut.")))
    unused = [d for d in brief.dropped if d.reason is Reason.OVER_BUDGET]
    assert [(d.article, d.text, d.part) for d in unused] == [(two.article.id, "Nine boats", Part.TEXT)]


def _share(brief: Brief, of: Original) -> float:
    count = Counter(c.citations[0].article == of.article.id for s in brief.stories for c in s.claims)
    return count[True] / count.total()


def test_no_publisher_exceeds_its_share() -> None:
    one, two = original(FLOOD, source="Courier"), original(OTHER, source="Post")
    every = tuple(claim(one, s + ".") for s in FLOOD.rstrip(".").split(". "))
    checked = _checked(story(one, two), *every, claim(two, "The mayor asked for blankets."))
    assert _share(_compose(checked), one) == 0.75
    brief = _compose(checked, interest=Interest(publishers={"COURIER": Publisher(max_share=0.5)}))
    assert _share(brief, one) == 0.5
    assert [d.text for d in brief.dropped if d.reason is Reason.PUBLISHER_SHARE] == [every[2].text, every[1].text]


def test_with_the_surplus_goes_what_leans_on_it() -> None:
    one = original("Ines Calder leads the water board. She said the wall would hold.", source="Courier")
    two = original(OTHER, source="Post")
    claims = (claim(two, "Rescuers counted nine boats at Orle."), claim(two, "The mayor asked for blankets."))
    leaning = claim(one, "She said the wall would hold.")
    checked = _checked(story(two, one), *claims, claim(one, "Ines Calder leads the water board."), leaning)
    brief = _compose(checked, interest=Interest(publishers={"Courier": Publisher(max_share=0.1)}))
    assert [c.text for c in brief.stories[0].claims] == [c.text for c in claims]
    assert {d.reason for d in brief.dropped if d.article == one.article.id} >= {Reason.PUBLISHER_SHARE}


def test_a_story_of_which_nothing_can_be_read_alone_is_in_the_ledger() -> None:
    one, two = original(FLOOD, source="Courier"), original(OTHER, title="Nine boats", source="Post")
    brief = _compose(
        _checked(story(one), claim(one, "Schools stay shut.")),
        Checked(story(two), claim(two, "The mayor asked for blankets."), ()),
    )
    found = [d for d in brief.dropped if d.article == two.article.id]
    assert [(d.reason, d.text) for d in found] == [(Reason.NOT_READABLE_ALONE, "Nine boats")]


def test_a_story_of_one_sentence_stands_in_brief_after_the_leads() -> None:
    one, two = original(f"{FLOOD} " * 20, source="Courier"), original(f"{OTHER} " * 20, source="Post")
    brief = _compose(
        _checked(story(one), claim(one, "Schools stay shut.")),
        _checked(story(two), claim(two, "The mayor asked for blankets."), claim(two, "Rescuers counted nine boats")),
    )
    assert [(s.section, len(s.claims)) for s in brief.stories] == [(Section.LEAD, 2), (Section.IN_BRIEF, 1)]


def test_a_lone_publisher_keeps_its_sentences() -> None:
    one = original(FLOOD, source="Courier")
    interest = Interest(publishers={"Courier": Publisher(max_share=0.1)})
    brief = _compose(_checked(story(one), claim(one, "Schools stay shut.")), interest=interest)
    assert len(brief.stories) == 1


def test_nothing_relevant_makes_an_empty_brief() -> None:
    brief = _compose()
    assert brief.stories == ()
    assert brief.references == ()
