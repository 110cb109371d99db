import pytest

from briefing.model import (
    Article,
    Checked,
    Citation,
    Claim,
    Cleaned,
    Draft,
    Finding,
    Original,
    Part,
    Passage,
    Reason,
    Scored,
    Span,
    Status,
    Story,
)
from briefing.steps.judging import judgeable, judged
from briefing.steps.settle import needs_repair, settle

FIRST, SECOND = "The dam burst.", "Ninety people left."


def draft(title: str = "Dam bursts", trusted: bool = True) -> Draft:
    article = Article.of(title=title, text=f"{FIRST} {SECOND}", source="Coast", language="en")
    whole = Span(0, len(article.text))
    story = Story("s", (Scored(Passage(Original(Cleaned(article, (whole,), (), trusted)), (whole,)), 1.0),))

    def claim(text: str) -> Claim:
        start = article.text.index(text)
        return Claim(text, (Citation(article.id, Part.TEXT, start, start + len(text), text),), "en")

    return Draft(story, Claim("Flood kills many", claim(FIRST).citations), (claim(FIRST), claim(SECOND)))


def found(*statuses: Status) -> list[Finding]:
    return [Finding(i, "test", status, f"reason {i}") for i, status in enumerate(statuses)]


GOOD, BAD, PARTLY = Status.SUPPORTED, Status.UNSUPPORTED, Status.PARTLY


def texts(checked: Checked) -> list[str]:
    return [claim.text for claim in checked.claims]


def test_supported_claims_stay_with_their_verdict() -> None:
    checked = settle(draft(), found(GOOD, GOOD, GOOD))
    assert texts(checked) == [FIRST, SECOND]
    assert checked.headline.text == "Flood kills many"
    assert all(c.verdict and c.verdict.status is GOOD for c in checked.claims)
    assert checked.dropped == ()


@pytest.mark.parametrize("status", [BAD, PARTLY, Status.UNCITED])
def test_what_does_not_hold_is_dropped_with_its_reasons(status: Status) -> None:
    checked = settle(draft(), found(GOOD, GOOD, status))
    assert texts(checked) == [FIRST]
    (dropped,) = checked.dropped
    assert (dropped.reason, dropped.text, dropped.detail) == (Reason.UNSUPPORTED, SECOND, "reason 2")


def test_the_policy_flag_prints_what_does_not_hold_marked() -> None:
    checked = settle(draft(), found(GOOD, GOOD, BAD), policy="flag")
    assert texts(checked) == [FIRST, SECOND]
    verdict = checked.claims[1].verdict
    assert verdict is not None
    assert verdict.status is BAD


def test_a_headline_that_does_not_hold_gives_way_to_a_sentence() -> None:
    checked = settle(draft(), found(BAD, GOOD, GOOD))
    assert checked.headline.text == FIRST
    assert [d.text for d in checked.dropped] == ["Flood kills many"]


def test_or_to_a_trusted_title() -> None:
    checked = settle(draft(), found(BAD, BAD, BAD))
    assert checked.headline.text == "Dam bursts"
    assert checked.headline.citations[0].part is Part.TITLE


def test_a_story_of_which_nothing_holds_has_no_claims() -> None:
    checked = settle(draft(trusted=False), found(BAD, BAD, BAD))
    assert checked.claims == ()
    assert len(checked.dropped) == 3


def test_a_claim_that_nothing_was_found_for_is_uncited() -> None:
    assert texts(settle(draft(), found(GOOD, GOOD))) == [FIRST]


def test_a_judge_may_doubt_a_claim() -> None:
    pairs = judgeable(draft(), found(GOOD, GOOD, GOOD))
    assert [pair.claim for pair in pairs.values()] == ["Flood kills many", FIRST, SECOND]
    checked = settle(draft(), (*found(GOOD, GOOD, GOOD), *judged(pairs, [0.9, 0.9, 0.2], 0.8)))
    assert texts(checked) == [FIRST]
    with pytest.raises(ValueError, match="shorter"):
        judged(pairs, [0.9, 0.9], 0.8)


def test_a_judge_need_not_read_what_the_code_has_decided() -> None:
    findings = [Finding(0, "verbatim", GOOD, "own words"), *found(GOOD, BAD, GOOD)[1:]]
    assert list(judgeable(draft(), findings)) == [2]


def test_a_translation_is_printed_marked_and_a_judge_lifts_the_mark() -> None:
    findings = [*found(GOOD, GOOD), Finding(2, "translation", PARTLY, "a translation")]
    marked = settle(draft(), findings).claims[1].verdict
    judgement = judged(judgeable(draft(), findings), [1.0, 1.0, 1.0], 0.5)
    lifted = settle(draft(), (*findings, *judgement)).claims[1].verdict
    assert marked is not None
    assert marked.status is PARTLY
    assert lifted is not None
    assert lifted.status is GOOD


def test_equal_claims_are_settled_one_by_one() -> None:
    twice = draft()
    twice = Draft(twice.story, twice.headline, (twice.claims[0], twice.claims[0]))
    checked = settle(twice, found(GOOD, GOOD, BAD))
    assert texts(checked) == [FIRST]
    assert len(checked.dropped) == 1


def test_repair_is_told_what_failed() -> None:
    assert [f.claim for f in needs_repair(found(GOOD, BAD, PARTLY))] == [1, 2]
