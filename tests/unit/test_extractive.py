from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from briefing.engines.extractive import Extractive
from briefing.model import (
    Article,
    Ask,
    Cleaned,
    Draft,
    Feedback,
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
    of: Story, *, words: int = 150, sentences: int = 6, language: str = "en", feedback: Feedback | None = None
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


def test_the_ledger_says_which_limit_left_a_sentence_out_and_what_it_repeats() -> None:
    def details(draft: Draft) -> dict[str, tuple[Reason, str]]:
        return {d.text: (d.reason, d.detail) for d in draft.dropped}

    rain = "Rain is expected to fall on the valley until Friday, the weather service of Norland said."
    assert details(write(story(POST), sentences=1))[rain] == (Reason.OVER_BUDGET, "one sentence stands in brief")
    assert details(write(story(POST), sentences=2))[rain] == (Reason.OVER_BUDGET, "the story has its two sentences")
    assert details(write(story(POST), words=20))[rain] == (
        Reason.OVER_BUDGET,
        "no room in the 20 words of the story",
    )
    reason, detail = next(v for k, v in details(write(story(COURIER, POST))).items() if k.startswith("A crack"))
    assert reason is Reason.REPEATED
    assert "A crack eleven metres long" in detail


def test_feedback_avoids_the_sentence_that_failed() -> None:
    first = write(story(COURIER, POST))
    finding = Finding(1, "numbers", Status.UNSUPPORTED, "another number")
    second = write(story(COURIER, POST), feedback=Feedback(first, (finding,)))
    assert first.claims[0].text not in texts(second)


def test_feedback_on_the_headline_gives_another() -> None:
    finding = Finding(0, "names", Status.UNSUPPORTED, "another name")
    draft = write(story(COURIER, POST), feedback=Feedback(write(story(COURIER, POST)), (finding,)))
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


def article(text: str, *, title: str = "", source: str = "", day: int = 3, language: str = "en") -> Article:
    when = datetime(2031, 5, day, 9, 0, tzinfo=UTC)
    return Article.of(title=title, text=text, source=source, published=when, language=language)


def test_a_surname_comes_after_the_full_name() -> None:
    one = article(
        "Calder said the wall of the Ostrand dam would be inspected by divers of the navy on Tuesday morning.\n\n"
        "The wall of the Ostrand dam cracked on Monday, said Ines Calder, who leads the water board of the valley.",
        source="Courier",
    )
    said = texts(write(story(one)))
    assert "Ines Calder" in said[0]
    surname = [i for i, text in enumerate(said) if text.startswith("Calder said")]
    assert all(i > 0 for i in surname)


def test_the_lead_is_the_newest_of_the_event_and_so_is_the_headline() -> None:
    strike = article(
        "Dockers in the harbour of Ostrand went on strike on Sunday over pay, and forty ships wait in the bay.\n\n"
        "The dockers of Ostrand demand nine percent more pay and want to strike until they get it.",
        title="Dockers of Ostrand go on strike over pay",
        source="Courier",
        day=1,
    )
    end = article(
        "Dockers in the harbour of Ostrand ended their strike over pay on Tuesday and went back to work.",
        title="Dockers of Ostrand end their strike",
        source="Post",
        day=3,
    )
    draft = write(story(strike, end))
    assert draft.claims[0].text.startswith("Dockers in the harbour of Ostrand ended")
    assert draft.headline.text == "Dockers of Ostrand end their strike"


def test_background_does_not_lead() -> None:
    one = article(
        "The water board of Ostrand had the wall of the dam renewed last November by a builder of Norland.\n\n"
        "The wall of the Ostrand dam broke on Monday, and the water of the dam flooded the valley.",
        source="Courier",
    )
    assert texts(write(story(one)))[0].startswith("The wall of the Ostrand dam broke")


def test_a_publisher_of_less_weight_gives_neither_lead_nor_headline() -> None:
    words = "The wall of the Ostrand dam held on Monday, and nobody in the valley was in danger, {} said."
    board = article(words.format("the water board"), title="Ostrand dam wall held on Monday", source="Board")
    paper = article(words.format("the mayor of Ostrand"), title="Wall of Ostrand dam held on Monday", source="Courier")
    passages = story(board, paper).passages
    scored = tuple(Scored(p.passage, 0.5 if p.passage.article.id == board.id else 1.0) for p in passages)
    draft = write(Story("s", scored))
    assert draft.claims[0].citations[0].article == paper.id
    assert draft.headline.citations[0].article == paper.id


def test_a_number_cut_in_two_is_no_sentence() -> None:
    one = article(
        "A quake of magnitude 5. 2 struck the island of Ostrand on Monday and hurt three people in the harbour.",
        source="Courier",
    )
    spans = (Span(0, 23), Span(24, len(one.text)))
    passage = Passage(Original(Cleaned(one, (Span(0, len(one.text)),))), spans)
    assert not [t for t in texts(write(Story("s", (Scored(passage, 1.0),)))) if t.startswith("2 struck")]


def test_a_figure_that_was_taken_back_is_not_told() -> None:
    wrong = article(
        "The water board of Ostrand will close 121 branches in the valley by the end of the year, it said on Monday.",
        source="Courier",
        day=2,
    )
    right = article(
        "The water board of Ostrand will close 112 branches and not 121, as the Courier wrongly reported on Monday.",
        source="Courier",
        day=3,
    )
    said = texts(write(story(wrong, right)))
    assert said
    assert not [text for text in said if "121" in text and "wrongly" not in text]


CORRECTED = Article.of(
    title="Ten dead as train derails near Orrin",
    text=(
        "Ten people died when a train derailed near Orrin on Monday, police said.\n\n"
        "Two cranes were brought to the railway line near Orrin on Tuesday to lift the wagons.\n\n"
        "Correction: An earlier version of this article said that ten people died in the derailment. The correct "
        "number is nine, police said."
    ),
    source="The Courier",
    language="en",
)


def test_a_figure_that_was_taken_back_is_neither_headline_nor_sentence_and_the_correction_is_told() -> None:
    draft = write(story(CORRECTED))
    assert "Ten" not in draft.headline.text
    said = texts(draft)
    assert not any(text.startswith("Ten people died") for text in said)
    at = next(i for i, text in enumerate(said) if text.startswith("Correction: An earlier version"))
    assert said[at + 1] == "The correct number is nine, police said."


def test_a_correction_is_told_before_all_else_where_there_is_no_room_for_both() -> None:
    draft = write(story(CORRECTED), sentences=2)
    assert [text.split()[0] for text in texts(draft)] == ["Correction:", "The"]
    assert draft.headline.text.startswith("Two cranes")


def test_the_title_of_the_correction_is_the_headline_and_not_the_title_it_corrects() -> None:
    note = Article.of(
        title="Corrected: Nine dead, not ten, as train derails near Orrin",
        text="Nine people died when a train derailed near Orrin on Monday, and not ten, police said in a correction.",
        source="Valley Post",
        language="en",
    )
    assert write(story(CORRECTED, note)).headline.text == note.title


def test_a_title_without_spaces_between_words_is_a_headline() -> None:
    quake = Article.of(
        title="北湾市で震度5弱の地震",
        text="3日午前、北湾市で震度5弱の地震があり、住宅二棟が壊れた。\n\n北湾市は避難所を三か所に設け、およそ四百人が一夜を過ごした。",
        source="北湾新聞",
        language="ja",
    )
    assert write(story(quake), language="ja").headline.text == quake.title


STORM = (
    "Storm Alva brought down power lines in the north of Masra on Monday, and 30,000 homes were without power, the "
    "grid operator Masranet said.\n\n"
    "Trains between Orrin and Aldham were cancelled until Tuesday."
)


def test_the_first_line_of_a_page_without_a_title_is_the_headline() -> None:
    heading = "Storm Alva cuts power to 30,000 homes"
    page = Article.of(title="", text=f"{heading}\n\n{STORM}", language="en")
    draft = write(story(page))
    assert draft.headline.text == heading
    assert heading not in {d.text for d in draft.dropped}
    other = Article.of(title="", text=f"Markets in Norland close higher\n\n{STORM}", language="en")
    assert write(story(other)).headline.text != "Markets in Norland close higher"


def test_a_headline_does_not_repeat_the_first_sentence_where_another_can_be_had() -> None:
    text = (
        "Divers of the Ostrand water board found a crack eleven metres long in the wall of the dam on Monday.\n\n"
        "The army sent forty trucks with sand to the dam and to the villages of Ostrand on Tuesday."
    )
    draft = write(story(Article.of(title="", text=text, language="en")))
    assert draft.headline.text != draft.claims[0].text.rstrip(".")
    alone = Article.of(title="", text=text.split("\n")[0], language="en")
    assert write(story(alone)).headline.text == text.split("\n")[0].rstrip(".")


def test_what_is_unclear_is_no_headline_where_something_happened() -> None:
    text = (
        "The water board of Ostrand said it was not clear whether the crack in the dam had grown.\n\n"
        "The army closed the dam of Ostrand on Monday and sent forty trucks with sand to the water board."
    )
    draft = write(story(Article.of(title="", text=text, language="en")))
    assert draft.headline.text.startswith("The army closed the dam")


def test_a_headline_of_more_than_24_words_is_the_last_resort() -> None:
    long = (
        "The water board of Ostrand closed the dam on Monday and the army sent forty trucks with sand to the wall of "
        "the dam and to the three villages that stand on the river below it."
    )
    short = "The mayor of Ostrand opened the school of the town to the families of the three villages on the river."
    draft = write(story(Article.of(title="", text=f"{long}\n\n{short}", language="en")))
    assert draft.headline.text == short.rstrip(".")
    alone = write(story(Article.of(title="", text=long, language="en")))
    assert alone.headline.text == long.rstrip(".")


def test_where_all_that_is_told_is_too_long_the_headline_is_another_event_of_the_story() -> None:
    long = (
        "The water board of Ostrand closed the dam on Monday and the army sent forty trucks with sand to the wall of "
        "the dam and to the three villages that stand on the river below it.\n\n"
        "The mayor of Ostrand brought the families of the three villages below the dam to the school of the town and "
        "to the old yard, where the army had put up two hundred tents for them."
    )
    event = "Divers searched the dam at Ostrand on Monday for the army and the three villages."
    one = Article.of(title="", text=f"{long}\n\n{event}", language="en")
    assert write(story(one), sentences=2).headline.text == event.rstrip(".")
    # And the story opens with it, so that what the headline says is told.
    assert write(story(one), sentences=2).claims[0].text == event
    assert len(write(story(one), sentences=2).claims) == 2
