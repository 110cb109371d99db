import pytest

from briefing.text.facts.acts import swapped_roles


def found(claim: str, *given: str) -> list[str]:
    return [check for check, _, _ in swapped_roles(claim, given)]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Olaf Brandt sued Ines Varga.", "Ines Varga sued Olaf Brandt on Monday."),
        ("Ines Varga was sued by Olaf Brandt.", "Ines Varga sued Olaf Brandt on Monday."),
        ("Ines Varga was sued.", "Ines Varga sued Olaf Brandt on Monday."),
        ("Ines Varga sued Olaf Brandt.", "Ines Varga was sued by Olaf Brandt on Monday."),
        ("Rebels attacked soldiers at dawn.", "Soldiers attacked rebels at dawn."),
    ],
)
def test_turned_roles_are_found(claim: str, source: str) -> None:
    assert found(claim, source) == ["roles"]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Olaf Brandt was sued by Ines Varga.", "Ines Varga sued Olaf Brandt on Monday."),
        ("Ines Varga sued Brandt.", "Olaf Brandt was sued by Ines Varga."),
        ("Olaf Brandt was sued on Monday.", "Ines Varga sued Olaf Brandt on Monday."),
        ("Olaf Brandt met Ines Varga.", "Ines Varga met Olaf Brandt on Monday."),
        ("Varga and Brandt signed the treaty.", "Ines Varga signed the treaty with Olaf Brandt."),
        ("The bank closed a branch in Tarn.", "A branch in Tarn was closed by the bank."),
    ],
)
def test_the_same_fact_in_another_order_passes(claim: str, source: str) -> None:
    assert found(claim, source) == []


def test_an_act_of_one_is_not_told_of_another() -> None:
    given = ("Ines Varga resigned on Monday.", "Olaf Brandt visited the school in Tarn.")
    assert found("Olaf Brandt resigned on Monday.", *given) == ["roles"]
    assert found("Ines Varga resigned on Monday.", *given) == []
    assert found("Ms Varga resigned.", *given) == []
    assert found("Brandt resigned.", "He resigned on Monday.", "Olaf Brandt visited the school.") == []
