"""Labels that a model puts on its sentences."""

from __future__ import annotations

import pytest

from briefing.engines.llm_labels import as_labelled
from briefing.model import Citation, Claim, Part, Role


def claim(text: str, role: Role, language: str = "en", article: str = "a") -> Claim:
    return Claim(text, (Citation(article, Part.TEXT, 0, 1, "x"),), language, role=role)


@pytest.mark.parametrize(
    ("text", "role", "language"),
    [
        ("The strike undermined the talks.", Role.MATTERS, "en"),
        ("The vote is due on 5 May.", Role.NEXT, "en"),
        ("Die Abstimmung wird wiederholt.", Role.NEXT, "de"),
        ("Twelve ships waited.", Role.NUMBERS, "en"),
        ("投票は五月に行われる。", Role.NEXT, "ja"),
    ],
)
def test_a_label_that_the_words_can_keep_stays(text: str, role: Role, language: str) -> None:
    assert [c.role for c in as_labelled([claim(text, role, language)])] == [role]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("It was not clear who carried out the attack.", Role.MATTERS),
        ("The vote was held.", Role.NEXT),
        ("The ships waited.", Role.NUMBERS),
        ("The board says otherwise.", Role.DISAGREE),
    ],
)
def test_a_label_that_they_cannot_is_taken_off(text: str, role: Role) -> None:
    assert [c.role for c in as_labelled([claim(text, role)])] == [Role.HAPPENED]


def test_two_sources_may_disagree() -> None:
    sides = [claim(f"Side {name}.", Role.DISAGREE, article=name) for name in "ab"]
    assert [c.role for c in as_labelled(sides)] == [Role.DISAGREE, Role.DISAGREE]
