from hypothesis import given
from hypothesis import strategies as st

from briefing.text.facts.alignment import align, locate
from briefing.text.facts.support import DOUBTFUL, THRESHOLD, support
from briefing.text.facts.thesaurus import antonyms, listed, synonyms
from briefing.text.facts.tokens import key

SOURCE = [
    "The port of Sandmere reopened at dawn on Thursday.",
    "Dockers had stopped work for two days over night pay.",
    "The union accepted an increase of four percent.",
    "A bakery in Marrowby won a prize for rye bread.",
]


def test_a_claim_in_the_words_of_its_source_is_supported() -> None:
    found = support("Dockers had stopped work for two days.", SOURCE)
    assert found.score >= THRESHOLD
    assert found.best[0] == 1


def test_a_claim_from_elsewhere_is_not() -> None:
    assert support("The airline ordered forty Brazilian jets from Embraer.", SOURCE).score < DOUBTFUL


def test_a_changed_fact_scores_below_the_true_one() -> None:
    true = support("The union accepted an increase of four percent.", SOURCE).score
    for edited in (
        "The union accepted an increase of nine percent.",
        "The union did not accept an increase of four percent.",
        "The Teamsters accepted an increase of four percent.",
    ):
        assert support(edited, SOURCE).score < true


def test_no_evidence_supports_nothing() -> None:
    assert support("Anything.", []).score == 0.0


def test_evidence_is_located() -> None:
    assert locate("A prize went to a Marrowby bakery.", SOURCE)[0] == 3
    assert sorted(locate("A prize", SOURCE)) == [0, 1, 2, 3]
    assert locate("A prize", []) == ()


def test_strange_words_are_named() -> None:
    aligned = align("The union accepted a helicopter from Zurich.", SOURCE)
    assert aligned.strange == ("helicopter",)
    assert aligned.strange_names == ("Zurich",)


def test_scripts_without_spaces_are_compared_by_pairs() -> None:
    source = ["東京の市長は新しい橋を開いた。", "天気は晴れだった。"]
    assert (
        support("市長は新しい橋を開いた。", source, "ja").score > support("首相は古い船を沈めた。", source, "ja").score
    )
    assert locate("新しい橋", source, "ja")[0] == 0


def test_the_thesaurus_knows_kindred_and_opposite_words() -> None:
    assert synonyms(key("buy"), key("purchase"))
    assert antonyms(key("accepted"), key("refused"))
    assert not synonyms(key("buy"), key("bread"))
    assert listed(key("bread"))
    assert not listed("sandmere")


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4))
def test_scores_are_shares_whatever_the_text(claim: str, evidence: list[str]) -> None:
    found = support(claim, evidence)
    assert 0.0 <= found.score <= 1.0
    assert all(0 <= i < len(evidence) for i in found.best)
