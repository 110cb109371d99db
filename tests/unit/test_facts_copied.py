import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.facts.clauses import governed_differences
from briefing.text.facts.edits import copy_of


def checks(claim: str, *sources: str, language: str = "en") -> set[str]:
    return {check for check, _, _ in governed_differences(claim, sources, language)}


def test_a_near_copy_knows_what_went_and_came() -> None:
    sentence = "The council may approve the bridge on Friday."
    copy = copy_of("The council will approve the bridge.", sentence)
    assert copy is not None
    assert [([w.text for w in e.gone], [w.text for w in e.come]) for e in copy.edits] == [
        (["may"], ["will"]),
        (["on", "Friday"], []),
    ]


def test_other_words_are_no_copy() -> None:
    assert copy_of("Ministers postponed the reopening of the harbour.", "The harbour stays shut, they said.") is None


@pytest.mark.parametrize(
    ("claim", "source", "check"),
    [
        (
            "The rebels and the army shelled the market.",
            "The monitor said it was not clear if the rebels or the army shelled the market on Monday.",
            "hedge",
        ),
        ("The firm will close the mill in May.", "The firm may close the mill in May.", "hedge"),
        ("The mill was sold to its purported owner.", "The mill was perhaps sold to its purported owner.", "hedge"),
        (
            "The mayor took the money from the fund.",
            "The mayor denied that he took the money from the fund.",
            "negation",
        ),
        ("The mill was sold to a rival firm.", "The mill was not sold to a rival firm.", "negation"),
        (
            "The rebels attacked the village at dawn.",
            "Officials said the rebels attacked the village at dawn.",
            "attribution",
        ),
        (
            "Nurses told the inquiry that wards were full.",
            "Lawyers told the inquiry that wards were full.",
            "attribution",
        ),
        ("Output at the Tarn mill shrank last year.", "Output at the Tarn mill grew last year.", "direction"),
        ("Wages at the mill are above the average.", "Wages at the mill are below the average.", "number"),
        ("More than 40 homes were flooded in Tarn.", "Nearly 40 homes were flooded in Tarn.", "number"),
        ("All residents of Tarn were evacuated.", "Some residents of Tarn were evacuated.", "quantity"),
        ("Ines Varga opened the bridge in Tarn.", "Olaf Brandt opened the bridge in Tarn.", "name"),
    ],
)
def test_a_word_that_changes_the_fact_is_named(claim: str, source: str, check: str) -> None:
    assert check in checks(claim, source)


def test_a_name_that_another_source_brings_does_not_take_the_place_of_the_right_one() -> None:
    other = "Ines Varga visited the school in Orlen."
    assert "name" in checks("Ines Varga opened the bridge in Tarn.", "Olaf Brandt opened the bridge in Tarn.", other)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The firm may close the mill, Brandt said.", "The firm may close the mill in May, Olaf Brandt said."),
        ("The firm might close the mill in May.", "The firm may close the mill in May."),
        ("Lorne Motors will close a plant in Tarn.", "Lorne Motors said it will close a plant in Tarn."),
        ("Mayor Olaf Brandt opened the bridge in Tarn.", "Brandt opened the bridge in Tarn."),
        ("The council opened the bridge in Tarn.", "The council reopened the bridge in Tarn."),
        ("The council refused to accept the plan.", "The council did not accept the plan."),
        ("US forces left the base in Tarn on Monday.", "American forces left the base in Tarn on Monday."),
        ("Residents of Tarn were evacuated at night.", "All residents of Tarn were evacuated at night."),
    ],
)
def test_a_harmless_change_passes(claim: str, source: str) -> None:
    assert checks(claim, source) == set()


@pytest.mark.parametrize(
    ("claim", "source", "language", "check"),
    [
        ("Der Rat wird den Plan am Freitag billigen.", "Der Rat könnte den Plan am Freitag billigen.", "de", "hedge"),
        (
            "Le conseil a approuvé le projet du port.",
            "Le conseil n’a pas approuvé le projet du port.",
            "fr",
            "negation",
        ),
        ("El puente de Tarn abre con peaje.", "El puente de Tarn abre sin peaje.", "es", "direction"),
    ],
)
def test_other_languages_too(claim: str, source: str, language: str, check: str) -> None:
    assert check in checks(claim, source, language=language)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(claim: str, source: str) -> None:
    copy = copy_of(claim, source)
    if copy:
        assert not copy.kept & copy.gone
    list(governed_differences(claim, [source]))
