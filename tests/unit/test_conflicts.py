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
from briefing.steps.conflicts import find_conflicts
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
