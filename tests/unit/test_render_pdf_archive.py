"""What an archive's PDF has more: its sources inside, emoji in words, two standards in its metadata."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from briefing.errors import ConfigError
from briefing.render.formats import ARCHIVE, render
from briefing.render.pdf_archive import sources_json, without_emoji
from tests.briefs import empty_brief, hostile_brief, rich_brief


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fire 🔥!", "Fire [fire]!"),
        ("👩🏽‍🚒 saved", "[woman fire engine] saved"),
        ("🇩🇪 and 🇫🇷", "[flag DE] and [flag FR]"),
        ("Point 1️⃣, line #⃣", "Point 1, line #"),
        ("❤️ or ❤", "[heavy black heart] or ❤"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "[waving black flag]"),
        ("© 2026, 3 × 4 → 12 ✔ № 5 * # 7", "© 2026, 3 × 4 → 12 ✔ № 5 * # 7"),
        ("朝のまとめ الصباح", "朝のまとめ الصباح"),
    ],
)
def test_emoji_are_told_in_words(text: str, words: str) -> None:
    assert without_emoji(text) == words


@given(st.text())
def test_no_emoji_is_left(text: str) -> None:
    assert without_emoji(without_emoji(text)) == without_emoji(text)


def test_the_sources_are_the_citations_of_the_brief() -> None:
    brief = rich_brief()
    articles = {a.id: a for a in brief.articles}
    sources = json.loads(sources_json(brief))["sources"]
    assert [s["number"] for s in sources] == list(range(1, len(brief.references) + 1))
    for source in sources:
        article = articles[source["article"]]
        text = article.title if source["part"] == "title" else article.text
        assert source["quote"] == text[source["start"] : source["end"]]
        assert source["publisher"]
    assert sources[0]["url"] == "https://ellerygazette.example/harbour/strike-ends"
    assert json.loads(sources_json(empty_brief()))["sources"] == []


def test_sources_lead_to_the_web_or_nowhere() -> None:
    assert {s["url"] for s in json.loads(sources_json(hostile_brief()))["sources"]} == {""}


def test_the_archive_holds_its_sources_and_is_the_same_each_time() -> None:
    brief = replace(rich_brief(), title="Morning 🔥 Brief")
    content = render(brief, "pdf", variant=ARCHIVE).content
    assert content == render(brief, "pdf", variant=ARCHIVE).content
    reader = PdfReader(BytesIO(content))
    assert reader.attachments["sources.json"] == [sources_json(brief).encode()]
    root: Any = reader.trailer["/Root"]
    assert [file.get_object()["/AFRelationship"] for file in root["/AF"]] == ["/Source"]
    told = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfaid:part="3"' in told
    assert "<pdfuaid:part>1</pdfuaid:part>" in told
    assert "Morning [fire] Brief" in reader.pages[0].extract_text()


def test_an_empty_brief_goes_to_the_archive_too() -> None:
    reader = PdfReader(BytesIO(render(empty_brief(), "pdf", variant=ARCHIVE).content))
    assert "sources.json" in reader.attachments


def test_a_variant_that_does_not_exist_is_refused() -> None:
    wrong: Any = "pdf/a3a"
    with pytest.raises(ConfigError, match=r"unknown PDF variant 'pdf/a3a'.*did you mean.*'pdf/a-3a'"):
        render(empty_brief(), "pdf", variant=wrong)
