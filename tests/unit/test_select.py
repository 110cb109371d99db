"""Which passages meet the reader's interest, and what becomes of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Cleaned, Interest, Original, Passage, Publisher, Reason, Span
from briefing.steps.select import score, select

FLOOD = (
    "The river Arno burst its banks in Velmora on Monday. Hundreds left their flooded homes.\n"
    "Rescue boats took people from the flooded streets of Velmora. The river stood at six metres."
)
FLOOD_TOO = (
    "Velmora is under water after the Arno burst its banks. Boats took families from flooded streets.\n"
    "The mayor said that the river would fall by Thursday."
)
FLOOD_UNNAMED = (
    "Velmora's streets stood under water as the Arno burst its banks. Boats took families to safety.\n"
    "Hundreds left their homes."
)
CUP = (
    "Harrow Town won the league cup on Sunday. The striker scored twice in the second half.\n"
    "Supporters sang in the square until midnight. The coach praised the goalkeeper."
)
BANK = (
    "The central bank raised its rate by a quarter point. Lenders expect another rise in autumn.\n"
    "Shares of lenders fell. The governor spoke of stubborn prices."
)
OPERA = (
    "The opera house opens its season with a new staging of a comedy. Tickets sold out within a day.\n"
    "The conductor retires in spring."
)
WHEAT = (
    "Farmers expect the smallest wheat harvest in ten years. Drought hit the plains in June.\n"
    "Millers look for grain abroad."
)
OTHERS = (CUP, BANK, OPERA, WHEAT)


def passages(
    *texts: str, title: str = "", source: str = "", language: str = "en", title_trusted: bool = True
) -> list[Passage]:
    """Each text is an article, each of its lines a passage, each stop ends a sentence."""
    found: list[Passage] = []
    for text in texts:
        article = Article.of(title=title, text=text, source=source, language=language)
        original = Original(Cleaned(article, (Span(0, len(text)),), title_trusted=title_trusted))
        for line in re.finditer(r".+", text):
            spans = [
                Span(line.start() + m.start(), line.start() + m.end()) for m in re.finditer(r"[^ .][^.]*\.?", line[0])
            ]
            found.append(Passage(original, tuple(spans)))
    return found


def taken(found: Sequence[Passage], interest: Interest) -> set[str]:
    return {s.passage.article.text for s in select(found, interest).taken}


def test_only_articles_on_the_topic_contribute_and_the_reason_names_its_words() -> None:
    selection = select(passages(FLOOD, FLOOD_TOO, *OTHERS), Interest(topics=("Floods in Velmora",)))
    assert {s.passage.article.text for s in selection.taken} == {FLOOD, FLOOD_TOO}
    assert "topic 'Floods in Velmora': Floods, Velmora" in {why for s in selection.taken for why in s.why}
    scores = [s.score for s in selection.taken]
    assert scores == sorted(scores, reverse=True)
    assert max(scores) <= 1


def test_an_article_on_the_topic_is_found_by_the_words_of_others_on_it() -> None:
    assert FLOOD_UNNAMED in taken(
        passages(FLOOD, FLOOD_TOO, FLOOD_UNNAMED, *OTHERS), Interest(topics=("flooded river",))
    )


def test_an_article_left_out_whole_is_one_entry() -> None:
    selection = select(passages(FLOOD, FLOOD_TOO, *OTHERS), Interest(topics=("Floods in Velmora",)))
    assert {(d.reason, d.detail) for d in selection.dropped} == {(Reason.OFF_TOPIC, "whole article, 2 passages")}
    assert len(selection.dropped) == len(OTHERS)
    assert {d.text for d in selection.dropped} == {text.splitlines()[0] for text in OTHERS}


@pytest.mark.parametrize(
    "topic", ["elections in Quorland", "new satellites", "latest news", "?", "a new bank for seabirds and their eggs"]
)
def test_nothing_is_taken_when_nothing_is_relevant(topic: str) -> None:
    selection = select(passages(FLOOD, *OTHERS), Interest(topics=(topic,)))
    assert selection.taken == ()
    assert len(selection.dropped) == 5


def test_a_lone_article_on_the_topic_is_taken_whatever_the_size_of_the_batch() -> None:
    assert taken(passages(WHEAT), Interest(topics=("wheat harvest",))) == {WHEAT}
    assert taken(passages(WHEAT, FLOOD, CUP, BANK, OPERA), Interest(topics=("wheat harvest",))) == {WHEAT}


def test_any_of_several_topics_is_enough_and_each_passage_names_its_own() -> None:
    selection = select(passages(FLOOD, *OTHERS), Interest(topics=("wheat harvest", "league cup")))
    assert {s.passage.article.text: s.why[0].split("'")[1] for s in selection.taken} == {
        WHEAT: "wheat harvest",
        CUP: "league cup",
    }


def test_names_that_look_like_stop_words_are_names_in_capitals() -> None:
    about = "Fighters of IS left the valley. The army said IS had lost its last village."
    assert taken(passages(about, *OTHERS), Interest(topics=("IS",))) == {about}


def test_a_topic_is_read_in_the_language_of_each_article() -> None:
    german = "Die Überschwemmungen in Velmora dauern an. Velmora bittet um Boote gegen die Überschwemmungen."
    found = passages(german, language="de") + passages(*OTHERS)
    assert taken(found, Interest(topics=("Überschwemmung in Velmora",))) == {german}
    english = [*found, *passages(FLOOD, FLOOD_TOO)]
    assert taken(english, Interest(topics=("the floods of Velmora",))) == {german, FLOOD, FLOOD_TOO}


def test_another_form_of_a_word_stands_in_where_no_article_has_it() -> None:
    assert taken(passages(BANK.replace("central bank", "regulator"), CUP, OPERA), Interest(topics=("regulatory rate",)))


def test_never_and_must_hold_for_the_whole_article_by_whole_phrases_in_any_form() -> None:
    found = passages(FLOOD, FLOOD_TOO, *OTHERS)
    never = select(found, Interest(never=("rescue boat",)))
    assert [(d.reason, d.article, d.detail) for d in never.dropped] == [
        (Reason.EXCLUDED, found[0].article.id, "rescue boat; whole article, 2 passages")
    ]
    must = Interest(must=("flooded street", "mayor"))
    assert taken(found, must) == {FLOOD_TOO}
    assert {d.reason for d in select(found, must).dropped} == {Reason.MISSING_REQUIRED}
    assert taken(found, Interest(must=("streets flooded",))) == set()


def test_a_title_counts_only_when_it_is_trusted() -> None:
    for interest in (Interest(must=("cricket",)), Interest(topics=("cricket",))):
        assert taken(passages(CUP, title="Cricket: the cup") + passages(BANK), interest) == {CUP}
        assert taken(passages(CUP, title="Cricket: the cup", title_trusted=False) + passages(BANK), interest) == set()


def test_publishers_weights_multiply_and_nought_means_never() -> None:
    found = passages(FLOOD, source="Herald") + passages(FLOOD_TOO, source="Post")
    for topics in ((), ("Velmora",)):
        plain = score(found, Interest(topics=topics))
        rules = {"HERALD": Publisher(weight=0.5), "post": Publisher(weight=0)}
        weighed = score(found, Interest(topics=topics, publishers=rules))
        halved = [s.score * (0.5 if s.passage.article.source == "Herald" else 0) for s in plain]
        assert [s.score for s in weighed] == pytest.approx(halved)
        assert taken(found, Interest(topics=topics, publishers=rules)) == {FLOOD}


def test_without_topics_all_is_taken_and_what_many_tell_of_comes_first() -> None:
    selection = select(passages(*OTHERS, FLOOD, FLOOD_TOO, FLOOD_UNNAMED), Interest())
    assert selection.dropped == ()
    assert len(selection.taken) == 14
    assert {s.passage.article.text for s in selection.taken[:3]} == {FLOOD, FLOOD_TOO, FLOOD_UNNAMED}
    assert all(s.score > 0 for s in selection.taken)
    assert selection.taken[0].why == ("2 more articles near it",)


def test_without_topics_what_stands_aside_of_a_clear_batch_is_left_out() -> None:
    def flood(place: int) -> str:
        return f"{FLOOD_TOO} Report {place} came from the bridge."

    reports = [flood(n) for n in range(12)]
    selection = select(passages(*reports, OPERA), Interest())
    assert {s.passage.article.text for s in selection.taken} == set(reports)
    assert [(d.reason, d.text) for d in selection.dropped] == [(Reason.OFF_TOPIC, OPERA.splitlines()[0])]
    assert "no other article is near it" in selection.dropped[0].detail
    # In a small batch it may be as good as any.
    assert select(passages(*reports[:3], OPERA), Interest()).dropped == ()


def test_nothing_in_nothing_out() -> None:
    assert select([], Interest(topics=("river",))) == select([], Interest())


@given(st.permutations(passages(FLOOD, FLOOD_TOO, *OTHERS)), st.sampled_from([(), ("Velmora",), ("bank", "cup")]))
def test_every_passage_is_taken_or_in_the_ledger_whatever_the_order(
    found: list[Passage], topics: tuple[str, ...]
) -> None:
    interest = Interest(topics=topics)
    selection = select(found, interest)
    in_order = select(sorted(found, key=lambda p: p.id), interest)
    assert {s.passage.id for s in selection.taken} == {s.passage.id for s in in_order.taken}
    accounted = {s.passage.article.id for s in selection.taken} | {d.article for d in selection.dropped}
    assert accounted == {p.article.id for p in found}
    assert {s.passage.id for s in score(found, interest)} == {p.id for p in found}


def test_an_article_without_a_date_says_so_where_a_period_was_asked_for() -> None:
    since = datetime(2026, 3, 1, tzinfo=UTC)
    (first, *_) = select(passages(WHEAT), Interest(topics=("wheat harvest",), since=since)).taken
    assert first.why == ("topic 'wheat harvest': wheat, harvest", "date not known")
