from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from briefing.engines.extractive import Extractive
from briefing.model import (
    Article,
    Ask,
    Cleaned,
    Draft,
    Finding,
    Original,
    Part,
    Passage,
    Reason,
    Scored,
    Span,
    Status,
    Story,
)
from briefing.steps.chunk import chunk
from briefing.text.paragraphs import paragraphs

NOW = datetime(2031, 5, 4, 6, 0, tzinfo=UTC)

COURIER = Article.of(
    title="Ostrand dam wall cracks after week of rain | The Courier",
    text=(
        "OSTRAND (Reuters) - A crack eleven metres long opened in the wall of the Ostrand dam on Monday after a "
        "week of rain.\n\n"
        "Ines Calder, who leads the water board, ordered 4,000 people in the valley to leave their homes. "
        "She said the wall would be inspected by divers on Tuesday.\n\n"
        '"We will not take any risk with lives", she said.\n\n'
        "However, some farmers refused to go."
    ),
    source="The Courier",
    published=datetime(2031, 5, 3, 9, 0, tzinfo=UTC),
    language="en",
)
POST = Article.of(
    title="Why is nobody talking about the dam?",
    text=(
        "A crack eleven metres long opened in the wall of the Ostrand dam on Monday.\n\n"
        "The army sent forty trucks to Ostrand to help the water board of the valley with the evacuation.\n\n"
        "Rain is expected to fall on the valley until Friday, the weather service of Norland said."
    ),
    source="Valley Post",
    published=datetime(2031, 5, 3, 12, 0, tzinfo=UTC),
    language="en",
)
BOTE = Article.of(
    title="Riss in der Staumauer von Ostrand",
    text="In der Staumauer von Ostrand ist am Montag ein elf Meter langer Riss entstanden, teilte die Behörde mit.",
    source="Der Bote",
    language="de",
)


def story(*articles: Article, trusted: bool = True) -> Story:
    passages: list[Passage] = []
    for article in articles:
        kept = tuple(Span(*span) for span in paragraphs(article.text))
        passages.extend(chunk(Original(Cleaned(article, kept, title_trusted=trusted))))
    return Story("s", tuple(Scored(p, 1.0) for p in passages))


def write(
    of: Story, *, words: int = 150, sentences: int = 6, language: str = "en", feedback: Sequence[Finding] | None = None
) -> Draft:
    return asyncio.run(Extractive().write(of, Ask(language, words, NOW, sentences), feedback))


def texts(draft: Draft) -> list[str]:
    return [claim.text for claim in draft.claims]


def test_no_sentence_dangles_and_no_quotation_lacks_its_speaker() -> None:
    said = texts(write(story(COURIER, POST)))
    assert said
    assert '"We will not take any risk with lives", she said.' not in said
    assert "However, some farmers refused to go." not in said


def test_a_leaning_sentence_comes_only_right_after_the_one_it_needs() -> None:
    said = texts(write(story(COURIER, POST)))
    leaning = "She said the wall would be inspected by divers on Tuesday."
    assert leaning not in said or said[said.index(leaning) - 1].startswith("Ines Calder")


def test_the_dateline_is_left_out_of_claim_and_quote() -> None:
    said = texts(write(story(COURIER), sentences=1))
    assert said[0].startswith("A crack eleven metres")


def test_a_fact_in_two_sources_is_told_once_and_cited_twice() -> None:
    draft = write(story(COURIER, POST))
    cracks = [c for c in draft.claims if "crack eleven metres" in c.text]
    assert len(cracks) == 1
    short = write(story(POST, COURIER), sentences=1).claims[0]
    assert {c.article for c in short.citations} <= {COURIER.id, POST.id}


def test_a_second_citation_has_the_same_numbers() -> None:
    other = Article.of(
        text="A crack twelve metres long opened in the wall of the Ostrand dam on Monday.", source="Echo", language="en"
    )
    for claim in write(story(POST, other)).claims:
        assert len({c.article for c in claim.citations} & {POST.id, other.id}) == 1


def test_the_headline_is_a_trusted_title_without_the_site() -> None:
    draft = write(story(POST, COURIER))
    assert draft.headline.text == "Ostrand dam wall cracks after week of rain"
    assert draft.headline.citations[0].part is Part.TITLE


def test_an_untrusted_title_is_never_the_headline() -> None:
    draft = write(story(COURIER, trusted=False))
    assert draft.headline.citations[0].part is Part.TEXT


def test_length_and_number_of_sentences_are_kept() -> None:
    assert len(write(story(COURIER, POST), sentences=2).claims) <= 2
    assert sum(len(t.split()) for t in texts(write(story(COURIER, POST), words=40))) <= 40


def test_languages_stand_apart_and_the_brief_s_comes_first() -> None:
    languages = [c.language for c in write(story(BOTE, COURIER, POST)).claims]
    assert languages == sorted(languages, key=lambda code: code != "en")


def test_a_story_of_foreign_sources_is_told_in_their_language() -> None:
    draft = write(story(BOTE))
    assert {c.language for c in draft.claims} == {"de"}
    assert draft.headline.language == "de"


def test_feedback_avoids_the_sentence_that_failed() -> None:
    first = write(story(COURIER, POST))
    finding = Finding(1, "numbers", Status.UNSUPPORTED, "another number")
    second = write(story(COURIER, POST), feedback=[finding])
    assert first.claims[0].text not in texts(second)


def test_feedback_on_the_headline_gives_another() -> None:
    finding = Finding(0, "names", Status.UNSUPPORTED, "another name")
    draft = write(story(COURIER, POST), feedback=[finding])
    assert draft.headline.citations[0].part is Part.TEXT


def test_the_ledger_names_reason_and_place() -> None:
    dropped = write(story(COURIER, POST), sentences=1).dropped
    assert 0 < len(dropped) <= 10
    assert {d.reason for d in dropped} <= {Reason.REPEATED, Reason.NOT_READABLE_ALONE, Reason.OVER_BUDGET}
    by_id = {a.id: a for a in (COURIER, POST)}
    assert all(" ".join(by_id[d.article].text[d.start : d.end].split()) == d.text for d in dropped)


def test_nothing_readable_leaves_a_headline_alone() -> None:
    article = Article.of(title="Ostrand dam closed on Monday", text="Who did it?\n\nAnd why?", language="en")
    draft = write(story(article))
    assert draft.claims == ()
    assert draft.headline.text == article.title


def test_line_breaks_within_a_sentence_become_spaces() -> None:
    article = Article.of(
        text="The council of Ostrand voted on Monday against the plan that would have\nclosed the harbour in the "
        "winter, and asked\nthe mayor for another.",
        language="en",
    )
    draft = write(story(article))
    assert all("\n" not in c.text for c in draft.claims)


def test_many_articles_are_told_once() -> None:
    articles = [
        Article.of(text=COURIER.text, url=f"https://news.example/{i}", source=f"Paper {i}", language="en")
        for i in range(40)
    ]
    said = texts(write(story(*articles)))
    assert len(said) == len(set(said))
