"""A brief changed by a person."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from briefing.errors import ModelError
from briefing.model import BY_HAND, Reason, Status
from briefing.render.json import dumps, loads
from briefing.steps.edit import Place, changed, places, without
from tests.briefs import rich_brief


def longest(brief_places: Mapping[Place, object]) -> Place:
    """A sentence whose story has another one."""
    return next(p for p in brief_places if p.sentence == 2)


def test_a_changed_sentence_is_checked_again_and_marked() -> None:
    brief = rich_brief()
    place = longest(places(brief))
    old = places(brief)[place]
    words = old.text.rstrip(".")

    new = changed(brief, place, words)

    claim = places(new)[place]
    assert claim.text == words
    assert claim.citations == old.citations
    assert claim.verdict is not None
    assert claim.verdict.status is Status.SUPPORTED
    assert new.stories[place.story - 1].note.startswith(f"{BY_HAND}: sentence {place.sentence}")
    assert loads(dumps(new)) == new


def test_what_the_sources_do_not_say_is_refused() -> None:
    with pytest.raises(ModelError, match=r"1\.1 would not be supported.*--uncited"):
        changed(rich_brief(), Place(1, 1), "Nine million people were killed by a volcano in Peru.")


def test_or_stands_visibly_uncited() -> None:
    new = changed(rich_brief(), Place(1, 1), "Nine million people were killed by a volcano.", uncited=True)

    claim = places(new)[Place(1, 1)]
    assert claim.citations == ()
    assert claim.verdict is not None
    assert claim.verdict.status is Status.UNCITED
    assert loads(dumps(new)) == new


def test_two_changes_are_both_told() -> None:
    brief = rich_brief()
    first = changed(brief, Place(1, 0), places(brief)[Place(1)].citations[0].quote + ".", uncited=True)
    second = changed(first, Place(1, 1), "Another thing.", uncited=True)

    assert second.stories[0].note == f"{BY_HAND}: sentence 1; headline"


def test_a_sentence_taken_out_is_in_the_ledger() -> None:
    brief = rich_brief()
    place = longest(places(brief))
    gone = places(brief)[place].text

    new = without(brief, place)

    assert gone not in {claim.text for claim in places(new).values()}
    assert (new.dropped[-1].reason, new.dropped[-1].text) == (Reason.BY_HAND, gone)
    assert loads(dumps(new)) == new


@pytest.mark.parametrize("text", ["", "0", "1.0", "a", "1.2.3", "-1"])
def test_no_place(text: str) -> None:
    with pytest.raises(ModelError, match="no place in a brief"):
        Place.parse(text)


def test_places_that_are_not_there() -> None:
    with pytest.raises(ModelError, match="no 99"):
        changed(rich_brief(), Place(99), "Words.")
    with pytest.raises(ModelError, match="cannot be taken out"):
        without(rich_brief(), Place(1))


def test_the_same_words_are_no_change() -> None:
    brief = rich_brief()
    with pytest.raises(ModelError, match="says that already"):
        changed(brief, Place(1, 1), places(brief)[Place(1, 1)].text)


def test_what_is_only_partly_supported_is_refused_too() -> None:
    brief = rich_brief()
    place = Place(1, 1)
    words = places(brief)[place].text.rstrip(".") + ", because of negligence."

    with pytest.raises(ModelError, match="would not be supported"):
        changed(brief, place, words)
