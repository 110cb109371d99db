import pytest

from briefing.text.facts.names import acronyms, names, unknown, vocabulary
from briefing.text.facts.offices import offices
from briefing.text.facts.quotes import quotations, stands_in


def missing(claim: str, source: str) -> list[str]:
    words, initials = vocabulary([source]), acronyms(source)
    return [name.text for name in names(claim) if unknown(name, words, initials)]


def test_names_are_runs_of_capitals() -> None:
    found = [n.text for n in names("But Mara Lindqvist of the Bank of Orlen met him in Tarn.")]
    assert found == ["Mara Lindqvist of the Bank of Orlen", "Tarn"]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Syrian troops", "troops of Syria"),
        ("The WHO said so", "The World Health Organization said so"),
        ("The World Health Organization said so", "the WHO said so"),
        ("the US army", "the army of the United States"),
        ("the French coast", "the coast of France"),
        ("Mr Lindqvist resigned", "Mara Lindqvist resigned"),
        ("U.S. troops", "American troops"),
    ],
)
def test_a_text_knows_a_name_in_its_kindred_forms(claim: str, source: str) -> None:
    assert missing(claim, source) == []


def test_a_name_that_is_not_there_is_missed() -> None:
    assert missing("Iran fired first", "Iraq fired first") == ["Iran"]
    assert missing("Anna Lindqvist resigned", "Mara Lindqvist resigned") == ["Anna Lindqvist"]


def test_offices_are_qualified() -> None:
    found = offices("the former foreign minister and the acting mayor, Mara Lind")
    assert [(o.text, o.before, set(o.qualified)) for o in found] == [
        ("minister", "foreign", {"former"}),
        ("mayor", "acting", {"acting"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“We will stay,” said Mara Lind.",
        'Mara Lind said: "We will stay."',
        "„We will stay“, said Mara Lind.",
        "« We will stay », said Mara Lind.",
        "According to Mara Lind, “We will stay”.",
    ],
)
def test_quotations_of_all_styles_have_their_speaker(text: str) -> None:
    (quotation,) = quotations(text)
    assert stands_in("We will stay", quotation.text)
    assert quotation.speaker == "Mara Lind"


def test_an_apostrophe_opens_no_quotation() -> None:
    assert quotations("The board's plan and the miners' reply weren't known.") == ()


def test_a_quotation_is_compared_letter_by_letter() -> None:
    assert stands_in("We shall ... stay", "“We shall, whatever comes, stay!”")
    assert not stands_in("We will stay", "“We may stay”")
