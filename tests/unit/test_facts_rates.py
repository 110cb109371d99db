import pytest

from briefing.text.facts.difference import Evidence
from briefing.text.facts.rates import rate_differences


def reasons(claim: str, evidence: str, language: str = "en", other: str = "") -> list[str]:
    return [d.reason for d in rate_differences(claim, [Evidence(evidence, other or language)], language)]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The plant earns $5 million a month.", "The plant earns $5 million a year."),
        ("It fills 300 bottles per minute.", "It fills 300 bottles an hour."),
        ("The paper is published weekly.", "The paper is published daily."),
        ("Patients get monthly check-ups.", "Patients get annual check-ups."),
        ("The fee is 40 euros per person.", "The fee is 40 euros per household."),
        ("The plant earns $5 million a year.", "The plant earned $5 million."),
        ("The plant earns $5 million.", "The plant earns $5 million a year."),
    ],
)
def test_another_rate_is_told(claim: str, evidence: str) -> None:
    assert reasons(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The plant earns $5 million annually.", "The plant earns $5 million a year."),
        ("It makes 300 bottles per hour.", "It fills 300 bottles an hour."),
        ("A ticket is 40 euros each day.", "A ticket costs 40 euros a day."),
        ("The mine opened a year ago.", "The mine opened last year, and a month later it was shut."),
        ("The costs are 40 euros a head.", "It costs 40 euros per person."),
        ("The report is yearly.", "The annual report is long."),
        ("He worked there for a month.", "He worked there for a month of the year."),
    ],
)
def test_the_same_rate_in_other_words_is_not(claim: str, evidence: str) -> None:
    assert reasons(claim, evidence) == []


def test_rates_meet_across_languages() -> None:
    assert (
        reasons("The plant earns 5 million euros a year.", "Das Werk verdient 5 Millionen Euro im Jahr.", other="de")
        == []
    )
    assert reasons(
        "The plant earns 5 million euros a month.", "Das Werk verdient 5 Millionen Euro pro Jahr.", other="de"
    )
    assert reasons("Le loyer est de 700 euros par an.", "Le loyer est de 700 euros par mois.", "fr")
    assert reasons("El alquiler es de 700 euros al año.", "El alquiler es de 700 euros mensuales.", "es")


def test_a_reason_says_both_sides() -> None:
    assert reasons("It earns $5 million a month.", "It earns $5 million a year.") == [
        "the claim says “a month”, the cited words say “a year”"
    ]
