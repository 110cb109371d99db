import pytest

from briefing.text.facts.direction import turned_round
from briefing.text.facts.opposites import base, opposites


def found(claim: str, *given: str, language: str = "en") -> list[str]:
    return [check for check, _, _ in turned_round(claim, given, language)]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The gap between rich and poor is narrowing.", "The gap between rich and poor is widening."),
        ("The court upheld the ruling.", "The court overturned the ruling."),
        ("The envoy departed from Tarn.", "The envoy arrived in Tarn."),
        ("The firm posted a loss of 4 million euros.", "The firm made a profit of 4 million euros."),
        ("The firm hired 300 people.", "The firm laid off 300 people."),
        ("The club was relegated in June.", "The club was promoted in June."),
        ("The ban on diesel cars was lifted.", "The ban on diesel cars was imposed."),
        ("Northway is behind Sandmere in the table.", "Northway is ahead of Sandmere in the table."),
        ("The firm bought the mill.", "The firm sold the mill."),
    ],
)
def test_an_opposite_said_of_the_same_is_found(claim: str, source: str) -> None:
    assert found(claim, source) == ["direction"]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Exports fell while imports rose last year.", "Exports rose while imports fell last year."),
        ("Orlen is bigger than Tarn.", "Tarn is bigger than Orlen."),
        ("Women earn more than men.", "Men earn more than women."),
        ("Northway beat Sandmere.", "Sandmere beat Northway."),
        ("The minister resigned before he opened the school.", "The minister opened the school before he resigned."),
    ],
)
def test_the_same_words_with_their_sides_changed_are_found(claim: str, source: str) -> None:
    assert found(claim, source) == ["direction"]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Sandmere lost to Northway.", "Northway beat Sandmere."),
        ("Sandmere was beaten by Northway.", "Northway beat Sandmere."),
        ("Tarn bought the bridge from Orlen.", "Orlen sold the bridge to Tarn."),
        ("Tarn is smaller than Orlen.", "Orlen is bigger than Tarn."),
        (
            "The minister opened the school before he resigned.",
            "The minister resigned a day after he opened the school.",
        ),
        ("Exports rose but imports fell.", "Imports declined, exports increased."),
        ("The gap did not widen.", "The gap narrowed."),
    ],
)
def test_the_same_fact_from_the_other_side_passes(claim: str, source: str) -> None:
    assert found(claim, source) == []


def test_a_word_stands_for_its_inflections_and_not_for_what_is_derived_from_it() -> None:
    assert base("losses") == base("lost") == base("lose")
    assert base("upheld") == base("uphold")
    assert base("important") != base("imported") == base("imports")


def test_no_word_is_its_own_opposite() -> None:
    for language in ("en", "de", "fr", "es"):
        assert all(word not in others for word, others in opposites(language).items())


def test_a_language_without_a_list_finds_nothing() -> None:
    assert found("Vienti kasvoi.", "Vienti laski.", language="fi") == []
