import pytest

from briefing.text.facts.difference import Evidence
from briefing.text.facts.things import thing_differences


def reasons(claim: str, *evidence: str) -> list[str]:
    return [d.reason for d in thing_differences(claim, [Evidence(e) for e in evidence])]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The flood drove 200 families out.", "The flood drove 200 people from their homes."),
        ("Twelve doctors were infected.", "The doctors said twelve patients were infected."),
        ("The ferry carries 80 passengers.", "The ferry carries 80 vehicles."),
        ("The vote was won by 30 villages.", "The vote was won by 30 towns."),
        ("About 40 percent of doctors agreed.", "About 40 percent of patients agreed."),
    ],
)
def test_what_a_number_is_of_is_compared(claim: str, evidence: str) -> None:
    assert reasons(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The army sent 220 people.", "The army sent 220 soldiers."),
        ("Twelve were killed and 40 people hurt.", "Twelve people died and 40 were hurt."),
        ("Some 80 cars crossed.", "Some 80 automobiles crossed."),
        ("Fourteen passengers died.", "Fourteen of the passengers died."),
        ("Fourteen passengers were hurt.", "Fourteen people were hurt on the bus."),
        ("The bank will shut 121 offices.", "The bank will shut 121 small offices in the north."),
        ("About 40 percent of voters agreed.", "About 40 percent of those asked agreed."),
        ("They had 40 goats and 12 sheep.", "They had 12 sheep and 40 goats."),
    ],
)
def test_other_words_for_the_same_things_are_not_told(claim: str, evidence: str) -> None:
    assert reasons(claim, evidence) == []


def test_another_sentence_may_count_what_the_claim_counts() -> None:
    assert reasons("It carries 80 passengers.", "It carries 80 vehicles.", "Some 80 passengers were aboard.") == []


def test_a_reason_says_both_sides() -> None:
    assert reasons("The ferry carries 80 passengers.", "The ferry carries 80 vehicles.") == [
        "the claim says 80 passengers, the cited words say 80 vehicles"
    ]
