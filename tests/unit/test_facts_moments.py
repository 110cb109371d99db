import pytest

from briefing.text.facts.difference import Evidence
from briefing.text.facts.family import family_differences
from briefing.text.facts.moments import moment_differences


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The mill burned on Monday evening.", "The mill burned on Monday morning."),
        ("It opens in early March.", "It opens in late March."),
        ("She left two years later.", "She left two years ago."),
        ("The cable is due next winter.", "The cable is due next summer."),
        ("The market is open on weekdays.", "The market is open at the weekend."),
        ("Er kam am Montag abends.", "Er kam am Montag morgens."),
    ],
)
def test_another_moment_is_told(claim: str, evidence: str) -> None:
    assert [d.check for d in moment_differences(claim, [Evidence(evidence)])] == ["date"]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The mill burned at dawn.", "The mill burned in the morning."),
        ("The mill burned overnight.", "The mill burned on Monday night."),
        ("It opens at the start of March.", "It opens in early March."),
        ("The mill burned on Monday.", "The mill burned on Monday morning."),
        ("It burned from morning to evening.", "It burned from the evening until the next morning."),
        ("Shares fall in spring water firms.", "Shares fell in the firms."),
    ],
)
def test_the_same_moment_is_not(claim: str, evidence: str) -> None:
    assert not list(moment_differences(claim, [Evidence(evidence)]))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Her brother sold the mill.", "Her husband sold the mill."),
        ("His son was hurt.", "His father was hurt."),
        ("The uncle of Mara Lind died.", "The cousin of Mara Lind died."),
        ("Ihr Bruder starb.", "Ihr Vater starb."),
    ],
)
def test_another_relative_is_told(claim: str, evidence: str) -> None:
    assert [d.check for d in family_differences(claim, [Evidence(evidence)])] == ["name"]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Her parents sold the mill.", "Her father and her mother sold the mill."),
        ("Mara Lind and her husband Carl left.", "Carl Berg left with his wife."),
        ("His child was hurt.", "His son was hurt."),
        ("Her brother left.", "Her husband and her brother left."),
    ],
)
def test_other_words_for_the_same_relative_are_not(claim: str, evidence: str) -> None:
    assert not list(family_differences(claim, [Evidence(evidence)]))
