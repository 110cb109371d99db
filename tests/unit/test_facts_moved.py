import pytest

from briefing.text.facts.difference import Evidence
from briefing.text.facts.moved import moved_differences

STRIKE = "The bakers of Orlen began their strike at the mill on Monday."
VOTE = "On Friday the council of Tarn votes on a new bridge."
BERG = "The council of Tarn made Carl Berg its speaker in 14 minutes."
LIND = "Mara Lind opened the new hospital of Orlen with 300 guests."


def checks(claim: str, *evidence: str) -> list[str]:
    return [d.check for d in moved_differences(claim, [Evidence(e) for e in evidence])]


@pytest.mark.parametrize(
    ("claim", "evidence", "check"),
    [
        ("The bakers of Orlen began their strike at the mill on Friday.", (STRIKE, VOTE), "date"),
        ("Carl Berg opened the new hospital of Orlen.", (LIND, BERG), "name"),
        ("Mara Lind opened the new hospital of Orlen with 14 guests.", (LIND, BERG), "number"),
    ],
)
def test_a_fact_of_another_event_is_found(claim: str, evidence: tuple[str, ...], check: str) -> None:
    assert check in checks(claim, *evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bakers of Orlen began their strike at the mill on Monday.", (STRIKE, VOTE)),
        ("The bakers struck on Monday, and on Friday the council of Tarn votes on a bridge.", (STRIKE, VOTE)),
        ("Carl Berg was arrested at the airport of Orlen.", ("He was arrested at the airport of Orlen.", BERG)),
        (
            "A fire destroyed the mill of Orlen on Friday.",
            ("A fire destroyed the mill of Orlen.", "It began on Friday."),
        ),
        ("Mara Lind opened the new hospital of Orlen with 300 guests.", (LIND,)),
    ],
)
def test_facts_of_one_event_told_in_two_sentences_are_not(claim: str, evidence: tuple[str, ...]) -> None:
    assert checks(claim, *evidence) == []


def test_a_reason_says_what_belongs_where() -> None:
    claim = "The bakers of Orlen began their strike at the mill on Friday."
    assert [d.reason for d in moved_differences(claim, [Evidence(STRIKE), Evidence(VOTE)])] == [
        "the claim says Friday, the cited words say Monday of it, and Friday of something else"
    ]
