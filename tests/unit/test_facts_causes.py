import pytest

from briefing.text.facts.causes import unfounded_causes


def found(claim: str, *given: str) -> list[str]:
    return [check for check, _, _ in unfounded_causes(claim, given)]


PLANT = ("The plant closed in March.", "In Orlen 300 people marched for higher pensions.")
PRICES = ("The mayor resigned on Monday.", "House prices fell last year.")
VISIT = ("Ines Varga resigned on Monday.", "Olaf Brandt visited the school in Tarn.")


@pytest.mark.parametrize(
    "claim",
    [
        "The plant closed in March, so 300 people marched in Orlen.",
        "The plant closed in March, which is why 300 people marched in Orlen.",
        "The plant closed in March. For that reason 300 people marched in Orlen.",
        "Following the closure of the plant in March, 300 people marched in Orlen.",
        "In Orlen 300 people marched after the plant closed in March.",
    ],
)
def test_two_sentences_are_not_made_cause_and_effect(claim: str) -> None:
    assert found(claim, *PLANT) == ["cause"]


@pytest.mark.parametrize(
    "claim",
    [
        "House prices fell last year, forcing the mayor to resign.",
        "House prices fell last year, hence the resignation of the mayor.",
        "Since house prices fell last year, the mayor resigned.",
        "The mayor resigned amid a fall in house prices.",
        "The mayor resigned in the wake of the fall in house prices.",
    ],
)
def test_nor_by_other_words(claim: str) -> None:
    assert found(claim, *PRICES) == ["cause"]


def test_despite_is_no_because() -> None:
    assert found("The match went ahead because of the rain.", "The match went ahead despite the rain.") == ["cause"]


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("The plant closed because of a strike.", ("A strike forced the plant to close.",)),
        (
            "The plant closed in June, so 300 people lost their jobs.",
            ("The plant closed in June.", "As a result, 300 people lost their jobs."),
        ),
        (
            "The city built a wall in response to the flood.",
            ("The wall, which the city built, is a response to the flood.",),
        ),
        (
            "The plant closed following a strike in May.",
            ("The plant closed in June after a strike that began in May.",),
        ),
        (
            "Police arrested three men after the fire in Tarn.",
            (
                "Three men were arrested in Tarn on Monday.",
                "The fire in Tarn broke out on Sunday, and police suspect arson.",
            ),
        ),
    ],
)
def test_a_cause_that_the_source_gives_passes(claim: str, given: tuple[str, ...]) -> None:
    assert found(claim, *given) == []


@pytest.mark.parametrize(
    "claim",
    [
        "Ines Varga resigned on Monday and visited the school in Tarn.",
        "Ines Varga, who visited the school in Tarn, resigned on Monday.",
    ],
)
def test_what_another_did_is_not_joined_to_a_name(claim: str) -> None:
    assert found(claim, *VISIT) == ["roles"]


@pytest.mark.parametrize(
    "second",
    ["She visited the school in Tarn.", "Varga visited the school in Tarn.", "The mayor visited the school in Tarn."],
)
def test_who_may_be_the_same_passes(second: str) -> None:
    assert found("Ines Varga resigned on Monday and visited the school in Tarn.", VISIT[0], second) == []
