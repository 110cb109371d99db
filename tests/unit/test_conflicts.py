from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from briefing.model import (
    Article,
    Checked,
    Citation,
    Claim,
    Cleaned,
    Conflict,
    Original,
    Part,
    Passage,
    Scored,
    Span,
    Story,
)
from briefing.steps.conflicts import find_conflicts, names_a_thing
from briefing.text.sentences import sentences


class Report(NamedTuple):
    publisher: str
    text: str
    day: int = 4
    language: str = "en"


def conflicts(*reports: tuple[str, str] | tuple[str, str, int] | tuple[str, str, int, str]) -> tuple[Conflict, ...]:
    """Conflicts of one story made of (publisher, text, day of March, language)."""
    passages = []
    for publisher, text, day, language in (Report(*report) for report in reports):
        published = datetime(2026, 3, day, 12, tzinfo=UTC)
        article = Article.of(text=text, source=publisher, published=published, language=language)
        spans = tuple(Span(a, b) for a, b in sentences(text, language))
        passages.append(Scored(Passage(Original(Cleaned(article, (Span(0, len(text)),))), spans), 1.0))
    story = Story("s", tuple(passages))
    article = story.originals[0].article
    head = Claim("The", (Citation(article.id, Part.TEXT, 0, 3, article.text[:3]),))
    return find_conflicts([Checked(story, head, ())])


CRASH_14 = "The crash at Colder Junction injured 14 passengers, the railway said."
CRASH_17 = "The crash at Colder Junction injured 17 people, the fire service said."


def test_two_sources_that_count_differently_stand_side_by_side() -> None:
    (conflict,) = conflicts(("Courier", f"A train crashed. {CRASH_14}"), ("Radio", CRASH_17))
    assert conflict.about == "people injured"
    assert [side.text for side in conflict.sides] == [CRASH_14, CRASH_17]
    assert conflict.story == 0
    assert all(side.citations[0].quote == side.text for side in conflict.sides)


def test_the_verb_may_stand_before_the_number() -> None:
    (conflict,) = conflicts(
        ("Courier", "The quake on Orlen island killed 12 people on Monday."),
        ("Radio", "On Orlen island the death toll of the quake rose to 15."),
    )
    assert conflict.about == "people killed"


def test_reports_of_other_days_are_labelled() -> None:
    (conflict,) = conflicts(("Courier", CRASH_14, 4), ("Radio", CRASH_17, 5))
    assert conflict.about == "people injured (2026-03-04, 2026-03-05)"


def test_a_third_number_is_a_third_side() -> None:
    (conflict,) = conflicts(
        ("Courier", CRASH_14), ("Radio", CRASH_17), ("Dispatch", "The crash at Colder Junction injured 19 people.")
    )
    assert len(conflict.sides) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (CRASH_14, "The crash at Colder Junction injured at least 12 people."),
        ("The crash injured about 20 people at Colder.", "The crash injured 19 people at Colder."),
        (CRASH_14, "The crash at Colder Junction injured 14 people, including 3 children."),
        (CRASH_14, "The crash at Colder Junction killed 2 people."),
        (CRASH_14, "The crash at Colder Junction in 2011 injured 40 people."),
        (CRASH_14, "Another 3 people were injured at Colder Junction on the way home."),
        (CRASH_14, "The crash at Colder Junction may have injured 30 people."),
        (CRASH_14, "In Marrowby a bakery fire injured 5 bakers."),
        ("The vote is at 10:14 in Tarn.", "The vote is at 11:30 in Tarn."),
        ("Orlen sold 12 boats to Tarn.", "Orlen sold 15 houses to Tarn."),
        ("A 24-year-old driver from Tarn was held.", "A 26-year-old driver from Tarn was held."),
        ("The man, 43, was arrested in Tarn.", "The man, 34, was arrested in Tarn."),
    ],
)
def test_numbers_that_may_both_be_true_are_no_conflict(first: str, second: str) -> None:
    assert conflicts(("Courier", first), ("Radio", second)) == ()


def test_one_publisher_updates_itself() -> None:
    assert conflicts(("Courier", CRASH_14, 4), ("Courier", CRASH_17, 5)) == ()


def test_a_source_that_knows_both_numbers_does_not_disagree() -> None:
    both = f"{CRASH_17} The railway spoke of 14 people injured."
    assert conflicts(("Courier", CRASH_14), ("Radio", both)) == ()


def test_a_correction_wins() -> None:
    (conflict,) = conflicts(
        ("Courier", "The merged bank will close 121 branches.", 3),
        ("Courier", "The merged bank will close 112 branches and not 121, as we wrongly reported.", 4),
    )
    assert conflict.about == "branches (corrected: 112, not 121)"
    assert "112" in conflict.sides[0].text


def test_money_and_measures_are_compared_with_their_unit() -> None:
    (conflict,) = conflicts(
        ("Courier", "Velor Biologics will pay $12 million for the Tarn laboratory."),
        ("Radio", "Velor Biologics will pay $15 million for the Tarn laboratory."),
    )
    assert "pay" in conflict.about


def test_tolls_meet_across_languages() -> None:
    german = "Bei dem Unglück in Colder wurden 17 Menschen verletzt."
    (conflict,) = conflicts(("Courier", CRASH_14), ("Bote", german, 4, "de"))
    assert [side.language for side in conflict.sides] == ["en", "de"]


def test_one_source_alone_has_no_conflict() -> None:
    assert conflicts(("Courier", f"{CRASH_14} {CRASH_17}")) == ()


@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        (
            "The Kestrel Bridge is shut. Inspectors found cracks in eleven of its steel hangers.",
            "The county shut it after cracks in fourteen steel hangers of the Kestrel Bridge.",
            "steel hangers",
        ),
        (
            "The wheat harvest in Masra fell by 25 percent, the ministry said.",
            "The harvest in Masra fell by 30 percent this year.",
            "harvest in Masra fell by",
        ),
        (
            "The Orlen ferry ran aground. It had 210 passengers on board.",
            "A ferry with about 180 passengers on board ran aground off Orlen on Monday.",
            "passengers on board",
        ),
    ],
)
def test_a_name_may_stand_beside_the_sentence_that_counts(first: str, second: str, about: str) -> None:
    (conflict,) = conflicts(("Courier", first), ("Radio", second))
    assert conflict.about == about


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Orlen plans 3,000 boats for the coast.", "Orlen plans 3,300 boats: 3,000 for the coast and 300 for Tarn."),
        (
            "He was seen in the 12500 block of East Street in Tarn.",
            "He fell in the 12000 block of East Street in Tarn.",
        ),
        ("The guard seized six old rifles from boats off Orlen.", "The navy took 14 old rifles from a boat off Orlen."),
        ("The harvest in Masra fell by 25 percent.", "The harvest in Orlen fell by 30 percent."),
    ],
)
def test_numbers_of_other_things_in_like_words_are_no_conflict(first: str, second: str) -> None:
    assert conflicts(("Courier", first), ("Radio", second)) == ()


@pytest.mark.parametrize(
    "correction",
    [
        "Correction: An earlier version of this article said that ten people died. The correct number is nine.",
        "Correction: An earlier version of this article said ten people died in the fire. It was nine.",
    ],
)
def test_a_correction_may_take_two_sentences(correction: str) -> None:
    (conflict,) = conflicts(("Radio", "Ten people died in the fire in Tarn."), ("Courier", correction, 5))
    assert conflict.about == "people killed (corrected: 9, not 10)"
    assert [side.text for side in conflict.sides] == [correction, "Ten people died in the fire in Tarn."]


def test_a_sentence_after_a_correction_that_corrects_nothing_is_no_side() -> None:
    text = "Correction: An earlier version said that ten people died. Nine houses burned."
    assert conflicts(("Radio", "Ten people died in the fire in Tarn."), ("Courier", text, 5)) == ()


def test_the_same_words_with_another_number_are_no_correction() -> None:
    first, second = "The Orlen works have shops in 28 countries.", "The Orlen works have shops in 27 countries."
    (conflict,) = conflicts(("Courier", first), ("Radio", second))
    assert conflict.about == "countries"


def test_words_that_point_at_nothing_are_no_heading() -> None:
    assert names_a_thing("people injured")
    assert not names_a_thing("bring it within just")
    assert not names_a_thing("")
