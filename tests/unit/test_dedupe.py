"""dedupe: what is a copy, what is not, and which text leads."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import cache
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Cleaned, Original, Span
from briefing.steps.dedupe import dedupe
from briefing.text.paragraphs import paragraphs

SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu ra re ri ro ru".split()


@cache
def prose(seed: int, sentences: int = 24) -> tuple[str, ...]:
    """Sentences of invented words, the same for the same seed."""
    rng = random.Random(seed)

    def word() -> str:
        return "".join(rng.choices(SYLLABLES, k=3))

    return tuple(" ".join(word() for _ in range(rng.randint(8, 16))).capitalize() + "." for _ in range(sentences))


def cleaned(text: str, source: str = "", day: int = 0, title: str = "", drop: str = "") -> Cleaned:
    article = Article.of(
        title=title, text=text, source=source, published=datetime(2031, 5, day, tzinfo=UTC) if day else None
    )
    kept = tuple(Span(*s) for s in paragraphs(article.text) if article.text[slice(*s)] != drop)
    return Cleaned(article, kept)


def groups(*items: Cleaned) -> list[set[str]]:
    """The sources of each original and its copies."""
    return [{o.article.source, *(c.source for c in o.copies)} for o in dedupe(items)]


WIRE = prose(1)


def test_one_text_under_two_mastheads_is_one_original() -> None:
    (original,) = dedupe([cleaned(" ".join(WIRE), "Post", 2), cleaned(" ".join(WIRE), "Herald", 1)])
    assert original.article.source == "Herald"
    assert original.outlets == ("Herald", "Post")


def test_edited_cut_and_lengthened_copies_belong_to_the_wire_text() -> None:
    whole = cleaned("\n\n".join(WIRE), "Wire")
    opening = cleaned("\n\n".join([*prose(2, 2), *WIRE[2:]]), "Opening")
    cut = cleaned("\n\n".join(WIRE[:8]), "Cut")
    longer = cleaned("\n\n".join([*WIRE, *prose(3, 8)]), "Longer")
    assert groups(whole, opening, cut, longer) == [{"Wire", "Opening", "Cut", "Longer"}]


def test_beginning_and_end_of_a_text_meet_in_the_whole() -> None:
    assert len(dedupe([cleaned(" ".join(part)) for part in (WIRE, WIRE[:12], WIRE[12:])])) == 1


def test_typographic_marks_and_case_make_no_difference() -> None:
    plain = 'It\'s "the end" of it, ' + " ".join(WIRE[:6])
    assert len(dedupe([cleaned(plain), cleaned(plain.replace("'", "’").upper())])) == 1


def test_reports_of_one_event_in_their_own_words_stay_apart() -> None:
    assert len(dedupe([cleaned(" ".join(prose(4))), cleaned(" ".join(prose(5)))])) == 2


def test_a_shared_quotation_does_not_make_a_copy() -> None:
    speech = "“" + " ".join(WIRE[:10]) + "”"
    one, other = (cleaned(f"{speech} said the minister. {' '.join(prose(seed, 5))}") for seed in (6, 7))
    assert len(dedupe([one, other])) == 2


def test_the_same_frame_around_other_numbers_is_another_text() -> None:
    frame = (
        "The river at Osk stood at {} centimetres this morning, the harbour office said. Ships of more than {} tons "
        "may pass the lower bridge until further notice and must keep to the marked channel. The office will publish "
        "the next reading at noon and asks all masters to report damage to buoys, lights and moorings without delay. "
        "Water of {} degrees was measured at the pier, where bathing is not allowed before the first of June."
    )
    days = [cleaned(frame.format(212 + d, 40 + 3 * d, 11 + d), day=d) for d in (1, 2, 3)]
    assert len(dedupe(days)) == 3


def test_a_cut_copy_keeps_its_numbers_and_is_a_copy() -> None:
    text = [f"{s[:-1]} {n} {w}." for n, (s, w) in enumerate(zip(WIRE, ("tons", "men", "years") * 8, strict=True))]
    assert len(dedupe([cleaned(" ".join(text)), cleaned(" ".join(text[:10]))])) == 1


def test_only_kept_paragraphs_are_compared() -> None:
    furniture = " ".join(prose(8, 30))
    one, other = (cleaned("\n\n".join([*prose(seed, 6), furniture]), drop=furniture) for seed in (9, 10))
    assert len(dedupe([one, other])) == 2


def test_look_alikes_do_not_chain() -> None:
    steps = [cleaned(" ".join(WIRE[n : n + 12]), day=n + 1) for n in (0, 4, 8, 12)]
    for original in dedupe(steps):
        lead = set(original.article.text.split(". "))
        for copy in original.copies:
            assert 2 * len(lead & set(copy.text.split(". "))) >= len(lead) - 1


def test_a_collection_of_two_texts_does_not_hide_either() -> None:
    one, other = prose(11), prose(12)
    both = cleaned(" ".join([*one, *other]), day=3)
    (original,) = dedupe([cleaned(" ".join(one), day=1), cleaned(" ".join(other), day=2), both])
    assert original.article == both.article


def test_short_texts_are_copies_only_with_their_titles() -> None:
    assert len(dedupe([cleaned("Comments", title="Bridge opens"), cleaned("Comments", title="Rain ahead")])) == 2
    assert len(dedupe([cleaned("Rain ahead.", "A", title="Rain"), cleaned("Rain ahead.", "B", title="rain")])) == 1


def test_texts_without_words_are_never_copies() -> None:
    assert len(dedupe([cleaned("", "A"), cleaned("", "B"), cleaned("…", "C")])) == 3


def test_the_same_article_twice_is_one_without_copies() -> None:
    (original,) = dedupe([cleaned("Rain ahead."), cleaned("Rain ahead.")])
    assert original.copies == ()


def test_languages_without_spaces() -> None:
    rng = random.Random(3)
    kana = [chr(c) for c in range(0x4E00, 0x4E00 + 400)]
    text, another = ("".join(rng.choices(kana, k=200)) for _ in range(2))
    assert groups(cleaned(text, "A"), cleaned(text[40:], "B"), cleaned(another, "C")) in (
        [{"A", "B"}, {"C"}],
        [{"C"}, {"A", "B"}],
    )


def test_the_earliest_leads_then_the_longest() -> None:
    early, late, undated = (
        cleaned(" ".join(WIRE[:20]), "E", 1),
        cleaned(" ".join(WIRE), "L", 2),
        cleaned(" ".join(WIRE[1:]), "U"),
    )
    assert [o.article.source for o in dedupe([undated, late, early])] == ["E"]
    assert [o.article.source for o in dedupe([cleaned(" ".join(WIRE[:20]), "S"), undated])] == ["U"]


def test_an_early_fragment_does_not_lead() -> None:
    (original,) = dedupe([cleaned(" ".join(WIRE[:6]), "Flash", 1), cleaned(" ".join(WIRE), "Full", 2)])
    assert original.outlets == ("Full", "Flash")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 12), st.integers(13, 24), st.integers(0, 3)), max_size=5))
def test_order_of_the_input_does_not_matter_and_nothing_is_lost(parts: list[tuple[int, int, int, int]]) -> None:
    items = [cleaned(" ".join(prose(seed)[start:end]), f"S{i}", day) for i, (seed, start, end, day) in enumerate(parts)]
    outcome = dedupe(items)
    assert all(dedupe(order) == outcome for order in list(permutations(items))[:6])
    assert sorted(_sources(outcome)) == sorted(i.article.source for i in items)


def _sources(originals: tuple[Original, ...]) -> list[str]:
    return [a.source for o in originals for a in (o.article, *o.copies)]


def test_no_articles() -> None:
    assert dedupe([]) == ()
