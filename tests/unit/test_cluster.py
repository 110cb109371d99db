"""Stories: one event each, look-alikes apart, ranked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Cleaned, Original, Passage, Scored, Span
from briefing.steps.cluster import cluster
from briefing.steps.cluster_groups import groups
from briefing.text.similarity import Terms, tfidf

NOW = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)

QUAKE = (
    "A magnitude 6.1 earthquake struck Karvona on Monday, killing 12 people. Rescuers in Karvona searched the rubble.",
    "At least 12 people died when a magnitude 6.1 earthquake shook Karvona. Mayor Lena Ostrik asked for tents.",
    "Karvona buried its dead after the 6.1 earthquake of Monday. Mayor Ostrik said the rubble would be cleared.",
)
OTHER_QUAKE = (
    "A magnitude 5.4 earthquake hit the Tolmar islands on Friday, and 300 houses fell. No deaths were reported there.",
    "The Tolmar islands counted 300 ruined houses after a 5.4 earthquake. Governor Hadi Sorn flew to Tolmar.",
    "Governor Sorn promised new houses to Tolmar. A magnitude 5.4 earthquake ruined 300 houses there on Friday.",
)
CUP = (
    "Harrow Town won the league cup with two goals by Piet Vandal. Supporters sang until midnight in Harrow.",
    "Two goals by Vandal gave Harrow Town the league cup. Coach Mira Quill praised the goalkeeper of Harrow.",
)


def scored(
    text: str, *, source: str = "", score: float = 1.0, published: datetime | None = None, language: str = "en"
) -> list[Scored]:
    """An article of two sentences, each a passage."""
    article = Article.of(text=text, source=source, published=published, language=language)
    original = Original(Cleaned(article, (Span(0, len(text)),)))
    middle = text.index(". ") + 1
    spans = (Span(0, middle), Span(middle + 1, len(text)))
    return [Scored(Passage(original, (span,)), score / (1 + i)) for i, span in enumerate(spans)]


def batch(*texts: str) -> list[Scored]:
    return [one for text in texts for one in scored(text)]


def partition(found: Sequence[Scored]) -> set[frozenset[str]]:
    return {frozenset(o.article.text for o in story.originals) for story in cluster(found, now=NOW)}


def test_look_alike_events_stay_apart() -> None:
    assert partition(batch(*QUAKE, *OTHER_QUAKE, *CUP)) == {frozenset(QUAKE), frozenset(OTHER_QUAKE), frozenset(CUP)}


@pytest.mark.parametrize("texts", [QUAKE, OTHER_QUAKE, CUP])
def test_a_batch_of_one_event_is_one_story(texts: tuple[str, ...]) -> None:
    assert partition(batch(*texts)) == {frozenset(texts)}


def test_a_batch_in_which_all_differ_stays_so() -> None:
    assert len(partition(batch(QUAKE[0], OTHER_QUAKE[0], CUP[0]))) == 3


def test_two_derailments_at_other_places_and_days_are_two_stories() -> None:
    at_hollin = (
        "Ten people died when a train derailed near Hollin on Thursday. The express to Marsk left the rails at Hollin.",
        "The death toll of the train that derailed near Hollin rose to ten. The line to Marsk is shut, said Jon Pell.",
    )
    at_ostby = (
        "Three people were injured when a freight train derailed near Ostby on Monday. "
        "The wagons from Trelling lay beside the rails at Ostby, said Ida Fenn."
    )
    assert partition(batch(*at_hollin, at_ostby)) == {frozenset(at_hollin), frozenset({at_ostby})}


def test_a_shared_town_alone_is_no_shared_story() -> None:
    football = (
        "Orrin Rovers won 3-1 against Aldham on Monday. Two goals by Tavi Brandt decided the match in Aldham for Orrin."
    )
    council = "The council of Aldham voted on Monday for a new pool. Mayor Hetta Lorn called it a good day for Aldham."
    assert partition(batch(football, council)) == {frozenset({football}), frozenset({council})}


def test_an_inquiry_goes_with_the_attack_that_it_is_about() -> None:
    attack = (
        "Hackers shut down the computers of the Rauental hospital. Operations in Rauental were put off, "
        "and the hospital said that the group Korvex asked for money."
    )
    inquiry = (
        "The data office opened an inquiry into the attack on the Rauental hospital. Patients' data had been taken "
        "from the hospital's computers by the group Korvex."
    )
    assert partition(batch(attack, inquiry, *CUP)) == {frozenset({attack, inquiry}), frozenset(CUP)}


def test_the_same_words_weeks_apart_are_two_events() -> None:
    dates = (NOW - timedelta(days=1), NOW - timedelta(days=2), NOW - timedelta(days=30))
    found = [one for text, when in zip(QUAKE, dates, strict=True) for one in scored(text, published=when)]
    assert partition(found) == {frozenset(QUAKE[:2]), frozenset(QUAKE[2:])}


def test_names_and_numbers_join_across_languages_when_there_are_enough() -> None:
    german = (
        "In Karvona starben am Montag mindestens 12 Menschen bei einem Beben. Lena Ostrik rief in Karvona um Hilfe."
    )
    vague = "Nach dem Beben in Karvona suchen Helfer weiter. Die Hoffnung in der Stadt schwindet."
    found = [*batch(*QUAKE, *CUP), *scored(german, language="de"), *scored(vague, language="de")]
    assert partition(found) == {frozenset({*QUAKE, german}), frozenset({vague}), frozenset(CUP)}


def test_independent_sources_decide_then_recency_then_match() -> None:
    def told(texts: Sequence[str], hours: float, score: float, sources: Sequence[str]) -> list[Scored]:
        when = NOW - timedelta(hours=hours)
        pairs = zip(texts, sources, strict=True)
        return [one for text, source in pairs for one in scored(text, source=source, score=score, published=when)]

    shared = told(QUAKE[:2], 100, 0.2, ("Post", "Herald"))
    one_house = told(OTHER_QUAKE, 50, 1.0, ("Post",) * 3)
    newer = told(CUP[:1], 3, 1.0, ("Post",))
    ranked = cluster([*newer, *one_house, *shared], now=NOW)
    told_of = [{o.article.text for o in s.originals} for s in ranked]
    assert told_of == [set(QUAKE[:2]), {CUP[0]}, set(OTHER_QUAKE)]
    assert [s.why for s in ranked] == [
        ("2 independent sources", "newest 4 days before the brief", "match 0.20"),
        ("1 independent source", "newest 3 hours before the brief", "match 1.00"),
        ("1 independent source", "newest 2 days before the brief", "match 1.00"),
    ]
    assert sorted((s.score for s in ranked), reverse=True) == [s.score for s in ranked]


def test_a_story_without_dates_says_so() -> None:
    (story,) = cluster(batch(*CUP), now=NOW)
    assert story.why == ("2 independent sources", "no date known", "match 1.00")


def test_passages_come_best_first_and_all_of_an_article_together() -> None:
    (story,) = cluster([*scored(CUP[0], score=0.5), *scored(CUP[1], score=0.9)], now=NOW)
    assert [s.score for s in story.passages] == [0.9, 0.5, 0.45, 0.25]


def test_nothing_in_nothing_out() -> None:
    assert cluster([], now=NOW) == ()


@given(st.permutations(batch(*QUAKE, *OTHER_QUAKE, *CUP)))
def test_the_order_of_passages_does_not_matter(found: list[Scored]) -> None:
    assert cluster(found, now=NOW) == cluster(batch(*QUAKE, *OTHER_QUAKE, *CUP), now=NOW)


@given(st.lists(st.lists(st.sampled_from("abcdefghijkl"), max_size=8), max_size=15))
def test_every_row_is_in_exactly_one_group(texts: list[list[str]]) -> None:
    vectors = tfidf(Terms.of(dict.fromkeys(text, 1.0) for text in texts))
    found = groups(vectors, np.full(len(texts), np.nan))
    assert sorted(row for group in found for row in group) == list(range(len(texts)))


def test_a_part_that_is_too_large_falls_apart_where_links_are_weak() -> None:
    texts = [f"a{i} b{i} c{i} common{j}" for i in range(40) for j in range(3)]
    vectors = tfidf(Terms.of(dict.fromkeys(text.split(), 1.0) for text in texts))
    apart = [[3 * i, 3 * i + 1, 3 * i + 2] for i in range(40)]
    assert groups(vectors, np.full(len(texts), np.nan)) == apart
    assert groups(vectors, np.full(len(texts), np.nan), largest=10) == apart
