from dataclasses import replace

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
    Role,
    Scored,
    Span,
    Status,
    Story,
)
from briefing.steps.judging import judgeable, judged
from briefing.steps.settle import needs_repair, rewritten, settle

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
    judgement = judged(judgeable(draft(), findings), [1.0, 1.0, 1.0], 0.5, trusted=True)
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


def written(*texts: str) -> Draft:
    """A draft of reworded claims, each citing the second sentence of the draft above, made readable alone."""
    long = "Ninety people left the valley of Orrin on Sunday night, the mayor said."
    article = Article.of(text=f"The dam burst. {long}", source="Coast", language="en")
    spans = (Span(0, 14), Span(15, len(article.text)))
    story = Story("s", (Scored(Passage(Original(Cleaned(article, (Span(0, len(article.text)),))), spans), 1.0),))
    citation = Citation(article.id, Part.TEXT, *spans[1], long)
    headline, *claims = (Claim(text, (citation,), "en") for text in ("Flood", *texts))
    return Draft(story, headline, tuple(claims))


def test_the_main_fact_is_quoted_where_it_was_told_wrongly() -> None:
    checked = settle(written("Nine hundred people left the valley.", "They left at night."), found(GOOD, BAD, GOOD))
    quotation, second = checked.claims
    assert quotation.text == quotation.citations[0].quote
    assert quotation.verdict is not None
    assert quotation.verdict.findings[0].check == "verbatim"
    assert second.text == "They left at night."
    assert [d.text for d in checked.dropped] == ["Nine hundred people left the valley."]


def test_one_side_alone_is_no_disagreement() -> None:
    both = written("Ninety people left the valley.", "People left on Sunday.", "People left on Monday.")
    first, *sides = both.claims
    both = replace(both, claims=(first, *(replace(side, role=Role.DISAGREE) for side in sides)))
    one = settle(both, found(GOOD, GOOD, GOOD, BAD))
    assert [c.role for c in one.claims] == [Role.HAPPENED, Role.HAPPENED]
    assert [c.role for c in settle(both, found(GOOD, GOOD, GOOD, GOOD)).claims][1:] == [Role.DISAGREE, Role.DISAGREE]


def test_another_claim_that_fails_is_not_quoted() -> None:
    checked = settle(written("The mayor said people left.", "Nine hundred left."), found(GOOD, GOOD, BAD))
    assert texts(checked) == ["The mayor said people left."]


def test_what_leans_on_a_withheld_sentence_goes_with_it() -> None:
    first, second, third = "People left the valley.", "The mayor resigned.", "He said so on Sunday."
    checked = settle(written(first, second, third), found(GOOD, GOOD, BAD, GOOD))
    assert texts(checked) == [first]
    assert [d.reason for d in checked.dropped] == [Reason.UNSUPPORTED, Reason.NOT_READABLE_ALONE]


def test_a_judge_overrules_a_doubt_about_words_and_never_a_number() -> None:
    doubt = [*found(GOOD, GOOD), Finding(2, "words", PARTLY, "the words differ")]
    number = [*found(GOOD, GOOD), Finding(2, "number", PARTLY, "another number")]
    yes = Finding(2, "calibrated judge", GOOD, "yes")
    untried = Finding(2, "judge", GOOD, "yes")
    assert texts(settle(draft(), [*doubt, yes])) == [FIRST, SECOND]
    assert texts(settle(draft(), [*number, yes])) == [FIRST]
    assert texts(settle(draft(), [*doubt, untried])) == [FIRST]


def test_the_ledger_tells_what_was_written_again() -> None:
    before, after = written("Nine hundred left.", "People left."), written("Ninety left.", "People left.")
    (dropped,) = rewritten(before, found(GOOD, BAD, GOOD), after)
    assert dropped.text == "Nine hundred left."
    assert dropped.detail == "reason 1"


def test_repair_is_told_what_failed() -> None:
    assert [f.claim for f in needs_repair(found(GOOD, BAD, PARTLY))] == [1, 2]
    assert needs_repair([*found(GOOD), Finding(1, "translation", PARTLY, "a translation")]) == ()
