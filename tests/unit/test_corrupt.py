"""False and harmless versions of true sentences."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.corrupt import KINDS, corruptions
from briefing.text.corrupt_harmless import harmless
from briefing.text.facts.numbers import numbers

COMPANY = (
    "Anna Berger of the harbour office spoke on Tuesday, 4 May 2021.",
    "The ferry to Lund and to Port Ellis was late on Friday.",
    "Earlier, Ole Hansen had praised Nils Falk.",
)


def made(sentence: str, kind: str, language: str = "en", company: tuple[str, ...] = COMPANY, seed: int = 0) -> str:
    return dict(corruptions(sentence, company, language, seed)).get(kind, "")


class TestNumbers:
    @pytest.mark.parametrize(
        ("sentence", "language"),
        [
            ("The town lent 1,250 bicycles last year.", "en"),
            ("It costs $3.40 a litre.", "en"),
            ("Die Stadt verlieh 1.250 Fahrräder.", "de"),
            ("Le port a perdu 12,5 % de son trafic.", "fr"),
            ("市は25台の自転車を買った。", "ja"),
        ],
    )
    def test_the_figure_is_another_of_the_same_form(self, sentence: str, language: str) -> None:
        false = made(sentence, "number", language)
        assert false != sentence
        assert regex.sub(r"\d", "0", false) == regex.sub(r"\d", "0", sentence)

    def test_a_count_in_words_is_another_count(self) -> None:
        false = made("Seven boats left the harbour.", "number")
        assert false.endswith(" boats left the harbour.")
        assert numbers(false)[0].value != 7

    def test_a_year_is_no_number(self) -> None:
        assert made("The bridge was built in 1987.", "number") == ""


class TestNames:
    def test_the_other_name_is_of_the_same_article(self) -> None:
        false = made("The prize went to Clara Holm.", "name")
        assert regex.fullmatch(r"The prize went to (Anna Berger|Port Ellis|Ole Hansen|Nils Falk)\.", false)

    def test_a_genitive_stays(self) -> None:
        assert regex.fullmatch(
            r"The crew saw Clara Holm’s|The crew saw \w+ \w+’s boat\.", made("The crew saw Clara Holm’s boat.", "name")
        )

    def test_without_other_names_there_is_none(self) -> None:
        assert made("The prize went to Clara Holm.", "name", company=()) == ""

    def test_two_who_act_change_places(self) -> None:
        assert made("Clara Holm sued the builder Otto Krag.", "roles") == "Otto Krag sued the builder Clara Holm."

    @pytest.mark.parametrize(
        "sentence", ["Clara Holm and Otto Krag won.", "Clara Holm moved to the west of Port Ellis."]
    )
    def test_names_side_by_side_and_places_stay(self, sentence: str) -> None:
        assert made(sentence, "roles") == ""


class TestDates:
    def test_a_weekday_is_another_of_the_article(self) -> None:
        assert made("The market opens on Monday.", "date") == "The market opens on Friday."

    def test_a_year_is_one_nearby(self) -> None:
        assert regex.fullmatch(r"The bridge was built in (198[4-9])\.", made("The bridge was built in 1987.", "date"))


@pytest.mark.parametrize(
    ("kind", "language", "sentence", "false"),
    [
        ("negation", "en", "The council was not informed.", "The council was informed."),
        ("negation", "en", "The council will pay.", "The council will not pay."),
        ("negation", "de", "Der Rat hat den Plan nicht gebilligt.", "Der Rat hat den Plan gebilligt."),
        ("negation", "fr", "Le port sera fermé.", "Le port ne sera pas fermé."),
        ("negation", "es", "El puerto está cerrado.", "El puerto no está cerrado."),
        ("hedge", "en", "The pipe may burst again.", "The pipe will burst again."),
        ("hedge", "en", "It was not clear whether the pump ran.", "It is clear that the pump ran."),
        ("hedge", "de", "Der Fahrer war offenbar betrunken.", "Der Fahrer war betrunken."),
        ("hedge", "fr", "Le pont pourrait fermer.", "Le pont va fermer."),
        ("hedge", "es", "El puente podría cerrar.", "El puente va a cerrar."),
        ("attribution", "en", "The pump had failed twice, officials said.", "The pump had failed twice."),
        ("attribution", "en", "According to the union, nobody was told.", "Nobody was told."),
        ("attribution", "de", "Der Damm hält, sagte der Bürgermeister.", "Der Damm hält."),
        ("direction", "en", "Prices rose sharply.", "Prices fell sharply."),
        ("direction", "de", "Die Preise stiegen stark.", "Die Preise sanken stark."),
    ],
)
def test_one_thing_is_turned_into_its_opposite(kind: str, language: str, sentence: str, false: str) -> None:
    assert made(sentence, kind, language) == false


@pytest.mark.parametrize(
    "sentence", ["Police had no plans to evict anyone.", "“It may burn,” she said.", "He left in May."]
)
def test_a_word_that_is_no_doubt_of_the_reporter_stays(sentence: str) -> None:
    assert made(sentence, "hedge") == ""


@pytest.mark.parametrize(
    ("sentence", "language", "other"),
    [
        ("The council paid 4 percent more than planned.", "en", "The council paid 4% more than planned."),
        ("The club said the hall would reopen soon.", "en", "According to the club, the hall would reopen soon."),
        ("The hall (built by the guild) will open again.", "en", "The hall will open again."),
        ("On Monday, the council of the town met again.", "en", "The council of the town met again on Monday."),
        ("Die Preise stiegen um etwa 4 Prozent.", "de", "Die Preise stiegen um rund 4 %."),
        ("Selon la mairie, le pont est fermé.", "fr", "Le pont est fermé, selon la mairie."),
    ],
)
def test_a_harmless_version_says_the_same(sentence: str, language: str, other: str) -> None:
    assert other in harmless(sentence, language)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council will close the old bridge over the river, unless the state pays for its repair.",
        "The council will close the old bridge over the river soon, an engineer of the town said.",
        "“The council paid 4 percent more.”",
    ],
)
def test_what_would_change_the_meaning_stays(sentence: str) -> None:
    assert all(word in " ".join(version.split()) for version in harmless(sentence) for word in sentence.split()[-3:-1])


TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from("Anna Berger said on Monday that 12 of the 1,400 ( ) , . “ ” may not rise in 1999 %".split())
).map(" ".join)


@given(TEXTS, st.lists(TEXTS, max_size=3), st.sampled_from(["en", "de", "fr", "es", "ja", ""]), st.integers())
def test_versions_differ_from_the_sentence_and_depend_on_the_seed_alone(
    sentence: str, company: list[str], language: str, seed: int
) -> None:
    first, second = (corruptions(sentence, company, language, seed) for _ in range(2))
    assert first == second
    assert all(text and text.split() != sentence.split() for _, text in first)
    assert [kind for kind, _ in first] == [kind for kind in KINDS if kind in dict(first)]
    assert all(version.split() != sentence.split() for version in harmless(sentence, language))
