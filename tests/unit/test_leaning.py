"""What leans on a sentence goes with it."""

from __future__ import annotations

from briefing.model import Claim, Reason
from briefing.steps.leaning import orphaned, orphans
from tests.made import claim, original

COURIER = original(
    "Ines Calder leads the water board of Orle. She said the wall would hold. She ordered nobody to leave. "
    "Schools stay shut in Orle.",
    source="Courier",
)
POST = original("He had seen the water rise.", source="Post")
FIRST = claim(COURIER, "Ines Calder leads the water board of Orle.")
SHE_SAID = claim(COURIER, "She said the wall would hold.")
SHE_ORDERED = claim(COURIER, "She ordered nobody to leave.")
SCHOOLS = claim(COURIER, "Schools stay shut in Orle.")
HE = claim(POST, "He had seen the water rise.")


def test_leaning_claims_go_one_after_the_other() -> None:
    assert orphans([FIRST, SHE_SAID, SHE_ORDERED, SCHOOLS], {0}) == (1, 2)


def test_a_claim_that_leans_on_one_that_stays_stays() -> None:
    assert orphans([FIRST, SHE_SAID, SHE_ORDERED], {2}) == ()
    assert orphans([FIRST, SHE_SAID], ()) == ()


def test_another_article_does_not_lean() -> None:
    assert orphans([FIRST, HE], {0}) == ()


def test_claims_without_citation_do_not_lean() -> None:
    assert orphans([FIRST, Claim("She said so.", ())], {0}) == ()


def test_the_ledger_has_its_words_and_place() -> None:
    dropped = orphaned(SHE_SAID)
    assert (dropped.reason, dropped.text) == (Reason.NOT_READABLE_ALONE, SHE_SAID.text)
    assert COURIER.article.text[dropped.start : dropped.end] == SHE_SAID.text
