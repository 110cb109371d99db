import pytest

from briefing.text.facts.clauses import governed_differences
from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.strength import Strength, as_weak, strength


def checks(claim: str, *sources: str) -> set[str]:
    return {check for check, _, _ in governed_differences(claim, sources)}


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The firm will make 300 cars a day in Tarn.", "The firm is expected to make 300 cars a day in Tarn."),
        ("The bridge will open in May after years of delay.", "The bridge is set to open in May after years of delay."),
        ("Orlen will double its exports to Asia.", "Orlen aims to double its exports to Asia."),
        ("The storm will reach the coast on Friday.", "The storm could reach the coast on Friday."),
        ("Prices rose by 5 percent.", "Prices are projected to rise by 5 percent."),
        ("The two firms will merge next year.", "The two firms are in talks to merge next year."),
        ("The army will leave the town.", "The army promised to leave the town."),
        ("The rebels seized the airport.", "The rebels tried to seize the airport."),
        ("He was convicted of stealing 40,000 euros.", "He was charged with stealing 40,000 euros."),
        ("He stole 40,000 euros.", "He was arrested on suspicion of stealing 40,000 euros."),
        ("The widow won damages from the hospital.", "The widow sought damages from the hospital."),
        ("The court lifted the ban.", "The firm asked the court to lift the ban."),
        ("Firefighters put out the blaze.", "Firefighters struggled to put out the blaze."),
        ("He is running for mayor.", "He has not ruled out running for mayor."),
        ("Researchers say the drug cures the disease.", "Researchers hope the drug cures the disease."),
    ],
)
def test_what_is_less_than_certain_is_not_told_as_certain(claim: str, source: str) -> None:
    assert checks(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The storm could reach the coast on Friday.", "The storm is expected to reach the coast on Friday."),
        ("The firm plans to close its plant.", "The firm will close its plant."),
        ("The firm wants to sell the mill.", "The firm plans to sell the mill."),
        ("The verdict is due on 20 May.", "The verdict is expected on 20 May."),
        ("Mara Lind will play in Tarn.", "Mara Lind was selected to play in Tarn."),
        ("The merger worries the union.", "The union is worried about the proposed merger."),
    ],
)
def test_what_is_no_more_certain_passes(claim: str, source: str) -> None:
    assert checks(claim, source) == set()


def test_may_is_less_than_expected_which_is_less_than_will() -> None:
    words = ["may leave", "is expected to leave", "is scheduled to leave", "will leave"]
    found = [strength(next(c for c in cues(f"The army {w}.") if c.kind is not Kind.CAUSE)) for w in words]
    assert found == [Strength.POSSIBLE, Strength.LIKELY, Strength.ARRANGED, Strength.CERTAIN]


def test_wording_may_differ_more_where_the_sentence_is_no_copy() -> None:
    (may,), (likely,) = cues("It may rain."), cues("It is expected to rain.")
    assert as_weak(likely, may, copied=False)
    assert not as_weak(likely, may, copied=True)
