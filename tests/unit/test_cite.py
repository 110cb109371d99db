from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Cleaned, Original, Passage, Scored, Span, Story
from briefing.steps.cite import cite
from briefing.text.sentences import sentences

DAM = (
    "The Tessa dam burst on Tuesday, officials said. It was not clear if the flood had reached Tarn. "
    "Ninety people left their homes. The mayor, Ines Varga, thanked the crews."
)
PORT = (
    "Dockers at Sandmere went back to work. The union accepted an increase of 4 percent. “We won it,” said Olaf Brandt."
)
GERMAN = "In Tarn brach der Damm. Bürgermeisterin Ines Varga sprach von 1,98 Millionen Euro Schaden."


def passage(text: str, language: str = "en") -> Passage:
    article = Article.of(text=text, language=language, published=datetime(2026, 3, 5, tzinfo=UTC))
    whole = Span(0, len(text))
    return Passage(Original(Cleaned(article, (whole,))), tuple(Span(*s) for s in sentences(text, language)))


def story(*passages: Passage) -> Story:
    return Story("s", tuple(Scored(p, 1.0) for p in passages))


STORY = story(passage(DAM), passage(PORT))


def quotes(text: str, of: Story = STORY, most: int = 3) -> list[str]:
    return [c.quote for c in cite(text, of, most=most)]


def test_a_claim_gets_the_whole_sentence_it_stands_on() -> None:
    assert quotes("About 90 people had to leave their homes.") == ["Ninety people left their homes."]
    assert quotes("Dockers accepted a four percent increase.")[0] == "The union accepted an increase of 4 percent."


def test_a_citation_quotes_the_characters_of_its_article() -> None:
    articles = {o.article.id: o.article for o in STORY.originals}
    for citation in cite("The mayor Ines Varga thanked crews after the Tessa dam burst.", STORY):
        assert articles[citation.article].slice(citation.part, citation.start, citation.end) == citation.quote


def test_a_second_sentence_comes_only_with_facts_that_the_first_lacks() -> None:
    assert len(quotes("Officials said the Tessa dam burst on Tuesday.")) == 1
    both = quotes("The Tessa dam burst on Tuesday and 90 people left their homes.")
    assert set(both) == {"The Tessa dam burst on Tuesday, officials said.", "Ninety people left their homes."}
    assert len(quotes("The Tessa dam burst on Tuesday and 90 people left their homes.", most=1)) == 1


def test_nothing_is_cited_for_what_the_story_does_not_speak_of() -> None:
    assert quotes("The airline ordered forty Brazilian jets from Embraer.") == []
    assert quotes("...") == []


def test_only_the_passages_named_are_searched() -> None:
    port = STORY.passages[1].passage
    assert cite("The Tessa dam burst on Tuesday.", STORY, among=[port]) == ()


def test_names_and_numbers_lead_across_languages() -> None:
    found = quotes(
        "Mayor Ines Varga put the damage at 1.98 million euros.", story(passage(PORT), passage(GERMAN, "de"))
    )
    assert found == ["Bürgermeisterin Ines Varga sprach von 1,98 Millionen Euro Schaden."]


@given(st.text(max_size=80))
def test_whatever_is_cited_resolves(text: str) -> None:
    of = passage(DAM)
    for citation in cite(text, story(of)):
        assert of.article.slice(citation.part, citation.start, citation.end) == citation.quote
