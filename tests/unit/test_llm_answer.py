from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.engines.exchange import Answer
from briefing.engines.llm_answer import Unusable, looping, named, repairs, told
from briefing.engines.llm_plain import plain
from briefing.engines.outcomes import Outcome
from briefing.model import Role

HEADLINE = {"passages": ["p1"], "evidence": "the dam broke", "text": "Dam breaks at Ostrand"}
ONE = {"passages": ["p1"], "evidence": "broke on Monday", "text": "The dam broke on Monday.", "role": "what happened"}
TWO = {"passages": ["p2"], "evidence": "4,000 people", "text": "About 4,000 people left.", "role": "by the numbers"}
WHOLE = json.dumps({"headline": HEADLINE, "sentences": [ONE, TWO]}, indent=1)


def texts(answer: str, finish: str = "stop") -> list[str]:
    return [s.text for s in told(Answer(answer, finish)).sentences]


def outcome(answer: str, finish: str = "stop") -> Outcome:
    with pytest.raises(Unusable) as caught:
        told(Answer(answer, finish))
    return caught.value.outcome


def test_an_answer_in_form() -> None:
    story = told(Answer(WHOLE))
    assert story.headline is not None
    assert story.headline.text == "Dam breaks at Ostrand"
    first, second = story.sentences
    assert (first.text, first.evidence, first.passages) == ("The dam broke on Monday.", "broke on Monday", ("p1",))
    assert (first.role, second.role) == (Role.HAPPENED, Role.NUMBERS)


@pytest.mark.parametrize(
    "answer",
    [
        f"```json\n{WHOLE}\n```",
        f"Here is the story you asked for {{as JSON}}:\n{WHOLE}\nI hope it helps.",
        f"<think>There is {{one}} dam.</think>{WHOLE}",
        WHOLE.replace("}\n ]", "},\n ],"),
        json.dumps({"answer": {"headline": HEADLINE, "sentences": [ONE, TWO]}}),
        json.dumps([ONE, TWO]),
        json.dumps(ONE) + "\n" + json.dumps(TWO),
        WHOLE.replace("The dam", "The\tdam").replace("Dam breaks", "Dam\nbreaks"),
    ],
)
def test_an_answer_out_of_form_is_read_all_the_same(answer: str) -> None:
    assert texts(answer) == ["The dam broke on Monday.", "About 4,000 people left."]


def test_a_headline_is_a_text_or_an_object_and_a_sentence_names_one_passage_or_several() -> None:
    one = {"passage": "p1", "evidence": "broke on Monday", "text": "The dam broke."}
    story = told(Answer(json.dumps({"sentences": [one], "headline": "Dam breaks"})))
    assert story.headline is not None
    assert (story.headline.text, story.headline.passages) == ("Dam breaks", ())
    assert story.sentences[0].passages == ("p1",)


def test_sentences_after_their_numbers_began_anew_are_left_out() -> None:
    numbered = [{"number": n, "text": f"The dam lost part {i}."} for i, n in enumerate((1, 2, 1, 2, 3))]
    assert texts(json.dumps({"sentences": numbered})) == ["The dam lost part 0.", "The dam lost part 1."]
    same = [{"number": 1, "text": f"The dam lost part {i}."} for i in range(3)]
    assert len(texts(json.dumps({"sentences": same}))) == 3


def test_a_comma_in_a_text_is_no_trailing_comma() -> None:
    odd = ONE | {"text": "They said “left, ] and right, }” on Monday."}
    assert texts(json.dumps({"sentences": [odd]}, ensure_ascii=False)) == [odd["text"]]


@given(st.integers(0, len(WHOLE)))
def test_of_a_cut_answer_the_complete_sentences_are_kept(cut: int) -> None:
    complete = [s["text"] for s in (ONE, TWO) if WHOLE.index(str(s["role"])) + len(str(s["role"])) + 1 < cut]
    found = []
    with suppress(Unusable):
        found = texts(WHOLE[:cut], "length")
    assert set(found) <= set(complete)
    assert len(complete) - len(found) <= 1


def test_the_headline_survives_a_cut() -> None:
    story = told(Answer(WHOLE[: WHOLE.index("4,000")], "length"))
    assert story.headline is not None
    assert story.headline.text == "Dam breaks at Ostrand"


def test_a_key_that_comes_twice_counts_once_and_lists_are_joined() -> None:
    answer = '{"sentences": [%s], "sentences": [{"text": "First said.", "text": "Then changed.", "passages": ["p1"]}]}'
    assert texts(answer % json.dumps(ONE)) == ["The dam broke on Monday.", "First said."]


@pytest.mark.parametrize(
    ("answer", "finish", "expected"),
    [
        ("", "stop", Outcome.EMPTY),
        (" \n", "stop", Outcome.EMPTY),
        ("I cannot see any JSON here.", "stop", Outcome.BAD_FORM),
        ('{"sentences": []}', "stop", Outcome.BAD_FORM),
        ('{"sentences": "none"}', "stop", Outcome.BAD_FORM),
        ('{"sentences": [{"text": 5}, null, "x"]}', "stop", Outcome.BAD_FORM),
        ('{"headline": {"passages": ["p1"], "evid', "length", Outcome.CUT_OFF),
        ('{"headline": {"evidence": "' + "the dam of the " * 40, "length", Outcome.REPETITION),
        ("[" * 100_000, "length", Outcome.REPETITION),
    ],
)
def test_an_answer_of_no_use_says_why(answer: str, finish: str, expected: Outcome) -> None:
    assert outcome(answer, finish) is expected


def test_values_of_other_types_are_forgiven_where_their_meaning_is_plain() -> None:
    item = {"passages": "[p1]", "evidence": ["broke", "Monday"], "text": "The dam broke.", "role": "What’s next"}
    (said,) = told(Answer(json.dumps({"sentences": [item]}))).sentences
    assert said.passages == ("p1",)
    assert said.evidence == "broke … Monday"
    assert said.role is Role.NEXT


def test_a_sentence_that_repeats_itself_without_end_is_no_sentence() -> None:
    endless = ONE | {"text": "The dam broke " + "and broke " * 30}
    assert texts(json.dumps({"sentences": [endless, TWO]})) == ["About 4,000 people left."]


def test_figures_and_lists_are_no_loop() -> None:
    assert not looping("ha ha ha ha")
    assert not looping("Five, six, seven, eight; " + "0" * 12)
    assert looping("He said " + "no, " * 40)
    assert looping("It rained. " + " ".join(f"Village {n} was flooded." for n in range(20)) * 4)


def test_repairs_by_number() -> None:
    again = {"sentences": [ONE | {"number": 3}, TWO | {"number": 9}]}
    assert {n: s.text for n, s in repairs(Answer(json.dumps(again)), [1, 3, 4]).items()} == {
        3: "The dam broke on Monday."
    }


def test_repairs_with_wrong_numbers_are_taken_in_order() -> None:
    again = {"sentences": [ONE | {"number": 1}, TWO | {"number": 2}]}
    assert [*repairs(Answer(json.dumps(again)), [0, 4])] == [0, 4]


def test_no_repair_at_all_is_an_answer_but_prose_is_none() -> None:
    assert repairs(Answer('{"sentences": []}'), [1]) == {}
    with pytest.raises(Unusable):
        repairs(Answer("None of them can be repaired."), [1])


def test_names_in_a_list() -> None:
    assert named(Answer('Sure: {"facts": ["s1", 5, "s4"]}'), "facts") == ["s1", "s4"]
    with pytest.raises(Unusable):
        named(Answer('{"sentences": ["s1"]}'), "facts")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The [dam](https://evil.example/x) broke.", "The dam broke."),
        ("![p](https://evil.example/leak?q=1) The dam broke.", "The dam broke."),
        ("**The** dam _broke_ on `Monday`.", "The dam broke on Monday."),
        ("<b>The dam</b> broke<script>.", "The dam broke."),
        ("The dam broke [p1, p2].", "The dam broke."),
        ("# The dam\nbroke.", "The dam broke."),
        ("The dam\u202e broke\u200b\x07.", "The dam broke."),
        ("See https://evil.example/a?b now.", "See now."),
        ("Rain of 5 < 6 mm and 3 * 4 * 5 fell.", "Rain of 5 < 6 mm and 3 * 4 * 5 fell."),
        ("می\u200cرود", "می\u200cرود"),
    ],
)
def test_words_become_plain_text(written: str, expected: str) -> None:
    assert plain(written) == expected


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unusable):
        assert told(Answer(text)).sentences
